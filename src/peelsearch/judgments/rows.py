"""The rows of the matrix: narrowed, in order, those that contradict each other shown as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from peelsearch.model import NOT_STATED, Filters
from peelsearch.model.judgments import CARRIED_OVER, CONFLICT, GRADED, JudgmentRow, Statement
from peelsearch.records import dataclass
from peelsearch.vocabulary import Vocabulary, fold

GRADE_STATES = (GRADED, CARRIED_OVER, CONFLICT)


# Nobody is inspected twice within so many months; a report and its press release differ by days.
_MONTHS_APART = 6


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


def speaks_of(row: JudgmentRow, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a row is of a chosen force and theme."""
    return row.force in chosen.get("force", (row.force,)) and row.theme in chosen.get(
        "theme", (row.theme,)
    )


def has_grade(row: JudgmentRow, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a place of a row states a chosen grade."""
    return not set(row.grades).isdisjoint(chosen.get("grade", row.grades))


def with_conflicts(rows: Sequence[JudgmentRow]) -> list[JudgmentRow]:
    """The rows; those of one inspection that two documents grade differently show each other's
    words.

    Documents that state no round may speak of different ones, so they contradict nobody.
    """
    cells: dict[tuple[str, ...], list[JudgmentRow]] = {}
    for row in rows:
        if row.document.round and row.state in GRADE_STATES:
            cells.setdefault((row.force, row.document.round, *area_key(row)), []).append(row)
    changed: dict[int, JudgmentRow] = {}
    for found in cells.values():
        for row in found:
            others = [
                Statement(other.document, other.evidence, other.grade, other.said)
                for other in found
                if set(other.grades) != set(row.grades) and not apart(row, other)
            ]
            if others:
                changed[id(row)] = replace(row, state=CONFLICT, also=(*row.also, *others))
    return [changed.get(id(row), row) for row in rows]


def apart(one: JudgmentRow, other: JudgmentRow) -> bool:
    """Whether two documents of a round are so far apart in time that they tell of two inspections.

    One whose date is not known is not apart from any.
    """
    first, second = one.document.date, other.document.date
    if first is None or second is None:
        return False
    (year, *month), (later_year, *later_month) = (
        [int(part) for part in date.split("-")[:2]] for date in (first, second)
    )
    if not month or not later_month:
        return year != later_year
    return abs((later_year - year) * 12 + later_month[0] - month[0]) >= _MONTHS_APART


def row_key(row: JudgmentRow, order: Order, vocabulary: Vocabulary) -> tuple[object, ...]:
    """Where a row belongs; grades stand in the order of their scale."""
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


def area_key(row: JudgmentRow) -> tuple[str, str]:
    """Areas that the vocabulary does not know are told apart by their labels."""
    return row.theme, fold(row.label) if row.theme == NOT_STATED else ""
