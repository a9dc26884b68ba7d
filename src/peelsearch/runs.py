"""What is asked of the engine for a query: all words, related ones, any word, the last page.

A search that finds little by the words that were typed is done again with words that mean almost
the same (``synonyms.txt``), which count but stand below; one that finds nothing, with any word.
"""

from __future__ import annotations

from peelsearch.corpus import Corpus
from peelsearch.expansion import Plan, plan, widened
from peelsearch.model import ClauseKind, Filters, Matches, Query, Request, Sort, Stem
from peelsearch.records import dataclass, replace

# When the typed words find fewer passages, related words are searched for too; and where these do
# not find more, passages with some of the words follow.
FEW = 5
# So many of a document's passages are shown where documents are asked for.
BEST_OF_EACH = 3


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What narrows and orders a search beside the query.

    ``since`` and ``until`` are ISO dates, as precise as wanted; a document's date is compared at
    the precision that both have, so "2022-04" is neither before nor after "2022-04-15".
    ``document`` is the id of the only one to search. ``by_document`` asks for documents with their
    best passages; pages are pages of documents then.
    """

    filters: Filters = ()
    since: str | None = None
    until: str | None = None
    document: str | None = None
    page: int = 1
    limit: int = 10
    sort: Sort = Sort.RELEVANCE
    by_document: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked of the engine in the end, and its answer."""

    plan: Plan
    request: Request
    matches: Matches


def run(corpus: Corpus, query: Query, filters: Filters, options: SearchOptions) -> Run:
    """Search with every word required; where few or no passages have all, those with any follow.

    Never past the last page.
    """
    strict = plan(query, corpus)
    found = _ask(corpus, strict, filters, options)
    if found.matches.total < FEW or _nowhere(corpus, strict):
        wide = widened_plan(corpus, query, strict)
        found = _ask(corpus, wide, filters, options) if wide else found
    held = found.matches.total
    if held < FEW and found.plan.can_relax and (not held or _finds_few(corpus, found.plan)):
        relaxed = _ask(corpus, found.plan.relaxed(held), filters, options)
        found = relaxed if relaxed.matches.total > held else found
    last = pages(found.matches, options)
    if options.page > last:
        found = _ask(corpus, found.plan, filters, replace(options, page=last))
    return found


def _nowhere(corpus: Corpus, strict: Plan) -> bool:
    """Whether a word of the query stands in no passage."""
    clauses = (c for unit in strict.units for c in unit.clauses if c.kind is ClauseKind.WORD)
    return not all(corpus.reader.frequency(Stem(c.stems[0])) for c in clauses if c.content)


def _finds_few(corpus: Corpus, strict: Plan) -> bool:
    """Whether few passages have all words. Filters have no say here either."""
    return total(corpus, strict.request) < FEW


def widened_plan(corpus: Corpus, query: Query, strict: Plan) -> Plan | None:
    """The plan with related words, if the typed ones find little and those find more.

    Filters have no say: choosing a facet's value must give as many as were counted for it.
    """

    if not strict.units:
        return None
    nowhere = _nowhere(corpus, strict)
    by_typed = total(corpus, strict.request)
    if by_typed >= FEW and not nowhere:
        return None
    wide = widened(query, strict, corpus)
    if wide is None or total(corpus, wide.request) > by_typed:
        return wide
    if by_typed or not strict.can_relax:
        return None
    by_any = total(corpus, strict.relaxed().request)
    more = total(corpus, wide.relaxed().request) > by_any
    return wide if more and (by_any < FEW or nowhere) else None


def total(corpus: Corpus, request: Request) -> int:
    """How many passages match a request, and nothing else about them."""
    counting = replace(
        request, counted=(), facets=(), count_documents=False, offset=0, limit=0, of_each=0
    )
    return corpus.reader.search(counting).total


def _ask(corpus: Corpus, wanted: Plan, filters: Filters, options: SearchOptions) -> Run:
    request = request_of(corpus, wanted.request, filters, options)
    return Run(wanted, request, corpus.reader.search(request))


def pages(matches: Matches, options: SearchOptions) -> int:
    """How many pages the matches fill, at least one."""
    listed = matches.documents if options.by_document else matches.total
    return max(1, -(-listed // options.limit))


def request_of(corpus: Corpus, base: Request, filters: Filters, options: SearchOptions) -> Request:
    """The request of a plan under the filters, for one page."""
    return replace(
        base,
        filters=filters,
        documents=_documents(corpus, options),
        sort=options.sort,
        offset=(options.page - 1) * options.limit,
        limit=options.limit,
        of_each=BEST_OF_EACH if options.by_document else 0,
    )


def _documents(corpus: Corpus, options: SearchOptions) -> frozenset[str] | None:
    """The ids of the documents to search, None for all."""
    dated = dated_documents(corpus, options.since, options.until)
    if options.document is None:
        return dated
    only = frozenset((options.document,))
    return only if dated is None else dated & only


def dated_documents(corpus: Corpus, since: str | None, until: str | None) -> frozenset[str] | None:
    """The ids of the documents between two dates, None for all where there are no bounds."""
    if not (since or until):
        return None
    return frozenset(
        identifier
        for identifier, date in corpus.dates.items()
        if date and _within(date, since, until)
    )


def _within(date: str, since: str | None, until: str | None) -> bool:
    def compare(bound: str) -> int:
        size = min(len(date), len(bound))
        return (date[:size] > bound[:size]) - (date[:size] < bound[:size])

    return (since is None or compare(since) >= 0) and (until is None or compare(until) <= 0)
