"""A commit as searching needs it: its segments, documents and acronyms, without reading JSON.

The manifest says the same and more; this is written beside it and named by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from peelsearch.engine.snapshot.blocks import BlockFile, Strings
from peelsearch.model import Acronym, Document, KnownAcronym
from peelsearch.records import dataclass

# Words and runs of words that were looked up among the acronyms.
_REMEMBERED = 4_096
DOCUMENT_COLUMNS = ("id", "title", "path", "type", "date", "round")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment's snapshot file, and which of its passages are deleted.

    ``mark`` is that of the file: it tells it from another segment's.
    """

    name: str
    size: int
    mark: int
    deleted: frozenset[int]


class Summary:
    """A commit's summary, opened. Raises what ``BlockFile`` raises."""

    def __init__(self, path: Path, *, trusted: bool = False) -> None:
        self.file = BlockFile(path)
        if trusted:
            self.file.trust()
        commit = self.file.block("commit").slice().tolist()
        self.generation: int = commit[0]
        self.passage_count: int = commit[1]
        texts = self.file.strings("texts")
        self.fingerprint = _text(texts[0])
        self.vocabulary = _text(texts[1])
        self.documents: Mapping[str, Document] = Documents(self.file)
        self.acronyms = Acronyms(self.file)

    def segments(self) -> list[SegmentEntry]:
        """The segments in order."""
        names = self.file.strings("segments")
        sizes = self.file.block("segments.size")
        marks = self.file.block("segments.mark")
        return [
            SegmentEntry(
                _text(names[index]),
                sizes[index],
                marks[index],
                frozenset(self.file.block(f"deleted.{index}").slice().tolist()),
            )
            for index in range(len(names))
        ]


class Documents(Mapping[str, Document]):
    """The documents of a commit by id, in order of their ids; each is read when asked for."""

    def __init__(self, file: BlockFile) -> None:
        self._columns = {name: file.strings(f"document.{name}") for name in DOCUMENT_COLUMNS}
        self._copies = file.strings("copies")
        self._copy_ends = file.block("document.copies")

    def __getitem__(self, identifier: str) -> Document:
        number = self._columns["id"].find(to_bytes(identifier))
        if number < 0:
            raise KeyError(identifier)
        return self._document(number)

    def __iter__(self) -> Iterator[str]:
        ids = self._columns["id"]
        return (_text(identifier) for identifier in ids.slice(0, len(ids)))

    def __len__(self) -> int:
        return len(self._columns["id"])

    def _document(self, number: int) -> Document:
        row = {name: _text(column[number]) for name, column in self._columns.items()}
        first, last = self._copy_ends[number], self._copy_ends[number + 1]
        return Document(
            id=row["id"],
            title=row["title"],
            path=row["path"],
            also=tuple(_text(path) for path in self._copies.slice(first, last)),
            type=row["type"],
            date=row["date"] or None,
            round=row["round"] or None,
        )


class Acronyms:
    """The acronyms that documents of a commit define, by either form."""

    def __init__(self, file: BlockFile) -> None:
        self._file = file
        self._keys = {name: file.strings(f"acronyms.by_{name}") for name in ("short", "long")}
        self._read: dict[tuple[str, str], tuple[KnownAcronym, ...]] = {}

    def with_short(self, stem: str) -> tuple[KnownAcronym, ...]:
        """Those whose short form has this stem."""
        return self._with("short", stem)

    def with_long(self, stems: Sequence[str]) -> tuple[KnownAcronym, ...]:
        """Those whose long form has these stems."""
        return self._with("long", " ".join(stems))

    def _with(self, name: str, key: str) -> tuple[KnownAcronym, ...]:
        found = self._read.get((name, key))
        if found is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            found = self._read[name, key] = self._looked_up(name, key)
        return found

    def _looked_up(self, name: str, key: str) -> tuple[KnownAcronym, ...]:
        keys = self._keys[name]
        numbers = self._file.block(f"acronyms.by_{name}.number")
        wanted = to_bytes(key)
        at, found = keys.lower_bound(wanted), []
        while at < len(keys) and keys[at] == wanted:
            found.append(numbers[at])
            at += 1
        return tuple(self._acronym(number) for number in sorted(found))

    def _acronym(self, number: int) -> KnownAcronym:
        def text(name: str) -> str:
            column: Strings = self._file.strings(f"acronyms.{name}")
            return _text(column[number])

        acronym = Acronym(text("short"), text("long"))
        return KnownAcronym(acronym, text("short_stem"), tuple(text("long_stems").split(" ")))


def to_bytes(text: str) -> bytes:
    """A text as blocks hold it."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
