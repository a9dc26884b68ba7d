"""Hits and counts as numpy arrays, and the arithmetic on them that needs no index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from peelsearch.engine import ranking

# Scores are compared by blocks of so many: a block whose best is not among the best needs no look.
_BLOCK = 64
_LEAST = 5 * 10.0**-ranking.DECIMALS
NONE = np.zeros(0, dtype=np.int64)


class TermHits:
    """The postings of a term; scores are worked out from codes when they are asked for."""

    __slots__ = ("_codes", "_idf", "_norms", "_weight", "ids")

    def __init__(self, ids: Any, codes: Any, norms: Any, idf: float, weight: float) -> None:
        self.ids = ids
        self._codes = codes
        self._norms = norms
        self._idf = idf
        self._weight = weight

    @property
    def scores(self) -> Any:
        return self._scored(self._codes)

    def at(self, chosen: Any) -> ScoredHits:
        """Some of the hits, by their places or as a mask."""
        return ScoredHits(self.ids[chosen], self.scores_at(chosen))

    def scores_at(self, chosen: Any) -> Any:
        return self._scored(self._codes[chosen])

    def _scored(self, codes: Any) -> Any:
        scores = self._norms.take(codes)
        scores *= self._idf
        if self._weight != 1.0:
            scores *= self._weight
        return scores


class ScoredHits:
    """Passages with scores."""

    __slots__ = ("ids", "scores")

    def __init__(self, ids: Any, scores: Any) -> None:
        self.ids = ids
        self.scores = scores

    def at(self, chosen: Any) -> ScoredHits:
        """Some of the hits, by their places or as a mask."""
        return ScoredHits(self.ids[chosen], self.scores[chosen])

    def scores_at(self, chosen: Any) -> Any:
        return self.scores[chosen]


@dataclass(frozen=True, slots=True)
class FacetValues:
    """A facet's values by profile: the first of each, and rows for those that have more."""

    first: Any
    profiles: Any
    others: Any


@dataclass(frozen=True, slots=True)
class ProfileCounts:
    """Profiles that are present, and how often; without counts, they are repeated instead."""

    present: Any
    counts: Any
    size: int

    def only(self, allowed: Any) -> ProfileCounts:
        """Those that are allowed."""
        kept = true_places(allowed.take(self.present))
        counts = None if self.counts is None else self.counts[kept]
        return ProfileCounts(self.present.take(kept), counts, self.size)


NOTHING = ScoredHits(NONE, np.zeros(0))


def true_places(flags: Any) -> Any:
    """The places of true values. Numpy finds these several times faster than numbers but 0."""
    return flags.nonzero()[0]


def small(numbers: Any) -> Any:
    """Whole numbers in as few bytes each as they fit: what is small stays in the cache."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def merged(parts: Sequence[Any]) -> ScoredHits:
    """A few passages of several parts, joined by sorting."""
    ids = np.concatenate([part.ids for part in parts])
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    first = np.flatnonzero(np.concatenate(([True], ids[1:] != ids[:-1])))
    scores = np.concatenate([part.scores for part in parts])[order]
    return ScoredHits(ids[first], np.add.reduceat(scores, first))


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
        chosen = chosen[some >= bound - _LEAST]
    return chosen
