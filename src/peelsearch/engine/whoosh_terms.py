"""The table of a segment's terms: Whoosh's ordered hash file, filled thousands of keys at a time.

The file is what Whoosh's ``OrderedHashWriter`` makes but for two things. Keys are hashed with
CRC-32, which the head of the file says and every reader heeds: MD5, its default, takes six times
as long. And keys that want the same slot take the following ones in order of the slots they want,
not in order of coming; a search from the wanted slot on finds them as well.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np

from peelsearch.engine.batches import Numbers
from peelsearch.engine.scatter import octets, put, spread, sums
from peelsearch.engine.whoosh_parts import HashWriter, OrderedHashWriter

# As Whoosh's hash files name CRC-32.
_CRC = 1
_BUCKETS = 256
_POINTER = np.dtype([("hash", ">u4"), ("place", ">i8")])
# The items of the list of places, as Whoosh chooses them.
_SIZES = ((1 << 16, "H"), (1 << 31, "i"), (1 << 32, "I"))


class TermTable(OrderedHashWriter):  # type: ignore[misc]
    """Written in place of the table that a field writer of Whoosh has just begun."""

    def __init__(self, begun: Any) -> None:
        begun.dbfile.seek(begun.startoffset)
        super().__init__(begun.dbfile)
        self.dbfile.seek(self.startoffset)
        HashWriter.__init__(self, begun.dbfile, hashtype=_CRC)
        self.extras = begun.extras
        self._hashes = [np.zeros(0, dtype=np.uint32)]
        self._places = [np.zeros(0, dtype=np.int64)]

    def add_many(self, prefix: bytes, keys: Sequence[bytes], values: Numbers) -> None:
        """Add one key or more, each with its value; they must follow those before.

        ``keys`` are without the prefix that they have in common; a value is a row of bytes.
        """
        begin = crc32(prefix)
        self._hashes.append(np.array([crc32(key, begin) for key in keys], dtype=np.uint32))
        sizes = np.fromiter(map(len, keys), np.int64, len(keys))
        lengths = np.stack([sizes + len(prefix), np.full(len(keys), values.shape[1])], axis=1)
        constant = np.tile(np.frombuffer(prefix, np.uint8), (len(keys), 1))
        head = np.concatenate([octets(lengths, ">i4"), constant], axis=1)
        starts = sums(head.shape[1] + sizes + values.shape[1])
        data = np.empty(int(starts[-1]), dtype=np.uint8)
        put(data, starts[:-1], head)
        spread(data, starts[:-1] + head.shape[1], b"".join(keys), sizes)
        put(data, starts[1:] - values.shape[1], values)
        self._places.append(self.dbfile.tell() + starts[:-1])
        self.dbfile.write(data.data)

    def _write_hashes(self) -> None:
        hashes, places = np.concatenate(self._hashes), np.concatenate(self._places)
        self._keep(places)
        buckets = hashes % _BUCKETS
        counts = np.bincount(buckets, minlength=_BUCKETS)
        bases = sums(2 * counts)
        slots = bases[buckets] + _slots(hashes // _BUCKETS, buckets, counts)
        table = np.zeros(bases[-1], dtype=_POINTER)
        table["hash"][slots] = hashes
        table["place"][slots] = places
        begin = self.dbfile.tell() + _POINTER.itemsize * bases[:-1]
        self.directory = list(zip(begin.tolist(), (2 * counts).tolist(), strict=True))
        self.dbfile.write(table.tobytes())

    def _keep(self, places: Numbers) -> None:
        """The places of all keys in order, by which they are searched."""
        largest = int(places.max(initial=0))
        code = next((code for limit, code in _SIZES if largest < limit), "q")
        self.index.array = array(code, places.astype(code).tobytes())


def _slots(wanted: Numbers, buckets: Numbers, counts: Numbers) -> Numbers:
    """A slot in its bucket for each key, the first that is free from the wanted one on.

    A bucket has twice as many slots as keys, and goes round.
    """
    sizes = 2 * counts[buckets]
    # With half as much room behind each bucket, none reaches into the next.
    bases = sums(3 * counts)[buckets]
    wanted = bases + wanted % sizes
    order = np.argsort(wanted, kind="stable")
    ranks = np.arange(len(order))
    slots = np.empty_like(wanted)
    slots[order] = np.maximum.accumulate(wanted[order] - ranks) + ranks
    slots -= bases
    for key in np.flatnonzero(slots >= sizes).tolist():
        taken = np.sort(slots[buckets == buckets[key]])
        slots[key] = np.flatnonzero(taken != np.arange(len(taken)))[0]
    return slots
