"""``peelsearch force``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.exports import Shapes, day_option, deliver, table_options
from peelsearch.cli.options import (
    Settings,
    index_option,
    query_words,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.corpus import open_corpus
from peelsearch.errors import UnknownValueError
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.forces import force_sheet
from peelsearch.model import NOT_STATED
from peelsearch.render.force import force_json, force_text
from peelsearch.render.force_tables import force_csv_sheet, force_export
from peelsearch.vocabulary import Vocabulary


@click.command("force")
@click.argument("name", nargs=-1, required=True, callback=query_words)
@index_option
@vocabulary_option
@day_option
@table_options
def command(
    name: str,
    index: Path | None,
    vocabulary_file: str | None,
    as_of: str,
    output: str,
    target: Path | None,
) -> int:
    """Show what the documents say of one force.

    The newest grades, what was asked of it and by when, noted practices, letters and their replies,
    what is reported elsewhere or not yet, what has no date, and which other documents mention it;
    each line with the place of its words. NAME is any name of the force.

    \b
    Examples:
      peelsearch force Bedfordshire
      peelsearch force "Beds Police" --as-of 2024-02-01
      peelsearch force Bedfordshire --format docx --output bedfordshire.docx
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    force = _force(name, known)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    found = force_sheet(corpus, known, ExtractMemory(), force, as_of)
    shapes = Shapes(
        text=lambda: force_text(found, style(), known),
        json=lambda: force_json(found),
        sheet=lambda: force_csv_sheet(found, known),
        export=lambda: force_export(found, known),
        fingerprint=found.fingerprint,
    )
    deliver(shapes, output, target)
    return EXIT_NOTHING if found.empty else EXIT_FOUND


def _force(name: str, known: Vocabulary) -> str:
    """The id of one force. Raises UnknownValueError with the nearest ones."""
    force = known.resolve("force", name)[0]
    if force == NOT_STATED:
        raise UnknownValueError(
            f'"{name}" is no force.',
            hint='"peelsearch facets force" lists the forces that documents are about.',
        )
    return force
