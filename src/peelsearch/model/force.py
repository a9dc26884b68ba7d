"""What a corpus says of one force, each line with the place of its words."""

from __future__ import annotations

from peelsearch.model.index import Document
from peelsearch.model.judgments import Cell, ComparisonWarning
from peelsearch.model.quotations import Located
from peelsearch.model.register import Entry
from peelsearch.model.responses import Response
from peelsearch.model.structure import Evidence
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class GradePlace:
    """One place that states a grade."""

    grade: str
    evidence: Evidence
    place: Located


@dataclass(frozen=True, slots=True)
class ForceGrade:
    """A cell of the matrix with the places that state its grades; none where nothing is stated.

    ``carried`` are the words that call a grade carried over.
    """

    cell: Cell
    round: str
    places: tuple[GradePlace, ...]
    carried: tuple[Located, ...] = ()


@dataclass(frozen=True, slots=True)
class ForceFinding:
    """A row of the register; ``places`` are as ``entry.places``."""

    entry: Entry
    places: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class ForceLetter:
    """A letter with the report that it answers. ``replies`` are as ``response.asks``: the words,
    None where there is no reply.
    """

    response: Response
    published: Located | None
    replies: tuple[Located | None, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that is not about the force and names it: in how many passages, first where."""

    place: Located
    passages: int


@dataclass(frozen=True, slots=True)
class ForceSheet:
    """All that a corpus says of a force, as of a day (ISO).

    ``grades`` are those of ``round``, the newest of which a document judges something, and
    ``pending`` are those of them that the report leaves to another one. ``unplaced`` are the
    grades of documents that state no round, ``earlier`` the rounds whose grades are not shown,
    ``unreported`` the rounds of which the corpus holds reports, but none of this force.
    ``general`` are asks to all forces in documents about none. ``undated`` are those of
    ``documents`` (all that are about the force) without a date.
    """

    force: str
    round: str | None
    grades: tuple[ForceGrade, ...]
    pending: tuple[ForceGrade, ...]
    unplaced: tuple[ForceGrade, ...]
    earlier: tuple[str, ...]
    unreported: tuple[str, ...]
    asks: tuple[ForceFinding, ...]
    general: tuple[ForceFinding, ...]
    practices: tuple[ForceFinding, ...]
    letters: tuple[ForceLetter, ...]
    law: str
    days: int
    documents: tuple[Document, ...]
    undated: tuple[Document, ...]
    mentions: tuple[Mention, ...]
    warnings: tuple[ComparisonWarning, ...]
    as_of: str
    fingerprint: str

    @property
    def empty(self) -> bool:
        """Whether no document speaks of the force at all."""
        return not (self.documents or self.mentions or self.asks or self.unplaced)
