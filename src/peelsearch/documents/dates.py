"""Dates as documents write them, no more precise than they are written."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_NAMES = (
    "january february march april may june july august september october november december".split()
)
MONTH = "(?:" + "|".join(name.capitalize() for name in _NAMES) + ")"
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{MONTH})"
    rf"(?:\s+(?P<late_day>\d{{1,2}})(?:st|nd|rd|th)?,)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)")
# What may stand beside a date in a line that gives the document's own date.
_BESIDE = re.compile(
    r"(?:date[d:]?|published(?:\s+on)?:?|publication\s+date:?|issued:?|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|[\s,|–—-])*",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"[\s|–—-]*(?:©|\(c\)\s|copyright\b).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: ISO, as precise as it is written, and the words."""

    iso: str
    words: str


def date_in(text: str) -> Found | None:
    """The first date that names at least month and year."""
    for pattern in (_DATE, _NUMERIC, _ISO):
        for match in pattern.finditer(text):
            found = _found(match)
            if found is not None:
                return found
    return None


def dated_line(text: str) -> Found | None:
    """The date of a line that is nothing but a date, a label such as "Published" or an imprint."""
    if len(text) > 120:
        return None
    for pattern in (_DATE, _NUMERIC, _ISO):
        match = pattern.search(text)
        if match is None or _BESIDE.fullmatch(text[: match.start()]) is None:
            continue
        rest = text[match.end() :]
        if _BESIDE.fullmatch(rest) or _IMPRINT.fullmatch(rest):
            return _found(match)
    return None


def _found(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    month = parts["month"].casefold()
    number = int(month) if month.isdigit() else _NAMES.index(month) + 1
    day = parts.get("day") or parts.get("late_day")
    try:
        datetime.date(int(parts["year"]), number, int(day or 1))
    except ValueError:
        return None
    iso = f"{parts['year']}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    return Found(iso, match.group())
