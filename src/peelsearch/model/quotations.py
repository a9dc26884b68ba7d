"""Words of a document, with their place."""

from __future__ import annotations

from peelsearch.model.index import Document
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document. ``passage`` is the id of the passage they stand in, may be empty."""

    quote: str
    start: int
    end: int
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Words with all that leads to them: the document, the headings above them, the page."""

    document: Document
    said: Quotation
    headings: tuple[str, ...]
    page: int | None
