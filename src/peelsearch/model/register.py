"""What the register of findings is made of, each row with its words."""

from __future__ import annotations

from enum import StrEnum

from peelsearch.model.index import Document
from peelsearch.model.judgments import PillarHint
from peelsearch.model.quotations import Quotation
from peelsearch.model.structure import Source
from peelsearch.records import dataclass


class Outcome(StrEnum):
    """What a report says of something that was asked for before."""

    NOT_IMPROVED = "not-improved"
    ADDRESSED = "addressed"
    NOT_SAID = "not-said"


@dataclass(frozen=True, slots=True)
class Repeat:
    """The sentence that an earlier inspection asked for this, and the one that says what became."""

    said: Quotation
    outcome: Outcome
    outcome_said: Quotation | None = None


class DeadlineState(StrEnum):
    """How a deadline stands on a day. Completion is never known from documents."""

    UNRESOLVED = "unresolved"
    AHEAD = "date-ahead"
    MAY_HAVE_PASSED = "date-may-have-passed"
    PASSED = "date-passed-completion-not-known"
    NONE = "no-date-stated"


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline: the words, and the days that they can mean.

    ``date`` is the last of these days, ``earliest`` the first, both ISO and None where the words
    and the document do not give them; ``basis`` says how they follow or why they do not. ``hint``
    is what stands beside an unresolved one.
    """

    text: str
    date: str | None
    earliest: str | None
    basis: str
    start: int
    end: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One document that holds the words of a finding."""

    document: Document
    source: Source
    force: tuple[str, ...]
    headings: tuple[str, ...]
    said: Quotation
    deadline: DueDate | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding: an area for improvement, cause of concern, recommendation or practice.

    ``id`` is that of its passage. ``place`` is the original where it is held; ``also`` are the
    other places with the same words. ``addressee`` are ids of the vocabulary, "none" for what
    asks nobody.
    """

    id: str
    reference: str
    kind: str
    number: str | None
    ask: bool
    theme: str
    grade: str
    addressee: tuple[str, ...]
    headline: str
    place: Place
    state: DeadlineState = DeadlineState.NONE
    repeat: Repeat | None = None
    also: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every document that holds its words."""
        return (self.place, *self.also)

    @property
    def force(self) -> tuple[str, ...]:
        """The forces of all places."""
        return tuple(dict.fromkeys(force for place in self.places for force in place.force))


@dataclass(frozen=True, slots=True)
class Expectation:
    """A sentence or heading outside the findings that says what the inspected force should do."""

    document: Document
    force: tuple[str, ...]
    theme: str
    grade: str
    headings: tuple[str, ...]
    said: Quotation
    heading: bool
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """The findings of a corpus as of a day (ISO), and apart from them the other expectations."""

    entries: tuple[Entry, ...]
    expectations: tuple[Expectation, ...]
    as_of: str
    fingerprint: str
    undated: int = 0
    hints: tuple[PillarHint, ...] = ()
