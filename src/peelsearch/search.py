"""A query string and filters to a page of hits: what is matched, in which order, and said in words.

How words match: function words count only inside a phrase. Up to three content words must all
match; with four or more, or when nothing matches all, any may match. Passages that hold the words
as a phrase come first, then those with the exact word forms. A defined acronym and its long form
find each other. None of this is silent: ``interpreted`` and ``notes`` say it.
"""

from __future__ import annotations

import time

from peelsearch import facets
from peelsearch.corpus import Corpus
from peelsearch.errors import QueryError
from peelsearch.expansion import Plan, plan
from peelsearch.interpretation import filter_notes, interpreted
from peelsearch.model import (
    Document,
    Everything,
    FacetCount,
    Filters,
    HeadingMark,
    Hit,
    Match,
    Matches,
    More,
    Query,
    Request,
    SearchResults,
    Sort,
)
from peelsearch.querystring import parse
from peelsearch.records import dataclass, replace
from peelsearch.snippets import Highlighter, merged, snippet
from peelsearch.spelling import suggest, unknown_words
from peelsearch.vocabulary import Vocabulary

MAX_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What narrows and orders a search beside the query.

    ``since`` and ``until`` are ISO dates, as precise as wanted; a document's date is compared at
    the precision that both have, so "2022-04" is neither before nor after "2022-04-15".
    """

    filters: Filters = ()
    since: str | None = None
    until: str | None = None
    page: int = 1
    limit: int = 10
    sort: Sort = Sort.RELEVANCE


def search(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions | None = None
) -> SearchResults:
    """Search one commit of the index.

    Raises QueryError or UnknownValueError for what cannot be read, and QueryError when there is
    neither a word nor a filter.
    """
    started = time.perf_counter()
    options = options or SearchOptions()
    parsed = parse(query, vocabulary, corpus.stem)
    filters = _joined(parsed.filters, options.filters)
    if not (parsed.groups or filters or options.since or options.until):
        raise _nothing_to_search(parsed)
    run = _run(corpus, _plan(corpus, parsed), filters, options)
    matches, page = run.matches, run.request.offset // options.limit + 1
    notes = (
        *run.plan.notes,
        *_page_note(options.page, page),
        *filter_notes(matches, filters, vocabulary),
        *_undated_note(corpus, run.request, options),
        *_without_filters_note(corpus, run.request, matches),
    )
    return SearchResults(
        query=query,
        interpreted=interpreted(run.plan, filters, vocabulary),
        notes=notes,
        total=matches.total,
        documents=matches.documents,
        more=_more(run.plan, matches),
        page=page,
        pages=_pages(matches, options),
        limit=options.limit,
        sort=options.sort,
        filters=filters,
        hits=_hits(corpus, run.plan.highlighter, matches, run.request.offset),
        facets=facet_counts(matches, filters, vocabulary),
        suggestion=suggest(parsed, unknown_words(parsed, corpus.reader), corpus.reader),
        took_ms=(time.perf_counter() - started) * 1_000,
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """What was asked of the engine in the end, and its answer."""

    plan: Plan
    request: Request
    matches: Matches


def _run(corpus: Corpus, strict: Plan, filters: Filters, options: SearchOptions) -> _Run:
    """Search with every word required; with any when nothing has all; never past the last page."""
    found = _ask(corpus, strict, filters, options)
    if not found.matches.total and strict.can_relax:
        relaxed = _ask(corpus, strict.relaxed(), filters, options)
        found = relaxed if relaxed.matches.total else found
    last = _pages(found.matches, options)
    if options.page > last:
        found = _ask(corpus, found.plan, filters, replace(options, page=last))
    return found


def _ask(corpus: Corpus, wanted: Plan, filters: Filters, options: SearchOptions) -> _Run:
    request = _request(corpus, wanted.request, filters, options)
    return _Run(wanted, request, corpus.reader.search(request))


def _pages(matches: Matches, options: SearchOptions) -> int:
    return max(1, -(-matches.total // options.limit))


def facet_values(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions
) -> tuple[tuple[str, tuple[FacetCount, ...]], ...]:
    """The facet counts of a search, or of all passages when the query is empty."""
    if query.strip():
        return search(corpus, vocabulary, query, replace(options, page=1, limit=1)).facets
    everything = Request(match=Everything())
    request = replace(_request(corpus, everything, options.filters, options), limit=0)
    return facet_counts(corpus.reader.search(request), options.filters, vocabulary)


def highlighter(corpus: Corpus, vocabulary: Vocabulary, query: str) -> Highlighter:
    """What marks a query's matches in any text; nothing for a query without words.

    Raises what ``search`` raises for a query that cannot be read.
    """
    return _plan(corpus, parse(query, vocabulary, corpus.stem)).highlighter


def _plan(corpus: Corpus, query: Query) -> Plan:
    return plan(query, corpus)


def facet_counts(
    matches: Matches, filters: Filters, vocabulary: Vocabulary
) -> tuple[tuple[str, tuple[FacetCount, ...]], ...]:
    """The counts of every counted facet; selected values are listed even when nothing has them.

    Values stand in the facet's own order where it has one (grades), else most passages first.
    """
    chosen = dict(filters)
    listed = []
    for facet in facets.COUNTED:
        selected = chosen.get(facet.name, ())
        counts = {**dict.fromkeys(selected, 0), **matches.facets.get(facet.name, {})}
        order, labels = facets.order(facet, vocabulary), facets.labels(facet, vocabulary)
        rows = sorted(
            (order.get(value, len(order)), -count, labels.get(value, value), value)
            for value, count in counts.items()
        )
        values = (
            FacetCount(value, label, -less, value in selected) for _, less, label, value in rows
        )
        listed.append((facet.name, tuple(values)))
    return tuple(listed)


def _joined(first: Filters, second: Filters) -> Filters:
    """Both sets of filters; values of one facet are alternatives wherever they were given."""
    values: dict[str, dict[str, None]] = {}
    for name, chosen in (*first, *second):
        values.setdefault(name, {}).update(dict.fromkeys(chosen))
    return tuple((f.name, tuple(values[f.name])) for f in facets.FACETS if f.name in values)


def _nothing_to_search(query: Query) -> QueryError:
    if query.excluded:
        message = "The query only says what to leave out."
    elif query.typed.strip():
        message = f'There is no word to search for in "{query.typed.strip()[:60]}".'
    else:
        message = "The query is empty."
    return QueryError(
        message, hint='Give a word, a "phrase" or a filter such as kind:recommendation.'
    )


def _request(corpus: Corpus, base: Request, filters: Filters, options: SearchOptions) -> Request:
    return replace(
        base,
        filters=filters,
        documents=_dated(corpus, options),
        sort=options.sort,
        offset=(options.page - 1) * options.limit,
        limit=options.limit,
    )


def _dated(corpus: Corpus, options: SearchOptions) -> frozenset[str] | None:
    if not (options.since or options.until):
        return None
    return frozenset(
        identifier
        for identifier, date in corpus.dates.items()
        if date and _within(date, options.since, options.until)
    )


def _within(date: str, since: str | None, until: str | None) -> bool:
    def compare(bound: str) -> int:
        size = min(len(date), len(bound))
        return (date[:size] > bound[:size]) - (date[:size] < bound[:size])

    return (since is None or compare(since) >= 0) and (until is None or compare(until) <= 0)


def _page_note(asked: int, page: int) -> list[str]:
    if asked == page:
        return []
    return [f"There is no page {asked}; this is the last, page {page}."]


def _undated_note(corpus: Corpus, request: Request, options: SearchOptions) -> list[str]:
    """What a date filter leaves out because nobody knows its date."""
    if not (options.since or options.until):
        return []
    undated = frozenset(identifier for identifier, date in corpus.dates.items() if date is None)
    left_out = corpus.reader.search(replace(request, documents=undated, offset=0, limit=0))
    if not left_out.total:
        return []
    return [
        f"{_count(left_out.total, 'matching passage')} in "
        f"{_count(left_out.documents, 'document')} without a stated date "
        f"{'is' if left_out.total == 1 else 'are'} left out."
    ]


def _without_filters_note(corpus: Corpus, request: Request, matches: Matches) -> list[str]:
    if matches.total or not (request.filters or request.documents is not None):
        return []
    free = replace(request, filters=(), documents=None, offset=0, limit=0)
    total = corpus.reader.search(free).total
    return [f"Without the filters, {_count(total, 'passage')} would match."] if total else []


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _more(search_plan: Plan, matches: Matches) -> More:
    if not search_plan.tiers:
        return More(None, None, None)
    counts = dict(zip(search_plan.tiers, matches.counts, strict=True))
    together = counts["all"]
    phrase = counts.get("phrase")
    apart = together - phrase if phrase is not None else together
    return More(phrase, apart, counts["any"] - together)


def _hits(
    corpus: Corpus, highlighter: Highlighter, matches: Matches, offset: int
) -> tuple[Hit, ...]:
    return tuple(
        _hit(offset + index, match, corpus.document(match.passage.document), highlighter)
        for index, match in enumerate(matches.matches, start=1)
    )


def _hit(rank: int, match: Match, document: Document, highlighter: Highlighter) -> Hit:
    passage = match.passage
    if match.whole and highlighter.whole is not None:
        highlighter = highlighter.whole
    return Hit(
        rank=rank,
        score=match.score,
        passage=passage,
        document=document,
        marks=merged(match.marks),
        heading_marks=tuple(
            HeadingMark(index, start, end)
            for index, heading in enumerate(passage.headings)
            for start, end in highlighter.marks(heading)
        ),
        snippet=snippet(passage.text, offset=passage.start, units=match.units, marks=match.marks),
    )
