"""What the other modules of the model share."""

from __future__ import annotations

from typing import TypeAlias

from peelsearch.records import dataclass

NOT_STATED = "not-stated"
UNGRADED = "ungraded"
REPORTED_SEPARATELY = "reported-separately"

Span: TypeAlias = tuple[int, int]
"""Start and end offset, half open."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and the long form that the document gives for it: FCC, force contact centre."""

    short: str
    long: str
