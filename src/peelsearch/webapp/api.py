"""The addresses of the API beside those of the tables, which ``tables`` gives theirs.

Each answers with the object that the command line prints; ``openapi`` describes them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, request
from flask.typing import ResponseReturnValue

from peelsearch.answers.asking import ask
from peelsearch.corpus import Corpus
from peelsearch.errors import DocumentNotFoundError, PeelsearchError
from peelsearch.model import Document
from peelsearch.render import (
    answers_json,
    document_json,
    error_json,
    facets_json,
    results_json,
    sections_json,
)
from peelsearch.render.reports import documents_json
from peelsearch.search import facet_values, search
from peelsearch.webapp.openapi import described
from peelsearch.webapp.paths import API
from peelsearch.webapp.replies import json_reply
from peelsearch.webapp.site import Site
from peelsearch.webapp.state import options, question_options, read
from peelsearch.webapp.tables import TablePage

V1 = f"{API}v1"


def add_api(app: Flask, site: Site, tables: Sequence[TablePage]) -> None:
    """Give the application the addresses of the API."""
    _add_health(app, site)
    _add_searches(app, site)
    _add_documents(app, site)

    @app.get(f"{V1}/openapi.json")
    def openapi_api() -> ResponseReturnValue:
        return json_reply(described(request.script_root, tables))


def document_of(corpus: Corpus, identifier: str) -> Document:
    """The document by its id. Raises DocumentNotFoundError."""
    document = corpus.documents.get(identifier)
    if document is None:
        raise DocumentNotFoundError(
            "There is no document at this address.",
            hint="It may have left the index. Search for its title instead.",
        )
    return document


def _add_health(app: Flask, site: Site) -> None:
    @app.get("/healthz")
    def health() -> ResponseReturnValue:
        try:
            corpus = site.current()
        except PeelsearchError as error:
            return json_reply({"status": "unavailable", **error_json(error)}, 503)
        return json_reply(
            {
                "status": "ok",
                "generation": corpus.generation,
                "documents": len(corpus.documents),
                "passages": corpus.reader.passage_count,
            }
        )


def _add_searches(app: Flask, site: Site) -> None:
    @app.get(f"{V1}/search")
    def search_api() -> ResponseReturnValue:
        state = read(request.args)
        corpus = site.current()
        vocabulary = site.words(corpus)
        chosen = options(state, vocabulary)
        return json_reply(results_json(search(corpus, vocabulary, state.q, chosen)))

    @app.get(f"{V1}/ask")
    def ask_api() -> ResponseReturnValue:
        state = read(request.args)
        corpus = site.current()
        vocabulary = site.words(corpus)
        chosen, limit = question_options(state, vocabulary)
        found = ask(
            corpus,
            vocabulary,
            state.q,
            filters=chosen.filters,
            since=chosen.since,
            until=chosen.until,
            limit=limit,
        )
        return json_reply(answers_json(found))

    @app.get(f"{V1}/facets")
    def facets_api() -> ResponseReturnValue:
        state = read(request.args)
        corpus = site.current()
        vocabulary = site.words(corpus)
        counts = facet_values(corpus, vocabulary, state.q, options(state, vocabulary))
        return json_reply({"facets": facets_json(counts)})


def _add_documents(app: Flask, site: Site) -> None:
    @app.get(f"{V1}/documents")
    def documents_api() -> ResponseReturnValue:
        corpus = site.current()
        return json_reply(documents_json(corpus.manifest, site.words(corpus)))

    @app.get(f"{V1}/documents/<identifier>")
    def document_api(identifier: str) -> ResponseReturnValue:
        corpus = site.current()
        document = document_of(corpus, identifier)
        text = corpus.structure(document.id).text
        return json_reply({"document": document_json(document), "text": text})

    @app.get(f"{V1}/documents/<identifier>/sections")
    def sections_api(identifier: str) -> ResponseReturnValue:
        corpus = site.current()
        document = document_of(corpus, identifier)
        return json_reply(sections_json(document, corpus.structure(document.id)))
