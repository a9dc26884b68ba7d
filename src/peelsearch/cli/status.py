"""``peelsearch status``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_PROBLEM
from peelsearch.cli.options import (
    Settings,
    chosen_vocabulary,
    format_options,
    index_option,
    print_json,
    print_text,
    style,
    vocabulary_option,
)
from peelsearch.indexing import status
from peelsearch.render.reports import status_json, status_text
from peelsearch.vocabulary import remembered_vocabulary


@click.command("status")
@index_option
@vocabulary_option
@click.option("--documents", is_flag=True, help="List the documents and what is known of each.")
@format_options("text", "json")
def command(index: Path | None, vocabulary_file: str | None, documents: bool, output: str) -> int:
    """Say what is indexed, from where, and whether it is sound and current.

    Exit code 2 when the index is damaged.
    """
    settings = Settings()
    folder = index or Path(settings.text("index"))
    chosen = chosen_vocabulary(settings, vocabulary_file)
    found = status(folder, chosen)
    known = chosen or remembered_vocabulary(found.vocabulary)
    if output == "json":
        print_json(status_json(found))
    else:
        print_text(status_text(found, style(), known, documents=documents))
    return EXIT_PROBLEM if found.problems else EXIT_FOUND
