"""Slices of a document as quotations, each with the passage it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from peelsearch.model import Passage, Span
from peelsearch.model.register import Quotation
from peelsearch.units import units


class Quoting:
    """The text of a document with its passages."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self.text = text
        self._passages = passages
        self._starts = [passage.start for passage in passages]

    def quote(self, start: int, end: int) -> Quotation:
        """The slice, with the id of the passage that it begins in."""
        return Quotation(self.text[start:end], start, end, self.passage(start))

    def passage(self, position: int) -> str:
        """The id of the passage at a position, empty between passages."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or self._passages[index].end <= position:
            return ""
        return self._passages[index].id

    def sentences(self, start: int, end: int) -> Iterator[Span]:
        """The sentences of a part of the text, block by block."""
        for first, last in units(self.text[start:end], ""):
            yield start + first, start + last

    def sentence(self, position: int, start: int, end: int) -> Span:
        """The sentence of ``text[start:end]`` that holds a position."""
        spans = self.sentences(start, end)
        return next((span for span in spans if span[0] <= position < span[1]), (start, end))
