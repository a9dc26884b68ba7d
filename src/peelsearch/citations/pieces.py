"""What a file that is checked consists of."""

from __future__ import annotations

from dataclasses import replace

from peelsearch.model.citations import Where
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a line or a cell.

    Pieces of one ``group`` belong together: the cells of a row. ``whole`` says that all of it is a
    quotation without marks. ``lines`` are the offsets at which lines begin behind the first one,
    where ``where`` has one.
    """

    text: str
    where: Where
    group: int
    whole: bool = False
    lines: tuple[int, ...] = ()

    def at(self, offset: int) -> Where:
        """The place of what stands at an offset."""
        if self.where.line is None or not self.lines:
            return self.where
        return replace(self.where, line=self.where.line + sum(one <= offset for one in self.lines))
