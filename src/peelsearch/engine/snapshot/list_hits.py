"""Hits in plain Python: sets of passages, and scores that are worked out for those that need them.

Most of what matches is only counted, so a set for each segment is all that matching makes. Sets
are made, joined and cut by the interpreter's own loops, which are as quick as Python gets.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence, Set
from functools import cached_property
from itertools import compress, repeat
from operator import add
from typing import Protocol, TypeAlias

from peelsearch.engine import ranking
from peelsearch.engine.snapshot.view import View

Sets: TypeAlias = Sequence[Set[int]]
"""For each segment some of its passages, by the segment's own numbers."""

# Of so many times fewer passages than a term has, each is looked up by bisection.
_MUCH_FEWER = 16
# Adding one score to a passage takes about as long as looking up so many.
_POURED = 4
_NONE = -1
_EMPTY: frozenset[int] = frozenset()


class Scorer(Protocol):
    """What gives scores to passages, nothing to those that it does not reach."""

    def scores(self, index: int, ids: Sequence[int]) -> list[float]:
        """The scores of a segment's passages, which are ascending, in their order."""


class Hits:
    """Passages, and what their scores are added up of.

    ``extra`` only adds to the scores of passages that others find.
    """

    def __init__(self, ids: Sets, parts: Sequence[Scorer], extra: Sequence[TermHits] = ()) -> None:
        self._ids = ids
        self.parts = parts
        self.extra = extra

    @property
    def ids(self) -> Sets:
        """The passages."""
        return self._ids

    def among(self, ids: Sets) -> Hits:
        """Some of these hits."""
        return Hits(ids, self.parts, self.extra)

    def scores(self, index: int, ids: Sequence[int]) -> list[float]:
        """The scores of some of a segment's hits, without what ``extra`` adds."""
        terms = [part for part in self.parts if isinstance(part, TermHits)]
        if len(terms) == len(self.parts) and _is_sparse(terms, index, ids):
            return _poured(terms, index, ids, [0.0] * len(ids))
        return _sum([part.scores(index, ids) for part in self.parts], ids)

    def most_added(self) -> float:
        """What ``extra`` can add at most."""
        return sum(part.most() for part in self.extra)

    def added(self, index: int, ids: Sequence[int], scores: list[float]) -> list[float]:
        """The scores with what ``extra`` adds to them."""
        return _poured(self.extra, index, ids, list(scores))


def _poured(
    parts: Sequence[TermHits], index: int, ids: Sequence[int], scores: list[float]
) -> list[float]:
    """The scores with those of parts added, passage by passage that each part has."""
    place_of = dict(zip(ids, range(len(ids)), strict=True))
    for part in parts:
        for number, score in part.reached(index, place_of):
            scores[place_of[number]] += score
    return scores


def _is_sparse(parts: Sequence[TermHits], index: int, ids: Sequence[int]) -> bool:
    """Whether the parts have few of the passages each: many rare words."""
    return _POURED * sum(part.count(index) for part in parts) < len(parts) * len(ids)


def _sum(rows: Sequence[list[float]], ids: Sequence[int]) -> list[float]:
    """Scores of the same passages added up."""
    if not rows:
        return [0.0] * len(ids)
    total, *others = rows
    for row in others:
        total = list(map(add, total, row))
    return total


class Gated:
    """Hits as a part of alternatives: nothing for the passages that are not among them."""

    __slots__ = ("_hits",)

    def __init__(self, hits: Hits) -> None:
        self._hits = hits

    def scores(self, index: int, ids: Sequence[int]) -> list[float]:
        """The scores of a segment's passages, in their order."""
        among = self._hits.ids[index]
        inside = [number for number in ids if number in among]
        score = dict(zip(inside, self._hits.scores(index, inside), strict=True))
        return list(map(score.get, ids, repeat(0.0)))


class TermHits(Hits):
    """The passages that hold a term, scored by BM25 times a weight."""

    def __init__(self, view: View, field: str, text: str, weight: float) -> None:
        found = view.term(field, text)
        self._numbers = dict(found.places)
        self._frequency = found.frequency
        self._view = view
        self._field = field
        self._text = text
        self._weight = weight
        self._tables: dict[int, Scores] = {}
        super().__init__((), (self,))

    @cached_property
    def ids(self) -> Sets:
        """The passages, gathered when they are asked for."""
        found: list[Set[int]] = [_EMPTY] * len(self._view.segments)
        for index, number in self._numbers.items():
            passages, _ = self._view.segments[index].postings(self._field, number)
            found[index] = frozenset(passages.tolist())
        return found

    def times(self, count: int) -> TermHits:
        """The same passages with so many times the scores."""
        return TermHits(self._view, self._field, self._text, self._weight * count)

    def scores(self, index: int, ids: Sequence[int]) -> list[float]:
        """The scores of a segment's passages, in their order; 0 for those without the term."""
        number = self._numbers.get(index)
        if number is None:
            return [0.0] * len(ids)
        passages, codes = self._view.segments[index].postings(self._field, number)
        gather = _looked_up if len(ids) * _MUCH_FEWER < len(passages) else _gathered
        return list(map(self._table(index).__getitem__, gather(passages, codes, ids)))

    def count(self, index: int) -> int:
        """How many passages of a segment have the term."""
        number = self._numbers.get(index)
        return (
            self._view.segments[index].frequency(self._field, number) if number is not None else 0
        )

    def reached(self, index: int, ids: Container[int]) -> Iterable[tuple[int, float]]:
        """Those of a segment's passages that have the term, with their scores."""
        number = self._numbers.get(index)
        if number is None:
            return ()
        passages, codes = self._view.segments[index].postings(self._field, number)
        held = passages.tolist()
        wanted = list(map(ids.__contains__, held))
        found = compress(codes.tolist(), wanted)
        return zip(compress(held, wanted), map(self._table(index).__getitem__, found), strict=True)

    def most(self) -> float:
        """No passage gets a higher score."""
        if not self._numbers:
            return 0.0
        return self._view.idf(self._frequency) * ranking.HIGHEST * self._weight

    def _table(self, index: int) -> Scores:
        found = self._tables.get(index)
        if found is None:
            idf = self._view.idf(self._frequency)
            found = self._tables[index] = Scores(self._view, index, self._field, idf, self._weight)
        return found


def _gathered(passages: memoryview, codes: memoryview, ids: Sequence[int]) -> Iterable[int]:
    """The codes of passages, no code for those without the term."""
    held = passages.tolist()
    wanted = list(map(frozenset(ids).__contains__, held))
    found = list(compress(codes.tolist(), wanted))
    if len(found) == len(ids):
        return found
    return map(dict(zip(compress(held, wanted), found, strict=True)).get, ids, repeat(_NONE))


def _looked_up(passages: memoryview, codes: memoryview, ids: Sequence[int]) -> Iterable[int]:
    """The same for few passages."""
    last, found = len(passages), []
    for number in ids:
        at = bisect_left(passages, number)
        found.append(codes[at] if at < last and passages[at] == number else _NONE)
    return found


class Scores(dict[int, float]):
    """A term's scores by code, worked out for the codes that occur; no code has score 0."""

    __slots__ = ("_counts", "_factors", "_lengths", "_norm")

    def __init__(self, view: View, index: int, field: str, idf: float, weight: float) -> None:
        super().__init__({_NONE: 0.0})
        segment = view.segments[index]
        self._counts = segment.block(f"{field}.code.count").slice()
        self._lengths = segment.block(f"{field}.code.length").slice()
        self._norm = view.norm(field)
        self._factors = (idf, weight)

    def __missing__(self, code: int) -> float:
        idf, weight = self._factors
        score = idf * self._norm(self._counts[code], self._lengths[code]) * weight
        self[code] = score
        return score
