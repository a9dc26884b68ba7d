"""The words of a commit, letter by letter, to find near words among them, in numpy.

The distance is optimal string alignment, worked out for many words in step, a letter of each at a
time, with one bit for each letter of the word that was asked for: H. Hyyrö, "A bit-vector algorithm
for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10 (2003).
Words and letters beyond ASCII are left to ``near``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, groupby, islice
from operator import itemgetter, ne
from string import ascii_lowercase
from typing import Any

import numpy as np

from peelsearch.engine import near
from peelsearch.engine.snapshot.view import View

_ASCII = 0x80
_BITS = np.uint64
_ONE = _BITS(1)
# Words with fewer letters than this are compared in half the memory.
_SHORT = 32
# So many prefixes are remembered, those with no more words than this.
_PREFIXES = 1_024
_FEW = 256


class Lexicon:
    """The words of all segments, letter by letter as they are asked for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._groups: dict[str, Group] = {}
        self._prefixed: dict[str, Sequence[str]] = {}

    def group(self, letter: str) -> Group:
        """The words that begin with a letter."""
        found = self._groups.get(letter)
        if found is None:
            found = self._groups[letter] = Group(self._words(letter))
        return found

    def prepare(self) -> None:
        """Make the groups of the usual letters."""
        for letter in ascii_lowercase:
            self.group(letter)

    def prefixed(self, prefix: str) -> Sequence[str]:
        """The words that begin so, in dictionary order; the last ones are remembered."""
        found = self._prefixed.get(prefix)
        if found is None:
            found = [word.decode("utf-8", "surrogatepass") for word in self._words(prefix)]
            if len(found) <= _FEW:
                if len(self._prefixed) >= _PREFIXES:
                    self._prefixed.clear()
                self._prefixed[prefix] = found
        return found

    def _words(self, prefix: str) -> list[bytes]:
        """The words that begin so and that a passage holds, deleted ones included."""
        found: list[bytes] = []
        for segment in self._view.segments:
            numbers = segment.words.prefixed(prefix.encode("utf-8", "surrogatepass"))
            starts = segment.block("words.starts").slice(numbers.start, numbers.stop + 1)
            held = map(ne, starts, islice(starts, 1, None))
            found += compress(segment.words.slice(numbers.start, numbers.stop), held)
        # Each segment's are in order, which makes the sorting quick.
        found.sort()
        return list(map(itemgetter(0), groupby(found)))


class Group:
    """Words in order, prepared to be compared."""

    def __init__(self, words: Sequence[bytes]) -> None:
        self.words = [word.decode("utf-8", "surrogatepass") for word in words]
        self._bytes = np.frombuffer(b"".join(words), dtype=np.uint8)
        self._ends = np.concatenate(([0], np.cumsum([len(word) for word in words], dtype=np.int64)))
        self._sizes = np.diff(self._ends).astype(np.int16)
        bits = np.left_shift(_ONE, self._bytes.astype(_BITS) & _BITS(63))
        # For each word a bit for each byte in it, modulo 64.
        self._letters = np.bitwise_or.reduceat(bits, self._ends[:-1]) if len(bits) else bits
        self._others = [n for n, word in enumerate(self.words) if not word.isascii()]

    def within(self, word: str, edits: int) -> Iterator[tuple[str, int]]:
        """(word, edits) of those within so many edits."""
        if not word.isascii():
            yield from near.within(word, self.words, edits)
            return
        yield from near.within(word, (self.words[number] for number in self._others), edits)
        chosen = self._candidates(word, edits)
        distances = self._distances(word, chosen)
        for place in np.flatnonzero(distances <= edits).tolist():
            yield self.words[chosen[place]], int(distances[place])

    def _candidates(self, word: str, edits: int) -> Any:
        """The words that lengths and letters do not rule out."""
        chosen = np.flatnonzero(np.abs(self._sizes - len(word)) <= edits)
        bits = 0
        for letter in word:
            bits |= 1 << (ord(letter) & 63)
        # One edit changes at most one letter into another: two differences in the sets.
        differing = np.bitwise_count(self._letters[chosen] ^ _BITS(bits))
        chosen = chosen[differing <= 2 * edits]
        return chosen[~np.isin(chosen, self._others)] if self._others else chosen

    def _distances(self, word: str, chosen: Any) -> Any:
        """The edits from the word to each of the chosen ones."""
        starts, sizes = self._ends[chosen], self._sizes[chosen]
        if not len(chosen):
            return sizes
        bits: Any = np.uint32 if len(word) < _SHORT else np.uint64
        one, top = bits(1), bits(len(word) - 1)
        # For each letter the places in the word where it stands.
        places = np.zeros(_ASCII, dtype=bits)
        for place, letter in enumerate(word):
            places[ord(letter)] |= one << bits(place)
        up = np.full(len(chosen), (1 << len(word)) - 1, dtype=bits)
        down = same = before = np.zeros(len(chosen), dtype=bits)
        distance = np.full(len(chosen), len(word), dtype=bits)
        # The distance from each word's beginnings, by their length.
        beginnings = np.empty((int(sizes.max()), len(chosen)), dtype=np.int8)
        for column in range(len(beginnings)):
            here = places.take(self._bytes.take(starts + column, mode="clip"))
            swapped = ((~same & here) << one) & before
            same = (((here & up) + up) ^ up) | here | down | swapped
            more, less = down | ~(same | up), same & up
            distance += (more >> top) & one
            distance -= (less >> top) & one
            more, less = (more << one) | one, less << one
            up, down = less | ~(same | more), more & same
            before = here
            beginnings[column] = distance
        return beginnings[sizes - 1, np.arange(len(chosen))]
