"""The files of an index folder: their names, and which of them are the newest commit.

The commit point is the renaming of Whoosh's table of contents (TOC). Before it, everything that
the commit names has been written and synced, the manifest last. A reader takes the highest
generation that has both files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from peelsearch.engine import locking, manifest
from peelsearch.engine.damage import damaged, unreadable
from peelsearch.engine.manifest import Contents, Manifest
from peelsearch.errors import (
    IndexMissingError,
    NotAnIndexError,
)

# Whoosh's own default, so that a stock Whoosh finds the index without being told its name.
INDEX_NAME = "MAIN"
# Where Whoosh collects postings, and where a TOC waits for its renaming.
SCRATCH = f"{INDEX_NAME}.tmp"
PART = ".part"
# The endings of the files that searching reads.
SNAPSHOT = "snapshot"
SUMMARY = "summary"

# What stands before and after the number of a generation.
_COMMIT = ("commit-", ".json")
_TOC = (f"_{INDEX_NAME}_", ".toc")
# What may lie in a folder that is to become an index.
_HARMLESS = r"(?i:readme(\..*)?|\..*)"


def commit_name(generation: int) -> str:
    """The name of a generation's manifest."""
    return f"commit-{generation}.json"


def summary_name(generation: int) -> str:
    """The name of a generation's summary."""
    return f"commit-{generation}.{SUMMARY}"


def toc_name(generation: int) -> str:
    """The name of a generation's table of contents."""
    return f"_{INDEX_NAME}_{generation}.toc"


def record_name(document: str, digest: str) -> str:
    """The name of a document's record with these bytes."""
    return f"document-{document}-{digest[:8]}.json"


def names(folder: Path) -> frozenset[str]:
    """The names in the folder; none when there is no such folder."""
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - twice as fast
    except FileNotFoundError:
        return frozenset()
    except NotADirectoryError as error:
        raise _foreign(folder) from error


def check_ours(folder: Path, found: Iterable[str]) -> None:
    """Refuse a folder that holds things, but not a peelsearch index."""
    found = set(found)
    if locking.LOCK in found or _generations(_COMMIT, found):
        return
    if any(not re.fullmatch(_HARMLESS, name) for name in found):
        raise _foreign(folder)


def _foreign(folder: Path) -> NotAnIndexError:
    return NotAnIndexError(
        f"{folder} is no peelsearch index, and it is not empty.",
        hint="Name another folder with --index, or empty this one.",
    )


def latest(folder: Path) -> int:
    """The generation to read. Raises IndexMissingError, IndexDamagedError or NotAnIndexError."""
    missed = 0
    while True:
        noted = locking.committed(folder)
        found = names(folder)
        check_ours(folder, found)
        tocs = _generations(_TOC, found)
        newest = max(tocs & _generations(_COMMIT, found), default=0)
        # The manifest is written before the TOC, so a TOC that is alone has lost its manifest; and
        # the lock file remembers commits that have lost both.
        known = max(tocs | {noted})
        if known <= newest:
            break
        if known == missed:
            raise damaged(f"the files of its newest commit are gone from {folder}")
        # Or it came while the folder was listed: the next look finds it whole.
        missed = known
    if not newest:
        raise IndexMissingError(
            f"There is no index in {folder} yet.",
            hint="Make one from a folder of documents: peelsearch index PATH",
        )
    return newest


def has_commit(folder: Path) -> bool:
    """Whether something was committed to the folder, readable or not."""
    found = names(folder)
    return bool(_generations(_TOC, found)) or locking.committed(folder) > 0


def next_generation(folder: Path) -> int:
    """A number that no commit of the folder has had, complete or not."""
    found = names(folder)
    known = _generations(_COMMIT, found) | _generations(_TOC, found)
    return max(known | {locking.committed(folder)}) + 1


def complete(found: Iterable[str]) -> tuple[set[int], set[int]]:
    """Of the names in a folder the generations with a manifest, and those that are whole."""
    commits = _generations(_COMMIT, found)
    return commits, commits & _generations(_TOC, found)


def _generations(ends: tuple[str, str], found: Iterable[str]) -> set[int]:
    before, after = ends
    numbers = (
        name.removeprefix(before).removesuffix(after)
        for name in found
        if name.startswith(before) and name.endswith(after)
    )
    return {int(number) for number in numbers if number.isdecimal()}


def read_manifest(
    folder: Path, generation: int, parse: Callable[..., Manifest] = manifest.from_bytes
) -> Manifest:
    """A generation's manifest. Raises FileNotFoundError when it is gone."""
    name = commit_name(generation)
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(folder, error) from error
    found = parse(data, name=name)
    if found.generation != generation:
        raise damaged(f"{name} is the manifest of another commit")
    return found


@contextmanager
def newest(folder: Path) -> Iterator[Manifest]:
    """The newest commit's manifest, with its files kept from being swept meanwhile.

    Raises what ``latest`` raises, or IndexUnreadableError.
    """
    try:
        generation, lease = _leased(folder)
    except OSError as error:
        raise unreadable(folder, error) from error
    try:
        yield read_manifest(folder, generation)
    finally:
        lease.release()


def _leased(folder: Path) -> tuple[int, locking.Lease]:
    tried = 0
    while True:
        generation = latest(folder)
        try:
            return generation, locking.Lease(folder / commit_name(generation))
        except FileNotFoundError as error:
            # Builds may have swept it since the folder was listed; then there is a newer one.
            if generation == tried:
                raise damaged(f"{commit_name(generation)} is missing") from error
            tried = generation


def salvage(folder: Path) -> Contents:
    """The remembered paths of a damaged index, or one of another format, if they can be read."""
    for generation in sorted(_generations(_COMMIT, names(folder)), reverse=True):
        try:
            found = manifest.salvage((folder / commit_name(generation)).read_bytes())
        except OSError:
            continue
        if found.roots:
            return found
    return Contents()
