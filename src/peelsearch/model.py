"""The data that crosses from one layer to the next: frozen, slotted, tuples inside.

Every offset is a code-point offset into the *extracted text* of a document (for .txt and .md
files that text is the decoded file itself), half open: ``text[start:end]``. Facet values are the
ids of the vocabulary, never labels. Nothing here computes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

NOT_STATED = "not-stated"
UNGRADED = "ungraded"
REPORTED_SEPARATELY = "reported-separately"

Span: TypeAlias = tuple[int, int]
"""Start and end offset, half open."""


# --- from a file to its structure -----------------------------------------------------------


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
class Acronym:
    """A short form and the long form that the document gives for it: FCC, force contact centre."""

    short: str
    long: str


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
    """A document as it was understood. The sections tile the text from the first block on."""

    text: str
    description: Description
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    judgments: tuple[Judgment, ...]
    acronyms: tuple[Acronym, ...]


# --- what is indexed ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """An indexed document. ``path`` is as it was found, ``also`` the paths of copies."""

    id: str
    title: str
    path: str
    also: tuple[str, ...]
    type: str
    date: str | None
    round: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed, filtered, counted, shown and cited.

    ``text`` is the slice ``[start:end]`` of its document's extracted text, heading included.
    ``headings`` ends with its own. ``facets`` holds, for each facet of the facet table, at
    least one value: a missing one is a value of its own.
    """

    id: str
    document: str
    headings: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    text: str
    start: int
    end: int
    page: int | None
    date: str | None


# --- what is asked of the engine ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stem:
    """Passages that hold any form of the word with this stem."""

    stem: str


@dataclass(frozen=True, slots=True)
class Word:
    """Passages that hold exactly this word (folded as the analysis folds it)."""

    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Passages that hold exactly these words one after the other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StemPhrase:
    """Passages that hold forms of these stems one after the other."""

    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Passages that match every part. Never empty."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Passages that match at least one part. No part: no passage."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every passage, none scored."""


Expression: TypeAlias = Stem | Word | Phrase | StemPhrase | AllOf | AnyOf | Everything

Filters: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Facet name and the values of which a passage must have one; facets in table order."""


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    DATE = "date"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Request:
    """A search as the engine takes it: everything resolved, nothing to parse.

    ``boost`` are stems that add to the score where they stand in a passage's heading or heading
    path, without making it match. A passage that matches an earlier expression of ``prefer``
    comes before all that do not (relevance order only). ``counted`` are further expressions
    whose matches are counted under the same exclusions and filters.
    """

    match: Expression
    excluded: tuple[Expression, ...] = ()
    filters: Filters = ()
    documents: frozenset[str] | None = None
    boost: tuple[str, ...] = ()
    prefer: tuple[Expression, ...] = ()
    counted: tuple[Expression, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Match:
    """A passage with its BM25F score."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """The engine's answer, complete: exact totals, facet counts over all matches.

    ``facets[name][value]`` ignores the filter on ``name`` itself and applies all others; values
    without a match are absent. ``documents`` counts the documents that hold a match.
    ``counts`` answers ``Request.counted`` in order.
    """

    total: int
    documents: int
    matches: tuple[Match, ...]
    facets: Mapping[str, Mapping[str, int]]
    counts: tuple[int, ...]


# --- what is typed, and what is shown -------------------------------------------------------


class ClauseKind(StrEnum):
    """How a piece of a query is to be matched."""

    WORD = "word"
    COMPOUND = "compound"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Clause:
    """One word, compound (anti-social), phrase, prefix or fuzzy word of a query.

    ``words`` are folded as the analysis folds them, ``stems`` beside them. ``typed`` is the
    user's own text and ``position`` where it stands in the query. ``content`` is false for a
    word that only serves grammar ("of", "the"). ``edits`` counts for fuzzy clauses only.
    """

    kind: ClauseKind
    words: tuple[str, ...]
    stems: tuple[str, ...]
    typed: str
    position: int
    content: bool = True
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query string. All ``groups`` must match; clauses of a group are alternatives."""

    typed: str
    groups: tuple[tuple[Clause, ...], ...] = ()
    excluded: tuple[Clause, ...] = ()
    filters: Filters = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """The best part of a passage: ``text`` equals the document's ``[start:end]``.

    ``marks`` are offsets into ``text`` itself, in order, without overlap.
    """

    text: str
    start: int
    end: int
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A match in a hit's headings: the heading's index in ``headings``, then offsets into it."""

    heading: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. ``marks`` are offsets into ``passage.text``."""

    rank: int
    score: float
    passage: Passage
    document: Document
    marks: tuple[Span, ...]
    heading_marks: tuple[HeadingMark, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, how many matches have it, and whether it is selected."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class More:
    """How closely the passages hold the words: as a phrase, all but apart, only some of them.

    A number is None where the query leaves nothing to tell apart (one word, a phrase, a filter).
    """

    phrase: int | None
    apart: int | None
    some: int | None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of hits with exact totals, and how the query was read."""

    query: str
    interpreted: str
    notes: tuple[str, ...]
    total: int
    documents: int
    more: More
    page: int
    pages: int
    limit: int
    sort: Sort
    filters: Filters
    hits: tuple[Hit, ...]
    facets: tuple[tuple[str, tuple[FacetCount, ...]], ...]
    suggestion: str | None
    took_ms: float
