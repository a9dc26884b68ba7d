"""A search and a document in the shapes that programs and spreadsheets read."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from peelsearch.render.tables import search_csv
from peelsearch.search import search
from peelsearch.webapp.feeds import LABEL, search_feed_link
from peelsearch.webapp.paths import API, SEARCH, Paths
from peelsearch.webapp.search_page import Choice
from peelsearch.webapp.site import Site
from peelsearch.webapp.state import SearchState, options, read


def add_exports(app: Flask, site: Site) -> None:
    """Give the application the file of a search."""

    @app.get(f"{SEARCH}.csv")
    def search_file() -> ResponseReturnValue:
        state = read(request.args)
        corpus = site.current()
        vocabulary = site.words(corpus)
        found = search(corpus, vocabulary, state.q, options(state, vocabulary))
        return csv_reply(search_csv(found), "search.csv")


def csv_reply(text: str, name: str) -> Response:
    """A CSV file to keep under a name."""
    response = Response(text.encode("utf-8", "backslashreplace"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def search_exports(state: SearchState, paths: Paths) -> tuple[Choice, ...]:
    """The links to these hits in other shapes."""
    api = f"{paths.root}{API}v1{SEARCH}"
    found = (Choice("CSV", state.href(f"{paths.search}.csv")), Choice("JSON", state.href(api)))
    feed = search_feed_link(state, paths)
    return (*found, Choice(LABEL, feed)) if feed else found


def document_exports(identifier: str, paths: Paths) -> tuple[Choice, ...]:
    """The links to a document's text and to how it was understood."""
    address = f"{paths.root}{API}v1/documents/{quote(identifier)}"
    return Choice("Text as JSON", address), Choice("Sections as JSON", f"{address}/sections")
