"""What a build did and what an index is like, as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.engine.manifest import IndexedDocument, Issue, Manifest
from peelsearch.indexing import IndexReport, News, Status
from peelsearch.model import Stub
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.style import Style
from peelsearch.vocabulary import Vocabulary


def report_json(report: IndexReport) -> dict[str, Any]:
    """What a build did."""
    return {
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "skipped": _issues(report.skipped, "reason"),
        "failed": _issues(report.failed, "error"),
        "duplicates": [{"path": found.path, "of": found.of} for found in report.duplicates],
        "documents": report.documents,
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
        "generation": report.generation,
        "warnings": list(report.warnings),
        "news": _news_json(report.news),
        "gone": _news_json(report.gone),
    }


def _news_json(news: News) -> dict[str, int]:
    return {"judgments": news.judgments, "asks": news.asks, "letters": news.letters}


def report_text(report: IndexReport, style: Style) -> str:
    """What a build did, the trouble last, where the eye is."""
    changes = [
        f"{number} {what}"
        for number, what in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.removed, "removed"),
            (report.unchanged, "unchanged"),
        )
        if number
    ]
    lines = [
        style.bold(words.count(report.documents, "document"))
        + f" with {words.count(report.passages, 'passage')}: {', '.join(changes) or 'no change'}"
        + f" ({report.seconds:.1f} s)"
    ]
    for label, news in (("New", report.news), ("No longer stated", report.gone)):
        if said := _news_words(news):
            lines.append(f"{label}: {said}")
    lines += [f"Warning: {warning}" for warning in report.warnings]
    lines += [f"Duplicate: {found.path} is {found.of}" for found in report.duplicates]
    lines += _issue_lines("Skipped", report.skipped)
    lines += _issue_lines("Failed", report.failed)
    return "\n".join(lines) + "\n"


def _news_words(news: News) -> str:
    counts = (news.judgments, "judgment"), (news.asks, "ask"), (news.letters, "letter")
    return ", ".join(words.count(number, what) for number, what in counts if number)


def status_json(status: Status) -> dict[str, Any]:
    """The state of an index."""
    failed = {issue.path for issue in status.failed}
    stale = {issue.path: issue.reason for issue in status.stale}
    return {
        "index": status.folder,
        "sound": not status.problems,
        "generation": status.generation,
        "created": status.created,
        "roots": list(status.roots),
        "documents": [
            {**_indexed_json(indexed), "state": _state(indexed, stale, failed)}
            for indexed in status.documents
        ],
        "stubs": [_stub_json(stub) for stub in status.stubs],
        "passages": status.passages,
        "skipped": _issues(status.skipped, "reason"),
        "failed": _issues(status.failed, "error"),
        "stale": _issues(status.stale, "reason"),
        "warnings": list(status.warnings),
        "problems": list(status.problems),
        "bytes": status.size,
    }


def documents_json(manifest: Manifest, vocabulary: Vocabulary) -> dict[str, Any]:
    """The documents of a commit, as ``status_json`` has them but for the state of their files."""
    return {
        "generation": manifest.generation,
        "documents": [_indexed_json(indexed) for indexed in manifest.documents],
        "stubs": [_stub_json(stub) for stub in manifest.contents.stubs],
        "passages": manifest.passages,
        "fingerprint": corpus_fingerprint(manifest.documents, vocabulary),
    }


def _indexed_json(indexed: IndexedDocument) -> dict[str, Any]:
    return {
        **document_json(indexed.document),
        "passages": indexed.passages,
        "force": list(indexed.forces),
        "basis": dict(indexed.basis),
        "remarks": list(indexed.remarks),
    }


def _stub_json(stub: Stub) -> dict[str, Any]:
    return {
        "title": stub.title,
        "type": stub.type,
        "date": stub.date,
        "round": stub.round,
        "force": list(stub.force),
        "link": stub.link,
    }


def _state(indexed: IndexedDocument, stale: dict[str, str], failed: set[str]) -> str:
    path = indexed.document.path
    return stale.get(path) or ("failed" if path in failed else "current")


def status_text(status: Status, style: Style, vocabulary: Vocabulary, *, documents: bool) -> str:
    """The state of an index; with ``documents`` a paragraph for each."""
    size = status.size / 1_000_000
    lines = [
        style.bold(f"Index {status.folder}")
        + f": {words.count(len(status.documents), 'document')}, "
        f"{words.count(status.passages, 'passage')}, {size:.1f} MB, "
        f"build {status.generation} of {status.created}",
        "From: " + (", ".join(status.roots) or "nowhere"),
        *(
            ["Vocabulary: a file of its own, which the index remembers"]
            if status.vocabulary
            else []
        ),
    ]
    if documents:
        for indexed in status.documents:
            lines += ["", *_document_lines(indexed, style, vocabulary)]
        lines.append("")
        lines += [_stub_line(stub, vocabulary) for stub in status.stubs]
    lines += [f"Warning: {warning}" for warning in status.warnings]
    lines += _issue_lines("Skipped", status.skipped)
    lines += _issue_lines("Failed", status.failed)
    lines += _issue_lines("Stale", status.stale)
    if status.stale:
        lines.append("peelsearch index brings it up to date.")
    lines += [f"Damaged: {problem}." for problem in status.problems]
    if status.problems:
        lines.append("peelsearch index repairs it.")
    else:
        lines.append("The index is sound.")
    return "\n".join(lines) + "\n"


def _document_lines(
    indexed: IndexedDocument, style: Style, vocabulary: Vocabulary
) -> Iterable[str]:
    """What was understood of a document, from where, and what is missing."""
    document = indexed.document
    yield style.bold(document.title) + f" · {words.count(indexed.passages, 'passage')}"
    basis = dict(indexed.basis)
    for name, value in _understood(indexed, vocabulary):
        place = f"  ({basis[name]})" if value and name in basis else ""
        yield f"  {name:<6} {value or 'not stated'}{style.dim(place)}"
    yield f"  {'id':<6} {document.id}"
    yield from (f"  {'file':<6} {path}" for path in (document.path, *document.also))
    yield from (f"  {remark}" for remark in indexed.remarks)


def _understood(indexed: IndexedDocument, vocabulary: Vocabulary) -> Iterable[tuple[str, str]]:
    document = indexed.document
    return (
        ("title", document.title),
        ("type", vocabulary.label("type", document.type)),
        ("date", words.date(document.date)),
        ("round", vocabulary.label("round", document.round) if document.round else ""),
        ("force", ", ".join(vocabulary.label("force", force) for force in indexed.forces)),
    )


def _stub_line(stub: Stub, vocabulary: Vocabulary) -> str:
    said = [
        stub.title,
        vocabulary.label("type", stub.type) if stub.type else "",
        words.date(stub.date),
        stub.link,
    ]
    return "Not held: " + " · ".join(part for part in said if part)


def _issues(issues: Iterable[Issue], key: str) -> list[dict[str, str]]:
    return [{"path": issue.path, key: issue.reason} for issue in issues]


def _issue_lines(label: str, issues: Iterable[Issue]) -> list[str]:
    return [f"{label}: {issue.path} ({issue.reason})" for issue in issues]
