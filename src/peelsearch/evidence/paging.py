"""All matches of a search in turn, in the memory that one page of them needs."""

from __future__ import annotations

from collections.abc import Iterator

from peelsearch.corpus import Corpus
from peelsearch.model import Everything, Filters, Hit, Passage, Request, Sort
from peelsearch.querystring import parse
from peelsearch.records import replace
from peelsearch.runs import SearchOptions, request_of, run
from peelsearch.search import search
from peelsearch.vocabulary import Vocabulary

PAGE = 250


def all_hits(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions
) -> Iterator[Hit]:
    """Every hit in the order of the options. Raises what ``search`` raises."""
    page, pages = 1, 1
    while page <= pages:
        found = search(corpus, vocabulary, query, replace(options, page=page, limit=PAGE))
        yield from found.hits
        page, pages = page + 1, found.pages if found.total else 0


def found_passages(
    corpus: Corpus, vocabulary: Vocabulary, query: str, filters: Filters, options: SearchOptions
) -> Iterator[Passage]:
    """The passages of the same hits, without working out what to mark and to show.

    ``filters`` are all of the search, those within the query too.
    """
    parsed = parse(query, vocabulary, corpus.stem)
    ran = run(corpus, parsed, filters, replace(options, page=1, limit=1))
    yield from _paged(corpus, replace(ran.request, counted=(), marked=None, whole=None))


def all_passages(
    corpus: Corpus, filters: Filters, since: str | None, until: str | None
) -> Iterator[Passage]:
    """Every passage under the filters, in the order of the documents and of their texts."""
    options = SearchOptions(filters, since, until, limit=PAGE, sort=Sort.DOCUMENT)
    yield from _paged(corpus, request_of(corpus, Request(Everything()), filters, options))


def _paged(corpus: Corpus, request: Request) -> Iterator[Passage]:
    """The passages that match, without facets."""
    request = replace(request, facets=(), count_documents=False, offset=0, limit=PAGE)
    while True:
        found = corpus.reader.search(request)
        yield from (match.passage for match in found.matches)
        request = replace(request, offset=request.offset + PAGE)
        if request.offset >= found.total:
            return
