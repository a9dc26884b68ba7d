"""Deadlines in the words of findings. Never computed, never repaired."""

from __future__ import annotations

import re

from peelsearch.documents.dates import MONTH, date_in
from peelsearch.model import Deadline

_NUMBER = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)"
_LEAD = r"(?:by|before|(?:not|no)\s+later\s+than|until)\s+(?:the\s+end\s+of\s+)?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
_DEADLINE = re.compile(
    rf"\b(?:{_LEAD}{_DAY}{MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?=\s+\d{{4}}))?(?:,?\s+\d{{1,4}})?\b"
    rf"|{_LEAD}\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}\b"
    rf"|{_LEAD}\d{{4}}\b"
    rf"|within\s+(?:the\s+next\s+)?{_NUMBER}\s+(?:working\s+)?(?:day|week|month|year)s?\b"
    r"|(?:immediately|with\s+immediate\s+effect)\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"within|immediately|with", re.IGNORECASE)


def read_deadline(text: str, start: int, end: int) -> Deadline | None:
    """The first deadline in ``text[start:end]``."""
    match = _DEADLINE.search(text, start, end)
    if match is None:
        return None
    words = match.group()
    found = date_in(words)
    if found is not None:
        precise = "day, month and year" if len(found.iso) == 10 else "month and year"
        basis = f"The words name {precise}."
        return Deadline(words, found.iso, basis, match.start(), match.end())
    if _RELATIVE.match(words):
        basis = "Counted from a date that these words do not give: not a full date."
    elif re.search(r"\d{4}$", words):
        basis = "The words name a year without a month: not a full date."
    else:
        basis = "The words name no year: not a full date."
    return Deadline(words, None, basis, match.start(), match.end())
