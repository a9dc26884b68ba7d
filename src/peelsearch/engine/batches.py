"""Passages analysed and inverted in memory: what one segment and its snapshot are written from.

Passage numbers count from 0 in order of document id, then of place in the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from peelsearch.model import Passage

Numbers: TypeAlias = Any
"""A one-dimensional numpy array of whole numbers."""


@dataclass(frozen=True, slots=True)
class Inverted:
    """A field's words with the passages that hold them.

    ``terms`` are sorted. The postings of term t are ``passages`` and ``counts`` (term frequency)
    from ``starts[t]`` to ``starts[t + 1]``, passages ascending. The occurrences of posting p are
    ``positions`` (word positions in the passage, ascending) from ``ends[p - 1]`` to ``ends[p]``,
    where ``ends`` is the running sum of ``counts``. ``positions`` is None for a field that takes
    no phrases. ``lengths`` are the passages' lengths in words.
    """

    terms: Sequence[str]
    starts: Numbers
    passages: Numbers
    counts: Numbers
    positions: Numbers | None
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages in order of their numbers, and their fields by name (``schema.BODY`` and so on)."""

    passages: Sequence[Passage]
    fields: Mapping[str, Inverted]
