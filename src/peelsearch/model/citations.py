"""Citations: words with all that a reader needs to find them, and what became of cited words."""

from __future__ import annotations

from enum import StrEnum

from peelsearch.model.quotations import Located
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a passage with who says them and where.

    ``id`` is that of the passage, and of the finding where it is one; ``reference`` is then how
    one speaks of it. ``kind`` is the passage's. ``digest`` is the SHA-256 of the document's file.
    ``part`` says that the words are not the whole passage. ``also`` are other documents that hold
    the same finding: the report that a letter quotes, letters that quote the report.
    """

    id: str
    kind: str
    place: Located
    speaker: str
    digest: str
    reference: str = ""
    part: bool = False
    also: tuple[Located, ...] = ()


class Standing(StrEnum):
    """What became of cited words."""

    HOLDS = "holds"
    MOVED = "moved"
    CHANGED = "changed"
    NOT_FOUND = "not-found"


class ClaimKind(StrEnum):
    """What a file is checked for."""

    QUOTATION = "quotation"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a checked file, numbers counting from 1; only those that the format has.

    ``column`` is the name of a column in CSV. ``part`` is "footnote" or "endnote" of a Word file.
    """

    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    column: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation or an id in a checked file.

    ``text`` is as it stands there, ``cited`` are the ids beside a quotation. ``closed`` is false
    where no quotation mark closes it.
    """

    kind: ClaimKind
    where: Where
    text: str
    cited: tuple[str, ...] = ()
    closed: bool = True


class PieceKind(StrEnum):
    """How a piece of a quotation compares with the document."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of a quotation and those of the document, side by side.

    ``said`` is empty for what the quotation dropped, ``stands`` for what it added.
    """

    kind: PieceKind
    said: str
    stands: str


@dataclass(frozen=True, slots=True)
class Omission:
    """What a quotation leaves out by its own account: dots, or words in brackets instead.

    ``left_out`` is a slice of the document; ``negation`` says that it is a part of one sentence and
    holds a "not" or the like that ``inserted`` does not, or the other way round.
    """

    left_out: str
    inserted: str
    negation: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A place in the corpus with the words of a claim, or the nearest ones.

    ``pieces`` compare them where they differ, and are empty where they do not.
    """

    place: Located
    speaker: str
    pieces: tuple[Piece, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim, what became of it, the places that say so, the best first, and what else to know."""

    claim: Claim
    standing: Standing
    held: tuple[Held, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All claims of a file in its order. ``format`` is markdown, csv, docx or html."""

    file: str
    format: str
    checked: tuple[Checked, ...]
    fingerprint: str

    @property
    def holds(self) -> bool:
        """Whether every claim does."""
        return all(one.standing is Standing.HOLDS for one in self.checked)
