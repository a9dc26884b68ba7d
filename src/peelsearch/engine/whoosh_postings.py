"""Posting lists as the bytes that Whoosh's W3 codec keeps of them.

A posting list is cut into blocks of 128. A block has a head (how many postings, the last passage,
the highest weight, the compression, the shortest and the longest length) and data: a pickle of
passage numbers as deltas, weights, and values. Whoosh's own writer makes these pickles value by
value; here numpy puts the same opcodes in place for thousands of blocks at once. What they load to
is the same, and a stock Whoosh loads any protocol. They differ in three ways: values are pickled
as bytes (protocol 3) and not as calls that make bytes of text; a weight that comes again refers to
the first; blocks too short for compression to pay are left as they are, which the head says.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from peelsearch.engine.batches import Numbers
from peelsearch.engine.scatter import octets, put, sums
from peelsearch.engine.whoosh_blocks import Blocks, Lists, block_data, cut

# Shorter blocks gain less than the time of setting the compressor up is worth.
COMPRESSED_FROM = 200
_HEAD = np.dtype(
    [
        ("magic", "V4"),
        ("length", ">i4"),
        ("start", "V3"),
        ("J1", "V1"),
        ("count", "<i4"),
        ("J2", "V1"),
        ("last", "<i4"),
        ("G", "V1"),
        ("heaviest", ">f8"),
        ("K1", "V1"),
        ("level", "u1"),
        ("K2", "V1"),
        ("shortest", "u1"),
        ("K3", "V1"),
        ("longest", "u1"),
        ("end", "V2"),
    ]
)
_HEAD_CONSTANTS = {
    "magic": b"W3Bl",
    "start": b"\x80\x02(",
    "J1": b"J",
    "J2": b"J",
    "G": b"G",
    "K1": b"K",
    "K2": b"K",
    "K3": b"K",
    "end": b"t.",
}
# After the magic of a list's first block and the block's length.
_MAGIC, _LENGTH = 4, 4

# W3TermInfo.to_bytes with a pointer to the list.
TERM_INFO = np.dtype(
    [
        ("inlined", "u1"),
        ("weight", ">f4"),
        ("count", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("heaviest", ">f4"),
        ("first", ">u4"),
        ("last", ">u4"),
        ("offset", ">i8"),
        ("length", ">i4"),
    ]
)


def encode(lists: Lists, offset: int, level: int) -> tuple[Numbers, Numbers]:
    """The lists for the end of a posting file of so many bytes, and the terms' TERM_INFO.

    ``level`` is zlib's, 0 for none.
    """
    blocks = cut(lists.starts)
    head_sizes = np.full(len(blocks.begin), _HEAD.itemsize - _MAGIC)
    head_sizes[blocks.first] = _HEAD.itemsize
    data, ends = block_data(lists, blocks, head_sizes)
    begins = np.append(0, ends[:-1])
    sizes = ends - begins - head_sizes
    compressed = (sizes >= COMPRESSED_FROM) & (level > 0)
    chosen = np.flatnonzero(compressed)
    parts = [zlib.compress(data[ends[n] - sizes[n] : ends[n]], level) for n in chosen.tolist()]
    kept = sizes.copy()
    kept[chosen] = np.fromiter(map(len, parts), np.int64, len(parts))
    heads = _heads(lists, blocks, kept, level * compressed)
    heads = octets(heads, heads.dtype)
    put(data, begins[head_sizes < _HEAD.itemsize], heads[head_sizes < _HEAD.itemsize, _MAGIC:])
    put(data, begins[blocks.first], heads[blocks.first])
    ends = sums(kept + head_sizes)
    begin = offset + ends[blocks.first]
    end = offset + np.append(ends[blocks.first[1:]], ends[-1])
    return _replaced(data, (begins + head_sizes)[chosen], sizes[chosen], parts), _infos(
        lists, begin, end
    )


def _replaced(data: Numbers, begins: Numbers, sizes: Numbers, parts: list[bytes]) -> Numbers:
    """The data with parts of it replaced, which begin there and have these sizes."""
    if not parts:
        return data
    pieces: list[Any] = [b""] * (2 * len(parts) + 1)
    befores = [0, *(begins + sizes).tolist()]
    pieces[::2] = [data[a:b] for a, b in zip(befores, [*begins.tolist(), len(data)], strict=True)]
    pieces[1::2] = parts
    return np.frombuffer(b"".join(pieces), dtype=np.uint8)


def _heads(lists: Lists, blocks: Blocks, sizes: Numbers, levels: Numbers) -> Numbers:
    heads = np.empty(len(blocks.begin), dtype=_HEAD)
    for name, piece in _HEAD_CONSTANTS.items():
        heads[name] = np.void(piece)
    lengths = lists.lengths[lists.passages]
    length = sizes + (_HEAD.itemsize - _MAGIC - _LENGTH)
    # The last block of a list has its length negative.
    last = np.append(blocks.first[1:], len(length)) - 1
    length[last] *= -1
    heads["length"] = length
    heads["count"] = blocks.sizes
    heads["last"] = lists.passages[blocks.end - 1]
    heads["heaviest"] = np.maximum.reduceat(lists.counts, blocks.begin)
    heads["level"] = levels
    heads["shortest"] = np.minimum.reduceat(lengths, blocks.begin)
    heads["longest"] = np.maximum.reduceat(lengths, blocks.begin)
    return heads


def _infos(lists: Lists, begin: Numbers, end: Numbers) -> Numbers:
    starts = lists.starts[:-1]
    lengths = lists.lengths[lists.passages]
    infos = np.zeros(len(starts), dtype=TERM_INFO)
    infos["weight"] = np.add.reduceat(lists.counts, starts, dtype=np.float64)
    infos["count"] = np.diff(lists.starts)
    infos["shortest"] = np.minimum.reduceat(lengths, starts)
    infos["longest"] = np.maximum.reduceat(lengths, starts)
    infos["heaviest"] = np.maximum.reduceat(lists.counts, starts)
    infos["first"] = lists.passages[starts]
    infos["last"] = lists.passages[lists.starts[1:] - 1]
    infos["offset"] = begin
    infos["length"] = end - begin
    return infos
