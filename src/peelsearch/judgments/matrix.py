"""The judgments of a corpus: read, put together as rows and as a table for each round."""

from __future__ import annotations

from peelsearch.corpus import Corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.extracts import (
    ExtractMemory,
    document_matches,
    extracts,
    may_speak_of,
    pillar_hints,
    within_dates,
)
from peelsearch.judgments.rows import (
    JudgmentOptions,
    has_grade,
    row_key,
    speaks_of,
    with_conflicts,
)
from peelsearch.judgments.tables import round_tables
from peelsearch.judgments.warnings import comparison_warnings
from peelsearch.model.judgments import Matrix
from peelsearch.vocabulary import Vocabulary


def judgments(
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
    options: JudgmentOptions | None = None,
) -> Matrix:
    """The judgments of the documents under the filters. Only these documents are read."""
    options = options or JudgmentOptions()
    chosen = dict(options.filters)
    documents = [
        found
        for found in corpus.manifest.documents
        if may_speak_of(found, options.filters)
        and document_matches(found.document, options.filters)
    ]
    dated = {
        found.document.id
        for found in documents
        if within_dates(found.document.date, options.since, options.until)
    }
    read = extracts(corpus, vocabulary, memory, lambda found: found.document.id in dated)
    rows = [row for found in read for row in found.judgments if speaks_of(row, chosen)]
    rows = with_conflicts(rows)
    rows.sort(key=lambda row: row_key(row, options.order, vocabulary))
    held = [found for found in documents if found.document.id in dated]
    tables = round_tables(rows, held, corpus, vocabulary, options)
    shown = [table.round for table in tables if table.lines]
    undated = sum(found.document.date is None for found in documents)
    return Matrix(
        rows=tuple(row for row in rows if has_grade(row, chosen)),
        rounds=tables,
        warnings=comparison_warnings(corpus, vocabulary, shown),
        fingerprint=corpus_fingerprint(corpus.manifest.documents, vocabulary),
        undated=undated if options.since or options.until else 0,
        hints=pillar_hints(read, options.filters, vocabulary),
    )
