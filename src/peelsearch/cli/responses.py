"""``peelsearch responses``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.exports import Shapes, deliver, table_options
from peelsearch.cli.options import (
    Settings,
    chosen_filters,
    facet_options,
    index_option,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.corpus import open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.register import responses
from peelsearch.render.responses import (
    responses_export,
    responses_json,
    responses_sheet,
    responses_text,
)


@click.command("responses")
@index_option
@vocabulary_option
@facet_options("force")
@table_options
def command(
    index: Path | None,
    vocabulary_file: str | None,
    output: str,
    target: Path | None,
    **chosen: tuple[str, ...],
) -> int:
    """Show what letters say to each thing that was asked.

    An ask is quoted only, answered in general together with others, answered specifically, or not
    mentioned; asks to others than the force and its commissioner are never called not mentioned.
    The last day that the law gives for publishing comments stands beside the letter's own date;
    when comments were published is known only if the letter or a catalogue says it.
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    forces = dict(chosen_filters(chosen, known)).get("force", ())
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    found = responses(corpus, known, ExtractMemory(), forces)
    shapes = Shapes(
        text=lambda: responses_text(found, style(), known),
        json=lambda: responses_json(found),
        sheet=lambda: responses_sheet(found),
        export=lambda: responses_export(found, known),
        fingerprint=found.fingerprint,
    )
    deliver(shapes, output, target)
    return EXIT_FOUND if found.responses else EXIT_NOTHING
