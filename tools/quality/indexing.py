"""An index of a collection, in a folder that is the caller's to remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from peelsearch.corpus import Corpus, open_corpus
from peelsearch.engine.manifest import Contents, IndexedDocument
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.serving import open_serving_reader
from peelsearch.engine.writer import open_writer
from peelsearch.facets import FACETS
from peelsearch.indexing import build
from peelsearch.model import Description, Document, Passage, StructuredDocument
from peelsearch.vocabulary import Vocabulary, load_vocabulary
from tools.quality.collection import Collection, Text


@dataclass(frozen=True, slots=True)
class Indexed:
    """An opened index, and the text of each document as the collection has it."""

    corpus: Corpus
    vocabulary: Vocabulary
    texts: Mapping[str, str]


def index_collection(collection: Collection, folder: Path) -> Indexed:
    """An index of all that the collection holds."""
    if collection.documents is None:
        return index_texts(collection.texts, folder)
    vocabulary = load_vocabulary()
    build([collection.documents], index=folder, vocabulary=vocabulary)
    corpus = open_corpus(folder, open_serving_reader)
    texts = {name: corpus.structure(name).text for name in corpus.documents}
    return Indexed(corpus, vocabulary, texts)


def index_texts(texts: Iterable[Text], folder: Path) -> Indexed:
    """An index of texts, each a document of one passage under its title."""
    held = tuple(texts)
    writer = open_writer(folder)
    indexed = []
    for text in held:
        document, passage = _document(text)
        writer.apply([DocumentChange(document.id, (passage,))])
        description = Description(document.title, document.type, None, None, (), ())
        record = writer.save_record(
            document.id, StructuredDocument(passage.text, description, (), (), (), ())
        )
        indexed.append(IndexedDocument(document, (), (), "", (), 1, record))
    writer.commit(Contents(documents=tuple(sorted(indexed, key=lambda d: d.document.id))))
    writer.close()
    return Indexed(
        open_corpus(folder, open_serving_reader),
        load_vocabulary(),
        {text.id: text.text for text in held},
    )


def _document(text: Text) -> tuple[Document, Passage]:
    facets = {facet.name: ("not-stated",) for facet in FACETS}
    heading = text.title or text.id
    passage = Passage(
        text.id, text.id, (heading,), facets, text.text, 0, len(text.text), None, None
    )
    return Document(text.id, heading, text.id, (), "other", None, None), passage
