"""Whether the files of a commit are as they were written: the one place that says so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from peelsearch.engine import manifest
from peelsearch.engine.damage import damaged
from peelsearch.engine.folder import SNAPSHOT, SUMMARY
from peelsearch.engine.manifest import FileEntry, Manifest
from peelsearch.engine.snapshot.blocks import BlockFile
from peelsearch.errors import IndexProblem


def check_sizes(folder: Path, files: Iterable[FileEntry]) -> None:
    """Raise IndexDamagedError for a missing file or another size than was written."""
    for entry in files:
        fault = _size_fault(folder, entry)
        if fault:
            raise damaged(fault)


def _size_fault(folder: Path, entry: FileEntry) -> str:
    try:
        size = os.stat(f"{folder}/{entry.name}").st_size  # noqa: PTH116 - of thousands
    except FileNotFoundError:
        return f"{entry.name} is missing"
    if size != entry.size:
        return f"{entry.name} has {size} bytes, {entry.size} were written"
    return ""


def faults(folder: Path, commit: Manifest) -> dict[str, str]:
    """Read every file of a commit; by name those that are not as they were written, and how."""
    found = {entry.name: _fault(folder, entry) for entry in commit.files}
    return {name: fault for name, fault in found.items() if fault}


def _fault(folder: Path, entry: FileEntry) -> str:
    """What is wrong with a file, empty when it is as it was written."""
    try:
        fault = _size_fault(folder, entry)
        if not fault and _digest(folder / entry.name) != entry.digest:
            fault = f"{entry.name} is not what was written"
    except IndexProblem:
        return f"{entry.name} is not what was written"
    except OSError as error:
        return f"{entry.name} cannot be read ({error.strerror})"
    return fault


def describe(path: Path) -> FileEntry:
    """The entry of a file as it is now."""
    return FileEntry(path.name, path.stat().st_size, _digest(path))


def _digest(path: Path) -> str:
    """A file's digest as ``FileEntry`` has it. Raises IndexDamagedError for an unsound one."""
    if not is_derived(path.name):
        return file_digest(path)
    file = BlockFile(path)
    try:
        file.check_all()
        return f"{file.mark:08x}"
    finally:
        file.close()


def is_derived(name: str) -> bool:
    """Whether a file can be made anew from others of its commit: a snapshot or a summary."""
    return name.endswith((f".{SNAPSHOT}", f".{SUMMARY}"))


def read_checked(folder: Path, entry: FileEntry) -> bytes:
    """The bytes of a file, verified. Raises IndexDamagedError."""
    try:
        data = (folder / entry.name).read_bytes()
    except OSError as error:
        raise damaged(f"{entry.name} cannot be read ({error.strerror})") from error
    if manifest.digest(data) != entry.digest:
        raise damaged(f"{entry.name} is not what was written")
    return data


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
