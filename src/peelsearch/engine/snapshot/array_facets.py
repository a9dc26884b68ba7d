"""The values of facets as numpy arrays: filters and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from peelsearch.engine.snapshot.array_hits import NONE, small, true_places
from peelsearch.engine.snapshot.layout import Record
from peelsearch.engine.snapshot.view import View
from peelsearch.facets import COUNTED
from peelsearch.records import dataclass

# Filters whose passages are remembered.
_CHOSEN = 64


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The first value of each passage, and (passage, value) for each further one."""

    first: Any
    passages: Any
    others: Any


class Counted:
    """Hits to be counted. What is left of them under a filter is kept for the next facet."""

    def __init__(self, ids: Any) -> None:
        self._ids = ids
        self._kept: tuple[Any, Any] = (None, ids)

    def under(self, allowed: Any) -> Any:
        """The passages that are allowed; None allows all."""
        if allowed is None:
            return self._ids
        if self._kept[0] is not allowed:
            self._kept = allowed, self._ids.take(true_places(allowed.take(self._ids)))
        return self._kept[1]


class Facets:
    """The facets of one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._values: dict[str, FacetValues] = {}
        self._chosen: dict[tuple[str, frozenset[str]], Any] = {}

    def prepare(self) -> None:
        """Make what the first count of each facet would have to wait for."""
        for facet in COUNTED:
            self._of(facet.name)

    def count(self, name: str, ids: Any) -> Mapping[str, int]:
        """How many of the passages have each value of a counted facet."""
        values, names = self._of(name), self._view.facet_values[name]
        counts = np.bincount(values.first.take(ids), minlength=len(names))
        if len(values.others):
            held = np.zeros(self._view.size, dtype=bool)
            held[ids] = True
            more = values.others.take(true_places(held.take(values.passages)))
            counts = counts + np.bincount(more, minlength=len(names))
        return {name: n for name, n in zip(names, counts.tolist(), strict=True) if n}

    def allowed(self, filters: Sequence[tuple[str, Sequence[str]]]) -> Any:
        """For each passage whether it has one of the values of each counted facet given."""
        flags = None
        for name, chosen in filters:
            having = self._having(name, frozenset(chosen))
            flags = having if flags is None else flags & having
        return flags

    def _having(self, name: str, chosen: frozenset[str]) -> Any:
        """For each passage whether it has one of the values; the last ones are remembered."""
        key = (name, chosen)
        found = self._chosen.get(key)
        if found is None:
            if len(self._chosen) >= _CHOSEN:
                self._chosen.clear()
            values = self._of(name)
            wanted = np.array([v in chosen for v in self._view.facet_values[name]], dtype=bool)
            found = wanted.take(values.first)
            found[values.passages.take(true_places(wanted.take(values.others)))] = True
            self._chosen[key] = found
        return found

    def having(self, facet: str, values: Sequence[str]) -> Any:
        """The passages that have a value of a facet that is not counted."""
        found = []
        for segment, base in zip(self._view.segments, self._view.bases, strict=False):
            of, ends = (np.asarray(part) for part in segment.facet_rows(facet))
            names = segment.facet_values(facet)
            wanted = np.array([value in values for value in names], dtype=bool)
            if wanted.any():
                having = np.zeros(len(ends) - 1, dtype=bool)
                having[np.searchsorted(ends, np.flatnonzero(wanted[of]), side="right") - 1] = True
                found.append(
                    np.flatnonzero(having[np.asarray(segment.column(Record.OTHERS))]) + base
                )
        return np.concatenate([NONE, *found])

    def _of(self, name: str) -> FacetValues:
        """The values of a counted facet, passage by passage."""
        found = self._values.get(name)
        if found is None:
            first, profiles, others = self._by_profile(name)
            # A passage for each further value of its profile.
            sizes = np.bincount(profiles, minlength=self._view.profile_bases[-1])
            starts = np.cumsum(sizes) - sizes
            repeats = sizes.take(self._profile_of)
            passages = np.repeat(np.arange(self._view.size), repeats)
            within = np.arange(len(passages)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
            rows = starts.take(self._profile_of.take(passages)) + within
            found = self._values[name] = FacetValues(
                small(first.take(self._profile_of)), passages, small(others.take(rows))
            )
        return found

    @cached_property
    def _profile_of(self) -> Any:
        """The profile of each passage."""
        rows = [
            np.asarray(segment.block("passages.profile").slice()).astype(np.intp) + base
            for segment, base in zip(self._view.segments, self._view.profile_bases, strict=False)
        ]
        return np.concatenate([NONE, *rows])

    def _by_profile(self, facet: str) -> tuple[Any, Any, Any]:
        """The first value of each profile; and of each further value, its profile and itself."""
        number = {value: n for n, value in enumerate(self._view.facet_values[facet])}
        first, profiles, values = [NONE], [NONE], [NONE]
        for segment, base in zip(self._view.segments, self._view.profile_bases, strict=False):
            of, ends = (np.asarray(part).astype(np.int64) for part in segment.facet_rows(facet))
            known = np.array([number[value] for value in segment.facet_values(facet)])
            others = np.ones(len(of), dtype=bool)
            others[ends[:-1]] = False
            first.append(known[of[ends[:-1]]])
            values.append(known[of[others]])
            profiles.append(np.repeat(np.arange(base, base + len(ends) - 1), np.diff(ends) - 1))
        return np.concatenate(first), np.concatenate(profiles), np.concatenate(values)
