"""Rows of tables: pieces side by side, each row with the lines that its cells wrap over.

Where rules are drawn between the rows, they decide. Else the distances of the lines do: lines of
a cell stand closer than rows. What is no table comes out as it went in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from peelsearch.documents.pdf.cells import Columns, columns_of, is_row, wraps
from peelsearch.documents.pdf.layout import Piece, Rule, TableRow

Line = tuple[Piece, ...]
Item = Piece | TableRow

_SAME_LINE = 0.3
# Rules at one height belong together up to so many points; a band between rules is at least so
# high, and holds at most so many lines of a row.
_SAME_RULE = 3.0
_MOST_LINES = 16
# With so many ruled rows the rules separate all rows.
_FEWEST_RULED = 3
# Rows of a table without rules stand at most so many sizes apart, with so many lines between.
_APART = 4.0
_BETWEEN = 4
# The widest space in justified text, in sizes.
_STRETCHED = 2.5
# A line's letters differ by less than this factor.
_ALIKE = 1.2
# Columns are told by so many of the last lines: long tables take no longer for each.
_LOOK = 40


@dataclass(frozen=True, slots=True)
class _Band:
    """What is between two neighbouring rules, as indexes of lines: half open."""

    start: int
    end: int


def items(region: Sequence[Piece], rules: Sequence[Rule]) -> Iterator[Item]:
    """The lines and table rows of a region, from top to bottom."""
    lines = _lines(region)
    at = 0
    for grid in _grids(lines, rules):
        yield from _open_tables(lines[at : grid[0].start])
        yield from _ruled(lines, grid)
        at = grid[-1].end
    yield from _open_tables(lines[at:])


def _lines(region: Sequence[Piece]) -> list[Line]:
    lines: list[list[Piece]] = []
    for piece in sorted(region, key=lambda piece: (piece.base, piece.x0)):
        if lines and piece.base - lines[-1][0].base <= _SAME_LINE * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [tuple(sorted(line, key=lambda piece: piece.x0)) for line in lines]


# --- with rules -----------------------------------------------------------------------------


def _grids(lines: Sequence[Line], rules: Sequence[Rule]) -> Iterator[list[_Band]]:
    """Runs of bands that hold cells, each run a table."""
    grid: list[_Band] = []
    for band in _bands(lines, rules):
        if grid and band.start != grid[-1].end:
            yield from _if_table(lines, grid)
            grid = []
        grid.append(band)
    yield from _if_table(lines, grid)


def _if_table(lines: Sequence[Line], run: list[_Band]) -> Iterator[list[_Band]]:
    """The tables in a run of bands: what is between bands of prose, which fits no columns."""
    table: list[_Band] = []
    for band in run:
        held = lines[band.start : band.end]
        if columns_of(held).count == 1 and not (table and _fits(lines, table, held)):
            yield from _whole(table)
            table = []
        else:
            table.append(band)
    yield from _whole(table)


def _fits(lines: Sequence[Line], table: Sequence[_Band], held: Sequence[Line]) -> bool:
    columns = columns_of(lines[table[0].start : table[-1].end])
    return all(map(columns.fits, held))


def _whole(table: list[_Band]) -> Iterator[list[_Band]]:
    """The bands of a table, if it is one and not two columns between two rules."""
    if len(table) > 1 or (table and table[0].end - table[0].start <= _MOST_LINES):
        yield table


def _bands(lines: Sequence[Line], rules: Sequence[Rule]) -> Iterator[_Band]:
    heights = _heights(rules)
    bases = [line[0].base for line in lines]
    for (top, x0, x1), (bottom, left, right) in pairwise(heights):
        start, end = bisect_left(bases, top), bisect_left(bases, bottom)
        if not 0 < end - start <= 2 * _MOST_LINES:
            continue
        common = min(x1, right) - max(x0, left)
        inside = all(
            line[0].x0 > min(x0, left) - 6 and line[-1].x1 < max(x1, right) + 6
            for line in lines[start:end]
        )
        if inside and common > 0.5 * max(x1 - x0, right - left):
            yield _Band(start, end)


def _heights(rules: Sequence[Rule]) -> list[tuple[float, float, float]]:
    """Heights at which rules are drawn, with the left and right end of all at that height."""
    found: list[tuple[float, float, float]] = []
    for rule in sorted(rules, key=lambda rule: rule.y):
        if found and rule.y - found[-1][0] <= _SAME_RULE:
            y, x0, x1 = found[-1]
            found[-1] = (y, min(x0, rule.x0), max(x1, rule.x1))
        else:
            found.append((rule.y, rule.x0, rule.x1))
    return found


def _ruled(lines: Sequence[Line], grid: Sequence[_Band]) -> Iterator[Item]:
    columns = columns_of([line for band in grid for line in lines[band.start : band.end]])
    rows = sum(columns_of(lines[band.start : band.end]).count > 1 for band in grid)
    for band in grid:
        held = lines[band.start : band.end]
        own = columns_of(held)
        if own.count <= 1 and not columns.holds_later_cell(held):
            yield from (piece for line in held for piece in line)
        elif rows >= _FEWEST_RULED or sum(map(is_row, held)) <= 1:
            yield (columns if columns.count >= own.count else own).row(held)
        else:
            yield from _open_tables(held)


# --- without --------------------------------------------------------------------------------


def _open_tables(lines: Sequence[Line]) -> Iterator[Item]:
    """Lines, and tables whose rows nothing separates but their distance."""
    at = 0
    while at < len(lines):
        if not is_row(lines[at]):
            yield from lines[at]
            at += 1
            continue
        end = _table_end(lines, at)
        if end == at + 1 and (whole := _stretched(lines[at])) is not None:
            yield whole
        else:
            yield from _unruled(lines[at:end])
        at = end


def _stretched(line: Line) -> Piece | None:
    """The pieces of a line as one, if its gaps are no wider than stretched spaces may be.

    No other row is near; so is the gap behind the number of a heading.
    """
    first, last = line[0], line[-1]
    size = min(piece.size for piece in line)
    if any(b.x0 - a.x1 > _STRETCHED * size or a.size > _ALIKE * b.size for a, b in pairwise(line)):
        return None
    return replace(
        first,
        text=" ".join(piece.text for piece in line),
        x1=last.x1,
        bold=all(piece.bold for piece in line),
        bold_end=last.bold_end,
    )


def _table_end(lines: Sequence[Line], start: int) -> int:
    """The index after the last line of the table that begins here."""
    end = start + 1
    while end < len(lines):
        following = next(
            (i for i in range(end, min(end + _BETWEEN, len(lines))) if is_row(lines[i])), None
        )
        if following is None or not _near(lines[end - 1 : following + 1]):
            break
        columns = columns_of(lines[max(start, end - _LOOK) : following + 1])
        if not all(columns.fits(line) for line in lines[end:following]):
            break
        end = following + 1
    columns = columns_of(lines[start:end])
    while end < len(lines) and columns.fits(lines[end]) and wraps(lines[end - 1], lines[end]):
        end += 1
    return end


def _near(lines: Sequence[Line]) -> bool:
    return all(
        b[0].base - a[0].base <= _APART * max(a[0].size, b[0].size) for a, b in pairwise(lines)
    )


def _unruled(lines: Sequence[Line]) -> Iterator[Item]:
    columns = columns_of(lines)
    row: list[Line] = []
    contents = _ends_in_numbers(lines)
    for index, line in enumerate(lines):
        if row and not _goes_on(lines, index, columns, contents=contents):
            yield _entry(row) if contents else columns.row(row)
            row = []
        row.append(line)
    if row:
        yield _entry(row) if contents else columns.row(row)


def _entry(lines: Sequence[Line]) -> TableRow:
    """A title of a contents list and the number of its page, wherever the number stands."""
    pieces = [piece for line in lines for piece in line]
    return TableRow((tuple(pieces[:-1]), (pieces[-1],)), pieces[0].page)


def _goes_on(lines: Sequence[Line], index: int, columns: Columns, *, contents: bool) -> bool:
    """Whether a line belongs to the row of the line before it."""
    before, line = lines[index - 1], lines[index]
    if contents:
        # The number of a page stands on the last line of its title.
        return not before[-1].text.isdigit()
    distances = [b[0].base - a[0].base for a, b in pairwise(lines)]
    least, own = min(distances), line[0].base - before[0].base
    if is_row(line) and not (max(distances) > 1.2 * least and own < 1.12 * least):
        return False
    return wraps(before, line) and (not is_row(line) or columns.continues(before, line))


def _ends_in_numbers(lines: Sequence[Line]) -> bool:
    """Whether it is a contents list: titles, then the numbers of pages that never go down."""
    rows = [line[-1].text for line in lines if is_row(line)]
    numbers = [int(text) for text in rows if text.isdigit() and len(text) <= 4]
    return len(numbers) >= 3 and len(numbers) >= 0.8 * len(rows) and numbers == sorted(numbers)
