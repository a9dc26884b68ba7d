"""The reading order of a page: columns of running text one after the other.

Cells of a table also stand side by side, but are read row by row. Columns are told from them by
their text: many lines, most of them long, most of them filled, and no rules drawn across.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from peelsearch.documents.pdf.layout import Piece, Rule

# A column has at least so many lines, of so many letters, most of them filled up to here.
_FEWEST_LINES = 5
_FEWEST_LETTERS = 18
_FILLED = 0.8
_MOST_FILLED = 0.45
# Candidates for a gutter are looked for on a grid of so many points.
_GRID = 3
_MOST_GUTTERS = 12
_DEEPEST = 6
_FEWEST_RULES = 3

Region = list[Piece]


def regions(pieces: Sequence[Piece], rules: Sequence[Rule]) -> list[Region]:
    """The pieces by column, in reading order. A page without columns is one region."""
    return _ordered(list(pieces), rules, _DEEPEST)


def _ordered(pieces: Region, rules: Sequence[Rule], depth: int) -> list[Region]:
    if not pieces:
        return []
    best: tuple[Region, float] | None = None
    if depth and len(pieces) >= 2 * _FEWEST_LINES:
        for gutter in _gutters(pieces):
            for band in _bands(pieces, gutter):
                if (best is None or len(band) > len(best[0])) and _columns(band, gutter, rules):
                    best = band, gutter
    if best is None:
        return [pieces]
    band, gutter = best
    held = set(map(id, band))
    top, bottom = band[0].base, max(piece.base for piece in band)
    rest = [piece for piece in pieces if id(piece) not in held]
    above = [piece for piece in rest if piece.base < top]
    below = [piece for piece in rest if piece.base >= top and piece.base >= bottom]
    inside = [piece for piece in rest if top <= piece.base < bottom]
    left = [piece for piece in [*band, *inside] if piece.x0 < gutter]
    right = [piece for piece in [*band, *inside] if piece.x0 >= gutter]
    ordered = (above, left, right, below)
    return [region for part in ordered for region in _ordered(part, rules, depth - 1)]


def _gutters(pieces: Region) -> list[float]:
    """Where pieces begin to the right of others, the most frequent places first."""
    starts = Counter(round(piece.x0 / _GRID) for piece in pieces)
    leftmost = min(piece.x0 for piece in pieces)
    found = [
        start * _GRID - _GRID
        for start, count in starts.most_common(_MOST_GUTTERS)
        if count >= 2 and start * _GRID > leftmost + _GRID
    ]
    return [float(gutter) for gutter in found]


def _bands(pieces: Region, gutter: float) -> list[Region]:
    """Runs of pieces from top to bottom of which none crosses the gutter."""
    bands: list[Region] = [[]]
    for piece in pieces:
        if piece.x0 < gutter < piece.x1:
            bands.append([])
        else:
            bands[-1].append(piece)
    return [band for band in bands if len(band) >= 2 * _FEWEST_LINES]


def _columns(band: Region, gutter: float, rules: Sequence[Rule]) -> bool:
    left = [piece for piece in band if piece.x0 < gutter]
    right = [piece for piece in band if piece.x0 >= gutter]
    if not (_is_text(left) and _is_text(right)):
        return False
    top, bottom = band[0].base, max(piece.base for piece in band)
    right_end = max(piece.x1 for piece in right)
    crossing = {
        round(rule.y)
        for rule in rules
        if top < rule.y < bottom and rule.x0 < gutter + _GRID and rule.x1 > gutter - _GRID
    }
    beside = {
        round(rule.y)
        for rule in rules
        if top < rule.y < bottom and gutter - 2 * _GRID < rule.x0 and rule.x1 < right_end + 20
    }
    return len(crossing | beside) < _FEWEST_RULES


def _is_text(side: Region) -> bool:
    """Whether the pieces are lines of running text and not cells."""
    if len(side) < _FEWEST_LINES:
        return False
    if median(len(piece.text) for piece in side) < _FEWEST_LETTERS:
        return False
    start, end = min(piece.x0 for piece in side), max(piece.x1 for piece in side)
    edge = start + _FILLED * (end - start)
    return sum(piece.x1 >= edge for piece in side) >= _MOST_FILLED * len(side)
