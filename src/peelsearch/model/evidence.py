"""Evidence: passages chosen for a paper, and tables of passages for a colleague to check.

Both can be longer than memory should hold: their passages and rows are made while they are read,
and can be read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from peelsearch.model.citations import Citation
from peelsearch.records import dataclass

Cell: TypeAlias = str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A cited passage in its group, or, without one, what is to be said there instead."""

    group: str
    citation: Citation | None = None
    facets: Mapping[str, tuple[str, ...]] = {}
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Excerpts, those of a group together; ``understood`` says in pairs what was asked, and how.

    ``total`` is how many excerpts there are, ``found`` how many passages or answered questions.
    """

    title: str
    understood: tuple[tuple[str, str], ...]
    excerpts: Iterable[Excerpt]
    total: int
    found: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``total`` is how many steps it takes to read them, for whoever waits."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    total: int
    found: int
