"""Words that are spelled almost like another, among all words of a segment at once, in numpy.

The distance is optimal string alignment, worked out for many words in step, a letter of each at a
time, with one bit for each letter of the word that was asked for: H. Hyyrö, "A bit-vector algorithm
for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10 (2003).
Words and letters beyond ASCII are left to ``near``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from peelsearch.engine import near
from peelsearch.engine.snapshot.segment import Segment

_ASCII = 0x80
_BITS = np.uint64
_ONE = _BITS(1)


class Alike:
    """The words of one segment, prepared to be compared."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def _ends(self) -> Any:
        return np.asarray(self._segment.block("words.ends").slice()).astype(np.int64)

    @cached_property
    def _bytes(self) -> Any:
        return np.asarray(self._segment.block("words").slice())

    @cached_property
    def _letters(self) -> Any:
        """For each word a bit for each byte in it, modulo 64."""
        bits = np.left_shift(_ONE, self._bytes.astype(_BITS) & _BITS(63))
        return np.bitwise_or.reduceat(bits, self._ends[:-1]) if len(bits) else bits

    @cached_property
    def _others(self) -> Any:
        """The numbers of words with letters beyond ASCII."""
        places = np.flatnonzero(self._bytes >= _ASCII)
        return np.unique(np.searchsorted(self._ends, places, side="right") - 1)

    def within(self, word: str, edits: int) -> Iterator[tuple[str, int]]:
        """(word, edits) of those within so many edits that begin with the same letter."""
        numbers = self._segment.words.prefixed(word[0].encode("utf-8", "surrogatepass"))
        if not numbers:
            return
        if not word.isascii():
            yield from near.within(word, map(self._word, numbers), edits)
            return
        first, last = np.searchsorted(self._others, (numbers.start, numbers.stop))
        others = self._others[first:last].tolist()
        yield from near.within(word, map(self._word, others), edits)
        chosen = self._candidates(word, numbers, edits)
        distances = self._distances(word, chosen)
        for place in np.flatnonzero(distances <= edits).tolist():
            yield self._word(int(chosen[place])), int(distances[place])

    def _word(self, number: int) -> str:
        return self._segment.words[number].decode("utf-8", "surrogatepass")

    def _candidates(self, word: str, numbers: range, edits: int) -> Any:
        """The words that lengths and letters do not rule out."""
        ends = self._ends[numbers.start : numbers.stop + 1]
        chosen = np.flatnonzero(np.abs(np.diff(ends) - len(word)) <= edits) + numbers.start
        bits = 0
        for letter in word:
            bits |= 1 << (ord(letter) & 63)
        # One edit changes at most one letter into another: two differences in the sets.
        differing = np.bitwise_count(self._letters[chosen] ^ _BITS(bits))
        chosen = chosen[differing <= 2 * edits]
        return chosen[~np.isin(chosen, self._others)]

    def _distances(self, word: str, chosen: Any) -> Any:
        """The edits from the word to each of the chosen ones."""
        starts = self._ends[chosen]
        sizes = self._ends[chosen + 1] - starts
        found = np.full(len(chosen), len(word), dtype=np.int64)
        if not len(chosen):
            return found
        # For each letter the places in the word where it stands.
        places = np.zeros(_ASCII, dtype=_BITS)
        for place, letter in enumerate(word):
            places[ord(letter)] |= _ONE << _BITS(place)
        last = _ONE << _BITS(len(word) - 1)
        end = len(self._bytes) - 1
        up = np.full(len(chosen), (1 << len(word)) - 1, dtype=_BITS)
        down = same = before = np.zeros(len(chosen), dtype=_BITS)
        distance = found.copy()
        for column in range(int(sizes.max())):
            here = places[self._bytes[np.minimum(starts + column, end)]]
            swapped = ((~same & here) << _ONE) & before
            same = (((here & up) + up) ^ up) | here | down | swapped
            more, less = down | ~(same | up), same & up
            distance += ((more & last) != 0).astype(np.int64) - ((less & last) != 0)
            more, less = (more << _ONE) | _ONE, less << _ONE
            up, down = less | ~(same | more), more & same
            before = here
            done = sizes == column + 1
            found[done] = distance[done]
        return found
