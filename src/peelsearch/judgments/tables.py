"""A table for each round: forces by areas, every cell with a state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peelsearch.corpus import Corpus
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.extracts import quotes_others
from peelsearch.judgments.rows import GRADE_STATES, JudgmentOptions, Order, area_key, has_grade
from peelsearch.model import NOT_STATED, Document
from peelsearch.model.judgments import (
    CONFLICT,
    NO_REPORT,
    Area,
    Cell,
    JudgmentRow,
    MatrixLine,
    RoundTable,
)
from peelsearch.vocabulary import Vocabulary, fold


def round_tables(
    rows: Sequence[JudgmentRow],
    held: Sequence[IndexedDocument],
    corpus: Corpus,
    vocabulary: Vocabulary,
    options: JudgmentOptions,
) -> tuple[RoundTable, ...]:
    """A table for each round that is asked for or reported on, the newest first."""
    wanted = dict(options.filters).get("round")
    rounds = {row.document.round or NOT_STATED for row in rows} | set(wanted or ())
    if wanted is None:
        rounds |= {
            found.document.round
            for found in corpus.manifest.documents
            if found.document.round and not quotes_others(found.document, vocabulary)
        }
    order = vocabulary.round.orders
    forces = _forces(rows, corpus, vocabulary, options)
    by_round: dict[str, list[JudgmentRow]] = {name: [] for name in rounds}
    for row in rows:
        by_round[row.document.round or NOT_STATED].append(row)
    return tuple(
        _table(name, by_round[name], held, forces, vocabulary, options)
        for name in sorted(rounds, key=lambda name: -order.get(name, -1))
    )


def _forces(
    rows: Sequence[JudgmentRow], corpus: Corpus, vocabulary: Vocabulary, options: JudgmentOptions
) -> list[str]:
    """Whose lines the tables have: chosen ones, or all that a document of the corpus inspects."""
    chosen = dict(options.filters).get("force")
    if chosen is not None:
        return list(chosen)
    known = {force for found in corpus.manifest.documents for force in found.forces}
    known |= {row.force for row in rows}
    if options.all_forces:
        known |= {entry.id for entry in vocabulary.force}
    order = vocabulary.force.orders
    return sorted(known, key=lambda force: (order.get(force, len(order)), force))


def _table(
    name: str,
    rows: Sequence[JudgmentRow],
    held: Sequence[IndexedDocument],
    forces: Sequence[str],
    vocabulary: Vocabulary,
    options: JudgmentOptions,
) -> RoundTable:
    chosen = dict(options.filters)
    if "grade" in chosen:
        # Lines and columns that hold the grade are shown whole.
        held_by = [row for row in rows if has_grade(row, chosen)]
        forces = [force for force in forces if any(row.force == force for row in held_by)]
        keys = {area_key(row) for row in held_by}
        rows = [row for row in rows if row.force in forces and area_key(row) in keys]
    areas = _areas(rows, vocabulary, chosen.get("theme", ()))
    if name == NOT_STATED:
        # Of documents without a round nobody knows whether they speak of the same inspection.
        lines = [
            _line(force, areas, of, reported=True, document=of[0].document)
            for force in forces
            for of in _by_document(row for row in rows if row.force == force)
        ]
    else:
        reported = {
            force
            for found in held
            if found.document.round == name and not quotes_others(found.document, vocabulary)
            for force in found.forces
        }
        judged = {row.force for row in rows}
        lines = [
            _line(
                force,
                areas,
                [row for row in rows if row.force == force] if force in judged else [],
                reported=force in reported or force in judged,
            )
            for force in forces
        ]
    if _leaves_out(options):
        # What is left out here may well be in the corpus: nothing is said of it.
        lines = [line for line in lines if any(cell.rows for cell in line.cells)]
    if options.order is not Order.FORCE:
        lines.sort(key=lambda line: _line_key(line, options.order, vocabulary))
    return RoundTable(name, areas, tuple(lines))


def _leaves_out(options: JudgmentOptions) -> bool:
    """Whether documents are left out for other reasons than their force and round."""
    names = dict(options.filters).keys() & {"type", "year"}
    return bool(names or options.since or options.until)


def _by_document(rows: Iterable[JudgmentRow]) -> list[list[JudgmentRow]]:
    found: dict[str, list[JudgmentRow]] = {}
    for row in rows:
        found.setdefault(row.document.id, []).append(row)
    return list(found.values())


def _areas(
    rows: Sequence[JudgmentRow], vocabulary: Vocabulary, wanted: tuple[str, ...]
) -> tuple[Area, ...]:
    """The columns: what somebody was judged for, pillars first, then themes, then unknown areas."""
    found: dict[tuple[str, str], Area] = {}
    for theme in (*wanted, *(row.theme for row in rows if row.theme != NOT_STATED)):
        entry = vocabulary.theme.get(theme)
        label = entry.label if entry else theme
        found[(theme, "")] = Area(theme, label, bool(entry and entry.pillar))
    for row in rows:
        if row.theme == NOT_STATED:
            found.setdefault(area_key(row), Area(NOT_STATED, row.label))
    order = vocabulary.theme.orders
    return tuple(
        sorted(
            found.values(),
            key=lambda area: (
                not area.pillar,
                area.theme == NOT_STATED,
                order.get(area.theme, len(order)),
                fold(area.label),
            ),
        )
    )


def _line(
    force: str,
    areas: Sequence[Area],
    rows: Sequence[JudgmentRow],
    *,
    reported: bool,
    document: Document | None = None,
) -> MatrixLine:
    by_area: dict[tuple[str, str], list[JudgmentRow]] = {}
    for row in rows:
        by_area.setdefault(area_key(row), []).append(row)
    cells = []
    for area in areas:
        key = (area.theme, fold(area.label) if area.theme == NOT_STATED else "")
        cells.append(_cell(area, by_area.get(key, []), reported=reported))
    return MatrixLine(force, reported, tuple(cells), document)


def _cell(area: Area, rows: Sequence[JudgmentRow], *, reported: bool) -> Cell:
    """What the rows of a cell say together. A grade wins over a document that gives none.

    A round can hold two inspections of a force; the newest stands first.
    """
    if not rows:
        return Cell(area, NOT_STATED if reported else NO_REPORT, (), ())
    newest = sorted(rows, key=lambda row: row.document.date or "", reverse=True)
    graded = [row for row in newest if row.state in GRADE_STATES]
    grades = tuple(dict.fromkeys(grade for row in graded or newest for grade in row.grades))
    state = (graded or newest)[0].state
    if any(row.state == CONFLICT for row in graded):
        state = CONFLICT
    return Cell(area, state, grades, tuple(newest))


def _line_key(line: MatrixLine, order: Order, vocabulary: Vocabulary) -> tuple[object, ...]:
    if order is Order.DATE:
        dates = [row.document.date or "" for cell in line.cells for row in cell.rows]
        return (not any(dates), max(dates, default=""))
    # By the grade of the first column; a cell without one comes behind all grades.
    first = line.cells[0] if line.cells else None
    if first is None or not first.grades or first.state == CONFLICT:
        return (True, 0)
    return (False, vocabulary.grade.orders.get(first.grades[0], 0))
