"""Facets in plain Python: the values that the profiles of hits have, counted."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain, compress, pairwise, repeat
from operator import itemgetter
from typing import Any, TypeAlias

from peelsearch.engine.snapshot.list_hits import Sets
from peelsearch.engine.snapshot.segment import Segment
from peelsearch.engine.snapshot.view import View

Profiles: TypeAlias = Sequence[Set[int]]
"""For each segment some of its profiles, by the segment's own numbers."""


# Of so many times fewer passages than there are, each one's profile is looked up.
_MUCH_FEWER = 4


class ProfileCounts:
    """The profiles of hits, each as often as hits have it."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.rows = rows
        self._among: list[tuple[Profiles, Sequence[Sequence[int]]]] = []

    def among(self, allowed: Profiles | None) -> Sequence[Sequence[int]]:
        """Only those of the allowed profiles; None stands for all. Most facets allow the same."""
        if allowed is None:
            return self.rows
        for known, rows in self._among:
            if known is allowed:
                return rows
        rows = [[n for n in row if n in own] for row, own in zip(self.rows, allowed, strict=True)]
        self._among.append((allowed, rows))
        return rows


class Facets:
    """The profiles and facets of a view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._tables: dict[tuple[int, str], FacetTable] = {}

    def profiles(self, ids: Sets) -> ProfileCounts:
        """The profiles of passages."""
        return ProfileCounts(list(map(self._profiles_of, self._view.segments, ids)))

    def _profiles_of(self, segment: Segment, ids: Set[int]) -> Sequence[int]:
        profile_of = segment.block("passages.profile").slice()
        few = len(ids) * _MUCH_FEWER < len(profile_of)
        return gathered(profile_of if few else profile_of.tolist(), ids)

    def having(self, ids: Sets, profiles: Profiles) -> Sets:
        """Those of the passages that have one of the profiles."""
        found: list[Set[int]] = []
        for segment, own, wanted in zip(self._view.segments, ids, profiles, strict=True):
            numbers = list(own)
            has = map(wanted.__contains__, self._profiles_of(segment, own))
            found.append(frozenset(compress(numbers, has)))
        return found

    def allowed(self, name: str, values: Collection[str]) -> Profiles:
        """The profiles that have one of the values of a facet."""
        return [self.table(index, name).having(values) for index in range(len(self._view.segments))]

    def counts(self, name: str, rows: Sequence[Sequence[int]]) -> Mapping[str, int]:
        """How often the profiles have each value of a facet."""
        found: Counter[str] = Counter()
        for index, row in enumerate(rows):
            if row:
                found.update(self.table(index, name).counts(row))
        return dict(found)

    def table(self, index: int, name: str) -> FacetTable:
        """A facet's values in a segment."""
        key = (index, name)
        if key not in self._tables:
            self._tables[key] = FacetTable(self._view.segments[index], name)
        return self._tables[key]


class FacetTable:
    """The values that each profile (or each row of others) of a segment has of a facet."""

    def __init__(self, segment: Segment, name: str) -> None:
        self.names = segment.facet_values(name)
        of, ends = segment.facet_rows(name)
        self._of: Sequence[int] = of.tobytes() if of.format == "B" else of.tolist()
        # Mostly each profile has one value; then the rows need not be looked at.
        one_each = _ascending(ends.format, len(ends)) == ends.tobytes()
        self._ends = None if one_each else ends.tolist()

    def counts(self, rows: Sequence[int]) -> Mapping[str, int]:
        """How often these rows, which may repeat, have each value."""
        if self._ends is None:
            numbers = Counter(gathered(self._of, rows))
        else:
            numbers = Counter()
            for row, count in Counter(rows).items():
                for number in self._of[self._ends[row] : self._ends[row + 1]]:
                    numbers[number] += count
        return {self.names[number]: count for number, count in numbers.items()}

    def having(self, values: Collection[str]) -> Set[int]:
        """The rows that have one of the values."""
        wanted = {number for number, name in enumerate(self.names) if name in values}
        return frozenset(compress(self._rows(), map(wanted.__contains__, self._of)))

    def _rows(self) -> Iterable[int]:
        """For each value that a row has, the row."""
        if self._ends is None:
            return range(len(self._of))
        sizes: Iterator[int] = (end - start for start, end in pairwise(self._ends))
        return chain.from_iterable(map(repeat, range(len(self._ends) - 1), sizes))


def _ascending(code: str, size: int) -> bytes:
    """The bytes of the numbers from 0 on."""
    whole = _all_ascending(code, 1 << (size - 1).bit_length())
    return whole[: size * array(code).itemsize]


@cache
def _all_ascending(code: str, size: int) -> bytes:
    # A list is read into an array several times as fast as a range.
    return array(code, list(range(size))).tobytes()


def gathered(items: Any, places: Collection[int]) -> Sequence[int]:
    """The items at the places, in their order."""
    if len(places) < 2:
        return [items[place] for place in places]
    get: Any = itemgetter(*places)
    found: Sequence[int] = get(items)
    return found
