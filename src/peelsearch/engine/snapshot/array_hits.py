"""Hits and counts as numpy arrays, and the arithmetic on them that needs no index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from peelsearch.engine import ranking

# Scores are compared by blocks of so many: a block whose best is not among the best needs no look.
_BLOCK = 64
_LEAST = 5 * 10.0**-ranking.DECIMALS
NONE = np.zeros(0, dtype=np.int64)


class TermHits:
    """The postings of a term; ``values`` are the scores by code. Scores are worked out when they
    are asked for, and all of them are kept. The ``key`` is field, text and how many times the
    term's scores they have."""

    __slots__ = ("_scores", "codes", "ids", "key", "values")

    def __init__(self, key: tuple[str, str, int], ids: Any, codes: Any, values: Any) -> None:
        self.key = key
        self.ids = ids
        self.codes = codes
        self.values = values
        self._scores: Any = None

    @property
    def nbytes(self) -> int:
        """How many bytes it comes to hold."""
        size: int = 2 * self.ids.nbytes + self.codes.nbytes + self.values.nbytes
        return size

    @property
    def scores(self) -> Any:
        if self._scores is None:
            self._scores = self.values.take(self.codes)
        return self._scores

    def times(self, count: int) -> TermHits:
        """The same with so many times the scores."""
        field, text, already = self.key
        return TermHits((field, text, already * count), self.ids, self.codes, self.values * count)

    def at(self, chosen: Any) -> ScoredHits:
        """Some of the hits, by their places."""
        return ScoredHits(self.ids.take(chosen), self.scores_at(chosen))

    def scores_at(self, chosen: Any) -> Any:
        return self.values.take(self.codes.take(chosen))


class Dense:
    """A code for every passage, and the score that each code stands for; code 0 has none."""

    __slots__ = ("codes", "values")

    def __init__(self, codes: Any, values: Any) -> None:
        self.codes = codes
        self.values = values

    @property
    def nbytes(self) -> int:
        """How many bytes it holds."""
        size: int = self.codes.nbytes + self.values.nbytes
        return size


class ScoredHits:
    """Passages with scores."""

    __slots__ = ("ids", "scores")

    def __init__(self, ids: Any, scores: Any) -> None:
        self.ids = ids
        self.scores = scores

    def times(self, count: int) -> ScoredHits:
        """The same with so many times the scores."""
        return ScoredHits(self.ids, self.scores * count)

    def at(self, chosen: Any) -> ScoredHits:
        """Some of the hits, by their places."""
        return ScoredHits(self.ids.take(chosen), self.scores.take(chosen))

    def scores_at(self, chosen: Any) -> Any:
        return self.scores.take(chosen)


NOTHING = ScoredHits(NONE, np.zeros(0))


def true_places(flags: Any) -> Any:
    """The places of true values. Numpy finds these several times faster than numbers but 0."""
    return flags.nonzero()[0]


def small(numbers: Any) -> Any:
    """Whole numbers in as few bytes each as they fit: what is small stays in the cache."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def united(parts: Sequence[Any]) -> Any:
    """The passages of several parts, by sorting: each part is sorted already."""
    ids = np.concatenate(parts)
    ids.sort(kind="stable")
    first = np.empty(len(ids), dtype=bool)
    first[:1] = True
    np.not_equal(ids[1:], ids[:-1], out=first[1:])
    return ids.take(true_places(first))


def highest(scores: Any, limit: int) -> Any:
    """The places of the highest scores: at least ``limit``, and all that might equal the last."""
    size = len(scores)
    if size <= limit:
        return np.arange(size)
    blocks = size // _BLOCK
    if blocks > 2 * limit:
        best = scores[: blocks * _BLOCK].reshape(-1, _BLOCK).max(axis=1)
        bound = np.partition(best, blocks - limit)[blocks - limit]
    else:
        bound = np.partition(scores, size - limit)[size - limit]
    chosen = true_places(scores >= bound - _LEAST)
    if len(chosen) > 4 * limit:
        some = scores[chosen]
        bound = np.partition(some, len(some) - limit)[len(some) - limit]
        chosen = chosen.take(true_places(some >= bound - _LEAST))
    return chosen
