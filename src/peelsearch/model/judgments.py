"""What the judgment matrix is made of, each cell with its evidence."""

from __future__ import annotations

from peelsearch.model.index import Document
from peelsearch.model.quotations import Quotation
from peelsearch.model.structure import Evidence
from peelsearch.records import dataclass

CARRIED_OVER = "carried-over"
NO_REPORT = "no-report"
CONFLICT = "conflict"
GRADED = "graded"


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
class PillarHint:
    """A pillar that is filtered by, where other rounds judge other themes.

    ``rounds`` are those in which it is judged (may hold not-stated), ``others`` those in which it
    is not, each with the themes that are.
    """

    pillar: str
    rounds: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Judgments of a corpus as rows and as a table for each round.

    ``warnings`` are there where two rounds are shown, ``hints`` where a pillar is filtered by.
    ``undated`` counts documents that dates left out because they have none; ``fingerprint`` names
    the documents and the vocabulary.
    """

    rows: tuple[JudgmentRow, ...]
    rounds: tuple[RoundTable, ...]
    warnings: tuple[ComparisonWarning, ...]
    fingerprint: str
    undated: int = 0
    hints: tuple[PillarHint, ...] = ()
