"""What is typed, and what is shown: queries and results."""

from __future__ import annotations

from enum import StrEnum

from peelsearch.model.basics import Span
from peelsearch.model.index import Document, Filters, Passage, Sort
from peelsearch.records import dataclass


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

    ``words`` are folded as the analysis folds them, ``stems`` beside them (prefixes and fuzzy
    words have none). ``typed`` is the
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
class DocumentHits:
    """A document that was found: how many of its passages match, and the best of them.

    ``rank`` is its place among the documents, and that of each of its ``hits``.
    """

    rank: int
    document: Document
    total: int
    hits: tuple[Hit, ...]


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
    """A page of hits with exact totals, and how the query was read.

    ``groups`` are None for a page of passages. For a page of documents, which ``pages`` and
    ``limit`` count then, they are these; ``hits`` are theirs, one document's after the other's.
    """

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
    groups: tuple[DocumentHits, ...] | None = None
