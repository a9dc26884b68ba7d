"""Feeds that readers of news follow: of any search, and of the findings of the register.

A feed has its own order, the newest documents first, and its own length; whatever else an address
of the page asks for, the same address of the feed asks for too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flask import Flask, Response, request

from peelsearch.corpus import Corpus
from peelsearch.model import Document, Sort
from peelsearch.render.atom import MIME, Entry, feed, hit_entry, last_changed
from peelsearch.search import search
from peelsearch.vocabulary import Vocabulary
from peelsearch.watches import mark
from peelsearch.webapp.paths import SEARCH, Paths
from peelsearch.webapp.site import Site
from peelsearch.webapp.state import SearchState, options, read

# What the link to a feed says, and how its address ends.
LABEL = "Atom feed"
ENDING = ".atom"
MOST = 50


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written: ``link`` is its own address, ``page`` that of its page."""

    title: str
    link: str
    page: str
    entries: tuple[Entry, ...]


def add_feeds(app: Flask, site: Site) -> None:
    """Give the application the feed of a search."""

    @app.get(f"{SEARCH}{ENDING}")
    def search_feed() -> Response:
        corpus = site.current()
        asked = read(request.args)
        return feed_reply(corpus, _search_feed(corpus, site.words(corpus), asked, site))


def search_feed_link(state: SearchState, paths: Paths) -> str:
    """The address of the feed of a search, empty where nothing is searched for."""
    found = _of_feed(state)
    return "" if found.is_empty else found.href(f"{paths.search}{ENDING}")


def feed_reply(corpus: Corpus, made: Feed) -> Response:
    """A feed as it is sent."""
    # What has one key is one entry.
    entries: dict[str, Entry] = {}
    for entry in made.entries:
        entries.setdefault(entry.key, entry)
    data = feed(
        made.link,
        made.title,
        corpus.manifest.created,
        entries.values(),
        made.link,
        made.page,
    )
    return Response(data, mimetype=MIME)


def updates(corpus: Corpus) -> Callable[[Document], str]:
    """When the words of a document came about."""
    manifest = corpus.manifest
    written = {one.document.id: one.files[0].mtime_ns for one in manifest.documents if one.files}
    return lambda document: last_changed(document, written.get(document.id, 0), manifest.created)


def newest(documents: Iterable[Document]) -> list[int]:
    """The places of the newest of these documents, at most so many as a feed holds.

    Those of one date stay in their order; those without one come last.
    """
    dates = [document.date or "" for document in documents]
    return sorted(range(len(dates)), key=dates.__getitem__, reverse=True)[:MOST]


def _search_feed(corpus: Corpus, vocabulary: Vocabulary, asked: SearchState, site: Site) -> Feed:
    paths = site.outer_paths()
    chosen = options(_of_feed(asked), vocabulary)
    state = _of_feed(asked).resolved(chosen.filters)
    link = state.href(f"{paths.search}{ENDING}")
    page = (state if state.is_empty else state.sorted_by(Sort.DATE)).href(paths.search)
    if state.is_empty:
        return Feed("peelsearch: nothing is searched for", link, page, ())
    found = search(corpus, vocabulary, state.q, replace(chosen, sort=Sort.DATE, limit=MOST))
    changed = updates(corpus)
    marked = SearchState(q=state.q).href("")
    return Feed(
        f"peelsearch: {found.interpreted}",
        link,
        page,
        tuple(
            hit_entry(
                hit,
                mark(hit),
                f"{paths.document(hit.document.id)}{marked}#{hit.passage.id}",
                changed(hit.document),
            )
            for hit in found.hits
        ),
    )


def _of_feed(state: SearchState) -> SearchState:
    """The search without what only a page has."""
    return replace(state, sort="", limit="", page="", group="")
