"""The postings of terms as numpy arrays, joined over the segments; the last ones are kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from peelsearch.engine.snapshot.array_hits import NOTHING, Dense, TermHits, small
from peelsearch.engine.snapshot.kept import Kept
from peelsearch.engine.snapshot.vectors import BOOSTS
from peelsearch.engine.snapshot.view import View

# Bytes of postings, of dense terms and of boosts that are kept, each.
_KEPT = 64_000_000

# The scores of a term for no more passages than this are not worth joining its postings.
_LOOKED_UP = 16


class Terms:
    """The terms of one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._norms: dict[str, tuple[Any, list[Any]]] = {}
        self._postings: Kept[TermHits] = Kept(lambda hits: hits.nbytes, _KEPT)
        self._dense: Kept[Dense] = Kept(lambda dense: dense.nbytes, _KEPT)
        self._boosts: Kept[Dense] = Kept(lambda dense: dense.nbytes, _KEPT)

    def hits(self, field: str, text: str) -> Any:
        """The passages that hold a term, scored by BM25."""
        key = (field, text)
        kept = self._postings.get(key)
        if kept is not None:
            return kept
        found = self._view.term(field, text)
        if not found.frequency:
            return NOTHING
        norms, numbers = self._codes(field)
        ids, codes = [], []
        for index, number in found.places:
            passages, own = map(np.asarray, self._view.segments[index].postings(field, number))
            ids.append(np.add(passages, self._view.bases[index], dtype=np.intp))
            codes.append(numbers[index].take(own))
        values = norms * self._view.idf(found.frequency)
        hits = TermHits((field, text, 1), np.concatenate(ids), np.concatenate(codes), values)
        return self._postings.put(key, hits)

    def dense(self, hits: TermHits) -> Dense:
        """A term's code for every passage."""
        kept = self._dense.get(hits.key)
        if kept is not None:
            return kept
        codes = np.zeros(self._view.size, dtype=hits.codes.dtype)
        codes[hits.ids] = hits.codes
        return self._dense.put(hits.key, Dense(codes, hits.values))

    def boosts(self, stem: str) -> Dense:
        """What a stem in headings and paths adds to the score of every passage."""
        kept = self._boosts.get(stem)
        if kept is not None:
            return kept
        # For each passage one code for all fields: every combination has its value.
        values = np.zeros(1)
        parts = []
        for field, weight in BOOSTS:
            found = self._view.term(field, stem)
            if found.frequency:
                norms, numbers = self._codes(field)
                scores = norms * self._view.idf(found.frequency) * weight
                parts.append((field, found.places, numbers, len(values)))
                values = (scores[:, np.newaxis] + values).ravel()
        code = np.min_scalar_type(len(values))
        codes = np.zeros(self._view.size if parts else 0, dtype=code)
        for field, places, numbers, step in parts:
            for index, number in places:
                segment, base = self._view.segments[index], self._view.bases[index]
                passages, own = map(np.asarray, segment.postings(field, number))
                added = numbers[index].take(own).astype(code) * code.type(step)
                codes[base : base + segment.size][passages] += added
        return self._boosts.put(stem, Dense(codes, values))

    def scores_at(self, field: str, text: str, ids: Any) -> Any:
        """A term's scores of passages that hold it. Few are looked up without joining postings."""
        kept = self._postings.get((field, text))
        if kept is None and len(ids) <= _LOOKED_UP:
            return np.array(list(self._looked_up(field, text, ids.tolist())))
        kept = kept or self.hits(field, text)
        return kept.scores_at(np.searchsorted(kept.ids, ids))

    def _looked_up(self, field: str, text: str, ids: Sequence[int]) -> Iterator[float]:
        view, found = self._view, self._view.term(field, text)
        numbers, idf = dict(found.places), view.idf(found.frequency)
        for number in ids:
            index, own = view.locate(number)
            passages, codes = view.segments[index].postings(field, numbers[index])
            yield view.norms(index, field)[codes[bisect_left(passages, own)]] * idf

    def _codes(self, field: str) -> tuple[Any, list[Any]]:
        """The distinct scores before idf, 0 first, and for each segment's codes which they have."""
        found = self._norms.get(field)
        if found is None:
            segments = range(len(self._view.segments))
            rows = [np.array(self._view.norms(index, field)) for index in segments]
            norms, numbers = np.unique(np.concatenate([[0.0], *rows]), return_inverse=True)
            ends = np.cumsum([1, *map(len, rows)])
            parts: Sequence[Any] = np.split(small(numbers), ends)[1:-1]
            found = self._norms[field] = norms, list(parts)
        return found
