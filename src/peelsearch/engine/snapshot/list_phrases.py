"""Phrases in plain Python: where the occurrences of their terms follow each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, compress, islice, repeat
from operator import eq, le

from peelsearch.engine.snapshot.phrases import PhraseNumbers
from peelsearch.engine.snapshot.segment import Segment

# With so many times fewer places left than a term has occurrences, each place is looked up.
_FEWER_PLACES = 32
# Of so many times fewer starts than passages, each one's is looked up where the file has them.
_FEWER_STARTS = 8


def phrase_passages(segment: Segment, phrase: PhraseNumbers) -> frozenset[int]:
    """The passages of a segment that hold a phrase."""
    first = phrase.rarest
    starts = _occurrences(segment, phrase.words[first])
    if first:
        starts = [at - first for at in starts if at >= first]
    for place in sorted(range(len(phrase.counts)), key=phrase.counts.__getitem__):
        if place != first and starts:
            there = [start + place for start in starts] if place else starts
            found = _common(segment, phrase.words[place], there)
            starts = [at - place for at in found] if place else found
    return frozenset(_within_passages(segment, starts, len(phrase.numbers)))


def _occurrences(segment: Segment, words: Sequence[int]) -> list[int]:
    """The places of several words, ascending."""
    rows = [segment.occurrences(word).tolist() for word in words]
    return rows[0] if len(rows) == 1 else sorted(chain.from_iterable(rows))


def _common(segment: Segment, words: Sequence[int], places: list[int]) -> list[int]:
    """Those of ascending places where one of the words stands."""
    rows = [segment.occurrences(word) for word in words]
    if len(places) * _FEWER_PLACES < sum(map(len, rows)):
        return [at for at in places if any(_holds(row, at) for row in rows)]
    # Ascending runs are merged by sorting, sooner than a set of one could be made.
    both = sorted(chain(places, *(row.tolist() for row in rows)))
    return list(compress(both, map(eq, both, islice(both, 1, None))))


def _holds(occurrences: memoryview, at: int) -> bool:
    found = bisect_left(occurrences, at)
    return found < len(occurrences) and occurrences[found] == at


def _within_passages(segment: Segment, starts: Sequence[int], size: int) -> Iterable[int]:
    """The passages of the starts, without those that the phrase would leave."""
    firsts: Sequence[int] = segment.first_tokens
    if len(starts) * _FEWER_STARTS > len(firsts):
        firsts = segment.first_tokens.tolist()
    after = list(map(bisect_right, repeat(firsts), starts))
    ends = map(firsts.__getitem__, after)
    inside = map(le, map(size.__add__, starts), ends)
    return map((-1).__add__, compress(after, inside))
