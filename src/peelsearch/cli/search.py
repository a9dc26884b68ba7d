"""``peelsearch search``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.lazily import Command
from peelsearch.cli.options import (
    FORMATS,
    Settings,
    chosen_filters,
    filter_options,
    format_options,
    index_option,
    option,
    period_options,
    print_json,
    print_text,
    query_words,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.corpus import open_corpus
from peelsearch.fingerprint import outdated
from peelsearch.model import SearchResults, Sort
from peelsearch.render import results_json
from peelsearch.render.terminal import search_text
from peelsearch.search import MAX_LIMIT, SearchOptions, search
from peelsearch.vocabulary import Vocabulary


# A word may be left out with -word: what looks like an unknown short option is part of the query.
@click.command(
    "search",
    Command,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, callback=query_words)
@index_option
@vocabulary_option
@filter_options
@period_options
@option("--limit", type=click.IntRange(1, MAX_LIMIT), help="Hits on a page (default 10).")
@option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page.")
@option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="Order of the hits.",
)
@option(
    "--group",
    type=click.Choice(["document"]),
    help="Documents with their best passages; --limit and --page count documents.",
)
@option("--document", metavar="ID", help="Only passages of the document with this id.")
@format_options(*FORMATS)
def command(
    query: str,
    index: Path | None,
    vocabulary_file: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    page: int,
    sort: str,
    group: str | None,
    document: str | None,
    output: str,
    **chosen: tuple[str, ...],
) -> int:
    """Find passages by words, phrases and filters.

    QUERY is made of words, "phrases", -word, one OR other, prefix*, word~ and filters such as
    force:kent. Up to three words must all be in a passage (where fewer than five passages have
    them, those with some of them follow); of four or more, any. Filters alone
    list everything that has them. Short forms and long forms find each other; related words are
    searched for where the typed ones find little; a word found nowhere gets a suggestion.

    \b
    Examples:
      peelsearch search stop and search
      peelsearch search '"digital triage vans"'
      peelsearch search domestic abuse -Emerald --grade RI
      peelsearch search --kind AFI --theme responding
      peelsearch search burglary --group document
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    options = SearchOptions(
        filters=chosen_filters(chosen, known),
        since=since,
        until=until,
        document=document,
        page=page,
        limit=limit or settings.number("limit"),
        sort=Sort(sort),
        by_document=group is not None,
    )
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    results = search(corpus, known, query, options)
    _print(results, output, known)
    return EXIT_FOUND if results.total else EXIT_NOTHING


def _print(results: SearchResults, output: str, known: Vocabulary) -> None:
    if output == "json":
        print_json(results_json(results))
    elif output in ("csv", "markdown"):
        from peelsearch.render import tables  # noqa: PLC0415 - few ask for them

        found = (
            tables.search_csv(results)
            if output == "csv"
            else tables.search_markdown(results, known)
        )
        print_text(found)
    else:
        print_text(search_text(results, style(), known))
