"""Hits gathered by document as numpy arrays: hits of one document stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from peelsearch.engine import ranking
from peelsearch.engine.snapshot.vectors import GroupedHits


class Gathered:
    """Disjoint hits, those of an earlier tier before others, and where each document's begin.

    ``document_of`` and ``position`` are those of all passages.
    """

    def __init__(self, tiers: Sequence[Any], document_of: Any, position: Any) -> None:
        ids = np.concatenate([hits.ids for hits in tiers])
        scores = np.concatenate([np.round(hits.scores, ranking.DECIMALS) for hits in tiers])
        tier = np.repeat(np.arange(len(tiers)), [len(hits.ids) for hits in tiers])
        if len(tiers) > 1:
            order = np.argsort(ids, kind="stable")
            ids, scores, tier = ids.take(order), scores.take(order), tier.take(order)
        of = document_of.take(ids)
        first = np.empty(len(ids), dtype=bool)
        first[:1] = True
        np.not_equal(of[1:], of[:-1], out=first[1:])
        self.ids, self._scores, self._tier = ids, scores, tier
        self._starts = first.nonzero()[0]
        self._position = position

    def by_relevance(self) -> Any:
        """The documents by their best hit: its tier, its score, its position."""
        if not len(self.ids):
            return self._starts
        sizes = np.diff(self._starts, append=len(self.ids))
        tier = np.minimum.reduceat(self._tier, self._starts)
        scores = np.where(self._tier == np.repeat(tier, sizes), self._scores, -np.inf)
        best = np.maximum.reduceat(scores, self._starts)
        # Documents stand in the same order as any of their passages.
        return np.lexsort((self._position.take(self.ids.take(self._starts)), -best, tier))

    def by_key(self, keys: Any) -> Any:
        """The documents by the lowest key of their hits; ``keys`` are those of all passages."""
        if not len(self.ids):
            return self._starts
        return np.argsort(np.minimum.reduceat(keys.take(self.ids), self._starts), kind="stable")

    def groups(self, documents: Any, each: int) -> list[GroupedHits]:
        """Of some documents the number of hits and the best of them."""
        ends = np.append(self._starts[1:], len(self.ids))
        return [
            self._group(int(self._starts[document]), int(ends[document]), each)
            for document in documents.tolist()
        ]

    def _group(self, start: int, end: int, each: int) -> GroupedHits:
        order = start + np.lexsort((-self._scores[start:end], self._tier[start:end]))[:each]
        found = zip(self.ids.take(order).tolist(), self._scores.take(order).tolist(), strict=True)
        return end - start, list(found)
