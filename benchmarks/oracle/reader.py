"""Searching one commit with Whoosh: matches and scores from it, counting and ordering from sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from benchmarks.oracle import bitsets, columns, ordering
from benchmarks.oracle.expressions import to_whoosh
from benchmarks.oracle.whoosh_parts import BM25F, FileIndex, Searcher
from peelsearch.engine import folder, ranking
from peelsearch.engine.fields import DOCUMENT, WORDS
from peelsearch.engine.folder import INDEX_NAME
from peelsearch.engine.schema import from_payload
from peelsearch.engine.whoosh_parts import TOC, FileStorage
from peelsearch.facets import FACETS
from peelsearch.model import Expression, Match, Matches, Passage, Request, Word

# Sets of passages by expression that a reader remembers: the words of the last queries.
REMEMBERED = 256


def open_reader(where: Path) -> WhooshReader:
    """A reader of the newest commit."""
    return WhooshReader(where, folder.latest(where))


class WhooshReader:
    """One commit of a folder, searched."""

    def __init__(self, where: Path, generation: int) -> None:
        storage = FileStorage(str(where))
        toc = TOC.read(storage, INDEX_NAME, gen=generation)
        reader = FileIndex._reader(storage, toc.schema, toc.segments, toc.generation)
        self._searcher = Searcher(reader, weighting=BM25F(B=ranking.B, K1=ranking.K1))
        self._leaves = list(reader.leaf_readers()) if toc.segments else []
        self._size = int(reader.doc_count_all())
        self._deletions = bool(reader.has_deletions()) if toc.segments else False
        self._facets: dict[str, Mapping[str, int]] = {}
        self._sets: dict[Expression, int] = {}

    def search(self, request: Request) -> Matches:
        """The matches of a request, with exact totals and facet counts."""
        return self._search(request)

    def frequency(self, expression: Expression) -> int:
        """How many passages match the expression."""
        if isinstance(expression, Word) and not self._deletions:
            return sum(leaf.doc_frequency(WORDS, expression.word) for leaf, _ in self._leaves)
        return self._set(expression).bit_count()

    def close(self) -> None:
        """Release files."""
        self._searcher.close()

    # --- matching ---------------------------------------------------------------------------

    @cached_property
    def _live(self) -> int:
        return columns.live(self._leaves, self._size)

    @cached_property
    def _places(self) -> columns.Places:
        return columns.places(self._leaves)

    def _set(self, expression: Expression) -> int:
        """The passages that match."""
        if expression not in self._sets:
            if len(self._sets) >= REMEMBERED:
                self._sets.clear()
            numbers = self._scores(expression, (), scored=False)
            self._sets[expression] = bitsets.from_numbers(numbers, self._size)
        return self._sets[expression]

    def _scores(
        self, expression: Expression, boost: Sequence[str], *, scored: bool = True
    ) -> dict[int, float]:
        """The score of each match by its number."""
        query = to_whoosh(expression, boost)
        weighting = self._searcher.weighting
        scores: dict[int, float] = {}
        if not self._leaves:
            return scores
        for searcher, offset in self._searcher.leaf_searchers():
            context = searcher.context(needs_current=True, weighting=weighting)
            matcher = query.matcher(searcher, context)
            while matcher.is_active():
                score = round(matcher.score(), ranking.DECIMALS) if scored else 0.0
                scores[offset + matcher.id()] = score
                matcher.next()
        return scores

    def _facet(self, name: str) -> Mapping[str, int]:
        if name not in self._facets:
            self._facets[name] = columns.facet_sets(self._leaves, self._size, name)
        return self._facets[name]

    # --- a search ---------------------------------------------------------------------------

    def _search(self, request: Request) -> Matches:
        scores = self._scores(request.match, request.boost)
        scope = self._scope(request)
        chosen = {
            name: self._union(self._facet(name).get(value, 0) for value in values)
            for name, values in request.filters
        }
        reached = bitsets.from_numbers(scores, self._size) & scope
        allowed = self._intersection(chosen.values())
        found = bitsets.to_numbers(reached & allowed)
        prefer = [self._set(expression) for expression in request.prefer]
        ordered = ordering.page(request, found, scores, self._places, prefer)
        document = self._places.document
        return Matches(
            total=len(found),
            documents=len({document[number] for number in found}),
            matches=tuple(Match(self._load(number), scores[number]) for number in ordered),
            facets=self._facet_counts(reached, chosen),
            counts=tuple(
                (self._set(expression) & scope & allowed).bit_count()
                for expression in request.counted
            ),
        )

    def _scope(self, request: Request) -> int:
        """The passages that the exclusions and the chosen documents leave."""
        scope = self._live
        if request.documents is not None:
            numbers = (
                number
                for name in request.documents
                for number in columns.posted(self._leaves, DOCUMENT, name)
            )
            scope &= bitsets.from_numbers(numbers, self._size)
        return scope & ~self._union(map(self._set, request.excluded))

    def _facet_counts(
        self, reached: int, chosen: Mapping[str, int]
    ) -> Mapping[str, Mapping[str, int]]:
        counts = {}
        for facet in FACETS:
            others = (bits for name, bits in chosen.items() if name != facet.name)
            base = reached & self._intersection(others)
            by_value = {
                value: (base & bits).bit_count() for value, bits in self._facet(facet.name).items()
            }
            counts[facet.name] = {value: count for value, count in by_value.items() if count}
        return counts

    def _union(self, sets: Iterable[int]) -> int:
        union = 0
        for bits in sets:
            union |= bits
        return union

    def _intersection(self, sets: Iterable[int]) -> int:
        both = self._live
        for bits in sets:
            both &= bits
        return both

    def _load(self, number: int) -> Passage:
        return from_payload(self._searcher.stored_fields(number))
