"""The judgment matrix as tables for spreadsheets and papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peelsearch.model import NOT_STATED
from peelsearch.model.judgments import CONFLICT, NO_REPORT, Area, Matrix, MatrixLine, RoundTable
from peelsearch.render.judgments import (
    ABSENT,
    cell_words,
    force_words,
    hint_words,
    matrix_cells,
    round_words,
    undated_note,
    warning_words,
)
from peelsearch.render.sheets import Export, Sheet, Value
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary

COLUMNS = (
    "force",
    "force_label",
    "theme",
    "label",
    "state",
    "grade",
    "grade_label",
    "grade_order",
    "round",
    "date",
    "document",
    "title",
    "evidence",
    "quote",
    "start",
    "end",
    "passage",
    "also",
)


def judgments_export(matrix: Matrix, vocabulary: Vocabulary) -> Export:
    """A matrix for each round, pillars apart, or one force over its rounds; then all evidence."""
    forces = {line.force for table in matrix.rounds for line in table.lines}
    notes = [warning_words(warning) for warning in matrix.warnings]
    notes += [hint_words(hint, vocabulary) for hint in matrix.hints]
    if matrix.undated:
        notes.append(undated_note(matrix.undated))
    if len(forces) == 1 and len(matrix.rounds) > 1:
        sheets = list(_over_rounds(matrix, vocabulary))
    else:
        sheets = [s for table in matrix.rounds for s in _round_sheets(table, vocabulary)]
    conflicts = tuple(
        row for row in _evidence(matrix, vocabulary) if row[COLUMNS.index("state")] == CONFLICT
    )
    if conflicts:
        sheets.append(_brief("Conflicts", conflicts))
    sheets.append(_brief("Evidence", tuple(_evidence(matrix, vocabulary))))
    return Export("Judgments", tuple(notes), tuple(sheets), matrix.fingerprint)


def judgments_sheet(matrix: Matrix, vocabulary: Vocabulary) -> Sheet:
    """Everything as one table: a row for each judgment and for each cell that has none."""
    absent = (
        (
            line.force,
            vocabulary.label("force", line.force),
            cell.area.theme,
            cell.area.label,
            cell.state,
            *(None,) * 3,
            table.round,
            *(None,) * (len(COLUMNS) - 9),
        )
        for table, line, cell in matrix_cells(matrix)
        if not cell.rows
    )
    return Sheet("Judgments", COLUMNS, (*_evidence(matrix, vocabulary), *absent))


def _evidence(matrix: Matrix, vocabulary: Vocabulary) -> Iterator[tuple[Value, ...]]:
    for row in matrix.rows:
        yield (
            row.force,
            vocabulary.label("force", row.force),
            row.theme,
            row.label,
            row.state,
            row.grade,
            vocabulary.label("grade", row.grade),
            vocabulary.grade.orders.get(row.grade, 0) + 1,
            row.document.round or NOT_STATED,
            row.document.date,
            row.document.id,
            row.document.title,
            row.evidence.value,
            row.said.quote,
            row.said.start,
            row.said.end,
            row.said.passage,
            " · ".join(f"{other.grade}: {other.said.quote}" for other in row.also),
        )


_BRIEF = ("force_label", "label", "round", "grade_label", "quote", "also", "title", "start", "end")
_BRIEF_LABELS = (
    "Force",
    "Area",
    "Round",
    "Grade",
    "Words",
    "Other places",
    "Document",
    "From",
    "To",
)


def _brief(title: str, rows: Sequence[tuple[Value, ...]]) -> Sheet:
    """The columns that people read."""
    kept = [COLUMNS.index(name) for name in _BRIEF]
    return Sheet(title, _BRIEF_LABELS, tuple(tuple(row[i] for i in kept) for row in rows))


def _round_sheets(table: RoundTable, vocabulary: Vocabulary) -> Iterator[Sheet]:
    """Forces by areas, the pillars in a table of their own."""
    name = round_words(table.round, vocabulary)
    missing = [vocabulary.label("force", line.force) for line in table.lines if not line.reported]
    notes = (f"No report in this corpus: {', '.join(missing)}",) if missing else ()
    for pillar in (True, False):
        areas = [area for area in table.areas if area.pillar is pillar]
        rows = tuple(
            (
                force_words(line, vocabulary),
                *(cell_words(c, vocabulary) for c in line.cells if c.area.pillar is pillar),
            )
            for line in table.lines
            if line.cells
        )
        if areas:
            title = f"{name}: pillars" if pillar else name
            columns = ("Force", *(area.label for area in areas))
            yield Sheet(title, columns, rows, notes)


def _over_rounds(matrix: Matrix, vocabulary: Vocabulary) -> Iterator[Sheet]:
    """One force: areas by rounds, the pillars in a table of their own."""
    lines = [(table.round, line) for table in matrix.rounds for line in table.lines]
    force = vocabulary.label("force", lines[0][1].force)
    for pillar in (True, False):
        areas = _distinct(
            area for table in matrix.rounds for area in table.areas if area.pillar is pillar
        )
        columns = ("Area", *(_column(name, line, vocabulary) for name, line in lines))
        rows = tuple(
            (area.label, *(_words_of(area, line, vocabulary) for _, line in lines))
            for area in areas
        )
        if rows:
            yield Sheet(f"{force}: pillars" if pillar else force, columns, rows)


def _column(name: str, line: MatrixLine, vocabulary: Vocabulary) -> str:
    said = round_words(name, vocabulary)
    return f"{said} ({readable(line.document.title)})" if line.document else said


def _distinct(areas: Iterable[Area]) -> list[Area]:
    return list({(area.theme, area.label): area for area in areas}.values())


def _words_of(area: Area, line: MatrixLine, vocabulary: Vocabulary) -> str:
    for cell in line.cells:
        if (cell.area.theme, cell.area.label) == (area.theme, area.label):
            return cell_words(cell, vocabulary)
    return ABSENT[NOT_STATED if line.reported else NO_REPORT]
