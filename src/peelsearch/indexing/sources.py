"""The files below the remembered paths, and what their documents are called.

Nothing here depends on the order in which files came: the same files give the same list and the
same ids.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from peelsearch.documents import rank, sniff
from peelsearch.documents.limits import check_size

# Ids name files of the index, whose names the system limits.
MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A file below a remembered path. ``relative`` is its path from there, with slashes."""

    path: Path
    root: str
    relative: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A file or folder that the system does not let us look at."""

    path: Path
    reason: str


def outermost(roots: Iterable[str]) -> tuple[str, ...]:
    """The roots that lie in no other root, sorted."""
    chosen: list[str] = []
    for root in sorted(set(roots), key=lambda root: (len(Path(root).parts), root)):
        if not any(Path(root).is_relative_to(other) for other in chosen):
            chosen.append(root)
    return tuple(sorted(chosen))


def walk(root: str, *, apart: Path) -> Iterator[Found | Unreachable]:
    """The files of a root in order of their paths, without hidden ones and the folder ``apart``.

    Links are followed; a folder that was already gone through is not gone through again.
    """
    top = Path(root)
    if not _is_folder(top):
        yield _look(top, root, top.name)
        return
    yield from _walk(top, root, apart.resolve(), set())


def _walk(folder: Path, root: str, apart: Path, seen: set[Path]) -> Iterator[Found | Unreachable]:
    real = folder.resolve()
    if real in seen or real == apart:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unreachable(folder, _reason(error))
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if _is_folder(path):
            yield from _walk(path, root, apart, seen)
        else:
            yield _look(path, root, path.relative_to(root).as_posix())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # What cannot be looked at is told of when it is looked at as a file.
        return False


def _look(path: Path, root: str, relative: str) -> Found | Unreachable:
    try:
        found = path.stat()
    except OSError as error:
        return Unreachable(path, _reason(error))
    if not stat.S_ISREG(found.st_mode):
        return Unreachable(path, "it is not a regular file")
    return Found(path, root, relative, found.st_size, found.st_mtime_ns)


def _reason(error: OSError) -> str:
    return f"it cannot be read: {error.strerror}"


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file's bytes are: their digest, and the id of their format ("" if none is known)."""

    digest: str
    format: str


def identify(path: Path) -> Identity:
    """Look at a file's bytes. Raises ReadingError for one that is too large, and OSError."""
    check_size(path.stat().st_size)
    data = path.read_bytes()
    return Identity(hashlib.sha256(data).hexdigest(), sniff(data, path.name) or "")


def preference(found: Found, identity: Identity) -> tuple[int, str]:
    """Of several files with the same words the one with the least preference is kept."""
    return rank(identity.format), os.fspath(found.path)


def group(files: Mapping[Found, Identity]) -> tuple[tuple[Found, ...], ...]:
    """Identical files together, the preferred one in front; groups in order of their first."""
    groups: dict[str, list[Found]] = {}
    for found in sorted(files, key=lambda found: preference(found, files[found])):
        groups.setdefault(files[found].digest, []).append(found)
    return tuple(tuple(members) for members in groups.values())


def document_ids(files: Sequence[Found]) -> tuple[str, ...]:
    """An id for each file: its name, and a hash of its path from the remembered one.

    Where that gives two files one id, the hash of all of these is over the whole path.
    """
    short = [document_id(found.path.stem, found.relative) for found in files]
    counts = Counter(short)
    return tuple(
        identifier
        if counts[identifier] == 1
        else document_id(found.path.stem, os.fspath(found.path))
        for found, identifier in zip(files, short, strict=True)
    )


def document_id(stem: str, place: str) -> str:
    """The slug of a file name and eight hexadecimal digits of where the file is."""
    folded = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded)[:MAX_SLUG].strip("-") or "document"
    digits = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-{digits}"
