"""Removing from an index folder what no commit needs any more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from peelsearch.engine import locking
from peelsearch.engine.folder import (
    INDEX_NAME,
    PART,
    SCRATCH,
    SUMMARY,
    commit_name,
    complete,
    names,
    read_manifest,
)
from peelsearch.engine.manifest import Manifest
from peelsearch.errors import IndexProblem

# Complete commits that are kept: the newest, and one for readers that are just opening it.
_KEPT = 2
_OURS = (
    r"commit-\d+\.json",
    rf"commit-\d+\.{SUMMARY}",
    rf"_{INDEX_NAME}_\d+\.toc",
    rf"{INDEX_NAME}_[0-9a-z]+\.[A-Za-z0-9_.]+",
    r"document-[a-z0-9-]+-[0-9a-f]{8}\.json",
)


def sweep(folder: Path, *known: Manifest) -> None:
    """Remove what no commit needs: keep the newest, the one before it, and leased ones.

    The manifests that are ``known`` need not be read. Touches only names that Whoosh or this
    program gives. A file that cannot be removed stays.
    """
    try:
        found = names(folder)
    except OSError:
        return
    commits, whole = complete(found)
    ordered = sorted(whole, reverse=True)
    read = {commit.generation: _files(commit) for commit in known}
    if not ordered or not (read.get(ordered[0]) or _needed(folder, ordered[0])):
        # What the newest commit needs is not known, so nothing is known to be superfluous.
        return
    kept = set(ordered[:_KEPT])
    kept |= {generation for generation in commits - kept if not _remove_commit(folder, generation)}
    needed = set().union(*(read.get(number) or _needed(folder, number) for number in kept))
    for name in found - needed:
        if any(re.fullmatch(pattern, name.removesuffix(PART)) for pattern in _OURS):
            _remove(folder / name)
    clear_scratch(folder)


def clear_scratch(folder: Path) -> None:
    """Remove what this build, or one that was killed, has left of its work."""
    shutil.rmtree(folder / SCRATCH, ignore_errors=True)


def _needed(folder: Path, generation: int) -> set[str]:
    """The files of a commit; none when its manifest cannot be read, for then nobody can open it."""
    try:
        return _files(read_manifest(folder, generation))
    except (IndexProblem, OSError):
        return set()


def _files(commit: Manifest) -> set[str]:
    return {commit_name(commit.generation), *(entry.name for entry in commit.files)}


def _remove_commit(folder: Path, generation: int) -> bool:
    try:
        return locking.remove_unless_leased(folder / commit_name(generation))
    except OSError:
        return False


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
