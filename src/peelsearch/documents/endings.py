"""What ends a report or its foreword: a signature, an imprint."""

from __future__ import annotations

import re

from peelsearch.documents.dates import dated_line
from peelsearch.documents.headlines import is_image_description, is_imprint
from peelsearch.documents.names import is_signatory
from peelsearch.documents.outline import FOOTER, SIGNATURE, Found, Mark, Reading
from peelsearch.vocabulary import fold

_PERSON = re.compile(
    r"(?:(?:Sir|Dame|Dr|Mr|Mrs|Ms|Rt Hon)\.?\s+)?[A-ZÀ-Ý][\w'’.-]*(?:\s+[A-ZÀ-Ý][\w'’.-]*){1,4}"
)
_LONGEST_LINE = 80
# An imprint has so few lines at most.
_IMPRINT_LINES = 8


def imprint(reading: Reading, index: int) -> Found | None:
    """From here on only copyright, date and addresses."""
    unit = reading.units[index]
    if (
        not (is_imprint(unit) or dated_line(unit.text))
        or len(reading.units) - index > _IMPRINT_LINES
    ):
        return None
    rest = reading.units[index:]
    if not all(len(u.text) <= 200 and (is_imprint(u) or dated_line(u.text)) for u in rest):
        return None
    return reading.whole(index, FOOTER, 1), len(reading.units)


def signature(reading: Reading, index: int) -> Found | None:
    """A name and what its bearer is, perhaps after the description of a signature."""
    unit = reading.units[index]
    at = index + 1 if is_image_description(unit) else index
    end = _signed(reading, at)
    if end is None:
        return None
    name = reading.units[at].text
    parent = next((m for m in reversed(reading.open) if m.level <= 2), None)
    level = parent.level + 1 if parent else 1
    return Mark(index, f"Signature: {name}", SIGNATURE, level, unit.end), end


def _signed(reading: Reading, index: int) -> int | None:
    """The index after a name and a role, None if these are none."""
    if index >= len(reading.units):
        return None
    text, after = reading.units[index].text, reading.after(index)
    if len(text) > _LONGEST_LINE or not _PERSON.match(text):
        return None
    if (
        after is not None
        and _PERSON.fullmatch(text)
        and is_signatory(after.text, reading.vocabulary)
    ):
        return index + 2
    roles = reading.vocabulary.signatories
    return index + 1 if any(fold(text).endswith(" " + fold(role)) for role in roles) else None
