"""Vectors in numpy, for a process that answers many searches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from peelsearch.engine import ranking
from peelsearch.engine.snapshot.array_facets import Counted, Facets
from peelsearch.engine.snapshot.array_groups import Gathered
from peelsearch.engine.snapshot.array_hits import (
    NONE,
    NOTHING,
    ScoredHits,
    TermHits,
    highest,
    small,
    true_places,
    united,
)
from peelsearch.engine.snapshot.array_terms import Terms
from peelsearch.engine.snapshot.array_tokens import CheckedTokens, Tokens
from peelsearch.engine.snapshot.layout import Record
from peelsearch.engine.snapshot.lexicon import Lexicon
from peelsearch.engine.snapshot.marks import Stretch
from peelsearch.engine.snapshot.vectors import GroupedHits
from peelsearch.engine.snapshot.view import View
from peelsearch.model import Sort

# Of two sets of passages one this many times smaller is looked up in the other by bisection.
_MUCH_SMALLER = 24
# Sets of together less than this part of all passages are joined by sorting.
_SPARSE = 4
_NO_SCORES = np.zeros(1)


class _Scratch:
    """Room to add up scores, as wide as the view: all zero when it is given back."""

    def __init__(self, size: int) -> None:
        self.scores = np.zeros(size)
        self.held = np.zeros(size, dtype=bool)


class Arrays:
    """The operations over one view. Safe to use from several threads."""

    def __init__(self, view: View, tokens: Tokens | CheckedTokens) -> None:
        self.view = view
        self._terms = Terms(view)
        # One for each thread that ever needed one at the same time.
        self._scratch: list[_Scratch] = []
        self._lexicon = Lexicon(view)
        self._tokens = tokens
        self._facets = Facets(view)

    def prepare(self) -> None:
        """Make now what the first searches would have to wait for."""
        self._lexicon.prepare()
        self._facets.prepare()
        _ = self._position

    # --- matching ---------------------------------------------------------------------------

    def term(self, field: str, text: str) -> Any:
        """The passages that hold a term, scored by BM25."""
        return self._terms.hits(field, text)

    def phrase(self, field: str, texts: Sequence[str]) -> Any:
        """The passages that hold the terms side by side, scored by the sum of the terms."""
        if not texts:
            return NOTHING
        if len(texts) == 1:
            return self.term(field, texts[0])
        found = self._tokens.phrase(field, texts)
        if not len(found):
            return NOTHING
        scores = np.zeros(len(found))
        for text in texts:
            scores += self._terms.scores_at(field, text, found)
        return ScoredHits(found, scores)

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterable[list[int]]:
        """For each stretch the places of words by segment, and perhaps of others."""
        return self._tokens.places(words, stretches)

    def prefixed(self, prefix: str) -> Sequence[str]:
        """The words with the prefix that passages hold, in dictionary order."""
        return self._lexicon.prefixed(prefix)

    def near(self, word: str, edits: int) -> Iterable[tuple[str, int]]:
        """(word, edits) of words within so many edits with the same first letter."""
        return self._lexicon.group(word[0]).within(word, edits)

    def everything(self) -> Any:
        """Every passage with score 0."""
        return ScoredHits(np.arange(self.view.size), np.zeros(self.view.size))

    def every(self, parts: Sequence[Any]) -> Any:
        """The passages that are in all parts, scores added."""
        if len(parts) == 1:
            return parts[0]
        first, *others = sorted(parts, key=lambda part: len(part.ids))
        ids, places = first.ids, None
        rows: list[tuple[Any, Any]] = []
        for other in others:
            mine, scored = self._common(ids, other)
            ids = ids.take(mine)
            places = mine if places is None else places.take(mine)
            rows = [(of, row.take(mine)) for of, row in rows]
            rows.append(scored)
        scores = first.scores_at(places)
        for of, row in rows:
            scores += of.take(row)
        return ScoredHits(ids, scores)

    def _common(self, few: Any, other: Any) -> tuple[Any, tuple[Any, Any]]:
        """Which of the passages another part has, and its scores of these, as places in a table."""
        many = other.ids
        if not len(few):
            return NONE, (_NO_SCORES, NONE)
        if isinstance(other, TermHits) and len(few) * _MUCH_SMALLER >= len(many):
            dense = self._terms.dense(other)
            codes = dense.codes.take(few)
            mine = true_places(codes != 0)
            return mine, (dense.values, codes.take(mine))
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        mine = true_places(many.take(at) == few)
        at = at.take(mine)
        if isinstance(other, TermHits):
            return mine, (other.values, other.codes.take(at))
        return mine, (other.scores, at)

    def some(self, parts: Sequence[Any]) -> Any:
        """The passages that are in any part, scores added."""
        parts = [part for part in parts if len(part.ids)]
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        try:
            scratch = self._scratch.pop()
        except IndexError:
            scratch = _Scratch(self.view.size)
        scores, held = scratch.scores, scratch.held
        for part in parts:
            scores[part.ids] += part.scores
        if sum(len(part.ids) for part in parts) * _SPARSE < self.view.size:
            ids = united([part.ids for part in parts])
        else:
            for part in parts:
                held[part.ids] = True
            ids = true_places(held)
            held[ids] = False
        found = ScoredHits(ids, scores.take(ids))
        scores[ids] = 0.0
        self._scratch.append(scratch)
        return found

    def times(self, hits: Any, count: int) -> Any:
        """The hits with so many times their scores."""
        return hits.times(count)

    def boosted(self, hits: Any, stems: Sequence[str]) -> Any:
        """The hits, with what the stems add to their scores where they stand in ``BOOSTS``."""
        ids, scores = hits.ids, None
        for boosts in map(self._terms.boosts, stems if len(ids) else ()):
            if len(boosts.codes):
                own = boosts.values.take(boosts.codes.take(ids))
                scores = hits.scores + own if scores is None else scores + own
        return hits if scores is None else ScoredHits(ids, scores)

    # --- sets -------------------------------------------------------------------------------

    def without(self, hits: Any, ids: Any) -> Any:
        """The hits that are not among these passages."""
        if not len(ids) or not len(hits.ids):
            return hits
        return hits.at(true_places(~self._mask(ids).take(hits.ids)))

    def within(self, hits: Any, ids: Any) -> Any:
        """The hits that are among these passages."""
        return hits.at(true_places(self._mask(ids).take(hits.ids)))

    def _mask(self, ids: Any) -> Any:
        mask = np.zeros(self.view.size, dtype=bool)
        mask[np.asarray(ids, dtype=np.int64)] = True
        return mask

    def ranges(self, ranges: Sequence[range]) -> Any:
        """Passages given as ascending ranges."""
        return np.concatenate([NONE, *(np.arange(r.start, r.stop) for r in ranges)])

    def having(self, facet: str, values: Sequence[str]) -> Any:
        """The passages that have a value of a facet that is not counted."""
        return self._facets.having(facet, values)

    # --- facets -----------------------------------------------------------------------------

    def profiles(self, hits: Any) -> Counted:
        """The hits, to be counted."""
        return Counted(hits.ids)

    def allowed(self, filters: Sequence[tuple[str, Sequence[str]]]) -> Any:
        """The passages that have, for each facet, one of its values; None stands for all."""
        return self._facets.allowed(filters)

    def select(self, hits: Any, profiles: Any) -> Any:
        """The hits that ``allowed`` lets through."""
        return hits if profiles is None else hits.at(true_places(profiles.take(hits.ids)))

    def facet(self, name: str, counts: Counted, allowed: Any) -> Mapping[str, int]:
        """How many passages have each value of a facet, of those that are allowed."""
        return self._facets.count(name, counts.under(allowed))

    # --- order ------------------------------------------------------------------------------

    @cached_property
    def _document_of(self) -> Any:
        """A number for each passage's document; passages of one stand together."""
        rows, base = [NONE], 0
        for segment in self.view.segments:
            rows.append(np.asarray(segment.column(Record.DOCUMENT)).astype(np.int64) + base)
            base += len(segment.strings("documents"))
        return small(np.concatenate(rows))

    @cached_property
    def _position(self) -> Any:
        """The position of each passage."""
        rows = [NONE]
        for segment, places in zip(self.view.segments, self.view.document_positions, strict=True):
            document = np.asarray(segment.column(Record.DOCUMENT))
            first = np.asarray(segment.block("documents.first").slice())[:-1].astype(np.int64)
            rows.append((np.array(places) - first)[document] + np.arange(segment.size))
        return np.concatenate(rows)

    @cached_property
    def _date_rank(self) -> Any:
        """The rank of each passage's date, newest first."""
        rows = [NONE]
        for index, segment in enumerate(self.view.segments):
            ranks = np.array(self.view.date_ranks(index), dtype=np.int64)
            rows.append(ranks[np.asarray(segment.column(Record.DATE))])
        return np.concatenate(rows)

    def total(self, hits: Any) -> int:
        """How many hits there are."""
        return len(hits.ids)

    def documents(self, hits: Any) -> int:
        """How many documents the hits are of."""
        if not len(hits.ids):
            return 0
        of = self._document_of.take(hits.ids)
        return int(np.count_nonzero(of[1:] != of[:-1])) + 1

    def best(self, hits: Any, limit: int) -> list[tuple[int, float]]:
        """The first hits by score, rounded, and then by position."""
        if limit < 1 or not len(hits.ids):
            return []
        ids, scores = hits.ids, hits.scores
        chosen = highest(scores, limit)
        ids, scores = ids.take(chosen), np.round(scores.take(chosen), ranking.DECIMALS)
        order = np.lexsort((self._position.take(ids), -scores))[:limit]
        return list(zip(ids.take(order).tolist(), scores.take(order).tolist(), strict=True))

    def first(self, hits: Any, limit: int, *, by_date: bool) -> list[tuple[int, float]]:
        """The first hits by position, or by date, newest first, and then by position."""
        key = self._position[hits.ids]
        if by_date:
            key = key + self._date_rank[hits.ids] * self.view.size
        chosen = np.argpartition(key, limit)[:limit] if len(key) > limit else np.arange(len(key))
        chosen = chosen[np.argsort(key[chosen])]
        scores = np.round(hits.scores[chosen], ranking.DECIMALS).tolist()
        return list(zip(hits.ids[chosen].tolist(), scores, strict=True))

    def grouped(
        self, tiers: Sequence[Any], *, sort: Sort, offset: int, limit: int, each: int
    ) -> list[GroupedHits]:
        """Some of the documents that have hits, in the order of their first hit."""
        found = Gathered(tiers, self._document_of, self._position)
        if sort is Sort.RELEVANCE:
            order = found.by_relevance()
        elif sort is Sort.DATE:
            order = found.by_key(self._position + self._date_rank * self.view.size)
        else:
            order = found.by_key(self._position)
        return found.groups(order[offset : offset + limit], each)


def checked_arrays(view: View) -> Arrays:
    """The operations for one search over files that have not been verified."""
    return Arrays(view, CheckedTokens(view))
