"""Columns of a table, and which lines go on in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peelsearch.documents.pdf.layout import Piece, TableRow

Line = tuple[Piece, ...]

# Lines of one cell stand at most so many sizes apart.
_TIGHT = 1.45
# A cell is full when the next word would end within so many points of the widest line.
_SLACK = 8.0
_NARROWEST_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table begin and end, from left to right, in points."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.starts)

    def place(self, piece: Piece) -> int:
        """The column that a piece stands in."""
        return max(0, bisect_right(self.starts, piece.x0 + _NARROWEST_GAP) - 1)

    def fits(self, line: Line) -> bool:
        """Whether every piece of a line stands in one column and does not reach the next."""
        return all(
            (at := self.place(piece)) + 1 == self.count or piece.x1 < self.starts[at + 1]
            for piece in line
        ) and all(piece.x0 > self.starts[0] - piece.size for piece in line)

    def holds_later_cell(self, lines: Sequence[Line]) -> bool:
        """Whether the lines stand in one column that is not the first."""
        places = {self.place(piece) for line in lines for piece in line}
        return self.count > 1 and 0 not in places and all(map(self.fits, lines))

    def row(self, lines: Sequence[Line]) -> TableRow:
        """The lines as one row."""
        cells: list[list[Piece]] = [[] for _ in self.starts]
        for line in lines:
            for piece in line:
                cells[self.place(piece)].append(piece)
        return TableRow(tuple(map(tuple, cells)), lines[0][0].page)

    def continues(self, before: Line, line: Line) -> bool:
        """Whether each piece goes on with a full cell of the line before, or in mid-sentence."""
        above = {self.place(piece): piece for piece in before}
        for piece in line:
            at = self.place(piece)
            if piece.text[0].islower():
                continue
            over = above.get(at)
            if over is None or over.x1 + piece.first + _SLACK < self.ends[at]:
                return False
        return True


def columns_of(lines: Iterable[Line]) -> Columns:
    """The columns of lines: where nothing stands between the pieces of any of them.

    Lines of one piece are left out where others have more: a heading may stand over all columns.
    """
    lines = list(lines)
    several = [line for line in lines if len(line) > 1]
    shown = [piece for line in (several or lines) for piece in line]
    shown += [line[0] for line in lines if len(line) == 1 and several and _is_beside(line, several)]
    spans: list[tuple[float, float]] = []
    for piece in sorted(shown, key=lambda piece: piece.x0):
        if spans and piece.x0 < spans[-1][1] + _NARROWEST_GAP:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.x1))
        else:
            spans.append((piece.x0, piece.x1))
    return Columns(tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _is_beside(line: Line, several: Sequence[Line]) -> bool:
    """Whether a piece alone on its line lies within one cell of every other line."""
    piece = line[0]
    return all(
        sum(other.x0 < piece.x1 and piece.x0 < other.x1 for other in row) <= 1 for row in several
    )


def is_row(line: Line) -> bool:
    """Whether a line holds several cells."""
    return len(line) > 1


def wraps(before: Line, line: Line) -> bool:
    """Whether a line stands as close under another as lines of one cell do."""
    size = max(piece.size for piece in before)
    return line[0].base - before[0].base <= _TIGHT * size
