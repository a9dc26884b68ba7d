"""The page of a citation: a passage's words, and the citation in each form to be copied."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from flask import Flask, render_template
from flask.typing import ResponseReturnValue

from peelsearch.citations import cite
from peelsearch.model.citations import Citation
from peelsearch.render.citations import citation_bibtex, citation_markdown, citation_text
from peelsearch.render.style import Style
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import CITE, Paths
from peelsearch.webapp.search_page import form
from peelsearch.webapp.site import Site
from peelsearch.webapp.state import SearchState

# Lines that are copied are broken by where they are pasted.
_UNBROKEN = Style()


@dataclass(frozen=True, slots=True)
class CitationForm:
    """A citation in one form. ``id`` is its field on the page, ``lines`` how high that is."""

    id: str
    label: str
    words: str
    lines: int


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation; ``href`` leads to its words in the document."""

    heading: str
    title: str
    href: str
    forms: tuple[CitationForm, ...]


def citation_view(found: Citation, vocabulary: Vocabulary, paths: Paths) -> CitationView:
    """The citation in the three forms that the command prints."""
    forms = (
        ("text", "Text", textwrap.dedent(citation_text(found, _UNBROKEN, vocabulary))),
        ("markdown", "Markdown", citation_markdown(found, vocabulary)),
        ("bibtex", "BibTeX", citation_bibtex(found)),
    )
    document = found.place.document
    return CitationView(
        heading=readable(found.place.headings[-1] if found.place.headings else document.title),
        title=document.title,
        href=paths.said(document, found.place.said),
        forms=tuple(
            CitationForm(f"as-{name}", label, said.strip(), min(said.strip().count("\n") + 2, 16))
            for name, label, said in forms
        ),
    )


def add_citations(app: Flask, site: Site) -> None:
    """The address of each passage's citation."""

    @app.get(f"{CITE}<identifier>")
    def citation_page(identifier: str) -> ResponseReturnValue:
        corpus = site.current()
        vocabulary, paths = site.words(corpus), site.paths()
        found = cite(corpus, vocabulary, identifier, memory=site.memory)
        return render_template(
            "citation.html",
            paths=paths,
            form=form(SearchState(), vocabulary, paths.search),
            citation=citation_view(found, vocabulary, paths),
        )
