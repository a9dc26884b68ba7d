"""What a corpus holds and lacks."""

from __future__ import annotations

from peelsearch.model.index import Document
from peelsearch.model.register import Entry
from peelsearch.model.statements import Stub
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """How many documents there are of a type for a force and round, each may be not-stated."""

    force: str
    round: str
    type: str
    documents: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus holds, and what is missing in it."""

    documents: int
    counts: tuple[CoverageCount, ...]
    without_force: tuple[Document, ...]
    without_date: tuple[Document, ...]
    without_round: tuple[Document, ...]
    without_theme: tuple[Entry, ...]
    unresolved: tuple[Entry, ...]
    unanswered: tuple[Document, ...]
    stubs: tuple[Stub, ...]
    failed: tuple[tuple[str, str], ...]
    fingerprint: str
