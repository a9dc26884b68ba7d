"""Vectors in plain Python, for a command that is over before numpy would be loaded."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, compress
from operator import sub
from typing import Any

from peelsearch.engine import near, ranking
from peelsearch.engine.snapshot.layout import Record
from peelsearch.engine.snapshot.list_facets import Facets, ProfileCounts, Profiles
from peelsearch.engine.snapshot.list_hits import Gated, Hits, Sets, TermHits
from peelsearch.engine.snapshot.list_phrases import phrase_passages
from peelsearch.engine.snapshot.marks import Stretch, places
from peelsearch.engine.snapshot.phrases import phrase_numbers
from peelsearch.engine.snapshot.vectors import BOOSTS, GroupedHits
from peelsearch.engine.snapshot.view import View
from peelsearch.model import Sort

# Of more hits the order of all documents is worked out first.
_MANY = 200
_LEAST = 5 * 10.0**-ranking.DECIMALS


class Lists:
    """The operations over one view. Numbers of passages are those of their segments."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._facets = Facets(view)
        self._nothing = Hits([frozenset()] * len(view.segments), ())

    # --- matching ---------------------------------------------------------------------------

    def term(self, field: str, text: str, weight: float = 1.0) -> TermHits:
        """The passages that hold a term, scored by BM25 times the weight."""
        return TermHits(self.view, field, text, weight)

    def phrase(self, field: str, texts: Sequence[str]) -> Hits:
        """The passages that hold the terms side by side, scored by the sum of the terms."""
        if len(texts) < 2:
            return self.term(field, texts[0]) if texts else self._nothing
        found: list[Set[int]] = list(self._nothing.ids)
        for phrase in phrase_numbers(self.view, field, texts):
            found[phrase.segment] = phrase_passages(self.view.segments[phrase.segment], phrase)
        return Hits(found, [self.term(field, text) for text in texts])

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterable[list[int]]:
        """For each stretch the places of words by segment, and perhaps of others."""
        return places(self.view.segments, words, stretches)

    def prefixed(self, prefix: str) -> Sequence[str]:
        """The words with the prefix that passages hold, in dictionary order."""
        found: dict[str, list[tuple[int, int]]] = {}
        held: set[str] = set()
        for index, segment in enumerate(self.view.segments):
            numbers = segment.words.prefixed(prefix.encode("utf-8", "surrogatepass"))
            starts = segment.block("words.starts").slice(numbers.start, numbers.stop + 1).tolist()
            texts = segment.words.slice(numbers.start, numbers.stop)
            words = [text.decode("utf-8", "surrogatepass") for text in texts]
            for number, word in zip(numbers, words, strict=True):
                found.setdefault(word, []).append((index, number))
            sizes = map(sub, starts[1:], starts)
            held.update(compress(words, sizes))
        self.view.learn(found)
        return sorted(held)

    def near(self, word: str, edits: int) -> Iterable[tuple[str, int]]:
        """(word, edits) of words within so many edits with the same first letter."""
        first = word[0].encode("utf-8", "surrogatepass")
        for segment in self.view.segments:
            numbers = segment.words.prefixed(first)
            words = segment.words.slice(numbers.start, numbers.stop)
            texts = (text.decode("utf-8", "surrogatepass") for text in words)
            yield from near.within(word, texts, edits)

    def everything(self) -> Hits:
        """Every passage with score 0."""
        return Hits([frozenset(range(segment.size)) for segment in self.view.segments], ())

    def every(self, parts: Sequence[Hits]) -> Hits:
        """The passages that are in all parts, scores added."""
        if len(parts) == 1:
            return parts[0]
        rows = (sorted(own, key=len) for own in zip(*(p.ids for p in parts), strict=True))
        found = [few.intersection(*others) for few, *others in rows]
        return Hits(found, [scorer for part in parts for scorer in part.parts])

    def some(self, parts: Sequence[Hits]) -> Hits:
        """The passages that are in any part, scores added."""
        if len(parts) < 2:
            return parts[0] if parts else self._nothing
        found = [frozenset().union(*own) for own in zip(*(p.ids for p in parts), strict=True)]
        return Hits(found, [p if isinstance(p, TermHits) else Gated(p) for p in parts])

    def times(self, hits: Hits, count: int) -> Hits:
        """The hits with so many times their scores."""
        if isinstance(hits, TermHits):
            return hits.times(count)
        return Hits(hits.ids, tuple(hits.parts) * count, tuple(hits.extra) * count)

    def boosted(self, hits: Hits, stems: Sequence[str]) -> Hits:
        """The hits, with what the stems add to their scores where they stand in ``BOOSTS``."""
        extra = [self.term(field, stem, weight) for stem in stems for field, weight in BOOSTS]
        return Hits(hits.ids, hits.parts, extra)

    # --- sets -------------------------------------------------------------------------------

    def without(self, hits: Hits, ids: Sets | tuple[int, ...]) -> Hits:
        """The hits that are not among these passages: sets, or the view's numbers of them."""
        sets = self._split(ids) if isinstance(ids, tuple) else ids
        return hits.among([own - out for own, out in zip(hits.ids, sets, strict=True)])

    def _split(self, ids: Iterable[Any]) -> Sets:
        found: list[set[int]] = [set() for _ in self.view.segments]
        for number in ids:
            index, own = self.view.locate(number)
            found[index].add(own)
        return found

    def within(self, hits: Hits, ids: Sets) -> Hits:
        """The hits that are among these passages."""
        return hits.among([own & others for own, others in zip(hits.ids, ids, strict=True)])

    def ranges(self, ranges: Sequence[range]) -> Sets:
        """Passages given as ascending ranges of the view's numbers."""
        found: list[set[int]] = [set() for _ in self.view.segments]
        for numbers in ranges:
            index, first = self.view.locate(numbers.start)
            found[index].update(range(first, first + len(numbers)))
        return found

    def having(self, facet: str, values: Sequence[str]) -> Sets:
        """The passages that have a value of a facet that is not counted."""
        found: list[Set[int]] = []
        for index, segment in enumerate(self.view.segments):
            rows = self._facets.table(index, facet).having(values)
            of = segment.column(Record.OTHERS).tolist()
            found.append(frozenset(compress(range(segment.size), map(rows.__contains__, of))))
        return found

    # --- facets -----------------------------------------------------------------------------

    def profiles(self, hits: Hits) -> ProfileCounts:
        """How many of the hits have each profile."""
        return self._facets.profiles(hits.ids)

    def allowed(self, filters: Sequence[tuple[str, Sequence[str]]]) -> Profiles | None:
        """The profiles that have, for each facet, one of its values; None stands for all."""
        rows = [self._facets.allowed(name, values) for name, values in filters]
        if not rows:
            return None
        return [few.intersection(*others) for few, *others in zip(*rows, strict=True)]

    def select(self, hits: Hits, profiles: Profiles | None) -> Hits:
        """The hits with one of these profiles, as ``allowed`` gives them."""
        return hits if profiles is None else hits.among(self._facets.having(hits.ids, profiles))

    def facet(
        self, name: str, counts: ProfileCounts, allowed: Profiles | None
    ) -> Mapping[str, int]:
        """How many passages have each value of a facet, of the profiles that are allowed."""
        return self._facets.counts(name, counts.among(allowed))

    # --- order ------------------------------------------------------------------------------

    def total(self, hits: Hits) -> int:
        """How many hits there are."""
        return sum(map(len, hits.ids))

    def documents(self, hits: Hits) -> int:
        """How many documents the hits are of."""
        found = 0
        for segment, own in zip(self.view.segments, hits.ids, strict=True):
            firsts, numbers, after = segment.first_passages, sorted(own), 0
            while after < len(numbers):
                end = firsts[bisect_right(firsts, numbers[after])]
                after = bisect_left(numbers, end, after)
                found += 1
        return found

    def best(self, hits: Hits, limit: int) -> list[tuple[int, float]]:
        """The first hits by score, rounded, and then by position."""
        if limit < 1:
            return []
        most, found = hits.most_added() + _LEAST, list[tuple[float, int]]()
        for index, own in enumerate(hits.ids):
            ids = sorted(own)
            scores = hits.scores(index, ids)
            # The best so far hold on to their places; what others add reaches only so far.
            best = heapq.nlargest(limit, chain(scores, (score for score, _ in found)))
            bound = best[-1] - most if len(best) == limit else 0.0
            close = [at for at, score in enumerate(scores) if score >= bound]
            ids = [ids[at] for at in close]
            scores = hits.added(index, ids, [scores[at] for at in close])
            base = self.view.bases[index]
            found += zip(scores, map(base.__add__, ids), strict=True)
            if len(found) > limit:
                bound = heapq.nlargest(limit, found)[-1][0] - _LEAST
                found = [hit for hit in found if hit[0] >= bound]
        return self._ordered(found, limit)

    def _ordered(self, found: Sequence[tuple[float, int]], limit: int) -> list[tuple[int, float]]:
        key = self.view.place if len(found) < _MANY else self.view.position
        rounded = ((number, round(score, ranking.DECIMALS)) for score, number in found)
        return heapq.nsmallest(limit, rounded, key=lambda hit: (-hit[1], key(hit[0])))

    def first(self, hits: Hits, limit: int, *, by_date: bool) -> list[tuple[int, float]]:
        """The first hits by position, or by date, newest first, and then by position."""
        position = self.view.position
        rank = self._date_rank if by_date else (lambda _: 0)
        bases = self.view.bases
        numbers = [base + n for base, own in zip(bases, hits.ids, strict=False) for n in own]
        found = heapq.nsmallest(limit, numbers, key=lambda n: (rank(n), position(n)))
        return [(number, self._score(hits, number)) for number in found]

    def grouped(
        self, tiers: Sequence[Hits], *, sort: Sort, offset: int, limit: int, each: int
    ) -> list[GroupedHits]:
        """Some of the documents that have hits, in the order of their first hit."""
        from peelsearch.engine.snapshot import list_groups  # noqa: PLC0415 - few ask for documents

        return list_groups.grouped(
            self.view,
            tiers,
            self._date_rank,
            sort=sort,
            offset=offset,
            limit=limit,
            each=each,
        )

    def _score(self, hits: Hits, number: int) -> float:
        index, own = self.view.locate(number)
        scores = hits.added(index, [own], hits.scores(index, [own]))
        return round(scores[0], ranking.DECIMALS)

    def _date_rank(self, number: int) -> int:
        """The rank of a passage's date, newest first."""
        index, own = self.view.locate(number)
        return self._ranks[index][self.view.segments[index].record(own)[Record.DATE]]

    @cached_property
    def _ranks(self) -> list[list[int]]:
        return [self.view.date_ranks(index) for index in range(len(self.view.segments))]
