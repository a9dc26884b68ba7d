"""Results as CSV and Markdown, for spreadsheets and papers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from peelsearch import facets
from peelsearch.model import FacetCount, Hit, SearchResults
from peelsearch.render import words
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary

HIT_COLUMNS = (
    "rank",
    "score",
    "document",
    "title",
    "date",
    "headings",
    *(facet.name for facet in facets.FACETS),
    "page",
    "start",
    "end",
    "passage",
    "text",
)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a header line (RFC 4180 quoting, LF line ends).

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    lines = []
    for row in (columns, *([_cell(value) for value in row] for row in rows)):
        # A carriage return is quoted only where it is in the line end.
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow(row)
        lines.append(line.getvalue()[:-2] + "\n")
    return "".join(lines)


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return "" if value is None else value


def search_csv(results: SearchResults) -> str:
    """One row a hit."""
    return to_csv(HIT_COLUMNS, (_hit_row(hit) for hit in results.hits))


def _hit_row(hit: Hit) -> tuple[object, ...]:
    passage = hit.passage
    return (
        hit.rank,
        f"{hit.score:.6f}",
        hit.document.id,
        hit.document.title,
        hit.document.date,
        " > ".join(passage.headings),
        *(" ".join(passage.facets[facet.name]) for facet in facets.FACETS),
        passage.page,
        passage.start,
        passage.end,
        passage.id,
        passage.text,
    )


def search_markdown(results: SearchResults, vocabulary: Vocabulary) -> str:
    """The hits as quotations with their sources."""
    lines = [f"**{words.total(results)}** · {_escaped(results.interpreted)}", ""]
    for note in (words.more(results), *results.notes):
        lines += [_escaped(note), ""] if note else []
    for hit in results.hits:
        lines += _hit_markdown(hit, vocabulary)
    return "\n".join(lines).rstrip() + "\n"


def _hit_markdown(hit: Hit, vocabulary: Vocabulary) -> Iterable[str]:
    passage = hit.passage
    where = [
        readable(hit.document.title),
        words.date(hit.document.date) or "no date stated",
        " › ".join(readable(heading) for heading in passage.headings),
        words.graded(passage.facets["grade"][0], vocabulary),
        f"page {passage.page}" if passage.page else "",
    ]
    yield f"{hit.rank}. > {_escaped(readable(hit.snippet.text))}"
    yield ""
    yield f"   {_escaped(', '.join(part for part in where if part))} (`{passage.id}`)"
    yield ""


def _escaped(text: str) -> str:
    for char in "\\`*_[]<>#|":
        text = text.replace(char, "\\" + char)
    return text


def facets_csv(counts: Sequence[tuple[str, Sequence[FacetCount]]]) -> str:
    """One row a value."""
    rows = ((name, v.value, v.label, v.count) for name, values in counts for v in values)
    return to_csv(("facet", "value", "label", "count"), rows)


def facets_markdown(counts: Sequence[tuple[str, Sequence[FacetCount]]]) -> str:
    """One table with a row a value."""
    lines = ["| facet | value | label | passages |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {_escaped(v.value)} | {_escaped(v.label)} | {v.count} |"
        for name, values in counts
        for v in values
    ]
    return "\n".join(lines) + "\n"
