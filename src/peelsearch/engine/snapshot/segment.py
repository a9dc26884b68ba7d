"""One segment's snapshot, opened: its dictionaries, postings and passages, by their numbers.

Nothing here depends on which other segments a commit has. Numbers of passages, words, stems and
values are the segment's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from struct import Struct
from typing import Any

from peelsearch.engine.fields import WORDS
from peelsearch.engine.snapshot.blocks import Block, BlockFile, Strings
from peelsearch.engine.snapshot.layout import FIELDS, RECORD, Record, facet_block
from peelsearch.facets import FACETS
from peelsearch.model import Passage, Span

NOWHERE = -1

# Plain numbers are quicker to index with than members of Record.
_TOKENS, _UNITS = int(Record.TOKENS), int(Record.UNITS)
_ENDS = 4
_ID_END, _TEXT_END, _TOKENS_END, _UNITS_END = range(RECORD, RECORD + _ENDS)


class Segment:
    """A segment as it is read; which of its passages are deleted is for the commit to say.

    ``trusted`` verifies the whole file at once, which makes every later access quicker.
    """

    def __init__(self, path: Path, size: int, mark: int, *, trusted: bool = False) -> None:
        self.file = BlockFile(path, size, mark)
        if trusted:
            self.file.trust()
        self.words = self._dictionary("words", sampled=trusted)
        self.stems = self._dictionary("stems", sampled=trusted)
        self._records = self.block("passages").data
        self.size = len(self._records) // RECORD - 1
        self.lengths = dict(zip(FIELDS, self.block("lengths").slice().tolist(), strict=True))
        # Few distinct ones are shared by many passages.
        self._documents: dict[int, str] = {}
        self._paths: dict[int, tuple[str, ...]] = {}
        self._profiles: dict[tuple[int, int], Mapping[str, tuple[str, ...]]] = {}

    def _dictionary(self, name: str, *, sampled: bool) -> Strings:
        return Strings(self.block(name), self.block(f"{name}.ends"), sampled=sampled)

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
        """A table of strings by its name; tables are kept."""
        found = self._strings.get(name)
        if found is None:
            found = self._strings[name] = self._dictionary(name, sampled=False)
        return found

    @cached_property
    def _strings(self) -> dict[str, Strings]:
        return {}

    def row(self, name: str, number: int) -> Sequence[int]:
        """A row of a block of rows."""
        start, end = self.block(f"{name}.ends").slice(number, number + 2)
        found: list[int] = self.block(name).slice(start, end).tolist()
        return found

    # --- words ------------------------------------------------------------------------------

    def term(self, field: str, text: str) -> int:
        """The number of a word (field ``words``) or stem (others), NOWHERE if there is none."""
        table = self.words if field == WORDS else self.stems
        return table.find(text.encode("utf-8", "surrogatepass"))

    def frequency(self, field: str, term: int) -> int:
        """How many passages hold a term, deleted ones included."""
        start, end = self.block(f"{field}.starts").slice(term, term + 2)
        return end - start

    def postings(self, field: str, term: int) -> tuple[memoryview, memoryview]:
        """The passages that hold a term, and for each the number of its (count, length)."""
        start, end = self.block(f"{field}.starts").slice(term, term + 2)
        return (
            self.block(f"{field}.passages").slice(start, end),
            self.block(f"{field}.codes").slice(start, end),
        )

    def occurrences(self, word: int) -> memoryview:
        """The places of a word among all words of the segment, ascending."""
        start, end = self.block("words.occurrences.ends").slice(word, word + 2)
        return self.block("words.occurrences").slice(start, end)

    def occurrence_count(self, word: int) -> int:
        """How often a word stands in the segment."""
        start, end = self.block("words.occurrences.ends").slice(word, word + 2)
        return end - start

    def words_of(self, stem: int) -> Sequence[int]:
        """The words that have a stem; a word of headings only may be among them."""
        return self.row("stems.words", stem)

    # --- passages ---------------------------------------------------------------------------

    def record(self, number: int) -> list[int]:
        """A passage's record and the four ends that begin that of the next (see ``Record``)."""
        at = number * RECORD
        found: list[int] = self._records[at : at + RECORD + _ENDS].tolist()
        return found

    def passage(self, number: int) -> Passage:
        """A passage, complete."""
        return self.passage_of(self.record(number))

    def passage_of(self, record: Sequence[int]) -> Passage:
        """The passage that a record is of."""
        identifier, text, _, _, document, start, end, page, date, path, profile, others = record[
            :RECORD
        ]
        ids, texts = self._characters
        return Passage(
            id=str(ids[identifier : record[_ID_END]], "utf-8", "surrogatepass"),
            document=self._document(document),
            headings=self._path(path),
            facets=self._facets(profile, others),
            text=str(texts[text : record[_TEXT_END]], "utf-8", "surrogatepass"),
            start=start,
            end=end,
            page=page - 1 if page else None,
            date=self.dates[date] or None,
        )

    @cached_property
    def _characters(self) -> tuple[Any, Any]:
        return self.block("ids").data, self.block("texts").data

    def tokens_of(self, record: Sequence[int]) -> tuple[int, int]:
        """Where the words of a passage start and end in ``tokens``."""
        return record[_TOKENS], record[_TOKENS_END]

    @property
    def first_tokens(self) -> memoryview:
        """Where the words of each passage start in ``tokens``, and where those of the last end."""
        return self.block("passages.tokens").slice()

    @cached_property
    def first_passages(self) -> list[int]:
        """The first passage of each document, and the end of the last."""
        found: list[int] = self.block("documents.first").slice().tolist()
        return found

    def document_at(self, number: int) -> int:
        """The document that a passage belongs to."""
        return bisect_right(self.first_passages, number) - 1

    def passages_of(self, document: str) -> range:
        """The passages of a document, in the order of its text."""
        number = self.strings("documents").find(document.encode("utf-8", "surrogatepass"))
        if number < 0:
            return range(0)
        firsts = self.block("documents.first")
        return range(firsts[number], firsts[number + 1])

    def find(self, identifier: str) -> int:
        """The number of the passage with this id, NOWHERE if there is none."""
        order = self.block("ids.order")
        key = identifier.encode("utf-8", "surrogatepass")
        at = bisect_left(range(len(order)), key, key=lambda place: self._id(order[place]))
        return order[at] if at < len(order) and self._id(order[at]) == key else NOWHERE

    def _id(self, number: int) -> bytes:
        record = self.record(number)
        return self.block("ids").slice(record[Record.ID], record[RECORD + Record.ID]).tobytes()

    def units_of(self, record: Sequence[int]) -> tuple[Span, ...]:
        """The spans of a passage's sentences in its text."""
        data, edges = self._units
        return tuple(edges.iter_unpack(data[record[_UNITS] : record[_UNITS_END]]))

    @cached_property
    def _units(self) -> tuple[Any, Struct]:
        block = self.block("units")
        return block.data, Struct(f"<2{block.code}")

    @cached_property
    def tokens(self) -> tuple[Any, Any, Any]:
        """The words of all passages by number, where each starts, and its size."""
        names = ("tokens", "tokens.from", "tokens.size")
        tokens, froms, sizes = (self.block(name).data for name in names)
        return tokens, froms, sizes

    @cached_property
    def dates(self) -> Sequence[str]:
        """The dates of passages, sorted, empty for none."""
        strings = self.strings("dates")
        return [_text(date) for date in strings.slice(0, len(strings))]

    def _document(self, number: int) -> str:
        found = self._documents.get(number)
        if found is None:
            found = self._documents[number] = _text(self.strings("documents")[number])
        return found

    def _path(self, number: int) -> tuple[str, ...]:
        found = self._paths.get(number)
        if found is None:
            headings = self.strings("headings")
            found = tuple([_text(headings[n]) for n in self.row("paths", number)])
            self._paths[number] = found
        return found

    # --- facets -----------------------------------------------------------------------------

    @cached_property
    def profile_count(self) -> int:
        """How many distinct combinations of counted facets there are."""
        return self.block("profiles")[0]

    def facet_values(self, facet: str) -> Sequence[str]:
        """The values of a facet, sorted."""
        strings = self.strings(f"{facet_block(facet)}.values")
        return [_text(value) for value in strings.slice(0, len(strings))]

    def column(self, column: Record) -> memoryview:
        """One number of every passage's record. The memory view has steps of its own."""
        found: memoryview = self._records[0 : self.size * RECORD][column::RECORD]
        return found

    def facet_rows(self, facet: str) -> tuple[memoryview, memoryview]:
        """For each profile (of others, if the facet is not counted) values, and the row ends."""
        name = f"{facet_block(facet)}.of"
        return self.block(name).slice(), self.block(f"{name}.ends").slice()

    def _facets(self, profile: int, others: int) -> Mapping[str, tuple[str, ...]]:
        key = (profile, others)
        found = self._profiles.get(key)
        if found is None:
            found = self._profiles[key] = {
                name: _values(rows, profile if counted else others)
                for name, counted, rows in self._facet_rows
            }
        return found

    @cached_property
    def _facet_rows(self) -> Sequence[tuple[str, bool, tuple[Any, Any, Sequence[tuple[str]]]]]:
        """For each facet its rows, their ends, and its values, each as a tuple."""
        return [
            (
                facet.name,
                facet.counted,
                (
                    self.block(f"{facet_block(facet.name)}.of").data,
                    self.block(f"{facet_block(facet.name)}.of.ends").data,
                    [(value,) for value in self.facet_values(facet.name)],
                ),
            )
            for facet in FACETS
        ]


def _values(rows: tuple[Any, Any, Sequence[tuple[str]]], row: int) -> tuple[str, ...]:
    """The values of a row; nearly always there is one."""
    of, ends, values = rows
    start, end = ends[row], ends[row + 1]
    if end - start == 1:
        only: tuple[str] = values[of[start]]
        return only
    return tuple([values[number][0] for number in of[start:end]])


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
