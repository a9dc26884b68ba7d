"""``peelsearch responses``."""

from __future__ import annotations

from peelsearch.cli.exports import Opened, Shapes, table_command, table_options
from peelsearch.cli.options import chosen_filters, facet_options, style
from peelsearch.register import responses
from peelsearch.render.responses import (
    responses_export,
    responses_json,
    responses_sheet,
    responses_text,
)


@table_command("responses")
@facet_options("force")
@table_options
def command(opened: Opened, **chosen: tuple[str, ...]) -> Shapes:
    """Show what letters say to each thing that was asked.

    An ask is quoted only, answered in general together with others, answered specifically, or not
    mentioned; asks to others than the force and its commissioner are never called not mentioned.
    The last day that the law gives for publishing comments stands beside the letter's own date;
    when comments were published is known only if the letter or a catalogue says it.
    """
    known = opened.known
    forces = dict(chosen_filters(chosen, known)).get("force", ())
    found = responses(opened.corpus, known, opened.memory, forces)
    return Shapes(
        found=bool(found.responses),
        text=lambda: responses_text(found, style(), known),
        json=lambda: responses_json(found),
        sheet=lambda: responses_sheet(found),
        export=lambda: responses_export(found, known),
        fingerprint=found.fingerprint,
    )
