"""The segments of a commit as one: passages numbered through, statistics summed over all.

Whoosh goes on counting deleted passages in its statistics until their segment is rewritten, and
so does this.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import log

from peelsearch.engine import ranking
from peelsearch.engine.fields import BODY, WORDS
from peelsearch.engine.snapshot.segment import NOWHERE, Segment
from peelsearch.facets import FACETS
from peelsearch.records import dataclass

# Terms whose places in the segments' dictionaries are remembered.
_REMEMBERED = 32_768
# Terms of which also the words are.
_FORMS = 4_096


@dataclass(frozen=True, slots=True)
class Found:
    """A term in the segments: (segment, number of the term) where it has postings."""

    places: tuple[tuple[int, int], ...]
    frequency: int


@dataclass(frozen=True, slots=True)
class Forms:
    """A term in the text of one segment: its number, and the words that it stands for.

    ``words`` are by number with keys, the same for words of one stem. ``count`` is how often they
    stand there.
    """

    number: int
    words: Mapping[int, str]
    count: int


class View:
    """Segments in the order of the commit. Passage n of segment s is ``bases[s] + n``.

    ``deleted`` are, for each segment, the passages that a later commit took out.
    """

    def __init__(self, segments: Sequence[Segment], deleted: Sequence[frozenset[int]]) -> None:
        self.segments = tuple(segments)
        self.parts = tuple(zip(segments, deleted, strict=True))
        self.bases = [0]
        for segment in self.segments:
            self.bases.append(self.bases[-1] + segment.size)
        self.size = self.bases[-1]
        self.deleted = tuple(
            base + number
            for base, own in zip(self.bases, deleted, strict=False)
            for number in sorted(own)
        )
        self._terms: dict[tuple[str, str], Found] = {}
        self._numbers: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {}
        self._forms: dict[tuple[str, str], tuple[Forms, ...]] = {}
        self._norms: dict[tuple[int, str], list[float]] = {}

    def term(self, field: str, text: str) -> Found:
        """Where a term is, and how many passages hold it, deleted ones included."""
        key = (field, text)
        found = self._terms.get(key)
        if found is None:
            if len(self._terms) >= _REMEMBERED:
                self._terms.clear()
            found = self._terms[key] = self._find(field, text)
        return found

    def _find(self, field: str, text: str) -> Found:
        places, frequency = [], 0
        for index, number in self.numbers(field, text):
            held = self.segments[index].frequency(field, number)
            if held:
                places.append((index, number))
                frequency += held
        return Found(tuple(places), frequency)

    def numbers(self, field: str, text: str) -> tuple[tuple[int, int], ...]:
        """(segment, number) of a word (field ``words``) or stem (others) in the dictionaries."""
        table = WORDS if field == WORDS else BODY
        key = (table, text)
        found = self._numbers.get(key)
        if found is None:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            rows = ((i, segment.term(table, text)) for i, segment in enumerate(self.segments))
            found = self._numbers[key] = tuple(row for row in rows if row[1] != NOWHERE)
        return found

    def learn(self, words: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Note the numbers of words that somebody came by, so that they need not be looked up."""
        if len(self._numbers) + len(words) <= _REMEMBERED:
            self._numbers.update({(WORDS, word): tuple(rows) for word, rows in words.items()})

    def forms(self, field: str, text: str) -> Sequence[Forms]:
        """For each segment what a term stands for in its text."""
        key = (field, text)
        found = self._forms.get(key)
        if found is None:
            if len(self._forms) >= _FORMS:
                self._forms.clear()
            rows = [Forms(NOWHERE, {}, 0) for _ in self.segments]
            for index, number in self.numbers(field, text):
                rows[index] = _forms(self.segments[index], field, number)
            found = self._forms[key] = tuple(rows)
        return found

    def idf(self, frequency: int) -> float:
        """Inverse document frequency as Whoosh has it."""
        return log(self.size / (frequency + 1)) + 1

    def norms(self, segment: int, field: str) -> list[float]:
        """For each (count, length) code of a segment's field, the BM25 score before the idf."""
        key = (segment, field)
        if key not in self._norms:
            held = self.segments[segment]
            counts = held.block(f"{field}.code.count").slice().tolist()
            lengths = held.block(f"{field}.code.length").slice().tolist()
            self._norms[key] = list(map(self.norm(field), counts, lengths))
        return self._norms[key]

    def norm(self, field: str) -> Callable[[int, int], float]:
        """What gives the BM25 score before the idf, by count of a term and length of a passage."""
        average = sum(s.lengths[field] for s in self.segments) / self.size or 1
        b, k1 = ranking.B, ranking.K1

        def norm(count: int, length: int) -> float:
            # In the order of operations that Whoosh has.
            return (count * (k1 + 1)) / (count + k1 * ((1 - b) + b * length / average))

        return norm

    # --- passages ---------------------------------------------------------------------------

    def locate(self, number: int) -> tuple[int, int]:
        """The segment of a passage, and the passage's number there."""
        index = bisect_right(self.bases, number) - 1
        return index, number - self.bases[index]

    def position(self, number: int) -> int:
        """The place of a passage in the order of document id, then of place in the document."""
        if len(self.segments) == 1:
            return number
        index, own = self.locate(number)
        segment = self.segments[index]
        document = segment.document_at(own)
        return self._document_positions[index][document] + own - segment.first_passages[document]

    def place(self, number: int) -> tuple[bytes, int, int]:
        """What orders few passages as ``position`` does, without looking at all documents."""
        index, own = self.locate(number)
        segment = self.segments[index]
        return segment.strings("documents")[segment.document_at(own)], index, own

    @cached_property
    def _document_positions(self) -> list[list[int]]:
        """For each segment, for each of its documents, the position of its first passage."""
        return _positions(self.segments)

    @property
    def document_positions(self) -> Sequence[Sequence[int]]:
        """For each segment, for each of its documents, the position of its first passage."""
        return self._document_positions

    @cached_property
    def dates(self) -> Sequence[str]:
        """All dates, newest first; the empty one, for none, last."""
        found = {date for segment in self.segments for date in segment.dates}
        return [*sorted(found - {""}, reverse=True), *([""] if "" in found else [])]

    def date_ranks(self, segment: int) -> list[int]:
        """For each date of a segment its place in ``dates``."""
        rank = {date: place for place, date in enumerate(self.dates)}
        return [rank[date] for date in self.segments[segment].dates]

    # --- facets -----------------------------------------------------------------------------

    @cached_property
    def profile_bases(self) -> Sequence[int]:
        """What is added to a segment's profile numbers."""
        bases = [0]
        for segment in self.segments:
            bases.append(bases[-1] + segment.profile_count)
        return bases

    @cached_property
    def facet_values(self) -> dict[str, list[str]]:
        """All values of each facet, sorted."""
        return {
            facet.name: sorted({v for s in self.segments for v in s.facet_values(facet.name)})
            for facet in FACETS
        }


def _forms(segment: Segment, field: str, number: int) -> Forms:
    stem = segment.block("words.stem")[number] if field == WORDS else number
    words = (number,) if field == WORDS else segment.words_of(number)
    count = sum(map(segment.occurrence_count, words))
    return Forms(number, dict.fromkeys(words, str(stem)), count)


def _positions(segments: Sequence[Segment]) -> list[list[int]]:
    rows = []
    for index, segment in enumerate(segments):
        names = segment.strings("documents")
        firsts = segment.block("documents.first").slice().tolist()
        for number, name in enumerate(names.slice(0, len(names))):
            rows.append((name, index, number, firsts[number + 1] - firsts[number]))
    rows.sort()
    found = [[0] * len(segment.strings("documents")) for segment in segments]
    position = 0
    for _, index, number, size in rows:
        found[index][number] = position
        position += size
    return found
