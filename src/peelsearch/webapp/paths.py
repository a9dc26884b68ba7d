"""Where links lead. Every address that a page shows is made here or from a state in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from peelsearch.model import Document
from peelsearch.model.quotations import Quotation

SEARCH = "/search"
DOCUMENTS = "/documents/"
STATIC = "/static/"
API = "/api/"
FORCES = "/forces/"
# The parameter that marks a quotation: the id of its passage and offsets into that (after a colon)
# or into the document's text (after an @). The id changes with the passage's text, so that an old
# link marks nothing rather than something else.
QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Paths:
    """The addresses of the site's pages, under ``root``, and of each static file by its name."""

    root: str
    static: Mapping[str, str]

    @property
    def search(self) -> str:
        """The search page."""
        return f"{self.root}{SEARCH}"

    def document(self, identifier: str) -> str:
        """The page of a document."""
        return f"{self.root}{DOCUMENTS}{quote(identifier)}"

    def table(self, name: str) -> str:
        """The page of a table."""
        return f"{self.root}/{name}"

    def force(self, identifier: str) -> str:
        """The page of a force."""
        return f"{self.root}{force_address(identifier)}"

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


def site_paths(root: str, static: Mapping[str, str]) -> Paths:
    """The paths of a site under ``root``, the ends of whose static links are given."""
    root = quote(root)
    return Paths(root, {name: f"{root}{STATIC}{version}" for name, version in static.items()})
