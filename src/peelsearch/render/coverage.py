"""What a corpus covers, as JSON, text and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from peelsearch.model import Document
from peelsearch.model.coverage import Coverage
from peelsearch.model.register import Entry
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


def _gaps(found: Coverage) -> Iterator[tuple[str, Sequence[tuple[str, str, str]]]]:
    """What is missing: a name, and (id, title, detail) of each."""
    yield "Documents without a force", _documents(found.without_force)
    yield "Documents without a date", _documents(found.without_date)
    yield "Documents without a round", _documents(found.without_round)
    yield "Asks without a theme", [(e.id, e.reference, e.headline) for e in found.without_theme]
    yield (
        "Unresolved deadlines",
        [
            (e.id, e.reference, f"{d.text}. {d.hint}".strip() if (d := e.place.deadline) else "")
            for e in found.unresolved
        ],
    )
    yield "Letters without their report", _documents(found.unanswered)
    yield "Known but not held", [("", stub.title, stub.link) for stub in found.stubs]
    yield "Failed files", [("", path, reason) for path, reason in found.failed]


def _documents(documents: Sequence[Document]) -> list[tuple[str, str, str]]:
    return [(document.id, document.title, document.path) for document in documents]


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
    for name, gaps in _gaps(found):
        lines += ["", f"{name}: {len(gaps)}"] if gaps else []
        for identifier, title, detail in gaps:
            said = " · ".join(part for part in (shown(title), shown(detail)) if part)
            lines.append(style.wrap(f"{said} {style.dim(identifier)}".rstrip(), "  "))
    lines += ["", style.dim(f"Made of: {found.fingerprint}")]
    return "\n".join(lines) + "\n"


def coverage_sheet(found: Coverage) -> Sheet:
    """Counts and gaps as one table; ``what`` tells them apart."""
    counts = (
        ("documents", c.force, c.round, c.type, c.documents, "", "", "") for c in found.counts
    )
    gaps = (
        (name.lower(), "", "", "", None, *gap) for name, listed in _gaps(found) for gap in listed
    )
    return Sheet("Coverage", COLUMNS, (*counts, *gaps))


def coverage_export(found: Coverage, vocabulary: Vocabulary) -> Export:
    """A table of counts, and one for everything that is missing."""
    columns = ("Force", "Round", "Type", "Documents")
    sheets = [Sheet("Documents", columns, _counts(found, vocabulary))]
    sheets += [
        Sheet(name, ("Id", "Title", "Detail"), tuple(listed))
        for name, listed in _gaps(found)
        if listed
    ]
    return Export("Coverage", (), tuple(sheets), found.fingerprint)
