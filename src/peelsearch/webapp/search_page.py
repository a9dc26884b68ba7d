"""Search results as records that the templates lay out: everything worded, linked and in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from peelsearch import facets
from peelsearch.facets import Facet
from peelsearch.model import FacetCount, SearchResults, Sort
from peelsearch.render import words
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.hit_views import GroupView, HitView, group_view, hit_view
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.state import DOCUMENT, LIMITS, SearchState

# Values of a facet that are shown before the rest is folded away.
SHOWN_VALUES = 8
# More values than these behind the fold are searched rather than read.
LONG_LIST = 10
# Pages that are linked to on either side of the current one.
NEAR_PAGES = 2
SORTS = ((Sort.RELEVANCE, "Relevance"), (Sort.DATE, "Newest first"), (Sort.DOCUMENT, "Document"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes one thing; ``current`` when it is so already."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks for, each a link without it, and the link without any."""

    chips: tuple[Choice, ...]
    clear: str


class FacetValue(NamedTuple):
    """A checkbox. ``fixed`` values are asked for in the query itself and cannot be unticked.

    A page has some sixty: templates take tuples apart faster than they read attributes.
    """

    value: str
    label: str
    passages: str
    ticked: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet with the values that are shown and those that are folded away.

    ``long`` tells that so many are folded away that one looks for a value by its letters.
    """

    name: str
    legend: str
    shown: tuple[FacetValue, ...]
    folded: tuple[FacetValue, ...]
    long: bool


@dataclass(frozen=True, slots=True)
class FormView:
    """What the search form holds. ``hidden`` keeps the state that has no field of its own."""

    q: str
    since: str
    until: str
    hidden: tuple[tuple[str, str], ...]
    groups: tuple[FacetGroup, ...]
    chips: tuple[Choice, ...]
    clear: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A page of results: ``hits``, or ``groups`` where documents are asked for.

    ``pages`` are empty when there is one; None stands for left out pages. ``limits`` are empty
    when all that was found fits on the shortest page, ``kinds`` when one document has it all.
    """

    summary: str
    range: str
    more: str
    interpreted: str
    notes: tuple[str, ...]
    suggestion: Choice | None
    hits: tuple[HitView, ...]
    groups: tuple[GroupView, ...]
    kinds: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    limits: tuple[Choice, ...]
    previous: str
    next: str
    pages: tuple[Choice | None, ...]


def chips(
    state: SearchState, vocabulary: Vocabulary, path: str, title: str = ""
) -> tuple[Choice, ...]:
    """What is selected, each with the link that removes it. Values may be as typed.

    ``title`` is that of the one document that is searched.
    """
    found = [
        Choice(_chip_label(name, value, vocabulary), state.without(name, value).href(path))
        for name, value in state.chosen
    ]
    for name, label, typed in (
        ("since", "Since", state.since),
        ("until", "Until", state.until),
        ("document", "Document", state.document and (title or state.document)),
    ):
        if typed:
            found.append(Choice(f"{label}: {typed}", state.without(name).href(path)))
    return tuple(found)


def form(
    state: SearchState,
    vocabulary: Vocabulary,
    path: str,
    counts: tuple[tuple[str, tuple[FacetCount, ...]], ...] = (),
    title: str = "",
) -> FormView:
    """The form with the state's values; ``counts`` are the results', none on other pages.

    ``title`` is that of the one document that is searched.
    """
    groups = tuple(
        _group(facets.FACETS_BY_NAME[name], values, state, vocabulary) for name, values in counts
    )
    groups = tuple(group for group in groups if group.shown)
    with_fields = {group.name for group in groups} | {"q", "page"}
    if counts:
        with_fields |= {"since", "until"}
    return FormView(
        q=state.q,
        since=state.since,
        until=state.until,
        hidden=tuple(pair for pair in state.pairs() if pair[0] not in with_fields),
        groups=groups,
        chips=chips(state, vocabulary, path, title),
        clear=state.cleared().href(path),
    )


def results_view(
    results: SearchResults, state: SearchState, vocabulary: Vocabulary, paths: Paths
) -> ResultsView:
    """A page of results in words and links."""
    suggestion = results.suggestion
    asked = SearchState(q=state.q).href("")
    single = results.hits if results.groups is None else ()
    return ResultsView(
        summary=words.total(results),
        range=_range(results),
        more=words.more(results),
        interpreted=results.interpreted,
        notes=results.notes,
        suggestion=(
            Choice(suggestion, state.asking(suggestion).href(paths.search)) if suggestion else None
        ),
        hits=tuple(hit_view(hit, asked, vocabulary, paths) for hit in single),
        groups=tuple(group_view(group, state, vocabulary, paths) for group in results.groups or ()),
        kinds=_kinds(results, state, paths.search),
        sorts=tuple(
            Choice(label, state.sorted_by(sort).href(paths.search), sort is results.sort)
            for sort, label in SORTS
        ),
        limits=_limits(results, state, paths.search),
        previous=state.at_page(results.page - 1).href(paths.search) if results.page > 1 else "",
        next=(
            state.at_page(results.page + 1).href(paths.search)
            if results.page < results.pages
            else ""
        ),
        pages=_pages(results, state, paths.search),
    )


def _chip_label(name: str, value: str, vocabulary: Vocabulary) -> str:
    facet = facets.FACETS_BY_NAME[name]
    return f"{facets.title(name, vocabulary)}: {facets.label(facet, value, vocabulary)}"


def _group(
    facet: Facet, counts: tuple[FacetCount, ...], state: SearchState, vocabulary: Vocabulary
) -> FacetGroup:
    values = tuple(
        FacetValue(
            count.value,
            count.label,
            f"{count.count:,}",
            ticked=count.selected,
            fixed=count.selected and (facet.name, count.value) not in state.chosen,
        )
        for count in counts
    )
    # One value more than the limit is shown too: a fold that hides a single line saves nothing.
    limit = len(values) if len(values) <= SHOWN_VALUES + 1 else SHOWN_VALUES
    shown = [value for index, value in enumerate(values) if index < limit or value.ticked]
    folded = [value for index, value in enumerate(values) if index >= limit and not value.ticked]
    title = facets.title(facet.name, vocabulary)
    return FacetGroup(facet.name, title, tuple(shown), tuple(folded), len(folded) > LONG_LIST)


def _range(results: SearchResults) -> str:
    if results.pages <= 1 or not results.hits:
        return ""
    first, last = results.hits[0].rank, results.hits[-1].rank
    if results.groups is None:
        return f"{first:,} to {last:,} of {results.total:,}"
    return f"Documents {first:,} to {last:,} of {results.documents:,}"


def _kinds(results: SearchResults, state: SearchState, path: str) -> tuple[Choice, ...]:
    """Passages or documents, no choice where there is but one document, or the list of all."""
    grouped = results.groups is not None
    if (results.documents < 2 and not grouped) or state.grouped("").is_empty:
        return ()
    return (
        Choice("Passages", state.grouped("").href(path), not grouped),
        Choice("Documents", state.grouped(DOCUMENT).href(path), grouped),
    )


def _limits(results: SearchResults, state: SearchState, path: str) -> tuple[Choice, ...]:
    """The lengths of a page, none where every choice would show the same."""
    listed = results.total if results.groups is None else results.documents
    if listed <= LIMITS[0]:
        return ()
    return tuple(
        Choice(f"{limit:,}", state.with_limit(limit).href(path), limit == results.limit)
        for limit in sorted({*LIMITS, results.limit})
    )


def _pages(results: SearchResults, state: SearchState, path: str) -> tuple[Choice | None, ...]:
    if results.pages <= 1:
        return ()
    near = range(results.page - NEAR_PAGES, results.page + NEAR_PAGES + 1)
    numbers = sorted({1, results.pages, *(n for n in near if 1 <= n <= results.pages)})
    found: list[Choice | None] = []
    for before, number in zip((0, *numbers), numbers, strict=False):
        if number > before + 1:
            found.append(None)
        link = state.at_page(number).href(path)
        found.append(Choice(f"{number:,}", link, number == results.page))
    return tuple(found)
