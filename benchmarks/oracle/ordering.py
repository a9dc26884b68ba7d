"""The order of matches, the same from build to build.

By relevance: preferred expressions first, then the score, then the document's id and the place in
it, so that nothing is left to the order in which passages were indexed.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.oracle import bitsets
from benchmarks.oracle.columns import Places
from peelsearch.model import Request, Sort


def page(
    request: Request,
    found: Sequence[int],
    scores: Mapping[int, float],
    places: Places,
    prefer: Sequence[int],
) -> Sequence[int]:
    """The numbers of the passages on the requested page, in order.

    ``prefer`` are the sets of passages that match the request's preferred expressions.
    """
    last = request.offset + request.limit
    key = _key(request.sort, scores, places, prefer)
    return heapq.nsmallest(last, found, key=key)[request.offset :]


def _key(
    sort: Sort, scores: Mapping[int, float], places: Places, prefer: Sequence[int]
) -> Callable[[int], Any]:
    position = places.position
    if sort is Sort.DOCUMENT:
        return lambda number: position[number]
    if sort is Sort.DATE:
        return lambda number: (places.date_rank[number], position[number])
    tiers = _tiers(prefer)
    none = len(prefer)
    return lambda number: (tiers.get(number, none), -scores[number], position[number])


def _tiers(prefer: Sequence[int]) -> Mapping[int, int]:
    """The place of the first preferred set that a passage is in, by the passage's number."""
    tiers: dict[int, int] = {}
    for place, bits in enumerate(prefer):
        for number in bitsets.to_numbers(bits):
            tiers.setdefault(number, place)
    return tiers
