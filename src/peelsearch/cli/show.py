"""``peelsearch show``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli.options import (
    Settings,
    format_options,
    index_option,
    print_json,
    print_text,
    style,
    vocabulary,
    vocabulary_option,
)
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.lookup import Found, find, find_section
from peelsearch.model import Section
from peelsearch.render import document_json, passage_json, section_json
from peelsearch.render.terminal import document_text, passage_text, section_text
from peelsearch.vocabulary import Vocabulary


@click.command("show")
@click.argument("doc")
@click.argument("section", required=False)
@index_option
@vocabulary_option
@click.option("--text", is_flag=True, help="Only the text, exactly as it was extracted.")
@format_options("text", "json")
def command(
    doc: str,
    section: str | None,
    index: Path | None,
    vocabulary_file: str | None,
    text: bool,
    output: str,
) -> None:
    """Print a document, a section or a passage.

    DOC is a document's id, path, file name or a fragment of its title, or the id of a passage as
    search prints it. SECTION is a heading of the document, or words of one.
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    found = find(corpus, doc)
    known = vocabulary(settings, vocabulary_file, corpus)
    if section is not None:
        _show_section(corpus, found, section, text=text, output=output, known=known)
        return
    if text:
        print_text(_exact_text(corpus, found))
        return
    if output == "json":
        print_json(_json(corpus, found))
    elif found.passage is not None:
        print_text(passage_text(found.passage, found.document, style(), known))
    else:
        structured = corpus.structure(found.document.id)
        print_text(document_text(found.document, structured, style(), known))


def _exact_text(corpus: Corpus, found: Found) -> str:
    return found.passage.text if found.passage else corpus.structure(found.document.id).text


def _json(corpus: Corpus, found: Found) -> dict[str, object]:
    document = {"document": document_json(found.document)}
    if found.passage is not None:
        return {**document, **passage_json(found.passage)}
    return {**document, "text": corpus.structure(found.document.id).text}


def _show_section(
    corpus: Corpus, found: Found, name: str, *, text: bool, output: str, known: Vocabulary
) -> None:
    structured = corpus.structure(found.document.id)
    section: Section = find_section(structured.sections, name)
    own = structured.text[section.start : section.end]
    if text:
        print_text(own)
    elif output == "json":
        print_json(
            {"document": document_json(found.document), **section_json(section), "text": own}
        )
    else:
        print_text(section_text(section, own, style(), known))
