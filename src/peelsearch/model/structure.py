"""From a file to its structure: blocks, sections, findings, judgments, and what a document is."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from operator import itemgetter

from peelsearch.model.basics import Acronym
from peelsearch.records import dataclass


class BlockKind(StrEnum):
    """What a reader can tell of a block from its form alone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands by itself; ``text[start:end]`` has no blank line in it.

    ``level`` counts from 1 for headings that the format itself marks and is None otherwise:
    plain text marks none. ``page`` counts from 1, None where the format has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """What a reader makes of a file: the text that all offsets refer to, and its blocks.

    Blocks are in reading order and do not overlap. ``metadata`` is what the format itself says
    (title, date), by lower-case name; ``front_matter`` what a person wrote at the head of it.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    front_matter: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its own text, up to its first subsection.

    ``path`` holds the ancestors' headings, outermost first, without its own. Where the text has
    no heading of its own (a signature, a letter's opening), ``heading_start == heading_end`` may
    hold and ``heading`` is a name we give.
    """

    heading: str
    level: int
    path: tuple[str, ...]
    kind: str
    force: tuple[str, ...]
    theme: str
    grade: str
    heading_start: int
    heading_end: int
    start: int
    end: int
    page: int | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The ancestors' headings and its own."""
        return (*self.path, self.heading)


class Source(StrEnum):
    """Whose words a finding is, in the document that holds it."""

    ORIGINAL = "original"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A finding's deadline: the words as they stand, and the date if they name a full one.

    ``date`` is ISO, as precise as the words ("2024-01"), or None when they do not name a month of
    a year; ``basis`` then says why.
    """

    text: str
    date: str | None
    basis: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """An area for improvement, cause of concern, recommendation or practice.

    ``number`` is the printed number ("2"), None where there is none. ``start`` and ``end`` span
    the whole finding from its headline on and equal the bounds of the section that holds it.
    """

    kind: str
    number: str | None
    headline: str
    source: Source
    theme: str
    grade: str
    force: tuple[str, ...]
    deadline: Deadline | None
    start: int
    end: int


class Evidence(StrEnum):
    """Where a judgment was read."""

    GRADE_LINE = "grade-line"
    SENTENCE = "sentence"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class JudgmentSource:
    """One place that states a judgment; ``quote`` equals the slice of the text."""

    evidence: Evidence
    grade: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judgment:
    """The grade of a theme for a force, with every place that says so, the strongest first.

    ``label`` is the theme in the document's own words. ``grade`` is that of the first source;
    ``conflict`` is true when the sources do not agree.
    """

    force: str
    theme: str
    label: str
    grade: str
    conflict: bool
    sources: tuple[JudgmentSource, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is, as far as its own text says.

    ``date`` and ``round`` are None when the document does not state them. ``date`` is ISO, as
    precise as it is known ("2022-04"); ``date_basis`` says in words what it is the date of.
    ``forces`` are those that it inspects or speaks for, ``mentions`` those that it names besides.
    ``basis`` pairs a field (title, type, date, round, force) with where it was read; ``remarks``
    are statements about the document that could not be used.
    """

    title: str
    type: str
    date: str | None
    round: str | None
    forces: tuple[str, ...]
    mentions: tuple[str, ...]
    basis: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    date_basis: str = ""


@dataclass(frozen=True, slots=True)
class StructuredDocument:
    """A document as it was understood. The sections tile the text from the first block on.

    ``pages`` are (offset, page), ascending: where the first block of each page begins. None where
    the format has no pages.
    """

    text: str
    description: Description
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    judgments: tuple[Judgment, ...]
    acronyms: tuple[Acronym, ...]
    pages: tuple[tuple[int, int], ...] = ()

    def page(self, offset: int) -> int | None:
        """The page on which the block begins that holds an offset of the text."""
        before = bisect_right(self.pages, offset, key=itemgetter(0))
        return self.pages[before - 1][1] if before else None
