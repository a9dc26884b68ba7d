"""Judgments of documents put together: rows, and a table for each round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from peelsearch.corpus import Corpus
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.extracts import (
    ExtractMemory,
    document_matches,
    extracts,
    may_speak_of,
    quotes_others,
    within_dates,
)
from peelsearch.fingerprint import corpus_fingerprint
from peelsearch.judgments.warnings import comparison_warnings
from peelsearch.model import NOT_STATED, Document, Filters
from peelsearch.model.register import (
    CARRIED_OVER,
    CONFLICT,
    GRADED,
    NO_REPORT,
    Area,
    Cell,
    JudgmentRow,
    Matrix,
    MatrixLine,
    RoundTable,
    Statement,
)
from peelsearch.records import dataclass
from peelsearch.vocabulary import Vocabulary, fold


_GRADES = (GRADED, CARRIED_OVER, CONFLICT)


class Order(StrEnum):
    """The order of rows and of the lines of a table."""

    FORCE = "force"
    GRADE = "grade"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class JudgmentOptions:
    """What narrows and orders the judgments.

    ``filters`` may name force, theme, grade, type, round and year. ``all_forces`` gives every
    force that the vocabulary knows a line in each table.
    """

    filters: Filters = ()
    since: str | None = None
    until: str | None = None
    order: Order = Order.FORCE
    all_forces: bool = False


def judgments(
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
    options: JudgmentOptions | None = None,
) -> Matrix:
    """The judgments of the documents under the filters. Only these documents are read."""
    options = options or JudgmentOptions()
    chosen = dict(options.filters)
    documents = [
        found
        for found in corpus.manifest.documents
        if may_speak_of(found, options.filters)
        and document_matches(found.document, options.filters)
    ]
    dated = {
        found.document.id
        for found in documents
        if within_dates(found.document.date, options.since, options.until)
    }
    read = extracts(corpus, vocabulary, memory, lambda found: found.document.id in dated)
    rows = [row for found in read for row in found.judgments if _speaks_of(row, chosen)]
    rows = [row for row in _with_conflicts(rows) if _has_grade(row, chosen)]
    rows.sort(key=lambda row: _row_key(row, options.order, vocabulary))
    held = [found for found in documents if found.document.id in dated]
    tables = _tables(rows, held, corpus, vocabulary, options)
    shown = [table.round for table in tables if table.lines]
    undated = sum(found.document.date is None for found in documents)
    return Matrix(
        rows=tuple(rows),
        rounds=tables,
        warnings=comparison_warnings(corpus, vocabulary, shown),
        fingerprint=corpus_fingerprint(corpus.manifest.documents, vocabulary),
        undated=undated if options.since or options.until else 0,
    )


def _speaks_of(row: JudgmentRow, chosen: dict[str, tuple[str, ...]]) -> bool:
    return row.force in chosen.get("force", (row.force,)) and row.theme in chosen.get(
        "theme", (row.theme,)
    )


def _has_grade(row: JudgmentRow, chosen: dict[str, tuple[str, ...]]) -> bool:
    return not set(row.grades).isdisjoint(chosen.get("grade", row.grades))


def _with_conflicts(rows: Sequence[JudgmentRow]) -> list[JudgmentRow]:
    """The rows; those of one round that two documents grade differently show each other's words.

    Documents that state no round may speak of different ones, so they contradict nobody.
    """
    cells: dict[tuple[str, ...], list[JudgmentRow]] = {}
    for row in rows:
        if row.document.round and row.state in _GRADES:
            cells.setdefault((row.force, row.document.round, *_area_key(row)), []).append(row)
    changed: dict[int, JudgmentRow] = {}
    for found in cells.values():
        if len({grade for row in found for grade in row.grades}) < 2 or len(found) < 2:
            continue
        for row in found:
            others = (
                Statement(other.document, other.evidence, other.grade, other.said)
                for other in found
                if other is not row and other.grade != row.grade
            )
            changed[id(row)] = replace(row, state=CONFLICT, also=(*row.also, *others))
    return [changed.get(id(row), row) for row in rows]


def _row_key(row: JudgmentRow, order: Order, vocabulary: Vocabulary) -> tuple[object, ...]:
    forces, themes, rounds = (
        vocabulary.force.orders,
        vocabulary.theme.orders,
        vocabulary.round.orders,
    )
    # A conflict is neither of its grades; it stands behind those that are one.
    grade = (row.state == CONFLICT, vocabulary.grade.orders.get(row.grade, len(forces)))
    place = (
        forces.get(row.force, len(forces)),
        rounds.get(row.document.round or "", len(rounds)),
        row.document.id,
        row.said.start if row.theme == NOT_STATED else themes.get(row.theme, len(themes)),
        fold(row.label),
    )
    first: tuple[object, ...] = ()
    if order is Order.GRADE:
        first = grade
    elif order is Order.DATE:
        first = (row.document.date is None, row.document.date or "")
    return (*first, *place)


# --- tables -----------------------------------------------------------------------------------


def _tables(
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
    areas = _areas(rows, vocabulary, dict(options.filters).get("theme", ()))
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
    if options.order is not Order.FORCE:
        lines.sort(key=lambda line: _line_key(line, options.order, vocabulary))
    return RoundTable(name, areas, tuple(lines))


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
            found.setdefault(_area_key(row), Area(NOT_STATED, row.label))
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


def _area_key(row: JudgmentRow) -> tuple[str, str]:
    """Areas that the vocabulary does not know are told apart by their labels."""
    return row.theme, fold(row.label) if row.theme == NOT_STATED else ""


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
        by_area.setdefault(_area_key(row), []).append(row)
    cells = []
    for area in areas:
        key = (area.theme, fold(area.label) if area.theme == NOT_STATED else "")
        cells.append(_cell(area, by_area.get(key, []), reported=reported))
    return MatrixLine(force, reported, tuple(cells), document)


def _cell(area: Area, rows: Sequence[JudgmentRow], *, reported: bool) -> Cell:
    """What the rows of a cell say together. A grade wins over a document that gives none."""
    if not rows:
        return Cell(area, NOT_STATED if reported else NO_REPORT, (), ())
    graded = [row for row in rows if row.state in _GRADES]
    grades = tuple(dict.fromkeys(grade for row in graded or rows for grade in row.grades))
    if not graded:
        state = rows[0].state
    elif len(grades) > 1:
        state = CONFLICT
    else:
        state = CARRIED_OVER if all(row.carried for row in graded) else GRADED
    return Cell(area, state, grades, tuple(rows))


def _line_key(line: MatrixLine, order: Order, vocabulary: Vocabulary) -> tuple[object, ...]:
    if order is Order.DATE:
        dates = [row.document.date or "" for cell in line.cells for row in cell.rows]
        return (not any(dates), max(dates, default=""))
    # By the grade of the first column; a cell without one comes behind all grades.
    first = line.cells[0] if line.cells else None
    if first is None or not first.grades or first.state == CONFLICT:
        return (True, 0)
    return (False, vocabulary.grade.orders.get(first.grades[0], 0))
