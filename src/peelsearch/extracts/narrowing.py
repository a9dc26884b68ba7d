"""Filters on documents: what need not be read for a table."""

from __future__ import annotations

from collections.abc import Mapping

from peelsearch.engine.manifest import IndexedDocument
from peelsearch.model import NOT_STATED, Document, Filters
from peelsearch.vocabulary import Vocabulary


def document_values(document: Document) -> Mapping[str, str]:
    """The facets of a document as a whole."""
    return {
        "type": document.type,
        "round": document.round or NOT_STATED,
        "year": document.date[:4] if document.date else NOT_STATED,
    }


def document_matches(document: Document, filters: Filters) -> bool:
    """Whether type, round and year of a document are among the chosen ones."""
    chosen = dict(filters)
    return all(
        value in chosen.get(name, (value,)) for name, value in document_values(document).items()
    )


def may_speak_of(found: IndexedDocument, filters: Filters) -> bool:
    """Whether a document can say anything of the chosen forces.

    One about no single force may speak of several in its text.
    """
    forces = dict(filters).get("force")
    return forces is None or not found.forces or not set(forces).isdisjoint(found.forces)


def quotes_others(document: Document, vocabulary: Vocabulary) -> bool:
    """Whether its findings are other documents'."""
    kind = vocabulary.type.get(document.type)
    return kind is not None and kind.quoting


def within_dates(date: str | None, since: str | None, until: str | None) -> bool:
    """Whether a date lies between two others, at the precision that both have.

    Without a date that is known of nothing but no bounds at all.
    """
    if not (since or until):
        return True
    if date is None:
        return False
    return (not since or date[: len(since)] >= since[: len(date)]) and (
        not until or date[: len(until)] <= until[: len(date)]
    )
