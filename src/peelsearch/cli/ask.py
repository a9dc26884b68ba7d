"""``peelsearch ask``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.answers.asking import ask
from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
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
    warn,
)
from peelsearch.corpus import open_corpus
from peelsearch.fingerprint import outdated
from peelsearch.model import Answers, State
from peelsearch.render import answers_json
from peelsearch.render.quotations import answers_text
from peelsearch.search import MAX_LIMIT
from peelsearch.vocabulary import Vocabulary


# A dash may begin a word of a question; a misspelled long option is refused all the same.
@click.command(
    "ask", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)
@click.argument("question", nargs=-1, callback=query_words)
@index_option
@vocabulary_option
@filter_options
@period_options
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_LIMIT),
    help="Quotations at most (default: three, or 20 of a list).",
)
@click.option("--context", is_flag=True, help="Show the sentences around each quotation.")
@format_options(*FORMATS)
def command(
    question: str,
    index: Path | None,
    vocabulary_file: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    context: bool,
    output: str,
    **chosen: tuple[str, ...],
) -> int:
    """Answer a question with quotations, or say that the documents do not.

    Every word that is quoted stands in a document. The exit code is 0 for an answer, 1 where the
    documents do not answer (the closest passages are shown where there are any), 2 for a problem.

    \b
    Examples:
      peelsearch ask "What percentage of stop and searches were reasonable?"
      peelsearch ask "What does MASH stand for?" --context
      peelsearch ask "What are the areas for improvement?" --theme responding
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    filters = chosen_filters(chosen, known)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    found = ask(corpus, known, question, filters=filters, since=since, until=until, limit=limit)
    _print(found, output, known, context=context)
    return EXIT_FOUND if found.state is State.ANSWER else EXIT_NOTHING


def _print(found: Answers, output: str, known: Vocabulary, *, context: bool) -> None:
    if output == "json":
        print_json(answers_json(found))
    elif output in ("csv", "markdown"):
        from peelsearch.render import tables  # noqa: PLC0415 - few ask for them

        print_text(
            tables.answers_csv(found)
            if output == "csv"
            else tables.answers_markdown(found, known, context=context)
        )
    else:
        print_text(answers_text(found, style(), known, context=context))
