"""Evidence packs as papers and rows, tables as CSV and JSON lines, all a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from peelsearch.model import Document
from peelsearch.model.evidence import Cell, Excerpt, Pack, Table
from peelsearch.render import words
from peelsearch.render.citations import citation_facts
from peelsearch.render.paper import Block, Facts, Heading, Quote, Words, quoted
from peelsearch.render.tables import csv_lines
from peelsearch.vocabulary import Vocabulary

LABELS = ("kind", "force", "theme", "grade", "round")
COLUMNS = (
    "group",
    "id",
    "reference",
    *LABELS,
    "speaker",
    "quote",
    "note",
    "document",
    "title",
    "date",
    "headings",
    "page",
    "start",
    "end",
    "digest",
    "understood",
    "fingerprint",
)


def pack_blocks(pack: Pack, vocabulary: Vocabulary) -> Iterator[Block]:
    """What a pack says: how the query was read, groups of quotations, the list of sources."""
    yield Facts(pack.understood)
    group = None
    sources: dict[str, tuple[Document, str]] = {}
    for excerpt in pack.excerpts:
        if excerpt.group != group:
            group = excerpt.group
            yield Heading(group, 1)
        if excerpt.citation is None:
            yield Words(excerpt.note)
            continue
        place = excerpt.citation.place
        sources[place.document.id] = place.document, excerpt.citation.digest
        yield _marked(quoted(place.said.quote))
        yield Facts(tuple(citation_facts(excerpt.citation, vocabulary)))
    yield Heading("Sources", 1)
    for _, (document, digest) in sorted(sources.items()):
        yield Facts(
            (
                ("Document", " ".join(document.title.split())),
                ("Date", words.date(document.date) or "no date stated"),
                ("Id", document.id),
                ("SHA-256", digest),
            )
        )
    if not sources:
        yield Words("No document is quoted.")


def origin(pack: Pack) -> str:
    """What the pack was made of."""
    return f"Made of: {pack.fingerprint}"


def _marked(said: Quote) -> Quote:
    """In quotation marks: every paragraph opens with one and the last one closes."""
    opened = [f"“{paragraph}" for paragraph in said.paragraphs] or ["“"]
    opened[-1] += "”"
    return Quote(tuple(opened))


def pack_table(pack: Pack) -> Table:
    """A row for each excerpt."""
    said = "; ".join(f"{name}: {value}" for name, value in pack.understood)
    rows = (_row(excerpt, said, pack.fingerprint) for excerpt in pack.excerpts)
    return Table(COLUMNS, rows, pack.total, pack.found)


def _row(excerpt: Excerpt, said: str, fingerprint: str) -> tuple[Cell, ...]:
    cited = excerpt.citation
    if cited is None:
        empty = (None,) * (len(COLUMNS) - 4)
        at = COLUMNS.index("note") - 1
        return (excerpt.group, *empty[:at], excerpt.note, *empty[at:], said, fingerprint)
    place = cited.place
    return (
        excerpt.group,
        cited.id,
        cited.reference,
        *(excerpt.facets[name] for name in LABELS),
        cited.speaker,
        place.said.quote,
        excerpt.note,
        place.document.id,
        place.document.title,
        place.document.date,
        place.headings,
        place.page,
        place.said.start,
        place.said.end,
        cited.digest,
        said,
        fingerprint,
    )


def table_csv(table: Table) -> Iterator[str]:
    """As CSV: several values of a label are parted by spaces, headings by ">"."""
    parts = [" > " if name == "headings" else " " for name in table.columns]
    return csv_lines(
        table.columns,
        (
            [
                part.join(v) if isinstance(v, tuple) else v
                for v, part in zip(row, parts, strict=True)
            ]
            for row in table.rows
        ),
    )


def table_jsonl(table: Table) -> Iterator[str]:
    """As JSON, an object a line; headings and labels are lists."""
    for row in table.rows:
        yield json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) + "\n"
