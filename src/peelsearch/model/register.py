"""What tables of judgments and findings are made of, each cell with its evidence."""

from __future__ import annotations

from enum import StrEnum

from peelsearch.model.index import Document
from peelsearch.model.statements import Stub
from peelsearch.model.structure import Evidence, Source
from peelsearch.records import dataclass

CARRIED_OVER = "carried-over"
NO_REPORT = "no-report"
CONFLICT = "conflict"
GRADED = "graded"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document. ``passage`` is the id of the passage they stand in, may be empty."""

    quote: str
    start: int
    end: int
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One place of one document that states a grade."""

    document: Document
    evidence: Evidence
    grade: str
    said: Quotation


@dataclass(frozen=True, slots=True)
class JudgmentRow:
    """What one document says of one theme of one force.

    ``state`` is ``graded``, ``conflict``, ``carried-over`` or the id of a grade that is a state
    (``ungraded``, ``reported-separately``). ``grade`` is that of ``said``, the words that show it
    best; ``also`` are the other places, ``carried`` the words that call it carried over.
    """

    force: str
    theme: str
    label: str
    grade: str
    state: str
    document: Document
    evidence: Evidence
    said: Quotation
    also: tuple[Statement, ...] = ()
    carried: Quotation | None = None

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade that a place states, each once, its own first."""
        return tuple(dict.fromkeys((self.grade, *(found.grade for found in self.also))))


@dataclass(frozen=True, slots=True)
class Area:
    """A column of the matrix: a theme, or an area that the vocabulary knows by its label only."""

    theme: str
    label: str
    pillar: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What the corpus says of a theme of a force in a round. Never blank: ``state`` says why.

    ``rows`` are newest first; several ``grades`` without a conflict are those of two inspections
    in one round. Beside the states of a row it can be ``no-report`` or ``not-stated``; then there
    is no row.
    """

    area: Area
    state: str
    grades: tuple[str, ...]
    rows: tuple[JudgmentRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """The cells of a force in one round, in the order of the round's areas.

    ``reported`` says whether the corpus holds a report of it. ``document`` is set where the round
    is not stated: then each document stands by itself.
    """

    force: str
    reported: bool
    cells: tuple[Cell, ...]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class RoundTable:
    """The matrix of one round; pillars come before the other areas. ``round`` may be not-stated."""

    round: str
    areas: tuple[Area, ...]
    lines: tuple[MatrixLine, ...]


@dataclass(frozen=True, slots=True)
class ComparisonWarning:
    """The inspectorate's own words on comparing rounds; without them ``said`` is None."""

    document: Document | None
    said: Quotation | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Judgments of a corpus as rows and as a table for each round.

    ``warnings`` are there where two rounds are shown. ``undated`` counts documents that dates
    left out because they have none; ``fingerprint`` names the documents and the vocabulary.
    """

    rows: tuple[JudgmentRow, ...]
    rounds: tuple[RoundTable, ...]
    warnings: tuple[ComparisonWarning, ...]
    fingerprint: str
    undated: int = 0


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


class ReplyState(StrEnum):
    """What a letter says to an ask."""

    QUOTED_ONLY = "quoted-only"
    GENERAL = "general-reply"
    SPECIFIC = "specific-reply"
    NOT_MENTIONED = "not-mentioned"


@dataclass(frozen=True, slots=True)
class LetterReply:
    """What a letter says to the finding that it quotes at ``start``."""

    start: int
    state: ReplyState
    said: Quotation | None


@dataclass(frozen=True, slots=True)
class LetterExtract:
    """A letter's own words: its replies, and when the report was published that it names.

    ``words`` are folded, outside the findings that it quotes. ``published`` is ISO.
    """

    words: str
    replies: tuple[LetterReply, ...]
    published: str | None
    published_said: Quotation | None
    comments_published: str | None


@dataclass(frozen=True, slots=True)
class AskReply:
    """An ask, and what a letter says to it."""

    entry: Entry
    state: ReplyState
    said: Quotation | None


@dataclass(frozen=True, slots=True)
class Response:
    """A letter and the report that it answers.

    ``report`` is None where the corpus does not hold it; ``stub`` is set where a catalogue knows
    it. ``published`` is the ISO day of publication, ``published_said`` the letter's words for it.
    ``last_day`` and ``day`` (of the letter's date, counted from 1) are None where ``not_counted``
    says why; ``comments_published`` where nobody says when.
    """

    letter: Document
    force: tuple[str, ...]
    report: Document | None
    stub: Stub | None
    published: str | None
    published_said: Quotation | None
    last_day: str | None
    day: int | None
    not_counted: str
    comments_published: str | None
    asks: tuple[AskReply, ...]


@dataclass(frozen=True, slots=True)
class Responses:
    """The letters of a corpus and what they say to each ask; ``law`` names the rule of days."""

    responses: tuple[Response, ...]
    law: str
    days: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What one document states, as far as tables show it. It holds no text but quotations."""

    document: Document
    forces: tuple[str, ...]
    judgments: tuple[JudgmentRow, ...]
    entries: tuple[Entry, ...]
    expectations: tuple[Expectation, ...]
    letter: LetterExtract | None = None


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """How many documents there are of a type for a force and round, each may be not-stated."""

    force: str
    round: str
    type: str
    documents: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus holds, and what is missing in it."""

    documents: int
    counts: tuple[CoverageCount, ...]
    without_force: tuple[Document, ...]
    without_date: tuple[Document, ...]
    without_round: tuple[Document, ...]
    without_theme: tuple[Entry, ...]
    unresolved: tuple[Entry, ...]
    unanswered: tuple[Document, ...]
    stubs: tuple[Stub, ...]
    failed: tuple[tuple[str, str], ...]
    fingerprint: str
