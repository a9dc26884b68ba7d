"""Finding a document or a passage by what a person has at hand: an id, a path, part of a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from peelsearch.corpus import Corpus
from peelsearch.errors import DocumentNotFoundError
from peelsearch.model import Document, Passage, Section
from peelsearch.vocabulary import fold

LISTED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A document, and the passage in it when that was what was named."""

    document: Document
    passage: Passage | None = None


def find(corpus: Corpus, name: str) -> Found:
    """The document or passage by that name.

    Tried in order, the first that gives one decides: document id, passage id, path, file name,
    fragment of a title, its words in any order. Raises DocumentNotFoundError for none and several.
    """
    if name in corpus.documents:
        return Found(corpus.documents[name])
    passage = corpus.reader.passage(name)
    if passage is not None:
        return Found(corpus.documents[passage.document], passage)
    documents = sorted(corpus.documents.values(), key=lambda document: document.id)
    folded = fold(name)
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda document: _same_path(document, name),
        lambda document: _has_file_name(document, name),
        lambda document: bool(folded) and folded in fold(document.title),
        lambda document: bool(folded) and folded in fold(f"{document.id} {document.path}"),
        lambda document: bool(folded) and set(folded.split()) <= set(fold(document.title).split()),
    )
    for test in tests:
        matching = [document for document in documents if test(document)]
        if len(matching) == 1:
            return Found(matching[0])
        if matching:
            raise _several(name, matching)
    raise DocumentNotFoundError(
        f'No document is called "{name}".',
        hint='"peelsearch status --documents" lists the documents with their ids.',
    )


def find_section(sections: Iterable[Section], name: str) -> Section:
    """The section whose heading is, or else holds, these words. Raises DocumentNotFoundError."""
    folded = fold(name)
    listed = list(sections)
    for test in (
        [section for section in listed if fold(section.heading) == folded],
        [section for section in listed if folded and folded in fold(section.heading)],
    ):
        if len(test) == 1:
            return test[0]
        if test:
            names = "; ".join(" › ".join(section.headings) for section in test[:LISTED])
            raise DocumentNotFoundError(
                f'{len(test)} sections are called "{name}": {names}.',
                hint="Write more of the heading, or show a passage by its id.",
            )
    raise DocumentNotFoundError(
        f'No section is called "{name}".', hint='"peelsearch sections DOC" lists the headings.'
    )


def _same_path(document: Document, name: str) -> bool:
    typed = Path(name)
    known = (document.path, *document.also)
    return name in known or typed.absolute() in [Path(path).absolute() for path in known]


def _has_file_name(document: Document, name: str) -> bool:
    return any(
        name in (PurePath(path).name, PurePath(path).stem)
        for path in (document.path, *document.also)
    )


def _several(name: str, documents: list[Document]) -> DocumentNotFoundError:
    listed = "; ".join(f"{d.id} ({d.title})" for d in documents[:LISTED])
    more = f"; and {len(documents) - LISTED} more" if len(documents) > LISTED else ""
    return DocumentNotFoundError(
        f'"{name}" names {len(documents)} documents: {listed}{more}.', hint="Give one of these ids."
    )
