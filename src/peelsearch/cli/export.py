"""``peelsearch export``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.export_files import pieces, write
from peelsearch.cli.export_wanted import Wanted, check_together, wanted_pack, wanted_table
from peelsearch.cli.options import (
    Settings,
    chosen_filters,
    filter_options,
    index_option,
    option,
    period_options,
    print_text,
    query_words,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.cli.shapes import PAPERS, check_printable, format_of
from peelsearch.cli.writing import write_new_with
from peelsearch.corpus import open_corpus
from peelsearch.evidence.packs import GroupBy
from peelsearch.evidence.tables import Sample
from peelsearch.fingerprint import outdated
from peelsearch.model import Source
from peelsearch.model.evidence import Pack, Table
from peelsearch.runs import SearchOptions

ENDINGS = {**PAPERS, ".csv": "csv", ".jsonl": "jsonl"}
FORMATS = ("markdown", "html", "docx", "csv", "jsonl")


# A word may be left out with -word, as in a search; -o is the one short option.
@click.command(
    "export",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, callback=query_words)
@index_option
@vocabulary_option
@option("--asks", is_flag=True, help="Findings of the register; without --kind those that ask.")
@option(
    "--answers",
    "questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Answers to the questions in a file, one a line.",
)
@option("--all", "every", is_flag=True, help="Data: a row for each section, with every label.")
@option("--kwic", "context", is_flag=True, help="Data: the words of QUERY in context.")
@option("--counts", is_flag=True, help="Data: how often QUERY is found, by each label.")
@option(
    "--group-by",
    "group",
    type=click.Choice([by.value for by in GroupBy]),
    default=GroupBy.THEME.value,
    show_default=True,
    help="What passages and findings stand under.",
)
@option(
    "--limit", "most", type=click.IntRange(1), help="Passages at most, the best (default: all)."
)
@option(
    "--unit",
    type=click.Choice(["section", "finding"]),
    default="section",
    show_default=True,
    help="What a row of --all is.",
)
@option("--sample", "number", type=click.IntRange(1), metavar="N", help="So many rows of --all.")
@option("--seed", default="1", show_default=True, help="Which rows --sample chooses.")
@option(
    "--width",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    help="Characters on either side of the words of --kwic.",
)
@option("--addressee", multiple=True, metavar="VALUE", help="Whom --asks ask. Repeatable.")
@option(
    "--source",
    type=click.Choice([source.value for source in Source]),
    help="Whose words the findings of --asks are.",
)
@filter_options
@period_options
@option(
    "--output",
    "-o",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to a file: .docx, .html, .md, .csv or .jsonl; docx needs one.",
)
@option("--overwrite", is_flag=True, help="Replace a file that is there with other contents.")
@option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    help="In place of what the file's name ends in; without a file markdown, csv for data.",
)
def command(
    query: str,
    index: Path | None,
    vocabulary_file: str | None,
    since: str | None,
    until: str | None,
    target: Path | None,
    overwrite: bool,
    output: str | None,
    group: str,
    number: int | None,
    seed: str,
    unit: str,
    asks: bool,
    questions: Path | None,
    every: bool,
    context: bool,
    counts: bool,
    most: int | None,
    width: int,
    addressee: tuple[str, ...],
    source: str | None,
    **chosen: tuple[str, ...],
) -> int:
    """Write an evidence pack or a data set to a file.

    An evidence pack holds the passages that QUERY finds, the findings of the register (--asks) or
    answers to a file of questions (--answers FILE), each quoted in full with its citation, then
    the list of sources. A data set is a table: all sections (--all), the words of QUERY in their
    context (--kwic), or how often it is found (--counts). QUERY is as in search, and so are the
    filters. The same documents give the same bytes.

    \b
    Examples:
      peelsearch export domestic abuse -o evidence.docx
      peelsearch export --asks --force Bedfordshire --group-by theme -o asks.md
      peelsearch export --answers questions.txt -o answers.html
      peelsearch export --all --sample 100 --seed 7 -o to-code.csv
      peelsearch export --kwic neighbourhood -o context.csv
    """
    sample = Sample(number, seed) if number else None
    wanted = Wanted(
        query, asks, questions, every, context, counts, GroupBy(group), most,
        unit == "finding", sample, width, addressee, source,
    )  # fmt: skip
    usual = "csv" if wanted.data else "markdown"
    shape = output or (format_of(target, ENDINGS) if target else usual)
    check_together(wanted, shape)
    check_printable(shape, target)
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    options = SearchOptions(chosen_filters(chosen, known), since, until)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    make = wanted_table if wanted.data else wanted_pack
    made: Pack | Table = make(corpus, known, wanted, options)
    if not made.found and questions is None:
        warn("Nothing found, nothing written.")
        for said in made.understood if isinstance(made, Pack) else ():
            warn(": ".join(said))
        return EXIT_NOTHING
    if target is None:
        for piece in pieces(made, known, shape):
            print_text(piece)
    else:
        write_new_with(target, lambda file: write(file, made, known, shape), overwrite=overwrite)
    return EXIT_FOUND if made.found else EXIT_NOTHING
