"""Running heads, footers and page numbers: what comes back at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from peelsearch.documents.pdf.layout import Piece, Sheet

# The edges of a page where such lines stand, as shares of its height: the lowest running head and
# the highest footer of the reports at hand are at .11 and .92.
_TOP = 0.14
_BOTTOM = 0.88
# At the same height up to so many points.
_DRIFT = 4.0
_LONGEST = 160
# On at least three pages and a third of all: left and right pages, and parts, may differ.
_FEWEST = 3
_SHARE = 1 / 3
# Smaller than the body by this factor.
_SMALL = 0.93
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-–—|\s\[(]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s\])]*",
    re.IGNORECASE,
)


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without those that run through the document."""
    places: defaultdict[tuple[str, bool], list[tuple[int, Piece]]] = defaultdict(list)
    for index, sheet in enumerate(sheets):
        if sheet.side:
            continue
        for piece in sheet.pieces:
            if _at_edge(piece, sheet) and len(piece.text) <= _LONGEST:
                mask = _DIGITS.sub("#", piece.text).casefold()
                places[mask, piece.base < sheet.height / 2].append((index, piece))
    body = _body_size(sheets)
    running: set[int] = set()
    for found in places.values():
        running.update(id(piece) for piece in _running(found, sheets, body))
    return [
        replace(sheet, pieces=tuple(p for p in sheet.pieces if id(p) not in running))
        for sheet in sheets
    ]


def _body_size(sheets: Sequence[Sheet]) -> float:
    letters: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            letters[piece.size] += len(piece.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _at_edge(piece: Piece, sheet: Sheet) -> bool:
    return piece.base < _TOP * sheet.height or piece.base > _BOTTOM * sheet.height


def _running(found: list[tuple[int, Piece]], sheets: Sequence[Sheet], body: float) -> list[Piece]:
    """Those of the pieces with the same words, digits aside, that run."""
    text = found[0][1].text
    if _NUMBER.fullmatch(text):
        return _page_numbers(found, sheets)
    groups: defaultdict[int, list[tuple[int, Piece]]] = defaultdict(list)
    for index, piece in found:
        height = sheets[index].height
        edge = piece.base if piece.base < height / 2 else height - piece.base
        groups[round(edge / _DRIFT)].append((index, piece))
    running: list[Piece] = []
    for key, group in groups.items():
        near = [*group, *groups.get(key - 1, []), *groups.get(key + 1, [])]
        pages = {index for index, _ in near}
        enough = len(pages) >= max(_FEWEST, _SHARE * len(sheets))
        # On two pages only a number that goes up with the page is evidence.
        # ... or that it is smaller than the text.
        two = len(sheets) == len(pages) == 2
        small = all(piece.size < _SMALL * body for _, piece in near)
        ahead = {_ahead(index, piece) for index, piece in near}
        if enough or (two and (small or (len(ahead) == 1 and None not in ahead))):
            running.extend(piece for _, piece in group)
    return running


def _page_numbers(found: list[tuple[int, Piece]], sheets: Sequence[Sheet]) -> list[Piece]:
    """The numbers that count pages: a page's own, or one that goes up with it."""
    pages: defaultdict[int | None, set[int]] = defaultdict(set)
    for index, piece in found:
        pages[_ahead(index, piece)].add(index)
    return [
        piece
        for index, piece in found
        if len(pages[ahead := _ahead(index, piece)]) > 1
        or (ahead == 1 and piece.base > _BOTTOM * sheets[index].height)
    ]


def _ahead(index: int, piece: Piece) -> int | None:
    """How far the number in a piece is ahead of the page's index; None for roman numbers."""
    digits = _DIGITS.findall(piece.text)
    return int(digits[0][:9]) - index if digits else None
