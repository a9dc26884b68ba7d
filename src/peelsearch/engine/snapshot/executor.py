"""A request carried out over a view: matching, scope, facet counts, order.

The arithmetic is that of the vectors given; everything that decides what a result is stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from peelsearch.engine.fields import BODY, WORDS
from peelsearch.engine.snapshot.vectors import GroupedHits, Hits, Vectors
from peelsearch.facets import COUNTED, FACETS_BY_NAME
from peelsearch.model import (
    AllOf,
    AnyOf,
    Everything,
    Expression,
    Phrase,
    Request,
    Sort,
    Stem,
    StemPhrase,
    Word,
)


class Execution:
    """One request, or counting under one: what was found for an expression is kept."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._found: dict[Expression, Hits] = {}

    def hits(self, expression: Expression) -> Hits:
        """The passages that match an expression, deleted ones included."""
        found = self._found.get(expression)
        if found is None:
            found = self._found[expression] = self._match(expression)
        return found

    def live(self, expression: Expression) -> Hits:
        """The passages that match an expression and are not deleted."""
        return self._alive(self.hits(expression))

    def _match(self, expression: Expression) -> Hits:  # noqa: PLR0911 - one for each kind
        vectors = self._vectors
        match expression:
            case Stem(stem):
                return vectors.term(BODY, stem)
            case Word(word):
                return vectors.term(WORDS, word)
            case Phrase(words):
                return vectors.phrase(WORDS, words)
            case StemPhrase(stems):
                return vectors.phrase(BODY, stems)
            case AllOf(parts):
                return vectors.every(self._parts(parts))
            case AnyOf(parts):
                return vectors.some(self._parts(parts))
            case Everything():
                return vectors.everything()
            case _:
                assert_never(expression)

    def _parts(self, parts: Sequence[Expression]) -> list[Hits]:
        """The hits of each part; of those that are given several times once, scored as often."""
        found: dict[Expression, int] = {}
        for part in parts:
            found[part] = found.get(part, 0) + 1
        times = self._vectors.times
        return [times(self.hits(p), n) if n > 1 else self.hits(p) for p, n in found.items()]

    def _alive(self, hits: Hits) -> Hits:
        deleted = self._vectors.view.deleted
        return self._vectors.without(hits, deleted) if deleted else hits

    def reached(self, hits: Hits, request: Request) -> Hits:
        """What is left of hits: not deleted, not excluded, of the documents, with the values of
        facets that are not counted."""
        vectors = self._vectors
        hits = self._alive(hits)
        if request.documents is not None:
            hits = vectors.within(hits, vectors.ranges(self._ranges(request.documents)))
        for expression in request.excluded:
            hits = vectors.without(hits, self.hits(expression).ids)
        for name, values in request.filters:
            if not FACETS_BY_NAME[name].counted:
                hits = vectors.within(hits, vectors.having(name, values))
        return hits

    def _ranges(self, documents: frozenset[str]) -> list[range]:
        view = self._vectors.view
        found = [
            range(base + own.start, base + own.stop)
            for segment, base in zip(view.segments, view.bases, strict=False)
            for own in (segment.passages_of(document) for document in documents)
            if own
        ]
        return sorted(found, key=lambda place: place.start)

    def filtered(self, hits: Hits, request: Request) -> Hits:
        """The hits that have the wanted values of the counted facets."""
        filters = counted_filters(request)
        return self._vectors.select(hits, self._vectors.allowed(filters)) if filters else hits

    def boosted(self, request: Request) -> Hits:
        """The matches, with what headings and paths add to their scores."""
        hits = self.hits(request.match)
        stems = tuple(dict.fromkeys(request.boost))
        return self._vectors.boosted(hits, stems) if stems else hits

    def facets(self, reached: Hits, request: Request) -> Mapping[str, Mapping[str, int]]:
        """For each facet to be counted its values, under all filters but its own."""
        vectors = self._vectors
        counts = vectors.profiles(reached)
        filters = counted_filters(request)
        everything = vectors.allowed(filters)
        found = {}
        for facet in COUNTED:
            if request.facets is not None and facet.name not in request.facets:
                continue
            others = [chosen for chosen in filters if chosen[0] != facet.name]
            allowed = vectors.allowed(others) if len(others) < len(filters) else everything
            found[facet.name] = vectors.facet(facet.name, counts, allowed)
        return found

    def order(self, found: Hits, request: Request) -> list[tuple[int, float]]:
        """The passages of the requested page with their scores, in order."""
        vectors, last = self._vectors, request.offset + request.limit
        if request.limit < 1:
            return []
        if request.sort is not Sort.RELEVANCE:
            by_date = request.sort is Sort.DATE
            return vectors.first(found, last, by_date=by_date)[request.offset :]
        chosen: list[tuple[int, float]] = []
        for expression in request.prefer:
            preferred = self.hits(expression).ids
            chosen += vectors.best(vectors.within(found, preferred), last - len(chosen))
            if len(chosen) == last:
                break
            found = vectors.without(found, preferred)
        else:
            chosen += vectors.best(found, last - len(chosen))
        return chosen[request.offset :]

    def grouped(self, found: Hits, request: Request) -> list[GroupedHits]:
        """The documents of the requested page, each with its best passages."""
        vectors, tiers = self._vectors, []
        for expression in request.prefer:
            preferred = self.hits(expression).ids
            tiers.append(vectors.within(found, preferred))
            found = vectors.without(found, preferred)
        return vectors.grouped(
            [*tiers, found],
            sort=request.sort,
            offset=request.offset,
            limit=request.limit,
            each=request.of_each,
        )


def counted_filters(request: Request) -> Sequence[tuple[str, tuple[str, ...]]]:
    """The filters on counted facets."""
    return [chosen for chosen in request.filters if FACETS_BY_NAME[chosen[0]].counted]
