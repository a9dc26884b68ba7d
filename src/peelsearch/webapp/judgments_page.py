"""The judgment matrix as records that the template lays out: a table for each round.

Of one force that is chosen there is a table of its areas by rounds instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from peelsearch.facets import title
from peelsearch.judgments import JudgmentOptions, Order, judgments
from peelsearch.model.judgments import Matrix
from peelsearch.render import words
from peelsearch.render.judgment_tables import judgments_export, judgments_sheet
from peelsearch.render.judgments import hint_words, judgments_json, undated_note
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.judgment_grids import (
    GridView,
    SaidView,
    force_grids,
    round_grids,
    scale,
    warning_view,
)
from peelsearch.webapp.state import date_typed
from peelsearch.webapp.table_form import SINCE, UNTIL, Select, TableForm, plain_select, table_form
from peelsearch.webapp.table_state import YES, TableState
from peelsearch.webapp.tables import Asked, Table, TablePage

FACETS = ("force", "theme", "grade", "type", "round", "year")
SHOWN_FACETS = ("force", "theme", "grade", "round")
ALL_FORCES = "all-forces"
LINKED = "Each grade links to the words that say so."
# These have one value each; of further ones in an address none counts.
SINGLE = ("since", "until", "sort", ALL_FORCES)


@dataclass(frozen=True, slots=True)
class JudgmentsView:
    """The page. ``warnings`` must be read where two rounds are shown."""

    form: TableForm
    lead: str
    summary: str
    warnings: tuple[SaidView, ...]
    notes: tuple[str, ...]
    grids: tuple[GridView, ...]
    fingerprint: str


def make(asked: Asked) -> Table:
    """The judgments under the filters of the address."""
    filters = asked.state.filters(asked.vocabulary)
    state = asked.state.resolved(filters).single(SINGLE)
    options = JudgmentOptions(
        filters,
        date_typed("since", state.first("since")),
        date_typed("until", state.first("until")),
        state.one_of("sort", Order, "an order of rows") or Order.FORCE,
        all_forces=state.flag(ALL_FORCES),
    )
    matrix = judgments(asked.corpus, asked.vocabulary, asked.memory, options)
    return Table(
        view=lambda: judgments_view(matrix, asked, state),
        json=lambda: judgments_json(matrix),
        sheet=lambda: judgments_sheet(matrix, asked.vocabulary),
        export=lambda: judgments_export(matrix, asked.vocabulary),
        fingerprint=matrix.fingerprint,
    )


PAGE = TablePage("/judgments", "judgments.html", (*FACETS, *SINGLE), make)


def judgments_view(matrix: Matrix, asked: Asked, state: TableState) -> JudgmentsView:
    """The page in words and links."""
    vocabulary, paths = asked.vocabulary, asked.paths
    notes = [hint_words(hint, vocabulary) for hint in matrix.hints]
    if matrix.undated:
        notes.append(undated_note(matrix.undated))
    return JudgmentsView(
        form=table_form(asked, state, SHOWN_FACETS, _selects(state, vocabulary), (SINCE, UNTIL)),
        lead=f"Which {_force(vocabulary)} has which grade. {LINKED}",
        summary=_summary(matrix, vocabulary),
        warnings=tuple(warning_view(warning, paths) for warning in matrix.warnings),
        notes=tuple(notes),
        grids=_grids(matrix, asked, state),
        fingerprint=matrix.fingerprint,
    )


def _grids(matrix: Matrix, asked: Asked, state: TableState) -> tuple[GridView, ...]:
    if len(state.values("force")) == 1 and sum(bool(table.lines) for table in matrix.rounds) > 1:
        return tuple(force_grids(matrix, asked.vocabulary, asked.paths))
    return round_grids(matrix, asked.vocabulary, asked.paths)


def _force(vocabulary: Vocabulary) -> str:
    """What is inspected, within a sentence."""
    return title("force", vocabulary).lower()


def _selects(state: TableState, vocabulary: Vocabulary) -> tuple[Select, ...]:
    forces = (("", "With a report"), (YES, "All that are known"))
    orders = (
        (Order.FORCE.value, title("force", vocabulary)),
        (Order.GRADE.value, "Grade"),
        (Order.DATE.value, "Newest report"),
    )
    return (
        plain_select(state, ALL_FORCES, "Rows", forces),
        plain_select(state, "sort", "Order", orders, Order.FORCE),
    )


def _summary(matrix: Matrix, vocabulary: Vocabulary) -> str:
    if not matrix.rows:
        return "No judgment found"
    grades, noun = scale(vocabulary), _force(vocabulary)
    number = len({row.force for row in matrix.rows})
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    forces = f"{number:,} {noun if number == 1 else several}"
    documents = words.count(len({row.document.id for row in matrix.rows}), "document")
    graded = sum(row.grade in grades for row in matrix.rows)
    said = f"{words.count(graded, 'judgment')} of {forces} in {documents}"
    others = len(matrix.rows) - graded
    return f"{said}; {words.count(others, 'area')} without a grade" if others else said
