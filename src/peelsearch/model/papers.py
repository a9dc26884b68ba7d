"""What working papers are made of: the draft of a response, and what people note of findings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from peelsearch.model.index import Document
from peelsearch.model.quotations import Located, Quotation
from peelsearch.model.register import Entry
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class CommentDays:
    """The last day for publishing comments on a report, ISO.

    ``earliest`` and ``latest`` differ while only the month of publication is known; both are None
    where ``reason`` says why there is no such day.
    """

    earliest: str | None
    latest: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """A finding of the report with the place of its words."""

    entry: Entry
    place: Located


@dataclass(frozen=True, slots=True)
class ResponseDraft:
    """What a response to a report has to speak to, in order of the document.

    ``name`` is what one calls the report. ``asks`` are those to ``forces`` and those who speak for
    them, ``others`` those to anybody else. ``published`` is ISO, as precise as it is known, and
    None where the report's date is not that of its publication; ``published_said`` are the words
    of ``published_in``, a letter, where they say it better than the report.
    """

    document: Document
    name: str
    forces: tuple[str, ...]
    asks: tuple[DraftFinding, ...]
    practices: tuple[DraftFinding, ...]
    others: tuple[DraftFinding, ...]
    date_basis: str
    published: str | None
    published_said: Quotation | None
    published_in: Document | None
    last_day: CommentDays
    law: str
    days: int
    fingerprint: str


# --- tracker ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """A row that a person wrote. ``line`` counts from 1; ``closed`` is an ISO day or empty."""

    line: int
    id: str
    reference: str
    owner: str
    status: str
    note: str
    evidence: str
    closed: str


class RowState(StrEnum):
    """Where the finding of a row is."""

    HELD = "held"
    MOVED = "moved"
    GONE = "gone"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class TrackedRow:
    """A row and the finding that it is joined to, None where there is none.

    ``hint`` says what else is known: the finding's new id, or what the row may have meant.
    """

    row: TrackerRow
    state: RowState
    entry: Entry | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Tracker:
    """The rows of a tracker in the order of its file, joined to a whole register.

    ``untracked`` are the asks that no row is joined to.
    """

    file: str
    rows: tuple[TrackedRow, ...]
    untracked: tuple[Entry, ...]
    fingerprint: str

    @property
    def noted(self) -> Mapping[str, TrackerRow]:
        """What is noted of each finding, by its id."""
        return {found.entry.id: found.row for found in self.rows if found.entry is not None}

    @property
    def unjoined(self) -> tuple[TrackedRow, ...]:
        """The rows that no finding shows."""
        return tuple(found for found in self.rows if found.entry is None)
