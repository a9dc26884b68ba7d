"""``peelsearch judgments``."""

from __future__ import annotations

import click

from peelsearch.cli.exports import Opened, Shapes, table_command, table_options
from peelsearch.cli.options import chosen_filters, facet_options, period_options, style
from peelsearch.judgments import JudgmentOptions, Order, judgments
from peelsearch.render.judgment_tables import judgments_export, judgments_sheet
from peelsearch.render.judgments import hint_words, judgments_json, judgments_text


@table_command("judgments")
@facet_options("force", "theme", "grade", "type", "round", "year")
@period_options
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
    opened: Opened,
    since: str | None,
    until: str | None,
    sort: str,
    all_forces: bool,
    quotes: bool,
    **chosen: tuple[str, ...],
) -> Shapes:
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
    known = opened.known
    filters = chosen_filters(chosen, known)
    options = JudgmentOptions(filters, since, until, Order(sort), all_forces)
    matrix = judgments(opened.corpus, known, opened.memory, options)
    return Shapes(
        found=bool(matrix.rows),
        text=lambda: judgments_text(matrix, style(), known, quotes=quotes),
        json=lambda: judgments_json(matrix),
        sheet=lambda: judgments_sheet(matrix, known),
        export=lambda: judgments_export(matrix, known),
        fingerprint=matrix.fingerprint,
        notes=tuple(hint_words(hint, known) for hint in matrix.hints),
    )
