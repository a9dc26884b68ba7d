"""What is seen on a page: words, pieces of lines, rules. Nothing here computes more than a size.

All measures are points (1/72 inch) on the upright page, from its top left corner: x to the right,
y (``base``, the line that letters stand on) downwards.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look. ``size`` is the size on the page; ``turn`` counts quarter turns.

    ``turn`` is None for text at a slant. ``symbols`` is true of fonts whose letters are signs.
    """

    size: float
    bold: bool
    symbols: bool
    turn: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them, without the raised number of a footnote."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn horizontal line."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line without a wide gap between them.

    ``first`` is the width of the first word. ``inner`` is where the words after a bullet or a
    number begin, ``x0`` where there is none. ``bold`` is true when nearly all letters are,
    ``bold_start`` and ``bold_end`` of the first and last word.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    bold_start: bool
    bold_end: bool
    first: float
    inner: float
    page: int

    @property
    def labelled(self) -> bool:
        """Whether it begins with a bullet or a number of its own."""
        return self.inner > self.x0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the pieces of each cell. Cells that are empty keep their place."""

    cells: tuple[tuple[Piece, ...], ...]
    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one direction on a page, and the rules; the page turned so that they stand up.

    ``side`` counts the directions of a page: 0 for the one with most letters.
    """

    number: int
    side: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page once its words are pieces of lines; ``page``, ``side`` and ``height`` as above."""

    page: int
    side: int
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...] = ()
