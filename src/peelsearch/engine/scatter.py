"""Byte strings of different widths put in one buffer without a Python step for each.

numpy copies whole items, and an item may be any run of bytes: a view of a buffer as overlapping
runs of one width is read and written by index, at some 10 ns an item.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from peelsearch.engine.batches import Numbers


def runs(buffer: Numbers, width: int) -> Any:
    """Every run of ``width`` bytes of the buffer as an item, by where it starts."""
    count = len(buffer) - width + 1
    return np.ndarray((max(count, 0),), dtype=f"V{width}", buffer=buffer, strides=(1,))


def stamp(buffer: Numbers, at: Numbers, piece: bytes) -> None:
    """Put the same bytes at every place."""
    if len(at):
        runs(buffer, len(piece))[at] = np.void(piece)


def put(buffer: Numbers, at: Numbers, rows: Numbers) -> None:
    """Put every row of bytes in its place, all of it."""
    width = rows.shape[1]
    if len(at) and width:
        runs(buffer, width)[at] = np.ascontiguousarray(rows).view(f"V{width}")[:, 0]


def place(buffer: Numbers, at: Numbers, rows: Numbers, widths: Numbers) -> None:
    """Put the first ``widths[i]`` bytes of row i at ``at[i]``. The widths should be few."""
    flat = rows.reshape(-1)
    for width in np.flatnonzero(np.bincount(widths)).tolist():
        chosen = np.flatnonzero(widths == width)
        if width:
            runs(buffer, width)[at[chosen]] = runs(flat, width)[chosen * rows.shape[1]]


def spread(buffer: Numbers, at: Numbers, pieces: bytes, widths: Numbers) -> None:
    """Put short pieces, which stand one after the other, in their places; of many widths."""
    ends = sums(widths)
    places = np.repeat(at - ends[:-1], widths)
    places += np.arange(ends[-1])
    buffer[places] = np.frombuffer(pieces, dtype=np.uint8)


def encoded(texts: Sequence[str]) -> list[bytes]:
    """The texts in UTF-8; many short ones are encoded as one."""
    found = "\n".join(texts).encode().split(b"\n")
    return found if len(found) == len(texts) else [text.encode() for text in texts]


def sums(widths: Numbers) -> Numbers:
    """Where each of the pieces starts when they stand one after the other, and where all end."""
    total = np.zeros(len(widths) + 1, dtype=np.int64)
    np.cumsum(widths, out=total[1:])
    return total


def octets(numbers: Numbers, form: str) -> Numbers:
    """The numbers in a numpy byte form such as ``<u4``, a row of bytes for each."""
    return numbers.astype(form).view(np.uint8).reshape(len(numbers), -1)
