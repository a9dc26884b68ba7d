"""What a search needs of arithmetic on many passages at once.

There are two of them with the same results: ``arrays`` for a process that stays (numpy), ``lists``
for a command that is over before numpy would be loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from peelsearch.engine import ranking
from peelsearch.engine.fields import HEADING, PATH
from peelsearch.engine.snapshot.marks import Stretch
from peelsearch.engine.snapshot.view import View
from peelsearch.model import Sort

BOOSTS = ((HEADING, ranking.HEADING), (PATH, ranking.PATH))
"""The fields that add to the scores of matches, and the weights of their terms."""

Ids: TypeAlias = Any
"""Passage numbers, ascending; an array or a list."""


Hits: TypeAlias = Any
"""Passages with their scores, which are worked out when they are asked for: ``ids``, ``scores``."""


GroupedHits: TypeAlias = tuple[int, list[tuple[int, float]]]
"""How many hits a document has, and the best of them with their scores."""


class Vectors(Protocol):
    """The operations, over one view."""

    @property
    def view(self) -> View:
        """The segments of the commit."""

    def term(self, field: str, text: str) -> Hits:
        """The passages that hold a term, scored by BM25."""

    def phrase(self, field: str, texts: Sequence[str]) -> Hits:
        """The passages that hold the terms side by side, scored by the sum of the terms."""

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterable[list[int]]:
        """For each stretch the places of words by segment, and perhaps of others."""

    def prefixed(self, prefix: str) -> Sequence[str]:
        """The words with the prefix that passages hold, in dictionary order.

        Where there are deletions, a word can be one that only deleted passages hold.
        """

    def near(self, word: str, edits: int) -> Iterable[tuple[str, int]]:
        """(word, edits) of words within so many edits with the same first letter, in any order.

        A word can come more than once, and can be one that no passage holds.
        """

    def everything(self) -> Hits:
        """Every passage with score 0."""

    def every(self, parts: Sequence[Hits]) -> Hits:
        """The passages that are in all parts, scores added."""

    def some(self, parts: Sequence[Hits]) -> Hits:
        """The passages that are in any part, scores added."""

    def times(self, hits: Hits, count: int) -> Hits:
        """The hits with so many times their scores."""

    def boosted(self, hits: Hits, stems: Sequence[str]) -> Hits:
        """The hits, with what the stems add to their scores where they stand in ``BOOSTS``."""

    def without(self, hits: Hits, ids: Ids) -> Hits:
        """The hits that are not among these passages."""

    def within(self, hits: Hits, ids: Ids) -> Hits:
        """The hits that are among these passages."""

    def ranges(self, ranges: Sequence[range]) -> Ids:
        """Passages given as ascending ranges."""

    def having(self, facet: str, values: Sequence[str]) -> Ids:
        """The passages that have a value of a facet that is not counted."""

    def profiles(self, hits: Hits) -> Any:
        """The hits in the form in which facets are counted."""

    def select(self, hits: Hits, profiles: Any) -> Hits:
        """The hits that ``allowed`` lets through."""

    def allowed(self, filters: Sequence[tuple[str, Sequence[str]]]) -> Any:
        """What has, for each counted facet, one of its values; None stands for all."""

    def facet(self, name: str, counts: Any, allowed: Any) -> Mapping[str, int]:
        """How many passages have each value of a facet, of what is allowed."""

    def documents(self, hits: Hits) -> int:
        """How many documents the hits are of."""

    def best(self, hits: Hits, limit: int) -> list[tuple[int, float]]:
        """The first hits by score, rounded, and then by position."""

    def first(self, hits: Hits, limit: int, *, by_date: bool) -> list[tuple[int, float]]:
        """The first hits by position, or by date, newest first, and then by position."""

    def grouped(
        self, tiers: Sequence[Hits], *, sort: Sort, offset: int, limit: int, each: int
    ) -> list[GroupedHits]:
        """Some of the documents that have hits, in the order of their first hit.

        No hit is in two tiers; those of an earlier tier are better whatever their score.
        ``each`` is how many of a document's hits are wanted, the best ones first.
        """

    def total(self, hits: Hits) -> int:
        """How many hits there are."""
