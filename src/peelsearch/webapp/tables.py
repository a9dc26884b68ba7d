"""The pages of tables: each as a page, as files to take away, and as an object of the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.render.sheets import Export, Sheet, export_markdown, sheet_csv
from peelsearch.render.word import export_docx
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.feeds import ENDING, LABEL, Feed, feed_reply
from peelsearch.webapp.notes import NOTHING, Noted
from peelsearch.webapp.paths import API, Paths
from peelsearch.webapp.replies import json_reply
from peelsearch.webapp.search_page import Choice, form
from peelsearch.webapp.site import Site
from peelsearch.webapp.state import SearchState
from peelsearch.webapp.table_state import TableState, read_table

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Ending of the address, what the link says, type of the content.
SHAPES = (
    ("csv", "CSV", "text/csv"),
    ("md", "Markdown", "text/markdown"),
    ("docx", "Word", WORD),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is made from. ``identifier`` is what the path names, empty for most tables;
    ``noted`` gives what people note of findings."""

    corpus: Corpus
    vocabulary: Vocabulary
    memory: ExtractMemory
    state: TableState
    paths: Paths
    path: str
    identifier: str = ""
    noted: Callable[[], Noted] = lambda: NOTHING


@dataclass(frozen=True, slots=True)
class Table:
    """A table in each of its shapes; what is not asked for is not made."""

    view: Callable[[], Any]
    json: Callable[[], dict[str, Any]]
    sheet: Callable[[], Sheet]
    export: Callable[[], Export]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """A table at ``path``, with the names of the parameters that it knows.

    ``template`` is filled with the view as ``table``. ``feed`` makes the feed of its rows from
    what is asked for with addresses in full. A path that ends with a slash goes on with
    an identifier; ``named`` gives the id that it stands for, to whose address others lead.
    """

    path: str
    template: str
    names: tuple[str, ...]
    make: Callable[[Asked], Table]
    named: Callable[[Vocabulary, str], str] | None = None
    feed: Callable[[Asked], Feed] | None = None

    @property
    def name(self) -> str:
        """What the table is called in addresses of files and in the API's description."""
        return self.template.removesuffix(".html")


def add_tables(app: Flask, site: Site, pages: tuple[TablePage, ...]) -> None:
    """Give the application the addresses of each table."""
    for page in pages:
        _add(app, site, page)


def table_asked(pages: tuple[TablePage, ...]) -> tuple[TablePage, str] | None:
    """The table that the request is for, or a file of it, with the path of its page."""
    for page in pages:
        if request.endpoint in (page.name, f"{page.name}_file", f"{page.name}_feed"):
            identifier = (request.view_args or {}).get("identifier", "")
            return page, f"{page.path}{quote(identifier)}"
    return None


def _add(app: Flask, site: Site, page: TablePage) -> None:
    path = page.path + ("<identifier>" if page.path.endswith("/") else "")
    name = page.name

    def show(identifier: str = "") -> ResponseReturnValue:
        state = read_table(request.args, page.names)
        paths = site.paths()
        here = f"{paths.root}{page.path}{quote(identifier)}"
        if "" in request.args.values():
            # A form sends its empty fields too; an address that is shared should not hold them.
            return redirect(state.href(here))
        asked = _asked(site, page, site.paths(), identifier)
        if asked.identifier != identifier:
            return redirect(asked.state.href(asked.path))
        return render_template(
            page.template,
            paths=paths,
            form=form(SearchState(), asked.vocabulary, paths.search),
            table=page.make(asked).view(),
            exports=_exports(asked, page),
            feed=feed_link(asked) if page.feed else "",
        )

    def give(shape: str, identifier: str = "") -> ResponseReturnValue:
        asked = _asked(site, page, site.paths(), identifier)
        return _file(page.make(asked), shape, asked.identifier or name)

    def answer(identifier: str = "") -> ResponseReturnValue:
        return json_reply(page.make(_asked(site, page, site.paths(), identifier)).json())

    def follow(make: Callable[[Asked], Feed]) -> Response:
        asked = _asked(site, page, site.outer_paths())
        return feed_reply(asked.corpus, make(asked))

    endings = ",".join(ending for ending, _, _ in SHAPES)
    app.add_url_rule(path, name, show)
    app.add_url_rule(f"{path}.<any({endings}):shape>", f"{name}_file", give)
    app.add_url_rule(f"{API}v1{path}", f"{name}_api", answer)
    if page.feed is not None:
        app.add_url_rule(f"{path}{ENDING}", f"{name}_feed", partial(follow, page.feed))


def feed_link(asked: Asked) -> str:
    """The address of the feed of a table's rows, which has an order of its own."""
    return asked.state.beside("page").beside("sort").href(f"{asked.path}{ENDING}")


def _asked(site: Site, page: TablePage, paths: Paths, identifier: str = "") -> Asked:
    corpus = site.current()
    vocabulary = site.words(corpus)
    if page.named is not None:
        identifier = page.named(vocabulary, identifier)
    return Asked(
        corpus,
        vocabulary,
        site.memory,
        read_table(request.args, page.names),
        paths,
        f"{paths.root}{page.path}{quote(identifier)}",
        identifier,
        lambda: site.notes.joined(corpus, vocabulary),
    )


def _exports(asked: Asked, page: TablePage) -> tuple[Choice, ...]:
    """The links to the same table in other shapes, which have no pages."""
    state = asked.state.beside("page")
    files = (Choice(label, state.href(f"{asked.path}.{end}")) for end, label, _ in SHAPES)
    root = asked.paths.root
    api = f"{root}{API}v1{asked.path.removeprefix(root)}"
    feed = (Choice(LABEL, feed_link(asked)),) if page.feed else ()
    return (*files, Choice("JSON", state.href(api)), *feed)


def _file(table: Table, shape: str, name: str) -> Response:
    if shape == "docx":
        data = export_docx(table.export())
    elif shape == "md":
        data = export_markdown(table.export()).encode("utf-8", "backslashreplace")
    else:
        data = sheet_csv(table.sheet(), table.fingerprint).encode("utf-8", "backslashreplace")
    mimetype = next(kind for ending, _, kind in SHAPES if ending == shape)
    response = Response(data, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{shape}")
    return response
