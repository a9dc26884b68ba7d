"""``peelsearch register``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.exports import Shapes, day_option, deliver, table_options
from peelsearch.cli.options import (
    Settings,
    chosen_filters,
    date_option,
    facet_options,
    index_option,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.corpus import open_corpus
from peelsearch.errors import UnknownValueError
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.model import NOT_STATED, Source
from peelsearch.register import RegisterOptions, RegisterOrder, register
from peelsearch.render.register import expectations_text, register_json, register_text
from peelsearch.render.register_tables import expectations_sheet, register_export, register_sheet
from peelsearch.vocabulary import Vocabulary, fold


@click.command("register")
@index_option
@vocabulary_option
@facet_options("force", "theme", "grade", "kind", "type", "round", "year")
@click.option(
    "--addressee", multiple=True, metavar="VALUE", help="Whom it asks to do something. Repeatable."
)
@click.option(
    "--source",
    type=click.Choice([source.value for source in Source]),
    help="Whose words the document holds: the inspectorate's own report, or a quotation of it.",
)
@date_option("--since", "Only documents of this date or later.")
@date_option("--until", "Only documents of this date or earlier.")
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
@table_options
def command(
    index: Path | None,
    vocabulary_file: str | None,
    addressee: tuple[str, ...],
    source: str | None,
    since: str | None,
    until: str | None,
    as_of: str,
    sort: str,
    expectations: bool,
    output: str,
    target: Path | None,
    **chosen: tuple[str, ...],
) -> int:
    """List what was asked, of whom and by when, and noted practices.

    A row is an area for improvement, a cause of concern, a recommendation or a practice; "--kind
    ask" are the first three. Documents never say that something was completed, so no date that
    has passed means more than that it has passed.

    \b
    Examples:
      peelsearch register --force Bedfordshire --kind ask
      peelsearch register --addressee "chief constables" --as-of 2024-02-01
      peelsearch register --format csv --output register.csv
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    options = RegisterOptions(
        as_of=as_of,
        filters=chosen_filters(chosen, known),
        since=since,
        until=until,
        addressee=tuple(_addressees(addressee, known)),
        source=Source(source) if source else None,
        order=RegisterOrder(sort),
    )
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    found = register(corpus, known, ExtractMemory(), options)
    if expectations:
        found = replace(found, entries=())
    shapes = Shapes(
        text=lambda: (expectations_text if expectations else register_text)(found, style(), known),
        json=lambda: register_json(found),
        sheet=lambda: expectations_sheet(found) if expectations else register_sheet(found),
        export=lambda: register_export(found, known),
        fingerprint=found.fingerprint,
    )
    deliver(shapes, output, target)
    return EXIT_FOUND if (found.expectations if expectations else found.entries) else EXIT_NOTHING


def _addressees(typed: Iterable[str], known: Vocabulary) -> Iterable[str]:
    """The ids of addressees: those of the vocabulary, or forces. Raises UnknownValueError."""
    for name in typed:
        if fold(name) == fold(NOT_STATED):
            yield NOT_STATED
            continue
        entry = known.addressee.typed(name) or known.force.typed(name)
        if entry is None:
            listed = ", ".join(one.id for one in known.addressee)
            raise UnknownValueError(
                f'No addressee is called "{name}".', hint=f"It is a force, or one of: {listed}."
            )
        yield entry.id
