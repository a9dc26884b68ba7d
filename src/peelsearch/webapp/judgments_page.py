"""The judgment matrix as records that the template lays out: a table for each round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peelsearch import facets
from peelsearch.errors import SettingError
from peelsearch.judgments import JudgmentOptions, Order, judgments
from peelsearch.model import NOT_STATED, Document
from peelsearch.model.judgments import (
    CARRIED_OVER,
    CONFLICT,
    Cell,
    ComparisonWarning,
    JudgmentRow,
    Matrix,
    MatrixLine,
    RoundTable,
    Statement,
)
from peelsearch.model.quotations import Quotation
from peelsearch.render import words
from peelsearch.render.judgment_tables import judgments_export, judgments_sheet
from peelsearch.render.judgments import (
    NOT_COMPARABLE,
    cell_words,
    hint_words,
    judgments_json,
    round_words,
    undated_note,
)
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.state import date_typed
from peelsearch.webapp.table_form import SINCE, UNTIL, Select, TableForm, plain_select, table_form
from peelsearch.webapp.table_state import TableState
from peelsearch.webapp.tables import Asked, Table, TablePage

FACETS = ("force", "theme", "grade", "type", "round", "year")
SHOWN_FACETS = ("force", "theme", "grade", "round")
SORTS = {Order.FORCE: "Force", Order.GRADE: "Grade", Order.DATE: "Newest report"}
ALL_FORCES = "all-forces"
# The last of the tones that a scale of grades is spread over; the first is 0.
TONES = 4


@dataclass(frozen=True, slots=True)
class SaidView:
    """Words with the link to where they stand; ``label`` is what they state."""

    label: str
    quote: str
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: what it says, the tone of its colour, and the link to the words that say so.

    ``conflict`` are the quotations that contradict each other; a cell without a link has no words.
    """

    text: str
    tone: str
    href: str
    quote: str
    conflict: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """A force in a round."""

    label: str
    href: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """An area; ``first`` is set for the first that is no pillar, behind pillars."""

    label: str
    pillar: bool
    first: bool


@dataclass(frozen=True, slots=True)
class RoundView:
    """The table of a round. ``missing`` are the forces without a report, in a sentence."""

    id: str
    title: str
    columns: tuple[ColumnView, ...]
    lines: tuple[LineView, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class JudgmentsView:
    """The page. ``warnings`` must be read where two rounds are shown."""

    form: TableForm
    summary: str
    warnings: tuple[SaidView, ...]
    notes: tuple[str, ...]
    rounds: tuple[RoundView, ...]
    force_title: str
    fingerprint: str


def make(asked: Asked) -> Table:
    """The judgments under the filters of the address."""
    filters = asked.state.filters(asked.vocabulary)
    state = asked.state.resolved(filters)
    options = JudgmentOptions(
        filters,
        date_typed("since", state.first("since")),
        date_typed("until", state.first("until")),
        _order(state.first("sort")),
        all_forces=bool(state.first(ALL_FORCES)),
    )
    matrix = judgments(asked.corpus, asked.vocabulary, asked.memory, options)
    return Table(
        view=lambda: judgments_view(matrix, asked, state),
        json=lambda: judgments_json(matrix),
        sheet=lambda: judgments_sheet(matrix, asked.vocabulary),
        export=lambda: judgments_export(matrix, asked.vocabulary),
        fingerprint=matrix.fingerprint,
    )


PAGE = TablePage(
    "/judgments", "judgments.html", (*FACETS, "since", "until", "sort", ALL_FORCES), make
)


def judgments_view(matrix: Matrix, asked: Asked, state: TableState) -> JudgmentsView:
    """The page in words and links."""
    vocabulary, paths = asked.vocabulary, asked.paths
    notes = [hint_words(hint, vocabulary) for hint in matrix.hints]
    if matrix.undated:
        notes.append(undated_note(matrix.undated))
    return JudgmentsView(
        form=table_form(asked, state, SHOWN_FACETS, _selects(state), (SINCE, UNTIL)),
        summary=_summary(matrix, _scale(vocabulary)),
        warnings=tuple(warning_view(warning, paths) for warning in matrix.warnings),
        notes=tuple(notes),
        rounds=tuple(_round(table, vocabulary, paths) for table in matrix.rounds if table.lines),
        force_title=facets.title("force", vocabulary),
        fingerprint=matrix.fingerprint,
    )


def _order(typed: str) -> Order:
    try:
        return Order(typed) if typed else Order.FORCE
    except ValueError:
        raise SettingError(
            f'"{typed[:40]}" is not an order of rows.',
            hint=f"It is one of {', '.join(order.value for order in Order)}.",
        ) from None


def _selects(state: TableState) -> tuple[Select, ...]:
    forces = (("", "With a report"), ("yes", "All that are known"))
    return (
        plain_select(state, ALL_FORCES, "Rows", forces),
        plain_select(
            state, "sort", "Order", [(o.value, text) for o, text in SORTS.items()], Order.FORCE
        ),
    )


def _summary(matrix: Matrix, scale: Sequence[str]) -> str:
    if not matrix.rows:
        return "No judgment found"
    forces = words.count(len({row.force for row in matrix.rows}), "force")
    documents = words.count(len({row.document.id for row in matrix.rows}), "document")
    graded = sum(row.grade in scale for row in matrix.rows)
    said = f"{words.count(graded, 'judgment')} of {forces} in {documents}"
    others = len(matrix.rows) - graded
    return f"{said}; {words.count(others, 'area')} without a grade" if others else said


def warning_view(warning: ComparisonWarning, paths: Paths) -> SaidView:
    if warning.said is None or warning.document is None:
        return SaidView("", NOT_COMPARABLE, "", "")
    return _said("", warning.document, warning.said, paths)


def _said(label: str, document: Document, said: Quotation, paths: Paths) -> SaidView:
    source = f"{readable(document.title)}, {words.date(document.date) or 'undated'}"
    return SaidView(label, _line(said.quote), source, paths.said(document, said))


def _line(text: str) -> str:
    return " ".join(readable(text).split())


def _round(table: RoundTable, vocabulary: Vocabulary, paths: Paths) -> RoundView:
    missing = [vocabulary.label("force", line.force) for line in table.lines if not line.reported]
    pillars = [area.pillar for area in table.areas]
    return RoundView(
        id=f"round-{table.round}",
        title=round_words(table.round, vocabulary),
        columns=tuple(
            ColumnView(readable(area.label), area.pillar, at > 0 and pillars[at - 1] != area.pillar)
            for at, area in enumerate(table.areas)
        ),
        lines=tuple(_matrix_line(line, vocabulary, paths) for line in table.lines if line.reported),
        missing=f"No report in this corpus: {', '.join(missing)}." if missing else "",
    )


def _matrix_line(line: MatrixLine, vocabulary: Vocabulary, paths: Paths) -> LineView:
    label = vocabulary.label("force", line.force)
    if line.document:
        label = f"{label} ({readable(line.document.title)})"
    known = line.force != NOT_STATED
    return LineView(
        label,
        paths.force(line.force) if known else "",
        tuple(_cell(cell, vocabulary, paths) for cell in line.cells),
    )


def _cell(cell: Cell, vocabulary: Vocabulary, paths: Paths) -> CellView:
    row = cell.rows[0] if cell.rows else None
    return CellView(
        text=cell_words(cell, vocabulary),
        tone=cell_tone(cell, vocabulary),
        href=paths.said(row.document, row.said) if row else "",
        quote=_line(row.said.quote) if row else "",
        conflict=tuple(
            _statement(found, vocabulary, paths)
            for one in cell.rows
            for found in _contradicting(one)
        )
        if cell.state == CONFLICT
        else (),
    )


def _contradicting(row: JudgmentRow) -> tuple[Statement, ...]:
    """The row's own words and those of its other places, each grade of a document once."""
    own = Statement(row.document, row.evidence, row.grade, row.said)
    places = (own, *(other for other in row.also if other.document.id == row.document.id))
    return tuple({place.grade: place for place in reversed(places)}.values())[::-1]


def _statement(found: Statement, vocabulary: Vocabulary, paths: Paths) -> SaidView:
    return _said(vocabulary.label("grade", found.grade), found.document, found.said, paths)


def _scale(vocabulary: Vocabulary) -> list[str]:
    """The grades from the best to the worst, without those that only say why there is none."""
    return [entry.id for entry in vocabulary.grade if not entry.state]


def cell_tone(cell: Cell, vocabulary: Vocabulary) -> str:
    """The class of a cell's colour: the place of its grade on the scale, or what else it is."""
    if cell.state == CONFLICT or len(cell.grades) > 1:
        return "conflict"
    scale = _scale(vocabulary)
    if cell.grades and cell.grades[0] in scale:
        step = scale.index(cell.grades[0]) * TONES // max(1, len(scale) - 1)
        return f"grade-{step} carried" if cell.state == CARRIED_OVER else f"grade-{step}"
    return "other" if cell.rows else "absent"
