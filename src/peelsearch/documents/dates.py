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
    r"(?:date[d:]?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|[\s,|–—-])*",
    re.IGNORECASE,
)
# How a line begins that says when the document was published, and when its inspection was. "Date
# of last inspection" is that of another one.
_PUBLISHED = re.compile(
    r"\W*(?:(?:this\s+|the\s+)?(?:report|document)\s+)?(?:was\s+)?(?:first\s+)?"
    r"(?:published(?:\s+on)?|issued(?:\s+on)?|publication(?:\s+date)?"
    r"|date\s+(?:of\s+(?:publication|issue)|published|issued))\b\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_INSPECTED = re.compile(
    r"\W*(?:on-?site\s+)?(?:(?:re-?)?inspection|fieldwork)\s+(?:dates?|period|took\s+place)"
    r"\b[^\d]{0,12}"
    r"|\W*(?:dates?\s+of\s+(?:this\s+|the\s+)?(?:re-?)?inspection|inspected(?:\s+on)?"
    r"|inspection\s+carried\s+out)\b\s*(?:between|from|on)?\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_LABELLED = 160
# What stands between the first and the last day of an inspection.
_BETWEEN = re.compile(
    r"(?:\s|\d{1,2}(?:st|nd|rd|th)?(?![\d/.])|to|until|and|through|from|[,–—-]|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|" + MONTH + r"|(?:19|20)\d\d)*",
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
    return published(text) or _alone(text)


def _alone(text: str) -> Found | None:
    for pattern in (_DATE, _NUMERIC, _ISO):
        match = pattern.search(text)
        if match is None or _BESIDE.fullmatch(text[: match.start()]) is None:
            continue
        rest = text[match.end() :]
        if _BESIDE.fullmatch(rest) or _IMPRINT.fullmatch(rest):
            return _found(match)
    return None


def published(text: str) -> Found | None:
    """The date of a line that says when the document was published."""
    label = _PUBLISHED.match(text[:_LABELLED])
    return _alone(text[label.end() :]) if label else None


def inspected(text: str) -> Found | None:
    """The last day in a line that says when the inspection was: "13 to 24 January 2020"."""
    label = _INSPECTED.match(text[:_LABELLED])
    if label is None:
        return None
    last: Found | None = None
    at = label.end()
    while (match := _next_date(text, at)) is not None:
        if _BETWEEN.fullmatch(text[at : match.start()]) is None:
            break
        last = _found(match) or last
        at = match.end()
    return last


def labels_date(text: str) -> bool:
    """Whether the words are such a label alone, the date standing in the next line or cell."""
    return len(text) <= _LABELLED and any(
        pattern.fullmatch(text) for pattern in (_PUBLISHED, _INSPECTED)
    )


def _next_date(text: str, at: int) -> re.Match[str] | None:
    found = [pattern.search(text, at, at + _LABELLED) for pattern in (_DATE, _NUMERIC, _ISO)]
    return min((match for match in found if match), key=lambda m: m.start(), default=None)


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
