"""What a corpus covers, as JSON, text and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from peelsearch.model import Document
from peelsearch.model.coverage import Coverage
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import Entry
from peelsearch.records import dataclass
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.sheets import Export, Sheet, Value, shown
from peelsearch.render.style import Style
from peelsearch.vocabulary import Vocabulary

COLUMNS = ("what", "force", "round", "type", "documents", "id", "title", "detail")


def coverage_json(found: Coverage) -> dict[str, Any]:
    """Counts, and everything that lacks something."""
    return {
        "documents": found.documents,
        "counts": [
            {"force": c.force, "round": c.round, "type": c.type, "documents": c.documents}
            for c in found.counts
        ],
        "without_force": [document_json(document) for document in found.without_force],
        "without_date": [document_json(document) for document in found.without_date],
        "without_round": [document_json(document) for document in found.without_round],
        "asks_without_theme": [_entry(entry) for entry in found.without_theme],
        "unresolved_deadlines": [_entry(entry) for entry in found.unresolved],
        "letters_without_report": [document_json(document) for document in found.unanswered],
        "not_held": [
            {
                "title": stub.title,
                "type": stub.type,
                "date": stub.date,
                "round": stub.round,
                "force": list(stub.force),
                "link": stub.link,
            }
            for stub in found.stubs
        ],
        "failed": [{"path": path, "error": reason} for path, reason in found.failed],
        "fingerprint": found.fingerprint,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    deadline = entry.place.deadline
    return {
        "id": entry.id,
        "reference": entry.reference,
        "headline": entry.headline,
        "deadline": deadline.text if deadline else None,
        "hint": deadline.hint if deadline else "",
        "document": document_json(entry.place.document),
    }


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that lacks a thing or is missing itself, with its words or its document."""

    id: str
    title: str
    detail: str
    document: Document | None = None
    said: Quotation | None = None


def gaps(found: Coverage) -> Iterator[tuple[str, tuple[Gap, ...]]]:
    """What is missing: a name, and each that it holds for."""
    yield "Documents without a force", _documents(found.without_force)
    yield "Documents without a date", _documents(found.without_date)
    yield "Documents without a round", _documents(found.without_round)
    yield "Asks without a theme", tuple(_ask(e, e.headline) for e in found.without_theme)
    yield "Unresolved deadlines", tuple(_ask(e, _deadline(e)) for e in found.unresolved)
    yield "Letters without their report", _documents(found.unanswered)
    yield "Known but not held", tuple(Gap("", stub.title, stub.link) for stub in found.stubs)
    yield "Failed files", tuple(Gap("", path, reason) for path, reason in found.failed)


def _documents(documents: Sequence[Document]) -> tuple[Gap, ...]:
    return tuple(Gap(one.id, one.title, one.path, one) for one in documents)


def _ask(entry: Entry, detail: str) -> Gap:
    place = entry.place
    return Gap(entry.id, entry.reference, detail, place.document, place.said)


def _deadline(entry: Entry) -> str:
    deadline = entry.place.deadline
    if deadline is None:
        return ""
    return f"{deadline.text}. {deadline.hint[:1].upper()}{deadline.hint[1:]}".strip()


def _counts(found: Coverage, vocabulary: Vocabulary) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            vocabulary.label("force", count.force),
            vocabulary.label("round", count.round),
            vocabulary.label("type", count.type),
            count.documents,
        )
        for count in found.counts
    )


def coverage_text(found: Coverage, style: Style, vocabulary: Vocabulary) -> str:
    """How many documents of what, then what is missing."""
    lines = [style.bold(words.count(found.documents, "document")), ""]
    rows = [[str(value) for value in row] for row in _counts(found, vocabulary)]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(4)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    for name, listed in gaps(found):
        lines += ["", f"{name}: {len(listed)}"] if listed else []
        for gap in listed:
            said = " · ".join(part for part in (shown(gap.title), shown(gap.detail)) if part)
            lines.append(style.wrap(f"{said} {style.dim(gap.id)}".rstrip(), "  "))
    lines += ["", style.dim(f"Made of: {found.fingerprint}")]
    return "\n".join(lines) + "\n"


def coverage_sheet(found: Coverage) -> Sheet:
    """Counts and gaps as one table; ``what`` tells them apart."""
    counts = (
        ("documents", c.force, c.round, c.type, c.documents, "", "", "") for c in found.counts
    )
    missing = (
        (name.lower(), "", "", "", None, gap.id, gap.title, gap.detail)
        for name, listed in gaps(found)
        for gap in listed
    )
    return Sheet("Coverage", COLUMNS, (*counts, *missing))


def coverage_export(found: Coverage, vocabulary: Vocabulary) -> Export:
    """A table of counts, and one for everything that is missing."""
    columns = ("Force", "Round", "Type", "Documents")
    sheets = [Sheet("Documents", columns, _counts(found, vocabulary))]
    sheets += [
        Sheet(
            name,
            ("Id", "Title", "Detail"),
            tuple((gap.id, gap.title, gap.detail) for gap in listed),
        )
        for name, listed in gaps(found)
        if listed
    ]
    return Export("Coverage", (), tuple(sheets), found.fingerprint)
