"""Extracts that were made once are remembered while the process lives, within a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeAlias

from peelsearch.corpus import Corpus
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.extracts.quoting import PassageSpan
from peelsearch.extracts.reading import extract
from peelsearch.fingerprint import fingerprint
from peelsearch.model import Document, StructuredDocument
from peelsearch.model.extracts import Extract
from peelsearch.passages import passage_spans
from peelsearch.vocabulary import Vocabulary

# Characters of quotations that are kept. A force report has some 20,000 of them.
MOST_CHARACTERS = 100_000_000

Wanted: TypeAlias = Callable[[IndexedDocument], bool]
_Key: TypeAlias = tuple[Document, str, str]


class ExtractMemory:
    """Extracts by document, record and vocabulary: a newer commit reads only what changed.

    Safe to use from several threads.
    """

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._held: OrderedDict[_Key, tuple[Extract, int]] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def extract(self, corpus: Corpus, indexed: IndexedDocument, vocabulary: Vocabulary) -> Extract:
        """The extract of a document of the corpus."""
        key = (indexed.document, indexed.record.digest, vocabulary.fingerprint)
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held[0]
        structured = corpus.structure(indexed.document.id)
        passages = _passages(corpus, indexed.document.id, structured, vocabulary)
        made = extract(indexed.document, structured, passages, vocabulary)
        self._keep(key, made)
        return made

    def _keep(self, key: _Key, made: Extract) -> None:
        size = _characters(made)
        with self._lock:
            if key in self._held:
                return
            self._held[key] = made, size
            self._characters += size
            while self._characters > self._most and self._held:
                _, (_, dropped) = self._held.popitem(last=False)
                self._characters -= dropped


def extracts(
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
    wanted: Wanted = lambda _: True,
) -> list[Extract]:
    """The extracts of the wanted documents, in order of their ids."""
    return [
        memory.extract(corpus, indexed, vocabulary)
        for indexed in corpus.manifest.documents
        if wanted(indexed)
    ]


def _passages(
    corpus: Corpus, identifier: str, structured: StructuredDocument, vocabulary: Vocabulary
) -> list[PassageSpan]:
    """Where the passages of a document stand.

    An index that was made by this program with this vocabulary holds what would be made now, which
    is sooner made than read.
    """
    if corpus.reader.fingerprint == fingerprint(vocabulary):
        spans = passage_spans(identifier, structured, vocabulary)
        return [(found, start, end) for found, _, start, end in spans]
    return [(found.id, found.start, found.end) for found in corpus.reader.passages(identifier)]


def _characters(made: Extract) -> int:
    judged = (
        len(row.said.quote) + sum(len(other.said.quote) for other in row.also)
        for row in made.judgments
    )
    found = (len(entry.place.said.quote) for entry in made.entries)
    expected = (len(one.said.quote) for one in made.expectations)
    return sum((*judged, *found, *expected)) + len(made.letter.words if made.letter else "")
