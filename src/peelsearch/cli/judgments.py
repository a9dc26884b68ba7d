"""``peelsearch judgments``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.exports import Shapes, deliver, table_options
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
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.judgments import JudgmentOptions, Order, judgments
from peelsearch.render.judgment_tables import judgments_export, judgments_sheet
from peelsearch.render.judgments import judgments_json, judgments_text


@click.command("judgments")
@index_option
@vocabulary_option
@facet_options("force", "theme", "grade", "type", "round", "year")
@date_option("--since", "Only documents of this date or later.")
@date_option("--until", "Only documents of this date or earlier.")
@click.option(
    "--sort",
    type=click.Choice([order.value for order in Order]),
    default=Order.FORCE.value,
    show_default=True,
    help="Order of the rows; grades stand in the order of their scale.",
)
@click.option("--all-forces", is_flag=True, help="A line for every force that is known.")
@click.option("--quotes", is_flag=True, help="Print the words behind every grade.")
@table_options
def command(
    index: Path | None,
    vocabulary_file: str | None,
    since: str | None,
    until: str | None,
    sort: str,
    all_forces: bool,
    quotes: bool,
    output: str,
    target: Path | None,
    **chosen: tuple[str, ...],
) -> int:
    """Show which force has which grade, with the words that say so.

    There is a table for each inspection round. Every cell says something: a grade, a conflict with
    both quotations, that the grade was carried over, that the theme is ungraded or reported
    separately, that it is not stated, or that the corpus holds no report.

    \b
    Examples:
      peelsearch judgments --round 2021-22
      peelsearch judgments --force Bedfordshire --quotes
      peelsearch judgments --format docx --output judgments.docx
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    options = JudgmentOptions(
        filters=chosen_filters(chosen, known),
        since=since,
        until=until,
        order=Order(sort),
        all_forces=all_forces,
    )
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    matrix = judgments(corpus, known, ExtractMemory(), options)
    shapes = Shapes(
        text=lambda: judgments_text(matrix, style(), known, quotes=quotes),
        json=lambda: judgments_json(matrix),
        sheet=lambda: judgments_sheet(matrix, known),
        export=lambda: judgments_export(matrix, known),
        fingerprint=matrix.fingerprint,
    )
    deliver(shapes, output, target)
    return EXIT_FOUND if matrix.rows else EXIT_NOTHING
