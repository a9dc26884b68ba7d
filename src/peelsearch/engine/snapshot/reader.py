"""Searching one commit by its snapshots: the protocol's Reader. Whoosh's own files stay closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from peelsearch.engine import checks, folder
from peelsearch.engine.damage import damaged, unreadable
from peelsearch.engine.fields import BODY, WORDS
from peelsearch.engine.locking import Lease
from peelsearch.engine.manifest import Manifest
from peelsearch.engine.single_edits import one_edit
from peelsearch.engine.snapshot.effort import postings
from peelsearch.engine.snapshot.executor import Execution
from peelsearch.engine.snapshot.kept import Kept
from peelsearch.engine.snapshot.marks import Mark, Marker, Stretch
from peelsearch.engine.snapshot.segment import NOWHERE
from peelsearch.engine.snapshot.summary import Acronyms, Summary
from peelsearch.engine.snapshot.vectors import Vectors
from peelsearch.engine.snapshot.view import View
from peelsearch.model import (
    Document,
    Expression,
    Match,
    Matches,
    Passage,
    Request,
    Span,
    Stem,
    Word,
)
from peelsearch.records import dataclass

MakeVectors: TypeAlias = Callable[[View], Vectors]
# A search that goes through more postings than this is worth loading other vectors for.
MANY = 200_000
# Bytes of passages that are kept because the same ones are shown again: pages, facets, answers.
_READ = 32_000_000


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as it was read from its segment, with its sentences and its words' places."""

    passage: Passage
    units: tuple[Span, ...]
    stretch: Stretch

    def size(self) -> int:
        """About how many bytes it takes."""
        return 4 * len(self.passage.text) + 64 * len(self.units)


class SnapshotReader:
    """A view of one commit. Safe to use from several threads."""

    def __init__(
        self,
        where: Path,
        summary: Summary,
        view: View,
        vectors: Callable[[View], Vectors],
        lease: Lease,
    ) -> None:
        self.folder = where
        self._summary = summary
        self._view = view
        self._vectors = vectors(view)
        self._lease = lease
        self._read: Kept[_Read] = Kept(_Read.size, _READ)
        self.for_many: MakeVectors | None = None

    # --- the commit -------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """The number of the commit."""
        return self._summary.generation

    @property
    def passage_count(self) -> int:
        """How many passages the commit holds."""
        return self._summary.passage_count

    @property
    def fingerprint(self) -> str:
        """The analysis, vocabulary and facets that made it."""
        return self._summary.fingerprint

    @property
    def vocabulary(self) -> str:
        """The text of the vocabulary file that made it, empty for the program's own."""
        return self._summary.vocabulary

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in order of their ids."""
        return self._summary.documents

    @property
    def acronyms(self) -> Acronyms:
        """The acronyms that the documents define."""
        return self._summary.acronyms

    @cached_property
    def manifest(self) -> Manifest:
        """What the commit consists of. Raises IndexDamagedError."""
        try:
            return folder.read_manifest(self.folder, self.generation)
        except FileNotFoundError as error:
            raise damaged(f"{folder.commit_name(self.generation)} is missing") from error
        except OSError as error:
            raise unreadable(self.folder, error) from error

    # --- searching --------------------------------------------------------------------------

    def search(self, request: Request) -> Matches:
        """The matches of a request, with exact totals and facet counts."""
        vectors = self._vectors = self._able(request)
        execution = Execution(vectors)
        reached = execution.reached(execution.boosted(request), request)
        found = execution.filtered(reached, request)
        counts = (
            execution.filtered(execution.reached(execution.hits(counted), request), request)
            for counted in request.counted
        )
        groups = execution.grouped(found, request) if request.of_each else []
        chosen = [hit for _, hits in groups for hit in hits]
        if not request.of_each:
            chosen = execution.order(found, request)
        return Matches(
            total=vectors.total(found),
            documents=vectors.documents(found) if request.count_documents else 0,
            matches=self._matches(chosen, request),
            groups=tuple([(held, len(hits)) for held, hits in groups]),
            facets=execution.facets(reached, request),
            counts=tuple(vectors.total(counted) for counted in counts),
        )

    def _able(self, request: Request) -> Vectors:
        """The vectors to compute with: those for many postings where there are many."""
        if self.for_many is None:
            return self._vectors
        parts = dict.fromkeys((request.match, *request.counted))
        if sum(postings(self._view, part) for part in parts) < MANY:
            return self._vectors
        made, self.for_many = self.for_many(self._view), None
        return made

    def _matches(self, chosen: Sequence[tuple[int, float]], request: Request) -> tuple[Match, ...]:
        get, read = self._read.get, self._read_passage
        found = [get(number) or read(number) for number, _ in chosen]
        marks = self._marks([one.stretch for one in found], request)
        return tuple(
            [
                Match(one.passage, score, *own, one.units)
                for one, (_, score), own in zip(found, chosen, marks, strict=True)
            ]
        )

    def _read_passage(self, number: int) -> _Read:
        index, own = self._view.locate(number)
        segment = self._view.segments[index]
        record = segment.record(own)
        stretch = (index, *segment.tokens_of(record))
        found = _Read(segment.passage_of(record), segment.units_of(record), stretch)
        return self._read.put(number, found)

    def _marks(
        self, stretches: Sequence[Stretch], request: Request
    ) -> list[tuple[tuple[Mark, ...], bool]]:
        """The marks in each passage, and whether they are those of the whole phrase."""
        found: list[tuple[tuple[Mark, ...], bool]] = [((), False)] * len(stretches)
        for whole, expression in ((False, request.marked), (True, request.whole)):
            if expression is not None:
                marker = Marker(self._view, expression, self._vectors.places)
                for place, marks in enumerate(marker.marks(stretches)):
                    if marks:
                        found[place] = (marks, whole)
        return found

    def frequency(self, expression: Expression) -> int:
        """How many passages match the expression."""
        if not self._view.deleted:
            match expression:
                case Word(word):
                    return self._view.term(WORDS, word).frequency
                case Stem(stem):
                    return self._view.term(BODY, stem).frequency
        return self._vectors.total(Execution(self._vectors).live(expression))

    # --- words ------------------------------------------------------------------------------

    def words_with_prefix(self, prefix: str, limit: int) -> Sequence[str]:
        """Up to ``limit`` + 1 indexed words that start with the prefix, in dictionary order."""
        words = self._vectors.prefixed(prefix)
        if self._view.deleted:
            held = (word for word in words if self.frequency(Word(word)))
            return tuple(islice(held, limit + 1))
        return tuple(words[: limit + 1])

    def words_near(self, word: str, edits: int) -> Sequence[tuple[str, int, int]]:
        """(word, edits, passages that hold it) of words within so many edits, nearest first.

        The first letter must agree. Swapping two neighbouring letters is one edit.
        """
        if not word:
            return ()
        close = dict(self._vectors.near(word, min(edits, 2)))
        found = [
            (other, distance, frequency)
            for other, distance in close.items()
            if (frequency := self.frequency(Word(other)))
        ]
        return tuple(sorted(found, key=lambda item: (item[1], -item[2], item[0])))

    def words_one_edit_away(self, word: str) -> Sequence[tuple[str, int]]:
        """(word, passages that hold it) of words exactly one edit away, in dictionary order.

        Any letter may differ, the first one too.
        """
        close = set[str]().union(*(one_edit(word, part.words) for part in self._view.segments))
        return tuple(
            (other, frequency)
            for other in sorted(close)
            if (frequency := self.frequency(Word(other)))
        )

    def stem(self, word: str) -> str | None:
        """The stem of an indexed word, None of any other."""
        for index, number in self._view.numbers(WORDS, word):
            segment = self._view.segments[index]
            stem = segment.stems[segment.block("words.stem")[number]]
            return stem.decode("utf-8", "surrogatepass")
        return None

    def forms(self, stem: str) -> frozenset[str]:
        """The words of the index that have a stem, those of headings included."""
        return frozenset(
            segment.words[word].decode("utf-8", "surrogatepass")
            for index, number in self._view.numbers(BODY, stem)
            for segment in (self._view.segments[index],)
            for word in segment.words_of(number)
        )

    # --- passages ---------------------------------------------------------------------------

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id."""
        for segment, deleted in self._view.parts:
            number = segment.find(identifier)
            if number != NOWHERE and number not in deleted:
                return segment.passage(number)
        return None

    def passages(self, document: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        return tuple(
            segment.passage(number)
            for segment, deleted in self._view.parts
            for number in segment.passages_of(document)
            if number not in deleted
        )

    def problems(self) -> Sequence[str]:
        """What is wrong with the files of this commit, one sentence each; none when sound."""
        found = list(checks.faults(self.folder, self.manifest).values())
        live = self._view.size - len(self._view.deleted)
        if live != self.manifest.passages:
            found.append(f"There are {live} passages, {self.manifest.passages} were written.")
        return tuple(found)

    def close(self) -> None:
        """Release the commit. Closing twice is harmless; files close with their last user."""
        self._lease.release()
