"""``peelsearch facets``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli.options import (
    FORMATS,
    Settings,
    chosen_filters,
    filter_options,
    format_options,
    index_option,
    period_options,
    print_json,
    print_text,
    query_words,
    style,
    vocabulary,
    vocabulary_option,
)
from peelsearch.corpus import open_corpus
from peelsearch.facets import COUNTED
from peelsearch.render import facets_json
from peelsearch.render.tables import facets_csv, facets_markdown
from peelsearch.render.terminal import facets_text
from peelsearch.search import SearchOptions, facet_values

_NAMES = [facet.name for facet in COUNTED]


@click.command("facets")
@click.argument("facet", required=False, type=click.Choice(_NAMES))
@index_option
@vocabulary_option
@click.option("--query", multiple=True, callback=query_words, help="Count matches of this query.")
@filter_options
@period_options
@format_options(*FORMATS)
def command(
    facet: str | None,
    index: Path | None,
    vocabulary_file: str | None,
    query: str,
    since: str | None,
    until: str | None,
    output: str,
    **chosen: tuple[str, ...],
) -> None:
    """List the values of the facets with their counts.

    FACET is one of them; without it all are listed. Counts are of passages. A facet's own
    filter does not change its counts.
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    options = SearchOptions(filters=chosen_filters(chosen, known), since=since, until=until)
    counts = tuple(
        (name, values)
        for name, values in facet_values(corpus, known, query, options)
        if facet in (None, name)
    )
    if output == "json":
        print_json({"facets": facets_json(counts)})
    elif output == "csv":
        print_text(facets_csv(counts))
    elif output == "markdown":
        print_text(facets_markdown(counts))
    else:
        print_text(facets_text(counts, style(), known))
