"""The URLs: each reads its parameters, asks the layers below and fills a template.

Errors become statuses here and nowhere else; no page ever shows a traceback.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeAlias

from flask import (
    Flask,
    Response,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from peelsearch.corpus import Corpus
from peelsearch.errors import (
    DocumentNotFoundError,
    FileChangedError,
    IndexProblem,
    InputError,
    NoSuchPageError,
    PeelsearchError,
)
from peelsearch.resources import web_folder
from peelsearch.search import highlighter, search
from peelsearch.snippets import NO_MARKS, Highlighter
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import (
    coverage_page,
    force_page,
    judgments_page,
    register_page,
    responses_page,
)
from peelsearch.webapp.access import add_login
from peelsearch.webapp.answer_card import answer_card
from peelsearch.webapp.api import add_api, document_of
from peelsearch.webapp.citation_page import add_citations
from peelsearch.webapp.conditional import add_conditional
from peelsearch.webapp.document_page import document_view
from peelsearch.webapp.exports import add_exports, document_exports, search_exports
from peelsearch.webapp.feeds import add_feeds, search_feed_link
from peelsearch.webapp.home_page import home_view
from peelsearch.webapp.original_file import add_files, file_address
from peelsearch.webapp.paths import API, DOCUMENTS, QUOTE, SEARCH, STATIC, Paths
from peelsearch.webapp.problem_page import HTTP_WORDS, ProblemView
from peelsearch.webapp.replies import json_reply
from peelsearch.webapp.search_page import Choice, Chosen, form, results_view
from peelsearch.webapp.site import Site
from peelsearch.webapp.state import SearchState, options, read
from peelsearch.webapp.table_form import typed_values
from peelsearch.webapp.table_state import read_table
from peelsearch.webapp.tables import TablePage, add_tables, table_asked

# The first that fits counts, so the narrower come first.
STATUSES: tuple[tuple[type[PeelsearchError], int], ...] = (
    (DocumentNotFoundError, 404),
    (NoSuchPageError, 404),
    (FileChangedError, 409),
    (InputError, 400),
    (IndexProblem, 503),
    (PeelsearchError, 500),
)
# Everything a page uses comes from the site itself, the one script too.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# A static file's link names its content, so it can be kept for good; a page depends on the index.
STATIC_CACHE = "public, max-age=31536000, immutable"
PAGE_CACHE = "private, no-cache"
TABLE_PAGES: tuple[TablePage, ...] = (
    judgments_page.PAGE,
    register_page.PAGE,
    responses_page.PAGE,
    force_page.PAGE,
    coverage_page.PAGE,
)
# Where the application keeps its site.
SITE = "peelsearch"
# No form is ever posted; a body of any size is refused before it is read.
MAX_BODY = 1_024

Failure: TypeAlias = PeelsearchError | HTTPException


def create_app(
    index: Path,
    *,
    vocabulary: Vocabulary | None = None,
    login: str = "",
    tracker: Path | None = None,
    files: bool = False,
) -> Flask:
    """The site over the index in a folder, which is first looked at by the first request.

    ``login`` is a ``name:password`` without which nothing is shown. ``files`` are the documents'
    own files served.
    """
    web = web_folder()
    app = Flask(
        "peelsearch",
        template_folder=str(web / "templates"),
        static_folder=str(web / "static"),
        static_url_path=STATIC.rstrip("/"),
    )
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    # A redirect from two slashes to one would name whatever host the request names.
    app.url_map.merge_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    site = Site(index, vocabulary, _versions(web / "static"), tracker, files=files)
    app.extensions[SITE] = site
    _add_pages(app, site)
    add_files(app, site)
    add_exports(app, site)
    add_feeds(app, site)
    add_tables(app, site, TABLE_PAGES)
    add_citations(app, site)
    add_api(app, site, TABLE_PAGES)
    app.register_error_handler(PeelsearchError, lambda error: _problem(error, site))
    app.register_error_handler(HTTPException, lambda error: _problem(error, site))
    if login:
        add_login(app, login)
    add_conditional(app, site, web)
    app.after_request(_with_headers)
    return app


def _add_pages(app: Flask, site: Site) -> None:
    @app.get("/")
    @app.get(SEARCH)
    def search_page() -> ResponseReturnValue:
        state = read(request.args)
        if "" in request.args.values():
            # A form sends its empty fields too; an address that is shared should not hold them.
            return redirect(state.href(site.paths().search))
        corpus = site.current()
        vocabulary = site.words(corpus)
        if state.is_empty:
            paths = site.paths()
            return render_template(
                "home.html",
                paths=paths,
                form=form(state, vocabulary, paths.search),
                home=home_view(corpus, vocabulary, paths),
            )
        return _results(state, corpus, vocabulary, site.paths())

    @app.get(f"{DOCUMENTS}<identifier>")
    def document_page(identifier: str) -> ResponseReturnValue:
        state = SearchState(q=read(request.args).q)
        corpus = site.current()
        document = document_of(corpus, identifier)
        structure = corpus.structure(document.id)
        vocabulary = site.words(corpus)
        found, note = _found(corpus, vocabulary, state.q)
        paths = site.paths()
        file, paged = file_address(corpus, document.id, paths) if site.files else ("", False)
        return render_template(
            "document.html",
            paths=paths,
            form=form(state, vocabulary, paths.search),
            note=note,
            exports=document_exports(document.id, paths),
            document=document_view(
                document,
                structure,
                corpus.reader.passages(document.id),
                vocabulary,
                found,
                quote=request.args.get(QUOTE, ""),
            ),
            file=file,
            pages=file if paged else "",
        )


def _results(state: SearchState, corpus: Corpus, vocabulary: Vocabulary, paths: Paths) -> str:
    chosen = options(state, vocabulary)
    state = state.resolved(chosen.filters)
    results = search(corpus, vocabulary, state.q, chosen)
    title = corpus.document(chosen.document).title if chosen.document else ""
    return render_template(
        "search.html",
        paths=paths,
        form=form(state, vocabulary, paths.search, results.facets, title),
        card=answer_card(corpus, vocabulary, state, chosen, paths),
        results=results_view(results, state, vocabulary, paths),
        exports=search_exports(state, paths),
        feed=search_feed_link(state, paths),
    )


def _found(corpus: Corpus, vocabulary: Vocabulary, query: str) -> tuple[Highlighter, str]:
    """What to mark in a document. A query that cannot be read is no reason not to show it."""
    try:
        return highlighter(corpus, vocabulary, query), ""
    except InputError as error:
        return NO_MARKS, f"Nothing is marked: {error.message}"


def _versions(folder: Path) -> dict[str, str]:
    """The end of each static file's link: browsers can keep for good what it names by content."""
    return {
        path.name: f"{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def _problem(error: Failure, site: Site) -> ResponseReturnValue:
    """The page, or for the API the object, that says what is wrong and what to do next."""
    if isinstance(error, PeelsearchError):
        status = next(status for kind, status in STATUSES if isinstance(error, kind))
        message, hint = error.message, error.hint
    else:
        status = error.code or 500
        message, hint = HTTP_WORDS.get(status, HTTP_WORDS[400 if status < 500 else 500])
    if request.path.startswith(API):
        response = json_reply({"error": message, "hint": hint})
    else:
        response = make_response(_problem_page(error, site, status, message, hint))
    response.status_code = status
    if isinstance(error, HTTPException):
        _keep_headers(error, response)
    return response


def _problem_page(error: Failure, site: Site, status: int, message: str, hint: str) -> str:
    paths, words = site.paths(), site.words_at_hand()
    table = table_asked(TABLE_PAGES) if status == 400 else None
    # A search that goes on from a table's page has nothing to do with the table's filters.
    box = form(SearchState() if table else read(request.args), words, paths.search)
    chosen, start = Chosen(box.chips, box.clear), paths.search
    if table:
        page, path = table
        start = f"{paths.root}{path}"
        chosen = typed_values(read_table(request.args, page.names), start, words)
    near = _near(error, paths)
    problem = ProblemView(status, message, hint, near, chosen, start, table is not None)
    return render_template("problem.html", paths=paths, form=box, problem=problem)


def _near(error: Failure, paths: Paths) -> tuple[Choice, ...]:
    near = error.near if isinstance(error, NoSuchPageError) else ()
    return tuple(Choice(label, f"{paths.root}{address}") for label, address in near)


def _keep_headers(error: HTTPException, response: Response) -> None:
    """The headers that a status requires: which methods are allowed."""
    for name, value in error.get_headers():
        if name.casefold() == "allow":
            response.headers[name] = value


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        # An original file has a stricter policy of its own.
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
        response.headers["Cache-Control"] = STATIC_CACHE
    elif request.endpoint == "health":
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = PAGE_CACHE
    return response
