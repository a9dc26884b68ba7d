"""One commit of the index, opened for the layers above: its reader, documents and structures.

``LiveCorpus`` is for a process that goes on while builds happen: it moves to a newer commit
without a pause, and whoever still uses the older one can go on with it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeAlias

from peelsearch import model
from peelsearch.analysis import stem
from peelsearch.engine import checks, folder, plain
from peelsearch.engine.damage import damaged
from peelsearch.engine.manifest import FileEntry, IndexedDocument, Manifest
from peelsearch.engine.opening import open_reader
from peelsearch.engine.protocol import Reader
from peelsearch.errors import DocumentNotFoundError, IndexProblem
from peelsearch.model import Document
from peelsearch.vocabulary import Vocabulary, remembered_vocabulary

# A folder that changed this recently is listed again: its time stamp is too coarse to tell two
# changes apart that follow each other at once.
SETTLED_NS = 1_000_000_000
# Words and stems of queries whose entries in the index are remembered.
_REMEMBERED = 4_096


class Corpus:
    """A commit, complete and unchanging. Safe to use from several threads."""

    def __init__(self, where: Path, reader: Reader) -> None:
        self.folder = where
        self.reader = reader
        self.forms = lru_cache(_REMEMBERED)(reader.forms)
        """The indexed words that have a stem."""
        self.known_stem = lru_cache(_REMEMBERED)(reader.stem)
        """The stem of an indexed word, None of any other."""
        self._read: dict[str, Document] = {}

    @property
    def generation(self) -> int:
        """The number of the commit."""
        return self.reader.generation

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in order of their ids."""
        return self.reader.documents

    def document(self, identifier: str) -> Document:
        """A document by its id, read once. Raises KeyError."""
        found = self._read.get(identifier)
        if found is None:
            found = self._read[identifier] = self.documents[identifier]
        return found

    @cached_property
    def dates(self) -> Mapping[str, str | None]:
        """Each document's date by its id, None where it is not known."""
        return {document.id: document.date for document in self.documents.values()}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Each document's title by its id."""
        return {document.id: document.title for document in self.documents.values()}

    @property
    def manifest(self) -> Manifest:
        """What the commit consists of."""
        return self.reader.manifest

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that it was made with, as far as it is not the program's own of then.

        Raises VocabularyError when this program reads such files no longer.
        """
        return remembered_vocabulary(self.reader.vocabulary)

    def stem(self, word: str) -> str:
        """The stem of a folded word. Those of indexed words are not worked out again."""
        return self.known_stem(word) or stem(word)

    def structure(self, document_id: str) -> model.StructuredDocument:
        """The document as it was understood, with its text.

        Raises DocumentNotFoundError or IndexDamagedError.
        """
        return read_structure(self.folder, self.indexed(document_id).record)

    def indexed(self, document_id: str) -> IndexedDocument:
        """A document with the files that it was read from. Raises DocumentNotFoundError."""
        found = self._indexed.get(document_id)
        if found is None:
            raise DocumentNotFoundError(
                f'No document has the id "{document_id}".',
                hint="peelsearch status lists the documents.",
            )
        return found

    @cached_property
    def _indexed(self) -> Mapping[str, IndexedDocument]:
        return {indexed.document.id: indexed for indexed in self.manifest.documents}

    def close(self) -> None:
        """Release files. Closing twice is harmless."""
        self.reader.close()


def read_structure(where: Path, record: FileEntry) -> model.StructuredDocument:
    """The document that a record of the index keeps. Raises IndexDamagedError."""
    data = checks.read_checked(where, record)
    try:
        return plain.from_plain(model.StructuredDocument, plain.loads(data))
    except ValueError as error:
        raise damaged(f"{record.name} cannot be understood ({error})") from error


Opener: TypeAlias = Callable[[Path], Reader]
"""Opens the newest commit in a folder."""


def open_corpus(where: Path, opener: Opener = open_reader) -> Corpus:
    """The newest commit in the folder.

    Raises IndexMissingError, IndexDamagedError, IndexFormatError or NotAnIndexError. Never give
    it a folder that somebody else made: opening an index can run what was put into it.
    """
    return Corpus(where, opener(where))


class LiveCorpus:
    """Always the newest commit of a folder. Safe to use from several threads."""

    def __init__(self, where: Path, opener: Opener = open_reader) -> None:
        self.folder = where
        self._opener = opener
        self._corpus: Corpus | None = None
        self._seen_ns = -1
        self._opening = threading.Lock()

    def current(self) -> Corpus:
        """The newest commit; while one thread opens a newer one, the others get the one before.

        Raises what ``open_corpus`` raises as long as nothing could be opened. Do not close what
        it returns: other threads use it too.
        """
        corpus = self._corpus
        if corpus is None:
            with self._opening:
                return self._corpus or self._open()
        changed_ns = self._changed_ns()
        if changed_ns == self._seen_ns or not self._opening.acquire(blocking=False):
            return corpus
        try:
            return self._newer(corpus, changed_ns)
        finally:
            self._opening.release()

    def close(self) -> None:
        """Release files."""
        with self._opening:
            if self._corpus is not None:
                self._corpus.close()
            self._corpus = None

    def _open(self) -> Corpus:
        # An older corpus is not closed here: requests may use it. It closes with its last user.
        self._corpus = open_corpus(self.folder, self._opener)
        return self._corpus

    def _newer(self, corpus: Corpus, changed_ns: int) -> Corpus:
        try:
            if folder.latest(self.folder) != corpus.generation:
                corpus = self._open()
        except (IndexProblem, OSError):
            # What is open is still right for its commit; the next request looks again.
            return corpus
        if time.time_ns() - changed_ns > SETTLED_NS:
            self._seen_ns = changed_ns
        return corpus

    def _changed_ns(self) -> int:
        try:
            return self.folder.stat().st_mtime_ns
        except OSError:
            return -1
