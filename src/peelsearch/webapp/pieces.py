"""Text for the templates: pieces of readable text, some marked. Templates escape every piece."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

from peelsearch.model import Hit, Span
from peelsearch.snippets import display

Pieces: TypeAlias = tuple[tuple[str, bool], ...]
"""Readable text in order, each piece with whether it matches the query."""


def within(marks: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The marks that touch ``[start:end]``, cut to it and counted from its start.

    ``marks`` are in order and apart, as a document can have a million of them.
    """
    first = bisect_right(marks, start, key=itemgetter(1))
    last = bisect_left(marks, end, key=itemgetter(0))
    return tuple(
        (max(left, start) - start, min(right, end) - start) for left, right in marks[first:last]
    )


def headings(hit: Hit) -> tuple[Pieces, ...]:
    """The heading path of a hit, outermost first, with its matches marked."""
    return tuple(
        _heading(text, tuple((m.start, m.end) for m in hit.heading_marks if m.heading == index))
        for index, text in enumerate(hit.passage.headings)
    )


# Headings repeat, from hit to hit and from page to page.
_heading = lru_cache(maxsize=8_192)(display)
