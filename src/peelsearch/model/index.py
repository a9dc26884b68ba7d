"""What is indexed, and what is asked of an engine and answered by it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from peelsearch.model.basics import Acronym, Span
from peelsearch.records import dataclass


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


@dataclass(frozen=True, slots=True)
class KnownAcronym:
    """An acronym with the stems of its two forms; ``built_in`` where no document defines it."""

    acronym: Acronym
    short_stem: str
    long_stems: tuple[str, ...]
    built_in: bool = False


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
    whose matches are counted under the same exclusions and filters. What makes a passage match
    ``marked`` is marked in it; where ``whole`` stands, only that. ``facets`` are those to count,
    None for all that are counted at all. With ``of_each`` the answer is a page of documents:
    ``offset`` and ``limit`` count them, in the order of the first match of each, and up to
    ``of_each`` matches of each are given, the best ones by relevance.
    """

    match: Expression
    excluded: tuple[Expression, ...] = ()
    filters: Filters = ()
    documents: frozenset[str] | None = None
    boost: tuple[str, ...] = ()
    prefer: tuple[Expression, ...] = ()
    counted: tuple[Expression, ...] = ()
    marked: Expression | None = None
    whole: Expression | None = None
    facets: tuple[str, ...] | None = None
    count_documents: bool = True
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    of_each: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A passage with its BM25F score.

    ``marks`` are what the request has marked, in order: start, end (offsets into the passage's
    text) and a key, the same for marks of the same word or phrase; they can overlap. ``whole``
    says that they are those of the request's ``whole``. ``units`` are the spans of the sentences.
    """

    passage: Passage
    score: float
    marks: tuple[tuple[int, int, str], ...] = ()
    whole: bool = False
    units: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """The engine's answer, complete: exact totals, facet counts over all matches.

    ``facets`` holds the facets that are counted; ``facets[name][value]`` ignores the filter on
    ``name`` itself and applies all others; values without a match are absent. ``documents`` counts
    the documents that hold a match; 0 if that was not asked for.
    ``counts`` answers ``Request.counted`` in order. ``groups`` are, where documents were asked for,
    how many matches each document has and how many of them come next in ``matches``.
    """

    total: int
    documents: int
    matches: tuple[Match, ...]
    facets: Mapping[str, Mapping[str, int]]
    counts: tuple[int, ...]
    groups: tuple[tuple[int, int], ...] = ()
