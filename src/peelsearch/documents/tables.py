"""Tables of judgments: a column per grade, or a row per theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelsearch.documents.stated import Cell, grade_named, own_units, theme_of_cell
from peelsearch.documents.units import Unit, one_line
from peelsearch.model import NOT_STATED, BlockKind, Evidence, JudgmentSource, Span
from peelsearch.vocabulary import Entry, Vocabulary, fold

_LONGEST_GRADE = 60
_FEWEST_COLUMNS = 3
# A label may wrap over so many rows of a table.
_MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, or several that wrap, with a theme and its grade. ``rows`` counts the units."""

    theme: str
    label: str
    grade: Entry
    start: int
    end: int
    rows: int


def table_cells(text: str, units: Sequence[Unit], vocabulary: Vocabulary) -> list[Cell]:
    """The themes of tables of judgments with their grades, in order."""
    found: list[Cell] = []
    for table in _tables(units, vocabulary):
        found += _by_columns(text, table, vocabulary) or _by_rows(text, table, vocabulary)
    return found


def judged_row(
    text: str,
    rows: Sequence[Unit],
    vocabulary: Vocabulary,
    columns: tuple[int, int] | None = None,
) -> Judged | None:
    """The judgment that the first of the rows gives, alone or with those that it wraps into.

    ``columns`` says where a header puts theme and grade; without it the grade is the one cell
    that is a grade, and its theme the first before it that is a theme.
    """
    joined: list[str] = []
    best: Judged | None = None
    for count, unit in enumerate(rows[:_MOST_ROWS], 1):
        cells = [one_line(text[start:end]) for start, end in cells_of(text, unit)]
        if best and (len(cells) != len(joined) or _read_row(cells, vocabulary, columns)):
            break
        joined = _side_by_side(joined, cells)
        found = _read_row(joined, vocabulary, columns)
        if found is None:
            # What went on to the row before does not go on to this one.
            if best is not None and best.theme != NOT_STATED:
                break
            continue
        theme, label, grade = found
        if best is None or theme != NOT_STATED:
            start, end = _trimmed(text, rows[0].start, unit.end)
            best = Judged(theme, label, grade, start, end, count)
    return best


def _side_by_side(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows as one: each cell goes on in the one below it."""
    wide = max(len(above), len(below))
    padded = [[*row, *[""] * (wide - len(row))] for row in (above, below)]
    return [f"{one} {other}".strip() for one, other in zip(*padded, strict=True)]


def _read_row(
    cells: Sequence[str], vocabulary: Vocabulary, columns: tuple[int, int] | None
) -> tuple[str, str, Entry] | None:
    """Theme, label and grade of a row. Under a header an unknown label counts as a theme too."""
    if columns is not None:
        area, graded = columns
        if graded >= len(cells) or area >= len(cells):
            return None
        grade = _grade(cells[graded], vocabulary)
        theme = theme_of_cell(cells[area], vocabulary)
        if grade is None or not any(char.isalpha() for char in cells[area]):
            return None
        return (theme.id if theme else NOT_STATED), cells[area], grade
    places = [index for index, cell in enumerate(cells) if _grade(cell, vocabulary)]
    if len(places) != 1:
        return None
    for cell in cells[: places[0]]:
        theme = theme_of_cell(cell, vocabulary)
        grade = _grade(cells[places[0]], vocabulary)
        if theme is not None and grade is not None:
            return theme.id, cell, grade
    return None


def header(text: str, unit: Unit, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Where the row says that themes and grades stand, if it is such a header."""
    names = [fold(text[start:end]) for start, end in cells_of(text, unit)]
    areas = {fold(name) for name in vocabulary.area_columns}
    grades = {fold(name) for name in vocabulary.grade_columns}
    for area, name in enumerate(names):
        if name in areas:
            for graded in range(area + 1, len(names)):
                if names[graded] in grades:
                    return area, graded
    return None


def heads_table(words: str, vocabulary: Vocabulary) -> bool:
    """Whether a row in one line is the header of a table of judgments."""
    folded = fold(words)
    return any(
        folded == f"{fold(area)} {fold(grade)}"
        for area in vocabulary.area_columns
        for grade in vocabulary.grade_columns
    )


def _tables(units: Sequence[Unit], vocabulary: Vocabulary) -> Iterator[list[Unit]]:
    table: list[Unit] = []
    for unit in own_units(units, vocabulary):
        if unit.kind is BlockKind.ROW:
            table.append(unit)
        elif table:
            yield table
            table = []
    if table:
        yield table


def _by_rows(text: str, table: Sequence[Unit], vocabulary: Vocabulary) -> list[Cell]:
    found: list[Cell] = []
    columns: tuple[int, int] | None = None
    index = 0
    while index < len(table):
        here = header(text, table[index], vocabulary)
        columns = here or columns
        judged = None if here else judged_row(text, table[index:], vocabulary, columns)
        if judged is not None:
            quote = JudgmentSource(
                Evidence.TABLE,
                judged.grade.id,
                text[judged.start : judged.end],
                judged.start,
                judged.end,
            )
            found.append(Cell(judged.theme, judged.label, quote))
        index += judged.rows if judged else 1
    return found


def _by_columns(text: str, table: Sequence[Unit], vocabulary: Vocabulary) -> list[Cell]:
    """A header of grades, and the themes below their grade."""
    columns: list[Entry | None] = []
    found: list[Cell] = []
    for unit in table:
        cells = list(cells_of(text, unit))
        grades = [_grade(text[start:end], vocabulary) for start, end in cells]
        if sum(grade is not None for grade in grades) >= _FEWEST_COLUMNS:
            columns = grades
            continue
        for (start, end), grade in zip(cells, columns, strict=False):
            theme = vocabulary.theme.named(text[start:end]) if end > start else None
            if theme is not None and grade is not None:
                quote = JudgmentSource(Evidence.TABLE, grade.id, text[start:end], start, end)
                found.append(Cell(theme.id, text[start:end], quote))
    return found


def _grade(cell: str, vocabulary: Vocabulary) -> Entry | None:
    return grade_named(cell, vocabulary) if cell and len(cell) <= _LONGEST_GRADE else None


def _trimmed(text: str, start: int, end: int) -> Span:
    raw = text[start:end]
    return start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())


def cells_of(text: str, unit: Unit) -> Iterator[Span]:
    """The spans of a row's cells without white space around them. Empty cells keep their place."""
    at = unit.start
    row = text[unit.start : unit.end]
    # Tables of Markdown have bars between their cells.
    for part in row.split("\t" if "\t" in row else "|"):
        left = len(part) - len(part.lstrip())
        yield (at + left, at + len(part.rstrip())) if part.strip() else (at, at)
        at += len(part) + 1
