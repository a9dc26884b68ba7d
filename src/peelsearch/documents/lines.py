"""Lines of a text, without those that only a printed page has: running heads, page numbers.

Knows nothing of words; whether a line runs is told by its place and its repetition alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_BLANKS = " \t\u00a0\u200b\u2007\u202f\ufeff\u3000"
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I)
TERMINAL = ".!?:;"

# A running line is short and stands within so many lines of the page's edge ...
_RUNNING_LENGTH = 120
_EDGE = 2
# ... on at least three pages and a third of all: left and right pages may differ.
_RUNNING_PAGES = 3
_RUNNING_SHARE = 1 / 3
# Pages of which more would run are no pages.
_MOST_RUNNING = 0.5
# Without page breaks: one in so many of its occurrences cuts a sentence.
_CUTTING = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. ``start`` and ``end`` leave out white space at both ends.

    ``left`` is where the line itself begins, ``right`` where it ends. ``blank`` tells whether a
    blank line or the start of the text comes before it.
    """

    left: int
    start: int
    end: int
    right: int
    blank: bool
    page: int


def read_lines(text: str) -> tuple[list[Line], int]:
    """The lines that are not blank, and how many blank ones there are."""
    lines: list[Line] = []
    at, breaks, page, blanks = 0, 2, 1, 0
    for match in _LINE.finditer(text):
        gap = text[at : match.start()]
        if gap:
            page += gap.count("\f")
            breaks += len(gap) - gap.count("\r\n")
        at = match.end()
        raw = match.group()
        left = len(raw) - len(raw.lstrip(_BLANKS))
        size = len(raw.rstrip(_BLANKS))
        if left >= size:
            continue
        start = match.start()
        blanks += max(0, breaks - 1)
        lines.append(Line(start, start + left, start + size, at, breaks > 1, page))
        breaks = 0
    return lines, blanks


def without_running(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines without running heads, footers and page numbers."""
    running = _running_at_edges(text, lines) | _numbered_in_order(text, lines)
    if not running or len(running) > _MOST_RUNNING * len(lines):
        return list(lines)
    kept: list[Line] = []
    blank = False
    for index, line in enumerate(lines):
        if index in running:
            blank = blank or line.blank
            continue
        # What stood before a running line now stands before the line after it.
        kept.append(_with_blank(line) if blank and not line.blank else line)
        blank = False
    return kept


def _with_blank(line: Line) -> Line:
    return Line(line.left, line.start, line.end, line.right, True, line.page)


def _mask(text: str, line: Line) -> str:
    return _DIGITS.sub("#", " ".join(text[line.start : line.end].split())).casefold()


def _short(lines: Iterable[tuple[int, Line]]) -> list[tuple[int, Line]]:
    return [(i, line) for i, line in lines if line.end - line.start <= _RUNNING_LENGTH]


def _running_at_edges(text: str, lines: Sequence[Line]) -> set[int]:
    """Lines that stand at the edge of page after page, numbers aside."""
    if not lines or lines[-1].page < 2:
        return set()
    pages: defaultdict[int, list[tuple[int, Line]]] = defaultdict(list)
    for index, line in enumerate(lines):
        pages[line.page].append((index, line))
    places: defaultdict[str, list[int]] = defaultdict(list)
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for page, held in pages.items():
        edges = held if len(held) <= 2 * _EDGE else [*held[:_EDGE], *held[-_EDGE:]]
        for index, line in _short(edges):
            mask = _mask(text, line)
            places[mask].append(index)
            seen[mask].add(page)
    enough = max(_RUNNING_PAGES, len(pages) * _RUNNING_SHARE)
    tops = {held[0][0] for page, held in pages.items() if page > 1}
    feet = {held[-1][0] for held in pages.values()}
    running: set[int] = set()
    for mask, indexes in places.items():
        texts = [text[lines[index].start : lines[index].end] for index in indexes]
        # A few pages are enough where it is always the very first or last line ...
        always = len(pages) > 2 and len(indexes) >= len(pages) - 1
        always = always and (tops.issuperset(indexes) or feet.issuperset(indexes))
        # ... and two where a number goes up with the page.
        counted = "#" in mask and len(indexes) == len(pages) == 2 and rises(texts, by=1)
        number = _PAGE_NUMBER.fullmatch(mask.replace("#", "1")) is not None
        if number or counted or always or len(seen[mask]) >= enough:
            running.update(indexes)
    return running


def _numbered_in_order(text: str, lines: Sequence[Line]) -> set[int]:
    """Page numbers, alone or in a repeated line, where the text keeps no page breaks.

    "Recommendation 2" also repeats with rising numbers, so a line with words must cut a sentence
    at least once before it counts as running.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in _short(enumerate(lines)):
        if "\t" not in text[line.start : line.end]:
            groups[_mask(text, line)].append(index)
    running: set[int] = set()
    for mask, indexes in groups.items():
        if len(indexes) < _RUNNING_PAGES:
            continue
        alone = _PAGE_NUMBER.fullmatch(mask.replace("#", "1")) is not None
        cuts = sum(_cuts(text, lines, index) for index in indexes)
        texts = [text[lines[index].start : lines[index].end] for index in indexes]
        if rises(texts) if alone else cuts * _CUTTING >= len(indexes):
            running.update(indexes)
    return running


def rises(texts: Sequence[str], *, by: int = 5) -> bool:
    """Whether the last number of each text is the one before and a little more."""
    numbers = [int(_DIGITS.findall(text)[-1][:9]) for text in texts]
    return all(a < b <= a + by for a, b in pairwise(numbers))


def _cuts(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the line stands within a sentence: none ends before it, and it goes on after."""
    if index == 0 or index + 1 >= len(lines):
        return False
    before, after = lines[index - 1], lines[index + 1]
    line = lines[index]
    return (
        text[before.end - 1] not in TERMINAL
        and before.end - before.start > 40
        and text[after.start].islower()
        and text[line.end - 1] not in TERMINAL
        and not text[line.start].islower()
    )
