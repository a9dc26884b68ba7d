"""Hits gathered by document in plain Python, loaded only by a search that asks for it."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from peelsearch.engine import ranking
from peelsearch.engine.snapshot.list_hits import Hits
from peelsearch.engine.snapshot.vectors import GroupedHits
from peelsearch.engine.snapshot.view import View
from peelsearch.model import Sort

# What orders a document's hits: tier, score (highest first), number in the segment.
_Row: TypeAlias = tuple[int, float, int]
_Document: TypeAlias = tuple[int, int]


def grouped(
    view: View,
    tiers: Sequence[Hits],
    date_rank: Callable[[int], int],
    *,
    sort: Sort,
    offset: int,
    limit: int,
    each: int,
) -> list[GroupedHits]:
    """See ``Vectors.grouped``; ``date_rank`` tells the rank of a passage's date."""
    rows: dict[_Document, list[_Row]] = {}
    for tier, hits in enumerate(tiers):
        for index, own in enumerate(hits.ids):
            ids = sorted(own)
            scores = hits.added(index, ids, hits.scores(index, ids))
            of = _documents(view, index, ids)
            for document, number, score in zip(of, ids, scores, strict=True):
                row = (tier, -round(score, ranking.DECIMALS), number)
                rows.setdefault((index, document), []).append(row)

    def key(document: _Document) -> Any:
        index, number = document
        name, found = view.segments[index].strings("documents")[number], rows[document]
        if sort is Sort.RELEVANCE:
            return *min(found)[:2], name
        if sort is Sort.DATE:
            return min(date_rank(view.bases[index] + own) for _, _, own in found), name
        return name

    chosen = heapq.nsmallest(offset + limit, rows, key=key)[offset:]
    return [(len(rows[one]), _best(rows[one], view.bases[one[0]], each)) for one in chosen]


def _documents(view: View, index: int, ids: Sequence[int]) -> Iterable[int]:
    """The document of each of a segment's passages."""
    firsts = view.segments[index].first_passages
    return (bisect_right(firsts, number) - 1 for number in ids)


def _best(rows: Sequence[_Row], base: int, each: int) -> list[tuple[int, float]]:
    return [(base + own, -score) for _, score, own in heapq.nsmallest(each, rows)]
