"""The pieces of text between white space, and the words in them, as arrays.

Pieces repeat, within a batch and from batch to batch. Each distinct one is analysed once; what
it holds is looked up by its number.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from peelsearch import analysis
from peelsearch.engine.batches import Numbers
from peelsearch.engine.scatter import sums

# What is remembered from one batch to the next, in pieces and in their letters: some 100 MB.
_PIECES = 300_000
_LETTERS = 8_000_000
_SPACES = np.array([chr(code).isspace() for code in range(0x3001)] + [False])


class Pieces:
    """Every distinct piece of text with its number, and every word. Made by ``borrowed``."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._word_numbers: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._headings: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._letters = 0
        # (word, start, end) of all pieces one after the other, and where those of a piece begin.
        self._rows = array("I")
        self._begins = array("I", [0])

    def read(self, texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Word numbers, starts and ends (in its text) of all words; how many each text has."""
        masked = [analysis.without_links(text) for text in texts]
        joined = "\n".join(masked)
        written = joined.split()
        self._learn(written)
        numbers = np.fromiter(map(self._numbers.__getitem__, written), np.int64, len(written))
        places = _piece_starts(joined)
        begins = np.array(self._begins, dtype=np.int64)
        counts = np.diff(begins)[numbers]
        ends = sums(counts)
        row = np.repeat(begins[numbers] - ends[:-1], counts) + np.arange(ends[-1])
        found = np.array(self._rows, dtype=np.uint32).reshape(-1, 3)[row]
        text_starts = sums(np.array([len(text) + 1 for text in masked], dtype=np.int64))
        per_text = np.diff(ends[np.searchsorted(places, text_starts)])
        offset = np.repeat(places, counts) - np.repeat(text_starts[:-1], per_text)
        starts = (found[:, 1] + offset).astype(np.uint32)
        return found[:, 0].copy(), starts, (found[:, 2] + offset).astype(np.uint32), per_text

    def read_headings(self, headings: Iterable[tuple[str, ...]]) -> tuple[Numbers, Numbers]:
        """Word numbers of all headings; how many words the headings of each passage have."""
        rows = [self._headings.get(few) or self._read_heading(few) for few in headings]
        counts = np.fromiter(map(len, rows), np.int64, len(rows))
        return np.array([word for row in rows for word in row], dtype=np.uint32), counts

    def _read_heading(self, headings: tuple[str, ...]) -> tuple[int, ...]:
        words = [word for heading in headings for word in analysis.words(heading)]
        self._headings[headings] = found = tuple(map(self._word, words))
        self._letters += sum(map(len, headings))
        return found

    def _learn(self, written: Iterable[str]) -> None:
        numbers, word_number, rows = self._numbers, self._word, self._rows
        for piece in dict.fromkeys(written):
            if piece not in numbers:
                numbers[piece] = len(numbers)
                self._letters += len(piece)
                for word, start, end in analysis.read_piece(piece):
                    rows.extend((word_number(word), start, end))
                self._begins.append(len(rows) // 3)

    def _word(self, word: str) -> int:
        number = self._word_numbers.get(word)
        if number is None:
            number = self._word_numbers[word] = len(self.words)
            self.words.append(word)
        return number

    @property
    def few(self) -> bool:
        """Whether there is room for more."""
        return len(self._numbers) + len(self._headings) < _PIECES and self._letters < _LETTERS


_kept: list[Pieces] = []


def borrowed() -> Pieces:
    """The pieces that this process remembers, for one user at a time; or none yet."""
    try:
        return _kept.pop()
    except IndexError:
        return Pieces()


def give_back(pieces: Pieces) -> None:
    """Remember the pieces for the next batch, unless they have become too many."""
    _kept[:] = [pieces] if pieces.few else []


def _piece_starts(text: str) -> Numbers:
    """Where the pieces between white space start."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    space = _SPACES[np.minimum(codes, 0x3001)]
    before = np.empty_like(space)
    before[:1] = True
    before[1:] = space[:-1]
    return np.flatnonzero(before & ~space)
