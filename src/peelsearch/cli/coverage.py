"""``peelsearch coverage``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.exports import Shapes, deliver, table_options
from peelsearch.cli.options import (
    Settings,
    index_option,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.corpus import open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.register import coverage
from peelsearch.render.coverage import (
    coverage_export,
    coverage_json,
    coverage_sheet,
    coverage_text,
)


@click.command("coverage")
@index_option
@vocabulary_option
@table_options
def command(
    index: Path | None, vocabulary_file: str | None, output: str, target: Path | None
) -> int:
    """Say which forces, rounds and types are held, and what is missing.

    What is missing: documents without a force, a date or a round; asks without a theme; deadlines
    that cannot be resolved; letters without the report that they answer; documents that a
    catalogue names and nobody holds; files that could not be read.
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    today = datetime.datetime.now().astimezone().date().isoformat()
    found = coverage(corpus, known, ExtractMemory(), today)
    shapes = Shapes(
        text=lambda: coverage_text(found, style(), known),
        json=lambda: coverage_json(found),
        sheet=lambda: coverage_sheet(found),
        export=lambda: coverage_export(found, known),
        fingerprint=found.fingerprint,
    )
    deliver(shapes, output, target)
    return EXIT_FOUND if found.documents else EXIT_NOTHING
