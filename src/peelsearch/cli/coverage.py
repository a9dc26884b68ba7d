"""``peelsearch coverage``."""

from __future__ import annotations

from peelsearch.cli.exports import Opened, Shapes, table_command, table_options, today
from peelsearch.cli.options import style
from peelsearch.register import coverage
from peelsearch.render.coverage import (
    coverage_export,
    coverage_json,
    coverage_sheet,
    coverage_text,
)


@table_command("coverage")
@table_options
def command(opened: Opened) -> Shapes:
    """Say which forces, rounds and types are held, and what is missing.

    What is missing: documents without a force, a date or a round; asks without a theme; deadlines
    that cannot be resolved; letters without the report that they answer; documents that a
    catalogue names and nobody holds; files that could not be read.
    """
    found = coverage(opened.corpus, opened.known, opened.memory, today())
    return Shapes(
        found=bool(found.documents),
        text=lambda: coverage_text(found, style(), opened.known),
        json=lambda: coverage_json(found),
        sheet=lambda: coverage_sheet(found),
        export=lambda: coverage_export(found, opened.known),
        fingerprint=found.fingerprint,
    )
