"""``peelsearch sections``."""

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
from peelsearch.corpus import open_corpus
from peelsearch.lookup import find
from peelsearch.render import sections_json
from peelsearch.render.terminal import sections_text


@click.command("sections")
@click.argument("doc")
@index_option
@vocabulary_option
@format_options("text", "json")
def command(doc: str, index: Path | None, vocabulary_file: str | None, output: str) -> None:
    """Print how a document was understood: sections, findings, judgments.

    DOC is a document's id, path, file name or a fragment of its title.
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    document = find(corpus, doc).document
    known = vocabulary(settings, vocabulary_file, corpus)
    structured = corpus.structure(document.id)
    if output == "json":
        print_json(sections_json(document, structured))
    else:
        print_text(sections_text(document, structured, style(), known))
