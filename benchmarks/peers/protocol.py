"""What an engine is to the benchmarks: it builds an index of passages, and answers queries.

An answer is the same for all: the exact total, counts for three facets over all matches, the ten
best passages, and a snippet with marks for each of these. What is timed begins with the query as
data and ends with the complete answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.corpus import Made
from benchmarks.queries import BenchQuery
from peelsearch.analysis import stems, terms
from peelsearch.model import Passage

COUNTED = ("force", "theme", "grade")
TOP = 10
# About what peelsearch shows.
SNIPPET_CHARACTERS = 320


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine makes of a query; ``hits`` are ids, best first, with their ``snippets``."""

    total: int
    facets: Mapping[str, Mapping[str, int]]
    hits: tuple[str, ...]
    snippets: tuple[str, ...]


class Searcher(Protocol):
    """An open index."""

    def answer(self, query: BenchQuery) -> Answer:
        """The complete answer to a query."""

    def close(self) -> None:
        """Release files."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine. ``missing`` says why it cannot be measured here, None when it can.

    ``without`` are kinds of queries that it has no means for.
    """

    name: str
    label: str
    missing: Callable[[], str | None]
    version: Callable[[], str]
    build: Callable[[Path, Iterable[Made]], None]
    open: Callable[[Path], Searcher]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysed:
    """A passage's words as every engine indexes them: the analysis is the same for all."""

    stems: list[str]
    words: list[str]
    heading: list[str]
    path: list[str]


def analysed(passage: Passage) -> Analysed:
    """The passage's words, by the one analysis that peelsearch has."""
    found = terms(passage.text)
    return Analysed(
        [term.stem for term in found],
        [term.word for term in found],
        list(stems(passage.headings[-1])),
        [stem for heading in passage.headings[:-1] for stem in stems(heading)],
    )
