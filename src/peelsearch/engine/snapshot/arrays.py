"""Vectors in numpy, for a process that answers many searches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from peelsearch.engine import ranking
from peelsearch.engine.snapshot.array_hits import (
    NONE,
    NOTHING,
    FacetValues,
    ProfileCounts,
    ScoredHits,
    TermHits,
    highest,
    merged,
    small,
    true_places,
)
from peelsearch.engine.snapshot.array_tokens import Tokens
from peelsearch.engine.snapshot.layout import Record
from peelsearch.engine.snapshot.lexicon import Lexicon
from peelsearch.engine.snapshot.marks import Stretch
from peelsearch.engine.snapshot.view import View

# Of two sets of passages one this many times smaller is looked up in the other by bisection.
_MUCH_SMALLER = 24
# Sets of together less than this part of all passages are joined by sorting.
_SPARSE = 40
# Profiles are added up first if there are so many times more hits than profiles.
_MANY = 2
# Bytes of postings joined from several segments that are remembered.
_REMEMBERED = 64_000_000
# Filters whose profiles are remembered.
_CHOSEN = 64


class Arrays:
    """The operations over one view. Safe to use from several threads."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._norms: dict[str, Any] = {}
        self._code_bases: dict[str, list[int]] = {}
        self._postings: dict[tuple[str, str], tuple[Any, Any]] = {}
        self._held = 0
        self._lexicon = Lexicon(view)
        self._tokens = Tokens(view)
        self._values: dict[str, FacetValues] = {}
        self._chosen: dict[tuple[str, frozenset[str]], Any] = {}

    # --- matching ---------------------------------------------------------------------------

    def term(self, field: str, text: str, weight: float = 1.0) -> Any:
        """The passages that hold a term, scored by BM25 times the weight."""
        found = self.view.term(field, text)
        if not found.frequency:
            return NOTHING
        ids, codes = self._joined(field, text)
        return TermHits(ids, codes, self._table(field), self.view.idf(found.frequency), weight)

    def _table(self, field: str) -> Any:
        """The scores before idf of all segments' codes, one segment after the other."""
        if field not in self._norms:
            rows = [self.view.norms(index, field) for index in range(len(self.view.segments))]
            bases = [0]
            for row in rows:
                bases.append(bases[-1] + len(row))
            self._code_bases[field] = bases
            self._norms[field] = np.array([norm for row in rows for norm in row])
        return self._norms[field]

    def _joined(self, field: str, text: str) -> tuple[Any, Any]:
        """The postings of a term in all segments, as one."""
        view = self.view
        places = view.term(field, text).places
        if len(view.segments) == 1:
            passages, codes = view.segments[0].postings(field, places[0][1])
            return np.asarray(passages), np.asarray(codes)
        key = (field, text)
        found = self._postings.get(key)
        if found is None:
            found = self._join(field, places)
            size = found[0].nbytes + found[1].nbytes
            if self._held + size > _REMEMBERED:
                self._postings, self._held = {}, 0
            self._postings[key] = found
            self._held += size
        return found

    def _join(self, field: str, places: Sequence[tuple[int, int]]) -> tuple[Any, Any]:
        self._table(field)
        ids, codes = [], []
        for index, number in places:
            passages, own = self.view.segments[index].postings(field, number)
            ids.append(np.asarray(passages).astype(np.uint32) + self.view.bases[index])
            codes.append(np.asarray(own).astype(np.uint32) + self._code_bases[field][index])
        return np.concatenate(ids), np.concatenate(codes)

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
            term = self.term(field, text)
            scores += term.scores_at(np.searchsorted(term.ids, found.astype(term.ids.dtype)))
        return ScoredHits(found, scores)

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterable[list[int]]:
        """For each stretch the places of words by segment, and perhaps of others."""
        return self._tokens.places(words, stretches)

    def prefixed(self, prefix: str) -> Sequence[str]:
        """The words with the prefix that passages hold, in dictionary order."""
        return self._lexicon.group(prefix[:1]).prefixed(prefix)

    def near(self, word: str, edits: int) -> Iterable[tuple[str, int]]:
        """(word, edits) of words within so many edits with the same first letter."""
        return self._lexicon.group(word[0]).within(word, edits)

    def everything(self) -> Any:
        """Every passage with score 0."""
        return ScoredHits(np.arange(self.view.size), np.zeros(self.view.size))

    def every(self, parts: Sequence[Any]) -> Any:
        """The passages that are in all parts, scores added."""
        first, *others = sorted(parts, key=lambda part: len(part.ids))
        kept, places = first.ids, [slice(None)]
        for other in others:
            mine, theirs = self._common(kept, other.ids)
            kept = kept[mine]
            places = [place[mine] if not isinstance(place, slice) else mine for place in places]
            places.append(theirs)
        scores = first.scores_at(places[0])
        for other, place in zip(others, places[1:], strict=True):
            scores = scores + other.scores_at(place)
        return ScoredHits(kept, scores)

    def _common(self, few: Any, many: Any) -> tuple[Any, Any]:
        """The places in both of the passages that are in both."""
        if not len(few) or not len(many):
            return NONE, NONE
        if len(few) * _MUCH_SMALLER < len(many):
            # Of one type, or numpy would convert all of the many.
            at = np.searchsorted(many, few.astype(many.dtype))
            at[at == len(many)] = 0
            mine = true_places(many.take(at) == few)
            return mine, at.take(mine)
        mask = self._mask(few)
        theirs = true_places(mask.take(many))
        common = many.take(theirs)
        mask[few] = False
        mask[common] = True
        return true_places(mask.take(few)), theirs

    def some(self, parts: Sequence[Any]) -> Any:
        """The passages that are in any part, scores added."""
        parts = [part for part in parts if len(part.ids)]
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        size = self.view.size
        if sum(len(part.ids) for part in parts) * _SPARSE < size:
            return merged(parts)
        scores = np.zeros(size)
        scores[parts[0].ids] = parts[0].scores
        for part in parts[1:]:
            scores[part.ids] += part.scores
        if any(len(part.ids) == size for part in parts):
            return ScoredHits(np.arange(size), scores)
        ids = true_places(scores > 0)
        return ScoredHits(ids, scores.take(ids))

    def boosted(self, hits: Any, extra: Sequence[Any]) -> Any:
        """The hits, with the scores that extra parts give to them added."""
        extra = [part for part in extra if len(part.ids)]
        if not extra or not len(hits.ids):
            return hits
        if len(hits.ids) * _MUCH_SMALLER < self.view.size:
            scores = np.array(hits.scores)
            for part in extra:
                mine, theirs = self._common(hits.ids, part.ids)
                scores[mine] += part.scores_at(theirs)
            return ScoredHits(hits.ids, scores)
        added = np.zeros(self.view.size)
        for part in extra:
            added[part.ids] += part.scores
        return ScoredHits(hits.ids, hits.scores + added.take(hits.ids))

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
        found = []
        for segment, base in zip(self.view.segments, self.view.bases, strict=False):
            of, ends = (np.asarray(part) for part in segment.facet_rows(facet))
            names = segment.facet_values(facet)
            wanted = np.array([value in values for value in names], dtype=bool)
            if wanted.any():
                having = np.zeros(len(ends) - 1, dtype=bool)
                having[np.searchsorted(ends, np.flatnonzero(wanted[of]), side="right") - 1] = True
                found.append(
                    np.flatnonzero(having[np.asarray(segment.column(Record.OTHERS))]) + base
                )
        return np.concatenate([NONE, *found])

    # --- facets -----------------------------------------------------------------------------

    @cached_property
    def _profile_of(self) -> Any:
        """The profile of each passage."""
        rows = [
            np.asarray(segment.block("passages.profile").slice()).astype(np.int64) + base
            for segment, base in zip(self.view.segments, self.view.profile_bases, strict=False)
        ]
        return small(np.concatenate([NONE, *rows]))

    def _of(self, facet: str) -> FacetValues:
        """The values of a counted facet, profile by profile."""
        if facet not in self._values:
            number = {value: n for n, value in enumerate(self.view.facet_values[facet])}
            first, profiles, values = [NONE], [NONE], [NONE]
            for segment, base in zip(self.view.segments, self.view.profile_bases, strict=False):
                of, ends = (np.asarray(part).astype(np.int64) for part in segment.facet_rows(facet))
                known = np.array([number[value] for value in segment.facet_values(facet)])
                others = np.ones(len(of), dtype=bool)
                others[ends[:-1]] = False
                first.append(known[of[ends[:-1]]])
                values.append(known[of[others]])
                profiles.append(np.repeat(np.arange(base, base + len(ends) - 1), np.diff(ends) - 1))
            parts = (small(np.concatenate(rows)) for rows in (first, profiles, values))
            self._values[facet] = FacetValues(*parts)
        return self._values[facet]

    def profiles(self, hits: Any) -> ProfileCounts:
        """How many of the hits have each profile."""
        count = self.view.profile_bases[-1]
        held = self._profile_of.take(hits.ids)
        if len(held) < _MANY * count:
            return ProfileCounts(held, None, count)
        counts = np.bincount(held, minlength=count)
        present = true_places(counts != 0)
        return ProfileCounts(present, counts[present], count)

    def allowed(self, filters: Sequence[tuple[str, Sequence[str]]]) -> Any:
        """The profiles that have, for each facet, one of its values; None stands for all."""
        flags = None
        for name, chosen in filters:
            having = self._having(name, frozenset(chosen))
            flags = having if flags is None else flags & having
        return flags

    def _having(self, name: str, chosen: frozenset[str]) -> Any:
        """For each profile whether it has one of the values; the last ones are remembered."""
        key = (name, chosen)
        if key not in self._chosen:
            if len(self._chosen) >= _CHOSEN:
                self._chosen.clear()
            values = self._of(name)
            wanted = np.array([v in chosen for v in self.view.facet_values[name]], dtype=bool)
            having = wanted[values.first]
            having[values.profiles[wanted[values.others]]] = True
            self._chosen[key] = having
        return self._chosen[key]

    def select(self, hits: Any, profiles: Any) -> Any:
        """The hits with one of these profiles, as ``allowed`` gives them."""
        if profiles is None:
            return hits
        return hits.at(true_places(profiles.take(self._profile_of.take(hits.ids))))

    def facet(self, name: str, counts: ProfileCounts, allowed: Any) -> Mapping[str, int]:
        """How many passages have each value of a facet, of the profiles that are allowed."""
        values, names = self._of(name), self.view.facet_values[name]
        held = counts if allowed is None else counts.only(allowed)
        found = np.bincount(values.first.take(held.present), held.counts, len(names))
        if len(values.others):
            every = np.bincount(held.present, held.counts, held.size)
            found = found + np.bincount(values.others, every[values.profiles], len(names))
        return {names[n]: int(found[n]) for n in true_places(found != 0).tolist()}

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
        if len(ids) > 4 * limit:
            # Almost all are equal: a filter alone, or a word that stands once everywhere.
            order = np.lexsort((self._position[ids], -scores))[:limit]
            return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))
        found = list(zip(ids.tolist(), scores.tolist(), strict=True))
        if len({score for _, score in found}) == len(found):
            return sorted(found, key=lambda hit: -hit[1])[:limit]
        position = self.view.position
        return sorted(found, key=lambda hit: (-hit[1], position(hit[0])))[:limit]

    def first(self, hits: Any, limit: int, *, by_date: bool) -> list[tuple[int, float]]:
        """The first hits by position, or by date, newest first, and then by position."""
        key = self._position[hits.ids]
        if by_date:
            key = key + self._date_rank[hits.ids] * self.view.size
        chosen = np.argpartition(key, limit)[:limit] if len(key) > limit else np.arange(len(key))
        chosen = chosen[np.argsort(key[chosen])]
        scores = np.round(hits.scores[chosen], ranking.DECIMALS).tolist()
        return list(zip(hits.ids[chosen].tolist(), scores, strict=True))
