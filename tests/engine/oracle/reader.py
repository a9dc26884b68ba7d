"""Searching one commit with Whoosh: matches and scores from it, counting and ordering from sets.

Every match is walked once; totals and facet counts come from sets over all of them, so they are
exact. Whoosh's posting files remember a reading position, so a reader answers one call at a time.
"""

from __future__ import annotations

import heapq
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path

from oracle import bitsets, columns, ordering
from oracle.expressions import to_whoosh
from peelsearch import analysis
from peelsearch.engine import checks, folder, near, ranking
from peelsearch.engine.fields import DOCUMENT, ID_FIELD, WORDS
from peelsearch.engine.folder import INDEX_NAME
from peelsearch.engine.locking import Lease
from peelsearch.engine.manifest import FileEntry, Manifest
from peelsearch.engine.schema import from_payload
from peelsearch.engine.whoosh_parts import BM25F, TOC, FileIndex, FileStorage, Searcher
from peelsearch.errors import IndexProblem
from peelsearch.facets import FACETS
from peelsearch.model import Expression, Match, Matches, Passage, Request, Word

# Sets of passages by expression that a reader remembers: the words of the last queries.
REMEMBERED = 256
# Segments up to so many bytes are read through when they are opened, to notice changed bytes before
# an answer comes of them (some 20 ms). Larger ones are verified by ``problems`` only.
VERIFIED_BYTES = 16_000_000


@contextmanager
def _damage_told(where: Path, files: Iterable[FileEntry]) -> Iterator[None]:
    """Turn whatever Whoosh raises over changed bytes into IndexDamagedError.

    An error over files that are as they were written is a bug, and is not touched.
    """
    try:
        yield
    except (IndexProblem, FileNotFoundError):
        raise
    except Exception:
        for entry in files:
            checks.read_checked(where, entry)
        raise


def open_reader(where: Path) -> WhooshReader:
    """A reader of the newest commit.

    Never give it a folder that somebody else made: Whoosh unpickles what it reads there, which
    runs whatever was put into it.
    """
    try:
        return _open(where)
    except FileNotFoundError:
        # A build finished between listing the folder and opening its files.
        pass
    try:
        return _open(where)
    except FileNotFoundError as error:
        raise folder.damaged(f"{error.filename} is missing") from error


def _open(where: Path) -> WhooshReader:
    generation = folder.latest(where)
    lease = Lease(where / folder.commit_name(generation))
    try:
        manifest = folder.read_manifest(where, generation)
        checks.check_sizes(where, manifest.files)
        checks.read_checked(where, manifest.toc)
        if sum(entry.size for entry in manifest.segments) <= VERIFIED_BYTES:
            for entry in manifest.segments:
                checks.read_checked(where, entry)
        with _damage_told(where, manifest.segments):
            return WhooshReader(where, manifest, lease)
    except BaseException:
        lease.release()
        raise


class WhooshReader:
    """The protocol's Reader over one commit of a folder."""

    def __init__(self, where: Path, manifest: Manifest, lease: Lease) -> None:
        self.folder = where
        self.manifest = manifest
        self._lease = lease
        self._lock = threading.RLock()
        storage = FileStorage(str(where))
        toc = TOC.read(storage, INDEX_NAME, gen=manifest.generation)
        reader = FileIndex._reader(storage, toc.schema, toc.segments, toc.generation)
        self._searcher = Searcher(reader, weighting=BM25F(B=ranking.B, K1=ranking.K1))
        self._leaves = list(reader.leaf_readers()) if toc.segments else []
        self._size = int(reader.doc_count_all())
        self._deletions = bool(reader.has_deletions()) if toc.segments else False
        self._facets: dict[str, Mapping[str, int]] = {}
        self._sets: dict[Expression, int] = {}

    @property
    def generation(self) -> int:
        """The number of the commit."""
        return self.manifest.generation

    @property
    def passage_count(self) -> int:
        """How many passages the commit holds."""
        return self.manifest.passages

    def search(self, request: Request) -> Matches:
        """The matches of a request, with exact totals and facet counts."""
        with self._reading():
            return self._search(request)

    def frequency(self, expression: Expression) -> int:
        """How many passages match the expression."""
        with self._reading():
            return self._frequency(expression)

    def words_with_prefix(self, prefix: str, limit: int) -> Sequence[str]:
        """Up to ``limit`` + 1 indexed words that start with the prefix, in dictionary order."""
        with self._reading():
            return tuple(islice(self._words(prefix), limit + 1))

    def words_near(self, word: str, edits: int) -> Sequence[tuple[str, int, int]]:
        """(word, edits, passages that hold it) of words within so many edits, nearest first.

        The first letter must agree. Swapping two neighbouring letters is one edit.
        """
        if not word:
            return ()
        with self._reading():
            found = [
                (other, distance, self._frequency(Word(other)))
                for other, distance in near.within(word, self._words(word[0]), min(edits, 2))
            ]
        return tuple(sorted(found, key=lambda item: (item[1], -item[2], item[0])))

    def stem(self, word: str) -> str | None:
        """The stem of an indexed word, None of any other."""
        with self._reading():
            return analysis.stem(word) if self._frequency(Word(word)) else None

    def forms(self, stem: str) -> frozenset[str]:
        """The indexed words that have the stem."""
        with self._reading():
            return frozenset(self._forms.get(stem, ()))

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id."""
        with self._reading():
            number = next(columns.posted(self._leaves, ID_FIELD, identifier), None)
            return None if number is None else self._load(number)

    def passages(self, document: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        with self._reading():
            numbers = columns.posted(self._leaves, DOCUMENT, document)
            return tuple(sorted(map(self._load, numbers), key=lambda passage: passage.start))

    def problems(self) -> Sequence[str]:
        """What is wrong with the files of this commit, one sentence each; none when sound."""
        found = []
        for entry in self.manifest.files:
            try:
                checks.read_checked(self.folder, entry)
            except IndexProblem as error:
                found.append(error.message)
        with self._lock:
            counted = self._live.bit_count()
        if counted != self.manifest.passages:
            found.append(f"There are {counted} passages, {self.manifest.passages} were written.")
        return tuple(found)

    def close(self) -> None:
        """Release files. Closing twice is harmless."""
        with self._lock:
            if not self._searcher.is_closed:
                self._searcher.close()
            self._lease.release()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, _damage_told(self.folder, self.manifest.segments):
            yield

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

    def _frequency(self, expression: Expression) -> int:
        if isinstance(expression, Word) and not self._deletions:
            return sum(leaf.doc_frequency(WORDS, expression.word) for leaf, _ in self._leaves)
        return self._set(expression).bit_count()

    def _words(self, prefix: str) -> Iterator[str]:
        """The indexed words with the prefix, in dictionary order."""
        start = prefix.encode()
        lists = [
            leaf.expand_prefix(WORDS, start)
            for leaf, _ in self._leaves
            if WORDS in leaf.indexed_field_names()
        ]
        last = None
        for term in heapq.merge(*lists):
            if term != last:
                last = term
                word = term.decode()
                if not self._deletions or self._frequency(Word(word)):
                    yield word

    @cached_property
    def _forms(self) -> Mapping[str, Sequence[str]]:
        """All indexed words by their stems."""
        found = defaultdict(list)
        for word in self._words(""):
            found[analysis.stem(word)].append(word)
        return found

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
