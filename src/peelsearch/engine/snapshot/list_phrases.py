"""Phrases in plain Python: where the occurrences of their terms follow each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import chain

from peelsearch.engine.snapshot.phrases import PhraseNumbers
from peelsearch.engine.snapshot.segment import Segment

# With so many times fewer places left than a term has occurrences, each place is looked up.
_FEWER_PLACES = 32


def phrase_passages(segment: Segment, phrase: PhraseNumbers) -> frozenset[int]:
    """The passages of a segment that hold a phrase."""
    rarest = phrase.rarest
    held = (segment.occurrences(word).tolist() for word in phrase.words[rarest])
    starts = {at - rarest for at in chain.from_iterable(held) if at >= rarest}
    for place in sorted(range(len(phrase.counts)), key=phrase.counts.__getitem__):
        if starts and place != rarest:
            starts = _followed(segment, phrase, starts, place)
    return frozenset(_within_passages(segment, sorted(starts), len(phrase.numbers)))


def _followed(segment: Segment, phrase: PhraseNumbers, starts: set[int], place: int) -> set[int]:
    """The starts that have the right term at a place."""
    wanted = {start + place for start in starts}
    found: set[int] = set()
    for word in phrase.words[place]:
        occurrences = segment.occurrences(word)
        if len(wanted) * _FEWER_PLACES < len(occurrences):
            found.update(at for at in wanted if _holds(occurrences, at))
        else:
            found |= wanted.intersection(occurrences.tolist())
    return {at - place for at in found}


def _holds(occurrences: memoryview, at: int) -> bool:
    found = bisect_left(occurrences, at)
    return found < len(occurrences) and occurrences[found] == at


def _within_passages(segment: Segment, starts: Iterable[int], size: int) -> Iterable[int]:
    """The passages of the starts, without those that the phrase would leave."""
    firsts = segment.first_tokens
    for start in starts:
        number = bisect_right(firsts, start)
        if start + size <= firsts[number]:
            yield number - 1
