"""What a run gives back: figures, and in words what it got wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tools.quality import measures

# The simpler ways that are measured beside: see baseline.py.
PLAIN = "BM25"
FIRST = "first sentence"
Ranks: TypeAlias = dict[str, list[int]]
"""The rank of the first right result for each question, by way; "" is this program's."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value over ``count`` queries or questions.

    ``baselines`` are the values of simpler ways, by their names. A figure that is ``pinned`` may
    have a floor; higher is better for all of these.
    """

    measure: str
    value: float
    count: int
    baselines: Mapping[str, float] = field(default_factory=dict)
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of one way to use a collection, and what was wrong, one line for each.

    ``violations`` are quotations that are not the slice of the document that they cite; there
    must be none.
    """

    name: str
    figures: tuple[Figure, ...]
    misses: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All runs of a collection."""

    collection: str
    runs: tuple[Run, ...]

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures by their measures."""
        return {figure.measure: figure for run in self.runs for figure in run.figures}

    @property
    def violations(self) -> tuple[str, ...]:
        """The quotations of all runs that are no slices."""
        return tuple(line for run in self.runs for line in run.violations)


def hits(name: str, ranks: Ranks, depth: int) -> Figure:
    """The share of questions with a right result at this rank or before, by each way."""
    values = {way: measures.mean(measures.hit(r, depth) for r in rs) for way, rs in ranks.items()}
    return Figure(name, values.pop(""), len(ranks[""]), values)


def mrr(name: str, ranks: Ranks) -> Figure:
    """The mean reciprocal rank by each way."""
    values = {way: measures.mean(map(measures.reciprocal_rank, rs)) for way, rs in ranks.items()}
    return Figure(name, values.pop(""), len(ranks[""]), values)
