"""The data of posting blocks: pickles of passage numbers as deltas, weights, and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from struct import pack
from typing import Protocol

import numpy as np

from peelsearch.engine.batches import Numbers
from peelsearch.engine.scatter import octets, place, put, runs, stamp, sums

# What Whoosh writes by default.
BLOCK = 128
# Higher weights do not fit the one-byte references to weights.
_REFERRED = 255

# The opcodes of pickle in use: K, M, J whole numbers of 1, 2 and 4 bytes; G a float; C, B bytes
# with a length of 1 and 4 bytes; ( t a tuple and \x87 one of the last three values; N None; q h
# keep a value under a number and take it again; 0 drops it from the stack.
_CODE_BYTES = {2: b"K", 3: b"M", 5: b"J"}
_DATA_START = b"\x80\x03"
_DATA_END = b"\x87."
_LIST_START = b"\x80\x02]q\x00"


@dataclass(frozen=True, slots=True)
class Lists:
    """The posting lists of some terms of a field, one after the other.

    ``starts`` says where each list starts among ``passages`` and ``counts``, and where the last
    ends. ``positions`` are those of all postings, one after the other. ``value_size`` is what
    Whoosh calls the format's fixed value size: None where values are positions, 4 where they are
    frequencies, 0 where there are none. ``lengths`` are the length bytes of all passages.
    """

    starts: Numbers
    passages: Numbers
    counts: Numbers
    positions: Numbers | None
    value_size: int | None
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where blocks begin and end among the postings; ``first`` is the first block of each list."""

    begin: Numbers
    end: Numbers
    first: Numbers

    @property
    def sizes(self) -> Numbers:
        return self.end - self.begin


def cut(starts: Numbers) -> Blocks:
    """The blocks of lists that start and end there."""
    counts = -(-np.diff(starts) // BLOCK)
    first = sums(counts)
    number = np.arange(first[-1]) - np.repeat(first[:-1], counts)
    begin = np.repeat(starts[:-1], counts) + BLOCK * number
    end = np.minimum(begin + BLOCK, np.repeat(starts[1:], counts))
    return Blocks(begin, end, first[:-1])


def block_data(lists: Lists, blocks: Blocks, room: Numbers) -> tuple[Numbers, Numbers]:
    """The uncompressed data of all blocks, one after the other, and where each ends.

    Before each block is ``room`` for so many bytes.
    """
    ids, id_widths = _codes(_deltas(lists.passages, blocks.begin))
    weights = _Weights(lists.counts, blocks)
    values = _VALUES[lists.value_size](lists, blocks)
    id_starts = sums(id_widths)
    id_sums = id_starts[blocks.end] - id_starts[blocks.begin]
    prefix = len(_DATA_START) + weights.kept
    ends = sums(room + prefix + id_sums + 2 + weights.widths + values.widths + len(_DATA_END))
    data = np.empty(int(ends[-1]), dtype=np.uint8)
    at = ends[:-1] + room
    stamp(data, at, _DATA_START)
    weights.keep(data, at + len(_DATA_START))
    at += prefix
    stamp(data, at, b"(")
    at += 1
    shifts = np.repeat(at - id_starts[blocks.begin], blocks.sizes)
    place(data, shifts + id_starts[:-1], ids, id_widths)
    at += id_sums
    stamp(data, at, b"t")
    at += 1
    weights.write(data, at)
    at += weights.widths
    values.write(data, at)
    stamp(data, at + values.widths, _DATA_END)
    return data, ends[1:]


def _deltas(numbers: Numbers, begin: Numbers) -> Numbers:
    """The differences of neighbours, and the numbers themselves where a run begins."""
    deltas = np.diff(numbers, prepend=0)
    deltas[begin] = numbers[begin]
    return deltas


def _codes(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Whole numbers as pickle has them: a row for each, and how much of the row it takes."""
    widths = np.where(numbers < 1 << 8, 2, np.where(numbers < 1 << 16, 3, 5))
    opcodes = np.zeros(6, dtype=np.uint8)
    for width, opcode in _CODE_BYTES.items():
        opcodes[width] = ord(opcode)
    rows = np.empty((len(numbers), 5), dtype=np.uint8)
    rows[:, 0] = opcodes[widths]
    rows[:, 1:] = octets(numbers, "<u4")
    return rows, widths


@cache
def _kept_weights(highest: int) -> bytes:
    """Opcodes that keep the weights up to the highest under their own numbers."""
    return b"".join(b"G%bq%c0" % (pack(">d", weight), weight) for weight in range(1, highest + 1))


class _Weights:
    """The weights of blocks: None where all are 1, one float where all are equal, else a tuple.

    A float takes nine bytes and a reference two: a block keeps the weights that it needs first.
    """

    def __init__(self, counts: Numbers, blocks: Blocks) -> None:
        self._counts = counts
        self._blocks = blocks
        self._highest = np.maximum.reduceat(counts, blocks.begin)
        equal = self._highest == np.minimum.reduceat(counts, blocks.begin)
        self._ones = equal & (self._highest == 1)
        self._equal = equal & ~self._ones
        self._referred = ~equal & (self._highest <= _REFERRED)
        self._written = ~equal & ~self._referred
        self.kept = np.where(self._referred, self._highest * len(_kept_weights(1)), 0)
        self.widths = np.select(
            [self._ones, self._equal, self._referred],
            [np.ones_like(equal, dtype=np.int64), np.full(len(equal), 9), 2 + 2 * blocks.sizes],
            2 + 9 * blocks.sizes,
        )

    def keep(self, data: Numbers, at: Numbers) -> None:
        for highest in np.unique(self._highest[self._referred]).tolist():
            chosen = self._referred & (self._highest == highest)
            stamp(data, at[chosen], _kept_weights(highest))

    def write(self, data: Numbers, at: Numbers) -> None:
        stamp(data, at[self._ones], b"N")
        self._write_floats(data, at[self._equal], self._highest[self._equal])
        mixed = self._referred | self._written
        stamp(data, at[mixed], b"(")
        stamp(data, (at + self.widths - 1)[mixed], b"t")
        chosen, places = self._postings(self._referred, at, 2)
        data[places] = ord("h")
        data[places + 1] = self._counts[chosen]
        chosen, places = self._postings(self._written, at, 9)
        self._write_floats(data, places, self._counts[chosen])

    def _postings(self, kind: Numbers, at: Numbers, width: int) -> tuple[Numbers, Numbers]:
        """The postings of blocks of a kind, and the places of their weights of one width."""
        sizes = self._blocks.sizes
        chosen = np.flatnonzero(np.repeat(kind, sizes))
        shifts = np.repeat((at + 1 - width * self._blocks.begin)[kind], sizes[kind])
        return chosen, shifts + width * chosen

    @staticmethod
    def _write_floats(data: Numbers, at: Numbers, numbers: Numbers) -> None:
        stamp(data, at, b"G")
        if len(at):
            runs(data, 8)[at + 1] = octets(numbers, ">f8").view("V8")[:, 0]


class _Values(Protocol):
    """The values of blocks: how many bytes each block's take, and writing them."""

    widths: Numbers

    def write(self, data: Numbers, at: Numbers) -> None: ...


class _NoValues:
    """Values of formats that only say that a word is there."""

    def __init__(self, _lists: Lists, blocks: Blocks) -> None:
        self.widths = np.ones(len(blocks.begin), dtype=np.int64)

    def write(self, data: Numbers, at: Numbers) -> None:
        stamp(data, at, b"N")


class _Frequencies:
    """Frequencies of four bytes, all in one string of bytes."""

    def __init__(self, lists: Lists, blocks: Blocks) -> None:
        self._counts = lists.counts
        self._blocks = blocks
        self.widths = 5 + 4 * blocks.sizes

    def write(self, data: Numbers, at: Numbers) -> None:
        stamp(data, at, b"B")
        runs(data, 4)[at + 1] = octets(4 * self._blocks.sizes, "<u4").view("V4")[:, 0]
        shifts = np.repeat(at + 5 - 4 * self._blocks.begin, self._blocks.sizes)
        places = shifts + 4 * np.arange(len(self._counts))
        runs(data, 4)[places] = octets(self._counts, ">u4").view("V4")[:, 0]


class _Positions:
    """Positions as ``Positions.encode`` has them: their number and a pickled list of deltas.

    Lists of up to 1,000 positions have the very bytes of that encoding; longer ones load to the
    same list.
    """

    def __init__(self, lists: Lists, blocks: Blocks) -> None:
        positions: Numbers = lists.positions
        self._counts = lists.counts
        self._blocks = blocks
        self._occurrences = occurrences = sums(lists.counts)
        self._codes, self._code_widths = _codes(_deltas(positions, occurrences[:-1]))
        self._code_starts = sums(self._code_widths)
        self._codes_from = self._code_starts[occurrences[:-1]]
        code_sums = self._code_starts[occurrences[1:]] - self._codes_from
        self._several = lists.counts > 1
        self._sizes = 4 + len(_LIST_START) + self._several + code_sums + 2
        self._long = self._sizes > 255
        self._code_sums = code_sums
        self._starts = sums(self._sizes + np.where(self._long, 5, 2))
        self.widths = 2 + self._starts[blocks.end] - self._starts[blocks.begin]

    def write(self, data: Numbers, at: Numbers) -> None:
        stamp(data, at, b"(")
        stamp(data, at + self.widths - 1, b"t")
        shifts = at + 1 - self._starts[self._blocks.begin]
        places = np.repeat(shifts, self._blocks.sizes) + self._starts[:-1]
        for width in _CODE_BYTES:
            self._write_single(data, places, width)
        several = self._several
        self._write_starts(data, places, several & ~self._long, b"C", "u1")
        self._write_starts(data, places, several & self._long, b"B", "<u4")
        places = places[several] + np.where(self._long[several], 5, 2) + 5 + len(_LIST_START)
        shifts = np.repeat(places - self._codes_from[several], self._counts[several])
        held = np.repeat(several, self._counts)
        codes, widths = self._codes[held], self._code_widths[held]
        place(data, shifts + self._code_starts[:-1][held], codes, widths)
        stamp(data, places + self._code_sums[several], b"e.")

    def _write_single(self, data: Numbers, at: Numbers, width: int) -> None:
        """All of the postings with one position, whose code has this width."""
        chosen = np.flatnonzero(~self._several & (self._code_sums == width))
        before = pack(">BBI", ord("C"), 11 + width, 1) + _LIST_START
        rows = np.empty((len(chosen), len(before) + width + 2), dtype=np.uint8)
        rows[:, : len(before)] = np.frombuffer(before, dtype=np.uint8)
        rows[:, len(before) : -2] = self._codes[self._occurrences[chosen], :width]
        rows[:, -2:] = np.frombuffer(b"a.", dtype=np.uint8)
        put(data, at[chosen], rows)

    def _write_starts(
        self, data: Numbers, at: Numbers, kind: Numbers, opcode: bytes, size_form: str
    ) -> None:
        """What stands before the deltas, of longer postings whose size has one form."""
        if not kind.any():
            return
        size = octets(self._sizes[kind], size_form)
        constants = np.frombuffer(opcode + _LIST_START + b"(", dtype=np.uint8)
        begin = 1 + size.shape[1]
        rows = np.empty((len(size), begin + 4 + len(_LIST_START) + 1), dtype=np.uint8)
        rows[:, 0] = constants[0]
        rows[:, 1:begin] = size
        rows[:, begin : begin + 4] = octets(self._counts[kind], ">u4")
        rows[:, begin + 4 :] = constants[1:]
        put(data, at[kind], rows)


_VALUES: Mapping[int | None, Callable[[Lists, Blocks], _Values]] = {
    None: _Positions,
    4: _Frequencies,
    0: _NoValues,
}
