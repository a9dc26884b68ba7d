"""What a build did, and what an index is like: data for the command line and the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from peelsearch.engine.manifest import IndexedDocument, Issue
from peelsearch.model import StructuredDocument, Stub
from peelsearch.vocabulary import Vocabulary


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
class News:
    """What the added documents state: judgments with a grade, asks (quoted ones too), letters."""

    judgments: int = 0
    asks: int = 0
    letters: int = 0

    def __add__(self, other: News) -> News:
        return News(
            self.judgments + other.judgments, self.asks + other.asks, self.letters + other.letters
        )


def news_of(structured: StructuredDocument, vocabulary: Vocabulary) -> News:
    """What one document states."""
    grades = (vocabulary.grade.get(judgment.grade) for judgment in structured.judgments)
    kinds = (vocabulary.kind.get(finding.kind) for finding in structured.findings)
    type_ = vocabulary.type.get(structured.description.type)
    return News(
        judgments=sum(grade is not None and not grade.state for grade in grades),
        asks=sum(kind is not None and kind.ask for kind in kinds),
        letters=int(type_ is not None and type_.quoting),
    )


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did. ``passages`` and ``documents`` count all that the index then holds."""

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
    news: News = News()


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
