"""Saved searches, and what is new for them."""

from __future__ import annotations

from dataclasses import dataclass

from peelsearch.model.results import Hit


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved search. ``seen`` are the marks of the passages that it was told of."""

    name: str
    query: str
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class News:
    """What a saved search finds: ``new`` hits in order of relevance, ``total`` of all.

    ``problem`` says why the query cannot be read, else it is empty. ``after`` is the watch that
    has seen all of it.
    """

    watch: Watch
    interpreted: str
    total: int
    new: tuple[Hit, ...]
    after: Watch
    problem: str = ""
