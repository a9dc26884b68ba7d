"""``peelsearch register``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from peelsearch.cli.exports import Opened, Shapes, day_option, table_command, table_options
from peelsearch.cli.options import chosen_filters, facet_options, period_options, style
from peelsearch.cli.tracking import opened_tracker, tracker_option
from peelsearch.model import Source
from peelsearch.model.papers import Tracker
from peelsearch.model.register import DeadlineState, Register
from peelsearch.register import RegisterOptions, RegisterOrder, addressees, register
from peelsearch.render.judgments import hint_words
from peelsearch.render.register import expectations_text, register_json, register_text
from peelsearch.render.register_tables import expectations_sheet, register_export, register_sheet
from peelsearch.render.tracker import unjoined_words
from peelsearch.vocabulary import Vocabulary


@table_command("register")
@facet_options("force", "theme", "grade", "kind", "type", "round", "year")
@click.option(
    "--addressee", multiple=True, metavar="VALUE", help="Whom it asks to do something. Repeatable."
)
@click.option(
    "--source",
    type=click.Choice([source.value for source in Source]),
    help="Whose words the document holds: the inspectorate's own report, or a quotation of it.",
)
@click.option(
    "--deadline",
    multiple=True,
    type=click.Choice([state.value for state in DeadlineState]),
    help="How the deadline stands on the day of --as-of. Repeatable.",
)
@period_options
@day_option
@click.option(
    "--sort",
    type=click.Choice([order.value for order in RegisterOrder]),
    default=RegisterOrder.DOCUMENT.value,
    show_default=True,
    help="Order of the findings; unresolved deadlines always come first.",
)
@click.option(
    "--expectations",
    is_flag=True,
    help="List what reports expect of a force outside their findings instead.",
)
@tracker_option
@table_options
def command(
    opened: Opened,
    addressee: tuple[str, ...],
    source: str | None,
    deadline: tuple[str, ...],
    since: str | None,
    until: str | None,
    as_of: str,
    sort: str,
    expectations: bool,
    tracker_file: Path | None,
    **chosen: tuple[str, ...],
) -> Shapes:
    """List what was asked, of whom and by when, and noted practices.

    A row is an area for improvement, a cause of concern, a recommendation or a practice; "--kind
    ask" are the first three. Documents never say that something was completed, so no date that
    has passed means more than that it has passed.

    \b
    Examples:
      peelsearch register --force Bedfordshire --kind ask
      peelsearch register --addressee "chief constables" --as-of 2024-02-01
      peelsearch register --deadline unresolved --deadline date-ahead
      peelsearch register --format csv --output register.csv
    """
    options = RegisterOptions(
        as_of=as_of,
        filters=chosen_filters(chosen, opened.known),
        since=since,
        until=until,
        addressee=addressees(addressee, opened.known),
        source=Source(source) if source else None,
        states=tuple(map(DeadlineState, deadline)),
        order=RegisterOrder(sort),
    )
    found = register(opened.corpus, opened.known, opened.memory, options)
    if expectations:
        return _expectations(found, opened.known)
    return _findings(found, opened.known, opened_tracker(opened, tracker_file))


def _findings(found: Register, known: Vocabulary, tracker: Tracker | None) -> Shapes:
    return Shapes(
        found=bool(found.entries),
        text=lambda: register_text(found, style(), known, tracker),
        json=lambda: register_json(found, tracker),
        sheet=lambda: register_sheet(found, tracker),
        export=lambda: register_export(found, known, tracker),
        fingerprint=found.fingerprint,
        notes=(*(hint_words(hint, known) for hint in found.hints), *unjoined_words(tracker)),
    )


def _expectations(found: Register, known: Vocabulary) -> Shapes:
    """The expectations alone."""
    found = replace(found, entries=())
    return Shapes(
        found=bool(found.expectations),
        text=lambda: expectations_text(found, style(), known),
        json=lambda: register_json(found),
        sheet=lambda: expectations_sheet(found),
        export=lambda: register_export(found, known),
        fingerprint=found.fingerprint,
    )
