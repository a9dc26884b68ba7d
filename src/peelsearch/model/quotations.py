"""Words of a document, with their place."""

from __future__ import annotations

from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document. ``passage`` is the id of the passage they stand in, may be empty."""

    quote: str
    start: int
    end: int
    passage: str = ""
