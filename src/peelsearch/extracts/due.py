"""Deadlines as days, with what the reading rests on. Nothing is repaired."""

from __future__ import annotations

import calendar
import datetime
import re

from peelsearch.model import Deadline, Source
from peelsearch.model.register import DeadlineState, DueDate

_WITHIN = re.compile(
    r"within\s+(?:the\s+next\s+)?(?P<number>\w+)\s+(?P<working>working\s+)?"
    r"(?P<unit>day|week|month|year)s?",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1, "eighteen": 18}
_AT_ONCE = re.compile(r"(?:immediately|with\s+immediate\s+effect)", re.IGNORECASE)
# What a document's date must be for counting from it; one that a person stated is taken for it.
_OF_PUBLICATION = ("publication date", "as the document is dated", "stated in")
_ASSUMED = "The words name month and year: read as the month's last day, which is an assumption."


def due(deadline: Deadline, source: Source, date: str | None, date_basis: str) -> DueDate:
    """A deadline of a document with this date."""
    if deadline.date is not None:
        return _named(deadline, deadline.date)
    within = _WITHIN.fullmatch(deadline.text)
    if within is None:
        return _unresolved(deadline, deadline.basis)
    if within["working"]:
        return _unresolved(deadline, "Working days are not counted: holidays are not known here.")
    if source is Source.QUOTED:
        return _unresolved(
            deadline, "Counted from the publication of the report that is quoted, not of this one."
        )
    date = published(date, date_basis)
    if date is None:
        return _unresolved(deadline, "Counted from publication, whose date is not known.")
    return _counted(deadline, within, date)


def published(date: str | None, date_basis: str) -> str | None:
    """The date of a document if it is that of its publication, None if it is of something else."""
    return date if date_basis.startswith(_OF_PUBLICATION) else None


def state(found: DueDate | None, as_of: str) -> DeadlineState:
    """How a deadline stands on a day."""
    if found is None or (found.date is None and _AT_ONCE.fullmatch(found.text)):
        return DeadlineState.NONE
    if found.date is None or found.earliest is None:
        return DeadlineState.UNRESOLVED
    if found.earliest >= as_of:
        return DeadlineState.AHEAD
    return DeadlineState.PASSED if found.date < as_of else DeadlineState.MAY_HAVE_PASSED


def _named(deadline: Deadline, iso: str) -> DueDate:
    """A date that the words name: "By 5 January 2024", "By January 2024"."""
    first, last = _days(iso)
    if deadline.text.casefold().startswith("before"):
        day = (first - datetime.timedelta(days=1)).isoformat()
        basis = "The words say before: the day before it."
    elif len(iso) == 10:
        day, basis = iso, deadline.basis
    else:
        said = re.search(r"\bend\s+of\b", deadline.text, re.IGNORECASE)
        day, basis = last.isoformat(), "The words name the end of the month." if said else _ASSUMED
    return DueDate(deadline.text, day, day, basis, deadline.start, deadline.end)


def _counted(deadline: Deadline, within: re.Match[str], date: str) -> DueDate:
    word = within["number"].lower()
    number = int(word) if word.isdigit() else _NUMBERS[word]
    try:
        earliest, latest = (_add(day, number, within["unit"].lower()) for day in _days(date))
    except (OverflowError, ValueError):
        return _unresolved(deadline, "That date is beyond the calendar.")
    exact = len(date) == 10
    basis = f"Counted from publication, {date}" + (
        "." if exact else ": a range, because the day of publication is not known."
    )
    return DueDate(
        deadline.text,
        latest.isoformat(),
        earliest.isoformat(),
        basis,
        deadline.start,
        deadline.end,
    )


def _unresolved(deadline: Deadline, basis: str) -> DueDate:
    return DueDate(deadline.text, None, None, basis, deadline.start, deadline.end)


def _days(iso: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a year, a month or a day."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        day = datetime.date(*parts)
        return day, day
    first_month, last_month = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    last = calendar.monthrange(parts[0], last_month)[1]
    return datetime.date(parts[0], first_month, 1), datetime.date(parts[0], last_month, last)


def _add(day: datetime.date, number: int, unit: str) -> datetime.date:
    if unit in ("day", "week"):
        return day + datetime.timedelta(days=number * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    # The same day of that month, or its last where it is shorter.
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
