"""Which blocks are headings, and of which level: by size, weight, and the outline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peelsearch.documents.pdf.blocks import Draft, Measures
from peelsearch.documents.pdf.source import Entry

# A heading is larger than the body by this factor, or bold and at most this much smaller.
_LARGER = 1.06
_NOT_SMALLER = 0.93
_LONGEST = 300
_LONGEST_BOLD = 220
_LONGEST_STOPPED = 120
_MOST_LINES = 5
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SENTENCE_END = re.compile(r"[.!?]['’”)]?\s+['‘“(]?[A-Z]")
# A style most of whose letters stand in long blocks is one of text.
_TEXT_SHARE = 0.5
# Sizes that differ by less are one.
_SAME_SIZE = 1.04
_DEEPEST = 6

Styled = tuple[Draft, str]
"""A block and its text."""


@dataclass(frozen=True, slots=True, order=True)
class _Look:
    """How a heading looks, the most prominent first in order."""

    smallness: float
    light: bool
    deep: int = 0


def levels(
    blocks: Sequence[Styled], measures: Measures, outline: Sequence[Entry]
) -> dict[int, int]:
    """The level of each block that is a heading, by its index; levels count from 1."""
    entries = _entries(outline)
    text_styles = _text_styles(blocks)
    looks: dict[int, _Look] = {}
    sizes = _sizes(blocks)
    for index, (draft, text) in enumerate(blocks):
        if draft.row is not None or draft.aside or draft.plain or not _could_head(draft, text):
            continue
        deep = _in_outline(entries, text, draft.page)
        style = (draft.size, draft.bold)
        if deep or (style not in text_styles and _stands_out(draft, text, measures)):
            looks[index] = _Look(-sizes[draft.size], not draft.bold, deep)
    ranks = _ranks(looks.values())
    return {index: min(ranks[look], _DEEPEST) for index, look in looks.items()}


def _could_head(draft: Draft, text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and len(draft.pieces) <= _MOST_LINES
        and _LETTERS.search(text) is not None
        and text[0] not in "•-–—"
    )


def _stands_out(draft: Draft, text: str, measures: Measures) -> bool:
    stopped = text[-1] in ".;,"
    if stopped and (len(text) > _LONGEST_STOPPED or _SENTENCE_END.search(text)):
        return False
    if draft.size > _LARGER * measures.size:
        return True
    return (
        draft.bold
        and not measures.bold
        and draft.size >= _NOT_SMALLER * measures.size
        and len(text) <= _LONGEST_BOLD
        and text[-1] not in ";,"
    )


def _text_styles(blocks: Iterable[Styled]) -> set[tuple[float, bool]]:
    """Styles that are used for paragraphs rather than for headings."""
    every: Counter[tuple[float, bool]] = Counter()
    long: Counter[tuple[float, bool]] = Counter()
    for draft, text in blocks:
        if draft.row is None:
            style = (draft.size, draft.bold)
            every[style] += len(text)
            long[style] += len(text) * (len(text) > _LONGEST)
    return {style for style in every if long[style] > _TEXT_SHARE * every[style]}


def _sizes(blocks: Iterable[Styled]) -> dict[float, float]:
    """Sizes with those that hardly differ made one: the largest of them."""
    found: dict[float, float] = {}
    largest = 0.0
    for size in sorted({draft.size for draft, _ in blocks if draft.row is None}, reverse=True):
        if not largest or largest > _SAME_SIZE * size:
            largest = size
        found[size] = largest
    return found


def _ranks(looks: Iterable[_Look]) -> dict[_Look, int]:
    """Looks by prominence, from 1. The outline parts looks that are the same without it."""
    found: dict[_Look, int] = {}
    named: defaultdict[tuple[float, bool], set[int]] = defaultdict(set)
    for look in looks:
        named[look.smallness, look.light].add(look.deep)
    rank = 0
    for (smallness, light), depths in sorted(named.items()):
        for deep in sorted(depths - {0}) or [0]:
            rank += 1
            found[_Look(smallness, light, deep)] = rank
        # A heading that the outline leaves out is as deep as the deepest of its look.
        found[_Look(smallness, light)] = rank
    return found


def _entries(outline: Iterable[Entry]) -> dict[tuple[str, int], int]:
    return {(_folded(entry.title), entry.page): entry.level for entry in outline}


def _in_outline(entries: dict[tuple[str, int], int], text: str, page: int) -> int:
    """The level that the outline gives to a heading on its page or the one before, or 0."""
    folded = _folded(text)
    return entries.get((folded, page)) or entries.get((folded, page - 1)) or 0


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
