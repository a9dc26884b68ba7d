"""What the corpus holds and what is missing in it, so that a count can be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from peelsearch.corpus import Corpus
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.extracts import ExtractMemory, extracts, quotes_others
from peelsearch.model import NOT_STATED, Document, Source
from peelsearch.model.coverage import Coverage, CoverageCount
from peelsearch.model.register import DeadlineState, Entry
from peelsearch.register.entries import RegisterOptions, register
from peelsearch.register.naming import names_report
from peelsearch.vocabulary import Vocabulary


def coverage(corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory, as_of: str) -> Coverage:
    """Documents by force, round and type; what lacks something that tables need."""
    documents = corpus.manifest.documents
    contents = corpus.manifest.contents
    found = register(corpus, vocabulary, memory, RegisterOptions(as_of=as_of))
    return Coverage(
        documents=len(documents),
        counts=_counts(documents, vocabulary),
        without_force=tuple(one.document for one in documents if not one.forces),
        without_date=tuple(one.document for one in documents if one.document.date is None),
        without_round=tuple(
            one.document
            for one in documents
            if one.document.round is None and not quotes_others(one.document, vocabulary)
        ),
        without_theme=tuple(e for e in found.entries if e.ask and e.theme == NOT_STATED),
        unresolved=tuple(e for e in found.entries if e.state is DeadlineState.UNRESOLVED),
        unanswered=_unanswered(corpus, vocabulary, memory, found.entries),
        stubs=contents.stubs,
        failed=tuple((issue.path, issue.reason) for issue in contents.failed),
        fingerprint=found.fingerprint,
    )


def _counts(
    documents: Iterable[IndexedDocument], vocabulary: Vocabulary
) -> tuple[CoverageCount, ...]:
    """A document that inspects several forces counts for each."""
    counted = Counter(
        (force, one.document.round or NOT_STATED, one.document.type)
        for one in documents
        for force in one.forces or (NOT_STATED,)
    )
    orders = [table.orders for table in (vocabulary.force, vocabulary.round, vocabulary.type)]
    return tuple(
        CoverageCount(*key, number)
        for key, number in sorted(
            counted.items(),
            key=lambda item: [
                (order.get(value, len(order)), value)
                for order, value in zip(orders, item[0], strict=True)
            ],
        )
    )


def _unanswered(
    corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory, entries: Sequence[Entry]
) -> tuple[Document, ...]:
    """Letters whose report is not held: none that they quote, none that they name."""
    quoting = {
        place.document.id
        for entry in entries
        if entry.place.source is Source.ORIGINAL
        for place in entry.also
    }
    reports = [
        one for one in corpus.manifest.documents if not quotes_others(one.document, vocabulary)
    ]
    letters = extracts(
        corpus, vocabulary, memory, lambda one: quotes_others(one.document, vocabulary)
    )
    return tuple(
        letter.document
        for letter in letters
        if letter.letter is not None
        and letter.document.id not in quoting
        and not any(
            names_report(letter.letter.words, letter.forces, report, vocabulary)
            for report in reports
        )
    )
