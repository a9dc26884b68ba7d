"""What a build did, and what an index is like: data for the command line and the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from peelsearch.engine.manifest import IndexedDocument, Issue
from peelsearch.indexing.news import News
from peelsearch.model import Stub


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: ``done`` of ``total`` documents to read, and the file in hand.

    After the last document ``path`` is empty: the index is being written.
    """

    done: int
    total: int
    path: str


Watch: TypeAlias = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file with the same words as another one, which is the one that is indexed."""

    path: str
    of: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did. ``passages`` and ``documents`` count all that the index then holds.

    ``news`` is what documents state that none stated before, ``gone`` what none states any more.
    """

    added: int
    updated: int
    removed: int
    unchanged: int
    skipped: tuple[Issue, ...]
    failed: tuple[Issue, ...]
    duplicates: tuple[Duplicate, ...]
    documents: int
    passages: int
    seconds: float
    generation: int
    warnings: tuple[str, ...]
    news: News
    gone: News


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds and whether it is up to date and sound.

    ``stale`` are files that are not as they were at the build; their reason is "new", "changed"
    or "gone". ``problems`` are damages, one sentence each; ``size`` counts bytes on the disk.
    ``vocabulary`` is what the index remembers of its vocabulary.
    """

    folder: str
    generation: int
    created: str
    roots: tuple[str, ...]
    documents: tuple[IndexedDocument, ...]
    stubs: tuple[Stub, ...]
    passages: int
    skipped: tuple[Issue, ...]
    failed: tuple[Issue, ...]
    stale: tuple[Issue, ...]
    warnings: tuple[str, ...]
    problems: tuple[str, ...]
    size: int
    vocabulary: str
