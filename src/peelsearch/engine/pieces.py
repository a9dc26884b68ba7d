"""The pieces of text between white space, and the words in them, as arrays.

Pieces repeat, within a batch and from batch to batch. Each distinct one is analysed once; what
it holds is looked up by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from peelsearch import analysis
from peelsearch.engine.batches import Numbers
from peelsearch.engine.scatter import sums

# What is remembered from one batch to the next, in pieces and in their letters: some 100 MB.
_PIECES = 300_000
_LETTERS = 8_000_000
_SPACES = np.array([chr(code).isspace() for code in range(0x3001)] + [False])
# The space; all others have lower codes, or this one and higher ones.
_SPACE, _LATER = 0x20, 0x85


class Pieces(dict[str, int]):
    """Every distinct piece of text with its number, and every word. Made by ``borrowed``."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._word_numbers: dict[str, int] = {}
        self._letters = 0
        # (word, start, end) of all pieces one after the other, and how many a piece has.
        self._rows = np.zeros((0, 3), dtype=np.uint32)
        self._counts = np.zeros(0, dtype=np.int64)
        self._new_rows: list[int] = []
        self._new_counts: list[int] = []

    def read(self, texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Word numbers, starts and ends (in its text) of all words; how many each text has."""
        masked = [analysis.without_links(text) for text in texts]
        joined = "\n".join(masked)
        written = joined.split()
        numbers = np.fromiter(map(self.__getitem__, written), np.int64, len(written))
        self._take_new()
        places = _piece_starts(joined)
        counts = self._counts[numbers]
        ends = sums(counts)
        first_rows = (np.cumsum(self._counts) - self._counts)[numbers]
        found = self._rows[np.repeat(first_rows - ends[:-1], counts) + np.arange(ends[-1])]
        text_starts = sums(np.array([len(text) + 1 for text in masked], dtype=np.int64))
        per_text = np.diff(ends[np.searchsorted(places, text_starts)])
        offset = np.repeat(places, counts) - np.repeat(text_starts[:-1], per_text)
        starts = (found[:, 1] + offset).astype(np.uint32)
        return found[:, 0].copy(), starts, (found[:, 2] + offset).astype(np.uint32), per_text

    def read_headings(self, headings: Iterable[tuple[str, ...]]) -> tuple[Numbers, Numbers]:
        """Word numbers of all headings; how many words the headings of each passage have."""
        rows = list(headings)
        ids, _, _, counts = self.read([heading for row in rows for heading in row])
        ends = sums(np.fromiter(map(len, rows), np.int64, len(rows)))
        return ids, np.diff(sums(counts)[ends])

    def __missing__(self, piece: str) -> int:
        found = analysis.read_piece(piece)
        for word, start, end in found:
            number = self._word_numbers.get(word)
            if number is None:
                number = self._word_numbers[word] = len(self.words)
                self.words.append(word)
            self._new_rows += (number, start, end)
        self._new_counts.append(len(found))
        self._letters += len(piece)
        self[piece] = number = len(self)
        return number

    def _take_new(self) -> None:
        """Put what was learnt into the arrays."""
        if self._new_counts:
            rows = np.array(self._new_rows, dtype=np.uint32).reshape(-1, 3)
            self._rows = np.concatenate([self._rows, rows])
            self._counts = np.concatenate([self._counts, np.array(self._new_counts)])
            self._new_rows, self._new_counts = [], []

    @property
    def few(self) -> bool:
        """Whether there is room for more."""
        return len(self) < _PIECES and self._letters < _LETTERS


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
    space = codes <= _SPACE
    unusual = np.flatnonzero((space & (codes != _SPACE)) | (codes >= _LATER))
    space[unusual] = _SPACES[np.minimum(codes[unusual], len(_SPACES) - 1)]
    before = np.empty_like(space)
    before[:1] = True
    before[1:] = space[:-1]
    return np.flatnonzero(before & ~space)
