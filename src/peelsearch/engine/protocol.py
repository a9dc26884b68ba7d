"""What an engine is, for everything above it: a writer of commits and a reader of one commit.

Nothing outside this package may know which engine it is. Everything that crosses is
frozen data of ``model``; results are complete when they arrive and need no open file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from peelsearch.engine.manifest import Contents, FileEntry, Manifest
from peelsearch.model import Document, Expression, KnownAcronym, Matches, Passage, Request
from peelsearch.records import dataclass

if TYPE_CHECKING:
    from peelsearch.model import StructuredDocument


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """Passages of a document that replace all that the index holds of it; none removes it."""

    document: str
    passages: tuple[Passage, ...]


class Acronyms(Protocol):
    """The acronyms that the documents of a commit define, by either form."""

    def with_short(self, stem: str) -> tuple[KnownAcronym, ...]:
        """Those whose short form has this stem."""

    def with_long(self, stems: Sequence[str]) -> tuple[KnownAcronym, ...]:
        """Those whose long form has these stems."""


class Reader(Protocol):
    """A view of one commit. It stays valid and unchanged while newer commits are written."""

    @property
    def manifest(self) -> Manifest:
        """What the commit consists of. Reading it takes a while. Raises IndexDamagedError."""

    @property
    def fingerprint(self) -> str:
        """The analysis, vocabulary and facets that made the commit."""

    @property
    def vocabulary(self) -> str:
        """The text of the vocabulary file that made it, empty for the program's own."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in order of their ids."""

    @property
    def acronyms(self) -> Acronyms:
        """The acronyms that the documents define."""

    @property
    def generation(self) -> int:
        """The number of the commit, growing with each."""

    @property
    def passage_count(self) -> int:
        """How many passages the commit holds."""

    def search(self, request: Request) -> Matches:
        """The matches of a request, with exact totals and facet counts."""

    def frequency(self, expression: Expression) -> int:
        """How many passages match the expression."""

    def words_with_prefix(self, prefix: str, limit: int) -> Sequence[str]:
        """Up to ``limit`` + 1 indexed words that start with the prefix, in dictionary order."""

    def words_near(self, word: str, edits: int) -> Sequence[tuple[str, int, int]]:
        """(word, edits, passages that hold it) of words within so many edits, nearest first.

        The first letter must agree. ``edits`` is at most 2; swapping two neighbouring letters
        is one (optimal string alignment).
        """

    def words_one_edit_away(self, word: str) -> Sequence[tuple[str, int]]:
        """(word, passages that hold it) of words exactly one edit away, in dictionary order.

        Any letter may differ, the first one too.
        """

    def stem(self, word: str) -> str | None:
        """The stem of an indexed word, None of any other."""

    def forms(self, stem: str) -> frozenset[str]:
        """The indexed words that have the stem."""

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id."""

    def passages(self, document: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""

    def problems(self) -> Sequence[str]:
        """What is wrong with the files of this commit, one sentence each; none when sound."""

    def close(self) -> None:
        """Release files. Closing twice is harmless."""


class Writer(Protocol):
    """The one writer of an index. Nothing is visible to readers before ``commit``."""

    @property
    def base(self) -> Manifest | None:
        """The commit that changes start from, None for a new or rebuilt index."""

    def apply(self, changes: Iterable[DocumentChange]) -> None:
        """Write the changes into new segments. No document twice between two commits."""

    def save_record(self, document: str, structured: StructuredDocument) -> FileEntry:
        """Keep the structured document; its entry belongs into the contents of the commit."""

    def commit(self, contents: Contents) -> int:
        """Make the changes visible, all at once and lastingly; the new generation's number.

        ``contents`` names all documents that the index then holds, not only the changed ones.
        """

    def cancel(self) -> None:
        """Leave the index as it was."""

    def close(self) -> None:
        """Let others write. Closing without a commit leaves the index as it was."""
