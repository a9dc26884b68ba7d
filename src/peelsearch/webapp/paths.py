"""Where links lead. Every address that a page shows is made here or from a state in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from peelsearch.model import Document
from peelsearch.model.quotations import Quotation

SEARCH = "/search"
DOCUMENTS = "/documents/"
FILE = "/file"
STATIC = "/static/"
API = "/api/"
FORCES = "/forces/"
CITE = "/cite/"
# The parameter that marks a quotation: the id of its passage and offsets into that (after a colon)
# or into the document's text (after an @). The id changes with the passage's text, so that an old
# link marks nothing rather than something else.
QUOTE = "quote"
# The tables that every page links to.
TABLES = (
    ("judgments", "Judgments"),
    ("register", "Register"),
    ("responses", "Responses"),
    ("coverage", "Coverage"),
)


class TableLink(NamedTuple):
    """A link to a table; ``current`` on its own page."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Paths:
    """The addresses of the site's pages, under ``root``, and of each static file by its name.

    ``here`` is the path of the page that is answered, without the root.
    """

    root: str
    static: Mapping[str, str]
    here: str = ""

    @property
    def search(self) -> str:
        """The search page."""
        return f"{self.root}{SEARCH}"

    def document(self, identifier: str) -> str:
        """The page of a document."""
        return f"{self.root}{DOCUMENTS}{quote(identifier)}"

    def file(self, identifier: str) -> str:
        """The file that a document was read from."""
        return f"{self.document(identifier)}{FILE}"

    @property
    def tables(self) -> tuple[TableLink, ...]:
        """The tables, for the navigation of every page."""
        return tuple(
            TableLink(label, self.table(name), self.here == f"/{name}") for name, label in TABLES
        )

    def table(self, name: str) -> str:
        """The page of a table."""
        return f"{self.root}/{name}"

    def force(self, identifier: str) -> str:
        """The page of a force."""
        return f"{self.root}{force_address(identifier)}"

    def cite(self, passage: str) -> str:
        """The citation of a passage."""
        return f"{self.root}{CITE}{quote(passage)}"

    def said(self, document: Document, said: Quotation) -> str:
        """The words of a document, marked where they stand."""
        page = self.document(document.id)
        if not said.passage:
            return page
        query = urlencode({QUOTE: f"{said.passage}@{said.start}-{said.end}"})
        return f"{page}?{query}#{said.passage}"


def force_address(identifier: str) -> str:
    """The page of a force below the site's root."""
    return f"{FORCES}{quote(identifier)}"


def site_paths(root: str, static: Mapping[str, str], here: str = "") -> Paths:
    """The paths of a site under ``root``, the ends of whose static links are given."""
    root = quote(root)
    links = {name: f"{root}{STATIC}{version}" for name, version in static.items()}
    return Paths(root, links, here)
