"""Vectors in plain Python, for a command that is over before numpy would be loaded."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, pairwise, repeat

from peelsearch.engine import near, ranking
from peelsearch.engine.fields import WORDS
from peelsearch.engine.snapshot.layout import Record
from peelsearch.engine.snapshot.marks import Stretch, places
from peelsearch.engine.snapshot.phrases import PhraseNumbers, phrase_numbers
from peelsearch.engine.snapshot.vectors import BOOSTS
from peelsearch.engine.snapshot.view import View

# Of two sets of passages one this many times smaller is looked up in the other by bisection.
_MUCH_SMALLER = 8
# A term of a phrase with so many times more occurrences than starts are left is looked up at each.
_MANY_PLACES = 20
_LEAST = 5 * 10.0**-ranking.DECIMALS


class _Scored:
    """Passages with scores; those of a term are looked up by code when they are asked for."""

    def __init__(
        self,
        ids: Sequence[int],
        scores: Sequence[float] | None = None,
        codes: Sequence[int] = (),
        table: Sequence[float] = (),
    ) -> None:
        self.ids = ids
        self._scores = scores
        self._codes = codes
        self._table = table

    @property
    def scores(self) -> Sequence[float]:
        """The scores, in the order of the passages."""
        if self._scores is None:
            self._scores = list(map(self._table.__getitem__, self._codes))
        return self._scores

    def at(self, places: Sequence[int]) -> _Scored:
        """Some of the hits by their places."""
        ids = self.ids
        return _Scored([ids[place] for place in places], self.scores_at(places))

    def scores_at(self, places: Sequence[int]) -> list[float]:
        """The scores of some of the hits."""
        if self._scores is not None:
            scores = self._scores
            return [scores[place] for place in places]
        table, codes = self._table, self._codes
        return [table[codes[place]] for place in places]


_NOTHING = _Scored((), ())


class Lists:
    """The operations over one view."""

    def __init__(self, view: View) -> None:
        self.view = view

    # --- matching ---------------------------------------------------------------------------

    def term(self, field: str, text: str, weight: float = 1.0) -> _Scored:
        """The passages that hold a term, scored by BM25 times the weight."""
        found = self.view.term(field, text)
        if not found.frequency:
            return _NOTHING
        idf = self.view.idf(found.frequency)
        ids: list[int] = []
        codes: list[int] = []
        table: list[float] = []
        for index, number in found.places:
            passages, own = self.view.segments[index].postings(field, number)
            base, code_base = self.view.bases[index], len(table)
            ids += [base + n for n in passages.tolist()] if base else passages.tolist()
            codes += [code_base + n for n in own.tolist()] if code_base else own.tolist()
            table += [idf * norm * weight for norm in self.view.norms(index, field)]
        return _Scored(ids, None, codes, table)

    def phrase(self, field: str, texts: Sequence[str]) -> _Scored:
        """The passages that hold the terms side by side, scored by the sum of the terms."""
        if len(texts) < 2:
            return self.term(field, texts[0]) if texts else _NOTHING
        ids = [
            self.view.bases[phrase.segment] + number
            for phrase in phrase_numbers(self.view, field, texts)
            for number in self._phrase_in(phrase, field)
        ]
        if not ids:
            return _NOTHING
        terms = [self.term(field, text) for text in texts]
        rows = (t.scores_at([bisect_left(t.ids, number) for number in ids]) for t in terms)
        return _Scored(ids, [sum(row) for row in zip(*rows, strict=True)])

    def _phrase_in(self, phrase: PhraseNumbers, field: str) -> Iterable[int]:
        """The passages of one segment that hold a phrase."""
        segment, rarest = self.view.segments[phrase.segment], phrase.rarest
        starts = self._starts(phrase, rarest)
        for place, count in enumerate(phrase.counts):
            if place == rarest or not starts:
                continue
            if count < _MANY_PLACES * len(starts):
                starts &= self._starts(phrase, place)
            else:
                starts = set(self._followed(phrase, field, starts, place))
        size, found = len(phrase.numbers), dict[int, None]()
        for start in sorted(starts):
            passage = segment.passage_at(start)
            if start + size <= segment.tokens_of(segment.record(passage))[1]:
                found[passage] = None
        return found

    def _starts(self, phrase: PhraseNumbers, place: int) -> set[int]:
        """Where the phrase can start by the occurrences of one of its terms."""
        segment = self.view.segments[phrase.segment]
        occurrences = (segment.occurrences(word).tolist() for word in phrase.words[place])
        return {at - place for at in chain.from_iterable(occurrences) if at >= place}

    def _followed(
        self, phrase: PhraseNumbers, field: str, starts: Iterable[int], place: int
    ) -> Iterator[int]:
        """The starts that have the right term at a place."""
        segment, wanted = self.view.segments[phrase.segment], phrase.numbers[place]
        tokens, stem_of = segment.block("tokens"), segment.block("words.stem")
        for start in starts:
            at = start + place
            if at < len(tokens):
                held = tokens[at] if field == WORDS else stem_of[tokens[at]]
                if held == wanted:
                    yield start

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterable[list[int]]:
        """For each stretch the places of words by segment, and perhaps of others."""
        return places(self.view.segments, words, stretches)

    def prefixed(self, prefix: str) -> Sequence[str]:
        """The words with the prefix that passages hold, in dictionary order."""
        found: set[str] = set()
        for segment in self.view.segments:
            numbers = segment.words.prefixed(prefix.encode("utf-8", "surrogatepass"))
            starts = segment.block("words.starts").slice(numbers.start, numbers.stop + 1).tolist()
            words = segment.words.slice(numbers.start, numbers.stop)
            found.update(
                word.decode("utf-8", "surrogatepass")
                for word, (start, end) in zip(words, pairwise(starts), strict=False)
                if end > start
            )
        return sorted(found)

    def near(self, word: str, edits: int) -> Iterable[tuple[str, int]]:
        """(word, edits) of words within so many edits with the same first letter."""
        first = word[0].encode("utf-8", "surrogatepass")
        for segment in self.view.segments:
            numbers = segment.words.prefixed(first)
            words = segment.words.slice(numbers.start, numbers.stop)
            texts = (text.decode("utf-8", "surrogatepass") for text in words)
            yield from near.within(word, texts, edits)

    def everything(self) -> _Scored:
        """Every passage with score 0."""
        return _Scored(range(self.view.size), [0.0] * self.view.size)

    def every(self, parts: Sequence[_Scored]) -> _Scored:
        """The passages that are in all parts, scores added."""
        first, *others = sorted(parts, key=lambda part: len(part.ids))
        kept = first.at(range(len(first.ids))) if others else first
        for other in others:
            mine, theirs = _common(kept.ids, other.ids)
            left = kept.at(mine)
            added = other.scores_at(theirs)
            kept = _Scored(left.ids, [a + b for a, b in zip(left.scores, added, strict=True)])
        return kept

    def some(self, parts: Sequence[_Scored]) -> _Scored:
        """The passages that are in any part, scores added."""
        parts = [part for part in parts if part.ids]
        if len(parts) < 2:
            return parts[0] if parts else _NOTHING
        size = self.view.size
        sums = [0.0] * size
        for part in parts:
            for number, score in zip(part.ids, part.scores, strict=True):
                sums[number] += score
        if any(len(part.ids) == size for part in parts):
            return _Scored(range(size), sums)
        return _Scored(list(compress(range(size), sums)), [score for score in sums if score])

    def boosted(self, hits: _Scored, stems: Sequence[str]) -> _Scored:
        """The hits, with what the stems add to their scores where they stand in ``BOOSTS``."""
        extra = [self.term(field, stem, weight) for stem in stems for field, weight in BOOSTS]
        scores: list[float] | None = None
        for part in extra:
            if len(part.ids) < len(hits.ids):
                theirs, mine = _common(part.ids, hits.ids)
            else:
                mine, theirs = _common(hits.ids, part.ids)
            if not mine:
                continue
            scores = list(hits.scores) if scores is None else scores
            for place, score in zip(mine, part.scores_at(theirs), strict=True):
                scores[place] += score
        return hits if scores is None else _Scored(hits.ids, scores)

    # --- sets -------------------------------------------------------------------------------

    def without(self, hits: _Scored, ids: Iterable[int]) -> _Scored:
        """The hits that are not among these passages."""
        left_out = set(ids)
        if not left_out:
            return hits
        return hits.at([at for at, number in enumerate(hits.ids) if number not in left_out])

    def within(self, hits: _Scored, ids: Iterable[int]) -> _Scored:
        """The hits that are among these passages."""
        wanted = set(ids)
        return hits.at([at for at, number in enumerate(hits.ids) if number in wanted])

    def ranges(self, ranges: Sequence[range]) -> Sequence[int]:
        """Passages given as ascending ranges."""
        return list(chain.from_iterable(ranges))

    def having(self, facet: str, values: Sequence[str]) -> Sequence[int]:
        """The passages that have a value of a facet that is not counted."""
        found: list[int] = []
        for segment, base in zip(self.view.segments, self.view.bases, strict=False):
            names = segment.facet_values(facet)
            wanted = {number for number, value in enumerate(names) if value in values}
            of, ends = (part.tolist() for part in segment.facet_rows(facet))
            having = {
                row
                for row, (start, end) in enumerate(pairwise(ends))
                if not wanted.isdisjoint(of[start:end])
            }
            others = enumerate(segment.column(Record.OTHERS).tolist(), start=base)
            found += [number for number, row in others if row in having]
        return found

    # --- facets -----------------------------------------------------------------------------

    @cached_property
    def _profile_of(self) -> list[int]:
        """The profile of each passage."""
        found: list[int] = []
        for segment, base in zip(self.view.segments, self.view.profile_bases, strict=False):
            own = segment.block("passages.profile").slice().tolist()
            found += [base + number for number in own] if base else own
        return found

    def _rows(self, facet: str) -> Iterable[tuple[int, str]]:
        """A facet's rows: a profile, and a value that it has."""
        for segment, base in zip(self.view.segments, self.view.profile_bases, strict=False):
            names = segment.facet_values(facet)
            of, ends = (part.tolist() for part in segment.facet_rows(facet))
            profiles = chain.from_iterable(
                repeat(base + row, end - start) for row, (start, end) in enumerate(pairwise(ends))
            )
            yield from zip(profiles, map(names.__getitem__, of), strict=True)

    def profiles(self, hits: _Scored) -> Counter[int]:
        """How many of the hits have each profile."""
        return Counter(map(self._profile_of.__getitem__, hits.ids))

    def allowed(self, filters: Sequence[tuple[str, Sequence[str]]]) -> set[int] | None:
        """The profiles that have, for each facet, one of its values; None stands for all."""
        allowed = None
        for name, chosen in filters:
            having = {profile for profile, value in self._rows(name) if value in chosen}
            allowed = having if allowed is None else allowed & having
        return allowed

    def select(self, hits: _Scored, profiles: set[int] | None) -> _Scored:
        """The hits with one of these profiles, as ``allowed`` gives them."""
        if profiles is None:
            return hits
        of = self._profile_of
        return hits.at([at for at, number in enumerate(hits.ids) if of[number] in profiles])

    def facet(self, name: str, counts: Counter[int], allowed: set[int] | None) -> Mapping[str, int]:
        """How many passages have each value of a facet, of the profiles that are allowed."""
        found: Counter[str] = Counter()
        bases = self.view.profile_bases
        present = sorted(counts if allowed is None else counts.keys() & allowed)
        for segment, base, end in zip(self.view.segments, bases, bases[1:], strict=False):
            of, ends = segment.facet_rows(name)
            numbers: Counter[int] = Counter()
            for profile in present[bisect_left(present, base) : bisect_left(present, end)]:
                count, row = counts[profile], profile - base
                for value in of[ends[row] : ends[row + 1]]:
                    numbers[value] += count
            names = segment.facet_values(name)
            for number, count in numbers.items():
                found[names[number]] += count
        return dict(found)

    # --- order ------------------------------------------------------------------------------

    def total(self, hits: _Scored) -> int:
        """How many hits there are."""
        return len(hits.ids)

    def documents(self, hits: _Scored) -> int:
        """How many documents the hits are of."""
        found, after = 0, 0
        for index, base in enumerate(self.view.bases[:-1]):
            firsts = self.view.segments[index].block("documents.first").slice().tolist()
            document = -1
            last = bisect_left(hits.ids, self.view.bases[index + 1])
            while after < last:
                document = bisect_right(firsts, hits.ids[after] - base)
                found += 1
                after = bisect_left(hits.ids, base + firsts[document], after, last)
        return found

    def best(self, hits: _Scored, limit: int) -> list[tuple[int, float]]:
        """The first hits by score, rounded, and then by position."""
        if limit < 1 or not hits.ids:
            return []
        bound = heapq.nlargest(limit, hits.scores)[-1] - _LEAST
        chosen = [
            (number, round(score, ranking.DECIMALS))
            for number, score in zip(hits.ids, hits.scores, strict=True)
            if score >= bound
        ]
        position = self.view.position
        return heapq.nsmallest(limit, chosen, key=lambda hit: (-hit[1], position(hit[0])))

    def first(self, hits: _Scored, limit: int, *, by_date: bool) -> list[tuple[int, float]]:
        """The first hits by position, or by date, newest first, and then by position."""
        position = self.view.position
        rank = self._date_rank if by_date else (lambda _: 0)
        places = heapq.nsmallest(
            limit,
            range(len(hits.ids)),
            key=lambda at: (rank(hits.ids[at]), position(hits.ids[at])),
        )
        scores = (round(score, ranking.DECIMALS) for score in hits.scores_at(places))
        return list(zip((hits.ids[at] for at in places), scores, strict=True))

    def _date_rank(self, number: int) -> int:
        """The rank of a passage's date, newest first."""
        index, own = self.view.locate(number)
        return self._ranks[index][self.view.segments[index].record(own)[Record.DATE]]

    @cached_property
    def _ranks(self) -> list[list[int]]:
        return [self.view.date_ranks(index) for index in range(len(self.view.segments))]


def _common(few: Sequence[int], many: Sequence[int]) -> tuple[list[int], list[int]]:
    """The places in both of the passages that are in both."""
    if not few or not many:
        return [], []
    if len(few) * _MUCH_SMALLER < len(many):
        at = [bisect_left(many, number) for number in few]
        last = len(many)
        mine = [n for n, place in enumerate(at) if place < last and many[place] == few[n]]
        return mine, [at[n] for n in mine]
    place_of = dict(zip(many, range(len(many)), strict=True))
    found = [(n, place_of[number]) for n, number in enumerate(few) if number in place_of]
    return [n for n, _ in found], [place for _, place in found]
