"""``peelsearch tracker``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli.exports import Opened, Shapes, table_command, table_options
from peelsearch.cli.options import chosen_filters, facet_options, style, warn
from peelsearch.cli.tracking import opened_tracker, tracker_option
from peelsearch.errors import InputError
from peelsearch.papers import starting_tracker
from peelsearch.papers.tracker_file import COLUMNS
from peelsearch.render.tables import to_csv
from peelsearch.render.tracker import tracker_export, tracker_json, tracker_sheet, tracker_text


@table_command("tracker")
@tracker_option
@click.option(
    "--new",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a file to start with, a row for each ask; never over one that is there.",
)
@facet_options("force", "theme", "type", "round")
@table_options
def command(
    opened: Opened, tracker_file: Path | None, new: Path | None, **chosen: tuple[str, ...]
) -> Shapes:
    """Show what people note of findings, joined to them; start such a file.

    The file is CSV, a row for each finding: id, reference, owner, status, note, evidence and closed
    (a day). People write it; no command ever changes it. A row is joined to the finding with its
    id, or else to the only one with the same words; a row whose finding is gone is listed as such.
    The filters say which asks a new file starts with.

    \b
    Examples:
      peelsearch tracker --new tracker.csv --force Bedfordshire
      peelsearch tracker
      peelsearch tracker --format csv --output joined.csv
    """
    filters = chosen_filters(chosen, opened.known)
    if new is not None:
        _write_new(new, starting_tracker(opened.corpus, opened.known, opened.memory, filters))
    elif filters:
        raise InputError("Filters say what a new file starts with.", hint="Add --new FILE.")
    tracker = opened_tracker(opened, new or tracker_file)
    if tracker is None:
        raise InputError(
            "There is no tracker.csv in this folder.",
            hint="Name the file with --tracker FILE, or start one with --new tracker.csv.",
        )
    return Shapes(
        found=bool(tracker.rows),
        text=lambda: tracker_text(tracker, style()),
        json=lambda: tracker_json(tracker),
        sheet=lambda: tracker_sheet(tracker),
        export=lambda: tracker_export(tracker),
        fingerprint=tracker.fingerprint,
    )


def _write_new(target: Path, rows: tuple[tuple[str, str], ...]) -> None:
    """The starting file, as spreadsheets read it best. Raises InputError where one is there."""
    text = to_csv(COLUMNS, ((*row, *[""] * (len(COLUMNS) - len(row))) for row in rows))
    try:
        with target.open("xb") as file:
            # Spreadsheets take a file without the mark for one of their country's old encoding.
            file.write(text.encode("utf-8-sig"))
    except FileExistsError:
        raise InputError(
            f"{target} is there already, and nothing was changed in it.",
            hint="Name another file for the new tracker.",
        ) from None
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror or error}.", hint="Name another file."
        ) from error
    warn(f"Written: {target}")
