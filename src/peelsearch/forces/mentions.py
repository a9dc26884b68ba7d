"""Documents about others, or about no single force, that name a force."""

from __future__ import annotations

from collections.abc import Sequence

from peelsearch.corpus import Corpus
from peelsearch.documents.names import Named, forces_named
from peelsearch.model import Everything, Passage, Request, Sort, Span
from peelsearch.model.force import Mention
from peelsearch.model.quotations import Located, Quotation
from peelsearch.units import units
from peelsearch.vocabulary import Vocabulary

# A passage names a force, or stands in a section that is about it.
_FACETS = ("mentions", "force")


def mentions(corpus: Corpus, force: str, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """Each document that is not about the force and has passages on it, the newest first."""
    by_document: dict[str, dict[str, Passage]] = {}
    for passage in _passages(corpus, force):
        by_document.setdefault(passage.document, {})[passage.id] = passage
    found = [
        _mention(corpus, sorted(passages.values(), key=_start), force, vocabulary)
        for _, passages in sorted(by_document.items())
    ]
    found.sort(key=lambda one: one.place.document.date or "", reverse=True)
    return tuple(found)


def _passages(corpus: Corpus, force: str) -> list[Passage]:
    others = frozenset(
        found.document.id for found in corpus.manifest.documents if force not in found.forces
    )
    requests = (
        Request(
            match=Everything(),
            filters=((name, (force,)),),
            documents=others,
            facets=(),
            count_documents=False,
            sort=Sort.DOCUMENT,
            limit=max(1, corpus.reader.passage_count),
        )
        for name in _FACETS
    )
    return [m.passage for request in requests for m in corpus.reader.search(request).matches]


def _start(passage: Passage) -> int:
    return passage.start


def _mention(
    corpus: Corpus, passages: Sequence[Passage], force: str, vocabulary: Vocabulary
) -> Mention:
    """The first sentence that names the force, else the beginning of the first passage."""
    for passage in passages:
        named = [one for one in forces_named(passage.text, vocabulary) if one.id == force]
        if named:
            return Mention(_located(corpus, passage, _sentence(passage, named)), len(passages))
    first = passages[0]
    span = units(first.text, first.headings[-1])[0]
    return Mention(_located(corpus, first, span), len(passages))


def _sentence(passage: Passage, named: Sequence[Named]) -> Span:
    """The sentence with the name; the name alone where it stands in a heading."""
    for start, end in units(passage.text, passage.headings[-1]):
        if any(start <= one.start < end for one in named):
            return start, end
    return named[0].start, named[0].end


def _located(corpus: Corpus, passage: Passage, span: Span) -> Located:
    start, end = span
    said = Quotation(
        passage.text[start:end], passage.start + start, passage.start + end, passage.id
    )
    return Located(corpus.document(passage.document), said, passage.headings, passage.page)
