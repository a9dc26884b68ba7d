"""Hits as records that the search page lays out: passages, and documents with their best ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from peelsearch.model import NOT_STATED, DocumentHits, Hit, Passage
from peelsearch.render import words
from peelsearch.snippets import display
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.pieces import Pieces, headings
from peelsearch.webapp.state import SearchState


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit. ``trail`` are the headings above its own; ``facts`` and ``source`` read in order.

    ``source`` and ``details`` are empty where the hit stands under its document.
    """

    rank: int
    href: str
    heading: Pieces
    trail: tuple[Pieces, ...]
    facts: tuple[str, ...]
    snippet: Pieces
    source: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A document with its best passages. ``rest`` links to all of them, empty where all are shown;
    ``passages`` says how many there are."""

    rank: int
    href: str
    title: str
    facts: tuple[str, ...]
    hits: tuple[HitView, ...]
    passages: str
    rest: str


def hit_view(hit: Hit, asked: str, vocabulary: Vocabulary, paths: Paths) -> HitView:
    """A hit; its link has the query's matches marked in the document."""
    facts = (*_facts(hit, vocabulary), *labels(hit.passage, "force", vocabulary))
    dated = words.date(hit.document.date) or "undated"
    details = (dated, *_page(hit.passage))
    return _view(hit, asked, paths, facts, hit.document.title, details)


def group_view(
    group: DocumentHits, state: SearchState, vocabulary: Vocabulary, paths: Paths
) -> GroupView:
    """A document with its best passages; the force stands once where they share it."""
    document, asked = group.document, SearchState(q=state.q).href("")
    forces = {labels(hit.passage, "force", vocabulary) for hit in group.hits}
    shared = forces.pop() if len(forces) == 1 else ()
    hits = []
    for hit in group.hits:
        apart = labels(hit.passage, "force", vocabulary) if not shared else ()
        facts = (*_facts(hit, vocabulary), *apart, *_page(hit.passage))
        view = _view(hit, asked, paths, facts, "", ())
        # Most documents begin with their title, which stands above their passages already.
        below = view.trail[1:] if hit.passage.headings[:1] == (document.title,) else view.trail
        hits.append(replace(view, trail=below))
    return GroupView(
        rank=group.rank,
        href=f"{paths.document(document.id)}{asked}",
        title=document.title,
        facts=(
            *shared,
            words.date(document.date) or "undated",
            words.count(group.total, "matching passage"),
        ),
        hits=tuple(hits),
        passages=words.count(group.total, "passage"),
        rest=state.within(document.id).href(paths.search) if group.total > len(hits) else "",
    )


def labels(passage: Passage, name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The labels of a passage's values of a facet that has a vocabulary table; none if missing."""
    values = passage.facets.get(name, ())
    return tuple(vocabulary.label(name, value) for value in values if value != NOT_STATED)


def _view(
    hit: Hit,
    asked: str,
    paths: Paths,
    facts: tuple[str, ...],
    source: str,
    details: tuple[str, ...],
) -> HitView:
    *trail, heading = headings(hit) or (display(hit.document.title),)
    return HitView(
        rank=hit.rank,
        href=f"{paths.document(hit.document.id)}{asked}#{hit.passage.id}",
        heading=heading,
        trail=tuple(trail),
        facts=facts,
        snippet=display(hit.snippet.text, hit.snippet.marks),
        source=source,
        details=details,
    )


def _facts(hit: Hit, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Kind and grade."""
    grades = (words.graded(value, vocabulary) for value in hit.passage.facets.get("grade", ()))
    facts = (*labels(hit.passage, "kind", vocabulary), *grades)
    return tuple(fact for fact in facts if fact)


def _page(passage: Passage) -> tuple[str, ...]:
    return (f"page {passage.page}",) if passage.page else ()
