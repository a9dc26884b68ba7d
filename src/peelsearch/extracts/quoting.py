"""Slices of a document as quotations, each with the passage it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from peelsearch.model import Span
from peelsearch.model.quotations import Quotation
from peelsearch.units import units

PassageSpan: TypeAlias = tuple[str, int, int]
"""A passage's id, start and end."""


class Quoting:
    """The text of a document with its passages, in the order of the text."""

    def __init__(self, text: str, passages: Iterable[PassageSpan]) -> None:
        self.text = text
        self._passages = list(passages)
        self._starts = [start for _, start, _ in self._passages]

    def quote(self, start: int, end: int) -> Quotation:
        """The slice, with the id of the passage that it begins in."""
        return Quotation(self.text[start:end], start, end, self.passage(start))

    def passage(self, position: int) -> str:
        """The id of the passage at a position, empty between passages."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or self._passages[index][2] <= position:
            return ""
        return self._passages[index][0]

    def sentences(self, start: int, end: int) -> Iterator[Span]:
        """The sentences of a part of the text, block by block."""
        for first, last in units(self.text[start:end], ""):
            yield start + first, start + last

    def sentence(self, position: int, start: int, end: int) -> Span:
        """The sentence of ``text[start:end]`` that holds a position."""
        spans = self.sentences(start, end)
        return next((span for span in spans if span[0] <= position < span[1]), (start, end))
