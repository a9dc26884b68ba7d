"""Writing files lastingly: whole under another name, synced, then put in their places."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from peelsearch.engine.folder import PART

# Files that are synced at once.
_SYNCED = 4


def write_part(folder: Path, name: str, data: bytes) -> None:
    """Write a file under another name; ``put_parts`` puts it in its place."""
    with (folder / (name + PART)).open("wb") as file:
        file.write(data)


def put_parts(folder: Path, parts: Iterable[str], others: Iterable[Path] = ()) -> None:
    """Put parts in their places, whole and lastingly once the folder is synced.

    The ``others``, which are in theirs, are synced with them.
    """
    parts = tuple(parts)
    sync_files([*(folder / (name + PART) for name in parts), *others])
    for name in parts:
        (folder / (name + PART)).replace(folder / name)


def sync_files(paths: Sequence[Path]) -> None:
    """Have the system put the bytes of files on the disk.

    Asked for several at once, it writes one journal for all of them.
    """
    if len(paths) == 1:
        sync_file(paths[0])
        return
    with ThreadPoolExecutor(_SYNCED) as pool:
        list(pool.map(sync_file, paths))


def sync_file(path: Path) -> None:
    """Have the system put a file's bytes on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


# Folders are synced by the same call.
sync_folder = sync_file
