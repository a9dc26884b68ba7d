"""A query string and filters to a page of hits: what is matched, in which order, and said in words.

How words match: function words count only inside a phrase. Up to three content words must all
match; with four or more, or when nothing matches all, any may match. Passages that hold the words
as a phrase come first, then those with the exact word forms. A known acronym and its long form
find each other; related words are searched for where the typed ones find little. None of this is
silent: ``interpreted`` and ``notes`` say it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from itertools import chain, count, islice, repeat
from typing import TYPE_CHECKING

from peelsearch import acronyms, facets, synonyms
from peelsearch.corpus import Corpus
from peelsearch.errors import DocumentNotFoundError, QueryError
from peelsearch.expansion import Plan, plan
from peelsearch.interpretation import filter_notes, interpreted
from peelsearch.model import (
    Document,
    DocumentHits,
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
)
from peelsearch.querystring import parse
from peelsearch.records import replace
from peelsearch.runs import Run, SearchOptions, pages, request_of, run, total, widened_plan
from peelsearch.snippets import Highlighter, merged, snippet
from peelsearch.spelling import Spelling, spelling
from peelsearch.vocabulary import Vocabulary

if TYPE_CHECKING:
    from peelsearch.spelling.names import Name

MAX_LIMIT = 1_000

__all__ = ["MAX_LIMIT", "SearchOptions", "facet_counts", "facet_values", "highlighter", "search"]


def search(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions | None = None
) -> SearchResults:
    """Search one commit of the index.

    Raises QueryError or UnknownValueError for what cannot be read, QueryError when there is
    neither a word nor a filter, and DocumentNotFoundError.
    """
    started = time.perf_counter()
    options = options or SearchOptions()
    parsed = parse(query, vocabulary, corpus.stem)
    filters = _joined(parsed.filters, options.filters)
    _check_document(corpus, options)
    narrowed = filters or options.since or options.until or options.document
    # Documents without anything asked of them are the list of all.
    listed = options.by_document and not query.strip()
    if not (parsed.groups or narrowed or listed):
        raise _nothing_to_search(parsed)
    ran = run(corpus, parsed, filters, options)
    spelled = _spelling(corpus, vocabulary, parsed)
    matches, page = ran.matches, ran.request.offset // options.limit + 1
    notes = (
        *ran.plan.notes,
        *_related_note(corpus, ran),
        *_page_note(options.page, page),
        *filter_notes(matches, filters, vocabulary),
        *_undated_note(corpus, ran.request, options),
        *_without_filters_note(corpus, ran.request, matches),
        *_absent_notes(spelled, vocabulary),
    )
    hits = _hits(corpus, ran.plan.highlighter, matches, ran.request.offset)
    return SearchResults(
        query=query,
        interpreted=interpreted(ran.plan, filters, vocabulary),
        notes=notes,
        total=matches.total,
        documents=matches.documents,
        more=_more(ran.plan, matches),
        page=page,
        pages=pages(matches, options),
        limit=options.limit,
        sort=options.sort,
        filters=filters,
        hits=hits,
        facets=facet_counts(matches, filters, vocabulary),
        suggestion=spelled.suggestion,
        took_ms=(time.perf_counter() - started) * 1_000,
        groups=_groups(hits, matches) if options.by_document else None,
    )


def facet_values(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions
) -> tuple[tuple[str, tuple[FacetCount, ...]], ...]:
    """The facet counts of a search, or of all passages when the query is empty."""
    if query.strip():
        return search(corpus, vocabulary, query, replace(options, page=1, limit=1)).facets
    _check_document(corpus, options)
    everything = Request(match=Everything())
    request = replace(request_of(corpus, everything, options.filters, options), limit=0, of_each=0)
    return facet_counts(corpus.reader.search(request), options.filters, vocabulary)


def highlighter(corpus: Corpus, vocabulary: Vocabulary, query: str) -> Highlighter:
    """What marks a query's matches in any text; nothing for a query without words.

    Raises what ``search`` raises for a query that cannot be read.
    """
    parsed = parse(query, vocabulary, corpus.stem)
    strict = plan(parsed, corpus)
    return (widened_plan(corpus, parsed, strict) or strict).highlighter


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


def _check_document(corpus: Corpus, options: SearchOptions) -> None:
    if options.document is not None and options.document not in corpus.documents:
        raise DocumentNotFoundError(
            f'No document has the id "{options.document[:120]}".',
            hint="It may have left the index. Search without it.",
        )


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


def _related_note(corpus: Corpus, ran: Run) -> list[str]:
    """How many match only by a related word."""
    if ran.plan.typed is None:
        return []
    typed = total(corpus, replace(ran.request, match=ran.plan.typed))
    only = ran.matches.total - typed
    if not only:
        return []
    if not typed:
        return ["No passage holds the words that were typed; these hold related words."]
    return [
        f"{_count(typed, 'passage')} with the words that were typed "
        f"{'comes' if typed == 1 else 'come'} first; "
        f"{only:,} {'holds' if only == 1 else 'hold'} related words instead."
    ]


def _page_note(asked: int, page: int) -> list[str]:
    if asked == page:
        return []
    return [f"There is no page {asked}; this is the last, page {page}."]


def _undated_note(corpus: Corpus, request: Request, options: SearchOptions) -> list[str]:
    """What a date filter leaves out because nobody knows its date."""
    if not (options.since or options.until):
        return []
    undated = frozenset(
        identifier
        for identifier, date in corpus.dates.items()
        if date is None and options.document in (None, identifier)
    )
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
    free = total(corpus, replace(request, filters=(), documents=None))
    return [f"Without the filters, {_count(free, 'passage')} would match."] if free else []


def _spelling(corpus: Corpus, vocabulary: Vocabulary, query: Query) -> Spelling:
    def held(name: Name) -> bool:
        return total(corpus, Request(Everything(), filters=((name.facet, (name.value,)),))) > 0

    def sound(word: str) -> bool:
        return synonyms.holds(word) or acronyms.holds(word)

    return spelling(query, corpus.reader, vocabulary, held=held, sound=sound)


def _absent_notes(spelled: Spelling, vocabulary: Vocabulary) -> list[str]:
    """The forces and themes that were asked for and that no document has."""
    return [
        f"No document here is about {vocabulary.label(name.facet, name.value)}."
        if name.facet == "force"
        else f'No part of a document here is under "{vocabulary.label(name.facet, name.value)}".'
        for name in spelled.absent
    ]


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
    ranks: Iterable[int] = count(offset + 1)
    if matches.groups:
        shown = (shown for _, shown in matches.groups)
        ranks = chain.from_iterable(map(repeat, ranks, shown))
    return tuple(
        _hit(rank, match, corpus.document(match.passage.document), highlighter)
        for rank, match in zip(ranks, matches.matches, strict=False)
    )


def _groups(hits: Sequence[Hit], matches: Matches) -> tuple[DocumentHits, ...]:
    """The hits gathered under their documents."""
    rest = iter(hits)
    found = ((held, tuple(islice(rest, shown))) for held, shown in matches.groups)
    return tuple(DocumentHits(own[0].rank, own[0].document, held, own) for held, own in found)


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
