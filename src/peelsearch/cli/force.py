"""``peelsearch force``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli.exports import Opened, Shapes, day_option, table_command, table_options
from peelsearch.cli.options import query_words, style
from peelsearch.cli.tracking import opened_tracker, tracker_option
from peelsearch.errors import UnknownValueError
from peelsearch.forces import force_sheet
from peelsearch.model import NOT_STATED
from peelsearch.render.force import force_json, force_text
from peelsearch.render.force_tables import force_csv_sheet, force_export
from peelsearch.render.tracker import unjoined_words
from peelsearch.vocabulary import Vocabulary


@table_command("force")
@click.argument("name", nargs=-1, required=True, callback=query_words)
@day_option
@tracker_option
@table_options
def command(opened: Opened, name: str, as_of: str, tracker_file: Path | None) -> Shapes:
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
    known = opened.known
    found = force_sheet(opened.corpus, known, opened.memory, _force(name, known), as_of)
    tracker = opened_tracker(opened, tracker_file)
    return Shapes(
        found=not found.empty,
        text=lambda: force_text(found, style(), known, tracker),
        json=lambda: force_json(found, tracker),
        sheet=lambda: force_csv_sheet(found, known, tracker),
        export=lambda: force_export(found, known, tracker),
        fingerprint=found.fingerprint,
        notes=unjoined_words(tracker),
    )


def _force(name: str, known: Vocabulary) -> str:
    """The id of one force. Raises UnknownValueError with the nearest ones."""
    force = known.resolve("force", name)[0]
    if force == NOT_STATED:
        raise UnknownValueError(
            f'"{name}" is no force.',
            hint='"peelsearch facets force" lists the forces that documents are about.',
        )
    return force
