"""One segment's snapshot, opened: its dictionaries, postings and passages, by their numbers.

Nothing here depends on which other segments a commit has. Numbers of passages, words, stems and
values are the segment's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from peelsearch.engine.schema import WORDS
from peelsearch.engine.snapshot.blocks import Block, BlockFile, Strings
from peelsearch.engine.snapshot.layout import FIELDS, facet_block
from peelsearch.facets import FACETS
from peelsearch.model import Passage, Span

NOWHERE = -1
_COUNTED = tuple(facet for facet in FACETS if facet.counted)
_UNCOUNTED = tuple(facet for facet in FACETS if not facet.counted)


class Segment:
    """A segment as it is read. ``deleted`` are passages that a later commit took out."""

    def __init__(self, path: Path, size: int, deleted: frozenset[int] = frozenset()) -> None:
        self.file = BlockFile(path, size)
        self.deleted = deleted
        self.words = self.file.strings("words")
        self.stems = self.file.strings("stems")
        self.size = len(self.block("passages.start"))
        self.lengths = dict(zip(FIELDS, self.block("lengths").slice().tolist(), strict=True))
        self._facets: dict[int, Mapping[str, tuple[str, ...]]] = {}

    def block(self, name: str) -> Block:
        """A block by its name; blocks are kept."""
        found = self._blocks.get(name)
        if found is None:
            found = self._blocks[name] = self.file.block(name)
        return found

    @cached_property
    def _blocks(self) -> dict[str, Block]:
        return {}

    def strings(self, name: str) -> Strings:
        """A table of strings by its name."""
        return Strings(self.block(name), self.block(f"{name}.ends"))

    def row(self, name: str, number: int) -> Sequence[int]:
        """A row of a block of rows."""
        ends = self.block(f"{name}.ends")
        found: list[int] = self.block(name).slice(ends[number], ends[number + 1]).tolist()
        return found

    # --- words ------------------------------------------------------------------------------

    def term(self, field: str, text: str) -> int:
        """The number of a word (field ``words``) or stem (others), NOWHERE if there is none."""
        table = self.words if field == WORDS else self.stems
        return table.find(text.encode("utf-8", "surrogatepass"))

    def frequency(self, field: str, term: int) -> int:
        """How many passages hold a term, deleted ones included."""
        starts = self.block(f"{field}.starts")
        return starts[term + 1] - starts[term]

    def postings(self, field: str, term: int) -> tuple[memoryview, memoryview]:
        """The passages that hold a term, and for each the number of its (count, length)."""
        starts = self.block(f"{field}.starts")
        start, end = starts[term], starts[term + 1]
        return (
            self.block(f"{field}.passages").slice(start, end),
            self.block(f"{field}.codes").slice(start, end),
        )

    def occurrences(self, word: int) -> memoryview:
        """The places of a word among all words of the segment, ascending."""
        ends = self.block("words.occurrences.ends")
        return self.block("words.occurrences").slice(ends[word], ends[word + 1])

    def occurrence_count(self, word: int) -> int:
        """How often a word stands in the segment."""
        ends = self.block("words.occurrences.ends")
        return ends[word + 1] - ends[word]

    def words_of(self, stem: int) -> Sequence[int]:
        """The words that have a stem; a word of headings only may be among them."""
        return self.row("stems.words", stem)

    # --- passages ---------------------------------------------------------------------------

    def passage(self, number: int) -> Passage:
        """A passage, complete."""
        return Passage(
            id=_text(self.strings("ids")[number]),
            document=self.document_of(number),
            headings=self._path(self.block("passages.path")[number]),
            facets=self._facets_of(number),
            text=_text(self.strings("texts")[number]),
            start=self.block("passages.start")[number],
            end=self.block("passages.end")[number],
            page=self.block("passages.page")[number] - 1 if self._paged(number) else None,
            date=self.dates[self.block("passages.date")[number]] or None,
        )

    def document_of(self, number: int) -> str:
        """The id of the document that a passage belongs to."""
        return _text(self.strings("documents")[self.block("passages.document")[number]])

    def passages_of(self, document: str) -> range:
        """The passages of a document, in the order of its text."""
        number = self.strings("documents").find(document.encode("utf-8", "surrogatepass"))
        if number < 0:
            return range(0)
        firsts = self.block("documents.first")
        return range(firsts[number], firsts[number + 1])

    def find(self, identifier: str) -> int:
        """The number of the passage with this id, NOWHERE if there is none."""
        ids, order = self.strings("ids"), self.block("ids.order")
        key = identifier.encode("utf-8", "surrogatepass")
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if ids[order[middle]] < key:
                low = middle + 1
            else:
                high = middle
        return order[low] if low < len(order) and ids[order[low]] == key else NOWHERE

    def units(self, number: int) -> tuple[Span, ...]:
        """The spans of a passage's sentences in its text."""
        starts = self.row_at("units", number)
        lefts = self.block("units.from").slice(*starts).tolist()
        rights = self.block("units.to").slice(*starts).tolist()
        return tuple(zip(lefts, rights, strict=True))

    def row_at(self, name: str, number: int) -> tuple[int, int]:
        """Where a row starts and ends."""
        ends = self.block(f"{name}.ends")
        return ends[number], ends[number + 1]

    @cached_property
    def dates(self) -> Sequence[str]:
        """The dates of passages, sorted, empty for none."""
        strings = self.strings("dates")
        return [_text(date) for date in strings.slice(0, len(strings))]

    def _paged(self, number: int) -> bool:
        return self.block("passages.page")[number] > 0

    def _path(self, number: int) -> tuple[str, ...]:
        headings = self.strings("headings")
        return tuple(_text(headings[heading]) for heading in self.row("paths", number))

    # --- facets -----------------------------------------------------------------------------

    @cached_property
    def profile_count(self) -> int:
        """How many distinct combinations of counted facets there are."""
        return self.block("profiles")[0]

    def facet_values(self, facet: str) -> Sequence[str]:
        """The values of a facet, sorted."""
        strings = self.strings(f"{facet_block(facet)}.values")
        return [_text(value) for value in strings.slice(0, len(strings))]

    def facet_rows(self, facet: str) -> tuple[memoryview, memoryview]:
        """For each profile (passage, if the facet is not counted) its values, and the row ends."""
        name = f"{facet_block(facet)}.of"
        return self.block(name).slice(), self.block(f"{name}.ends").slice()

    def _facets_of(self, number: int) -> Mapping[str, tuple[str, ...]]:
        profile = self.block("passages.profile")[number]
        if profile not in self._facets:
            self._facets[profile] = {f.name: self._values(f.name, profile) for f in _COUNTED}
        own = {facet.name: self._values(facet.name, number) for facet in _UNCOUNTED}
        return {**self._facets[profile], **own}

    def _values(self, facet: str, row: int) -> tuple[str, ...]:
        name = facet_block(facet)
        values = self.strings(f"{name}.values")
        return tuple(_text(values[number]) for number in self.row(f"{name}.of", row))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
