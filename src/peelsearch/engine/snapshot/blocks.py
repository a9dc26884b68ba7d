"""Files of named blocks: written once, mapped into memory, checked before they are used.

A file is its blocks one after the other, then a table that names them, then a trailer of fixed
size. Every page of 4 KiB before the trailer has a CRC-32 in the table; a page is verified when
something in it is first used. Numbers are little-endian. Nothing in such a file is ever executed
or unpickled.
"""

from __future__ import annotations

import itertools
import mmap
import os
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, overload
from zlib import crc32

from peelsearch.engine import damage
from peelsearch.engine.damage import damaged, other_format

PAGE_BITS = 12
PAGE = 1 << PAGE_BITS
_ALIGNMENT = 64
_MAGIC = b"peelsnap"
# Table offset, table length, mark, version, magic. The mark is a checksum over version and table:
# as the table holds those of all pages, it also tells this file from any other.
_TRAILER = struct.Struct("<QIII8s")
# Offset, bytes, length of the name; then the name and one letter, the code of its items.
_ROW = struct.Struct("<QQH")
# Codes of items as struct and array know them, by size.
# Of sampled strings one in so many is kept in memory.
_SAMPLED = 32
# Taking the sample takes as long as looking for so many strings without it.
_MANY = 24
# Behind everything in UTF-8 that begins with a prefix.
_LAST = b"\xff"
_UNSIGNED = ((0xFF, "B"), (0xFFFF, "H"), (0xFFFFFFFF, "I"))


def unsigned(largest: int) -> str:
    """The code of the smallest unsigned items that can hold the number."""
    return next((code for limit, code in _UNSIGNED if largest <= limit), "Q")


class BlockWriter:
    """Writes a file of blocks. It is complete after ``finish``; until then it has no trailer."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._rows: list[tuple[str, str, int, int]] = []
        self._checks = array("I")
        self._page = bytearray()
        self._size = 0

    def add(self, name: str, data: Any, code: str = "B") -> None:
        """Add a block: any buffer of bytes that holds items of the code."""
        self._pad()
        view = memoryview(data).cast("B")
        self._rows.append((name, code, self._size, len(view)))
        self._write(view)

    def add_numbers(self, name: str, numbers: Iterable[int]) -> None:
        """Add whole numbers of no negative value, as small as they fit."""
        values = list(numbers)
        code = unsigned(max(values, default=0))
        self.add(name, array(code, values), code)

    def add_strings(self, name: str, strings: Iterable[bytes]) -> None:
        """Add byte strings, to be read as ``Strings``."""
        pieces = list(strings)
        self.add(name, b"".join(pieces))
        self.add_numbers(f"{name}.ends", itertools.accumulate(map(len, pieces), initial=0))

    def finish(self) -> None:
        """Complete the file and close it; it is not synced."""
        self._pad()
        self._close_page()
        table = bytearray(struct.pack("<I", len(self._rows)))
        for name, code, offset, size in self._rows:
            encoded = name.encode()
            table += _ROW.pack(offset, size, len(encoded)) + encoded + code.encode()
        table += self._checks.tobytes()
        self._file.write(table)
        mark = _mark(table, damage.FORMAT)
        self._file.write(_TRAILER.pack(self._size, len(table), mark, damage.FORMAT, _MAGIC))
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        with suppress(OSError):
            self._file.close()

    def _pad(self) -> None:
        self._write(memoryview(bytes(-self._size % _ALIGNMENT)))

    def _write(self, data: memoryview) -> None:
        self._file.write(data)
        self._size += len(data)
        position = 0
        while position < len(data):
            taken = data[position : position + PAGE - len(self._page)]
            if len(taken) == PAGE:
                self._checks.append(crc32(taken))
            else:
                self._page += taken
                if len(self._page) == PAGE:
                    self._close_page()
            position += len(taken)

    def _close_page(self) -> None:
        if self._page:
            self._checks.append(crc32(self._page))
            self._page.clear()


class Block:
    """One block of a mapped file. ``code`` is that of its items; ``len`` counts them.

    What is read of it is verified first, unless all of the file was.
    """

    __slots__ = ("_check", "_item", "_offset", "_view", "code")

    def __init__(
        self, view: memoryview, offset: int, code: str, check: Callable[[int, int], None] | None
    ) -> None:
        self.code = code
        kind: Any = code
        self._view: memoryview = view.cast(kind)
        self._offset = offset
        self._item = self._view.itemsize
        self._check = check

    def __len__(self) -> int:
        return len(self._view)

    @property
    def data(self) -> Any:
        """What gives items and slices by index, most quickly: the mapped memory if it is sound."""
        return self if self._check is not None else self._view

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> memoryview: ...

    def __getitem__(self, index: int | slice) -> int | memoryview:
        """One item, or a slice with a start and an end. Negative numbers are not for use here."""
        if isinstance(index, slice):
            return self.slice(index.start, index.stop)
        if self._check is not None:
            start = self._offset + index * self._item
            self._check(start, start + self._item)
        value: int = self._view[index]
        return value

    def slice(self, start: int = 0, end: int | None = None) -> memoryview:
        """The items from start to end, without copying them."""
        if self._check is not None:
            last = len(self._view) if end is None else end
            self._check(self._offset + start * self._item, self._offset + last * self._item)
        return self._view[start:end]


class Strings:
    """Byte strings, numbered from 0; ``find`` and ``prefixed`` need them sorted.

    With ``sampled``, and where a great many are looked for, every so many of them are kept in
    memory, which makes finding quicker.
    """

    __slots__ = ("_blob", "_ends", "_looked_for", "_sample")

    def __init__(self, blob: Block, ends: Block, *, sampled: bool = False) -> None:
        self._blob = blob
        self._ends = ends
        self._looked_for = 0
        self._sample: list[bytes] | None = self._sampled() if sampled else None

    def _sampled(self) -> list[bytes]:
        blob, ends = self.views()
        starts = ends[: len(self) : _SAMPLED].tolist()
        return [bytes(blob[a:b]) for a, b in zip(starts, ends[1::_SAMPLED].tolist(), strict=False)]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> bytes:
        return self._blob.slice(self._ends[index], self._ends[index + 1]).tobytes()

    def find(self, key: bytes) -> int:
        """The number of the string, -1 when it is not there."""
        at = self.lower_bound(key)
        return at if at < len(self) and self[at] == key else -1

    def lower_bound(self, key: bytes) -> int:
        """The number of the first string that is not less than the key."""
        self._looked_for += 1
        if self._sample is None and self._looked_for > _MANY:
            self._sample = self._sampled()
        if self._sample is not None:
            low = max(bisect_left(self._sample, key) - 1, 0) * _SAMPLED
            return low + bisect_left(self.slice(low, min(low + _SAMPLED, len(self))), key)
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < key:
                low = middle + 1
            else:
                high = middle
        return low

    def prefixed(self, prefix: bytes) -> range:
        """The numbers of the strings that start with the prefix, which are UTF-8."""
        return range(self.lower_bound(prefix), self.lower_bound(prefix + _LAST))

    def slice(self, start: int, end: int) -> list[bytes]:
        """Several strings, one after the other."""
        ends = self._ends.slice(start, end + 1).tolist() if end > start else []
        if not ends:
            return []
        first = ends[0]
        blob = self._blob.slice(first, ends[-1]).tobytes()
        return [blob[a - first : b - first] for a, b in itertools.pairwise(ends)]

    def views(self) -> tuple[memoryview, memoryview]:
        """The bytes of all strings, and where each of them starts and the last ends."""
        return self._blob.slice(), self._ends.slice()


class BlockFile:
    """A mapped file of blocks.

    Raises IndexDamagedError for what is not as it was written, FileNotFoundError when it is gone.
    ``size`` and ``mark`` are what was written, where that is known; the mark tells the file from
    another sound one. A file that is shorter than its trailer says is refused before anything
    else of it is read, for that would kill the process.
    """

    def __init__(self, path: Path, size: int | None = None, mark: int | None = None) -> None:
        self.name = path.name
        with path.open("rb") as file:
            found = os.fstat(file.fileno()).st_size
            if size is not None and found != size:
                raise damaged(f"{self.name} has {found} bytes, {size} were written")
            if found < _TRAILER.size:
                raise damaged(f"{self.name} has {found} bytes, more were written")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = memoryview(self._map)
        self.mark, self._blocks = self._read_table()
        if mark is not None and mark != self.mark:
            raise damaged(f"{self.name} is not what was written")
        self._sound = bytearray(len(self._checks))
        self._trusted = False

    def block(self, name: str) -> Block:
        """The block of this name."""
        try:
            offset, size, code = self._blocks[name]
        except KeyError as error:
            raise damaged(f"{self.name} has no block {name}") from error
        check = None if self._trusted else self.check
        return Block(self._view[offset : offset + size], offset, code, check)

    def strings(self, name: str) -> Strings:
        """The strings of this name."""
        return Strings(self.block(name), self.block(f"{name}.ends"))

    def check(self, start: int, end: int) -> None:
        """Verify the pages that hold these bytes, unless it was done."""
        if start >= end:
            return
        sound, first, last = self._sound, start >> PAGE_BITS, (end - 1) >> PAGE_BITS
        page = sound.find(0, first, last + 1)
        while page >= 0:
            self._verify(page)
            sound[page] = 1
            page = sound.find(0, page + 1, last + 1)

    def check_all(self) -> None:
        """Verify every page, also those that were verified before."""
        for page in range(len(self._checks)):
            self._verify(page)

    def trust(self) -> None:
        """Verify every page now, so that blocks need not when they are read."""
        self.check_all()
        self._trusted = True

    def _verify(self, page: int) -> None:
        at = page << PAGE_BITS
        if crc32(self._data[at : at + PAGE]) != self._checks[page]:
            raise damaged(f"{self.name} is not what was written")

    def close(self) -> None:
        """Unmap the file. Whoever still holds a slice of it keeps it mapped."""
        with suppress(BufferError):
            self._data.release()
            self._view.release()
            self._map.close()

    def _read_table(self) -> tuple[int, dict[str, tuple[int, int, str]]]:
        at = len(self._view) - _TRAILER.size
        offset, length, mark, version, magic = _TRAILER.unpack_from(self._view, at)
        table = self._view[offset : offset + length]
        if magic != _MAGIC or offset + length != at or _mark(table, version) != mark:
            raise damaged(f"{self.name} is not what was written")
        if version != damage.FORMAT:
            raise other_format(version)
        self._data = self._view[:offset]
        (count,) = struct.unpack_from("<I", table)
        position, blocks = 4, {}
        for _ in range(count):
            start, size, letters = _ROW.unpack_from(table, position)
            position += _ROW.size
            name = bytes(table[position : position + letters]).decode()
            position += letters + 1
            blocks[name] = (start, size, chr(table[position - 1]))
        self._checks = array("I", bytes(table[position:]))
        if sys.byteorder != "little":
            raise damaged(f"{self.name} can only be read on a little-endian machine")
        return mark, blocks


def _mark(table: bytes | bytearray | memoryview, version: int) -> int:
    return crc32(table, version)
