"""``peelsearch export``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
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
from peelsearch.cli.writing import write_new_with
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError
from peelsearch.evidence.packs import GroupBy, answers_pack, asks_pack, search_pack
from peelsearch.evidence.tables import Sample, context_table, counts_table, rows_table
from peelsearch.fingerprint import outdated
from peelsearch.model import Source
from peelsearch.model.evidence import Pack, Table
from peelsearch.records import dataclass, replace
from peelsearch.register import RegisterOptions, addressees
from peelsearch.render.evidence import origin, pack_blocks, pack_table, table_csv, table_jsonl
from peelsearch.render.paper import markdown_pieces
from peelsearch.render.paper_html import html_pieces
from peelsearch.runs import SearchOptions
from peelsearch.vocabulary import Vocabulary

T = TypeVar("T")
ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".csv": "csv",
    ".jsonl": "jsonl",
}
FORMATS = ("markdown", "html", "docx", "csv", "jsonl")
DATA_FORMATS = ("csv", "jsonl")
# The register is made as of a day, which no export shows.
_ANY_DAY = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the options decides what is exported, checked."""

    query: str
    asks: bool
    questions: Path | None
    every: bool
    context: bool
    counts: bool
    group: GroupBy
    most: int | None
    findings: bool
    sample: Sample | None
    width: int
    addressee: tuple[str, ...]
    source: str | None

    @property
    def data(self) -> bool:
        """Whether it is a data set, which is written as a table alone."""
        return self.every or self.context or self.counts


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
    shape = output or _by_ending(target, data=wanted.data)
    _check(wanted, shape, target)
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    options = SearchOptions(chosen_filters(chosen, known), since, until)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    if wanted.data:
        made: Table | Pack = _table(corpus, known, wanted, options)
    else:
        made = _pack(corpus, known, wanted, options)
    if not made.found and questions is None:
        warn("Nothing found, nothing written.")
        for said in made.understood if isinstance(made, Pack) else ():
            warn(": ".join(said))
        return EXIT_NOTHING
    if target is None:
        for piece in _pieces(made, known, shape):
            print_text(piece)
    else:
        write_new_with(target, lambda file: _write(file, made, known, shape), overwrite=overwrite)
    return EXIT_FOUND if made.found else EXIT_NOTHING


def _check(wanted: Wanted, shape: str, target: Path | None) -> None:
    """Raises UsageError or InputError for options that do not go together."""
    modes = (
        (wanted.asks, "--asks"),
        (wanted.questions, "--answers"),
        (wanted.every, "--all"),
        (wanted.context, "--kwic"),
        (wanted.counts, "--counts"),
    )
    names = [name for given, name in modes if given]
    if len(names) > 1:
        raise click.UsageError(f"{names[0]} and {names[1]} are two exports: choose one.")
    if names and names[0] in ("--asks", "--answers", "--all") and wanted.query:
        raise click.UsageError(f"{names[0]} takes no query; filters narrow it.")
    if wanted.sample and not wanted.every:
        raise click.UsageError("--sample chooses among the rows of --all.")
    if (wanted.addressee or wanted.source) and not wanted.asks:
        raise click.UsageError("--addressee and --source are for --asks.")
    if wanted.data and shape not in DATA_FORMATS:
        raise InputError(
            f"A data set is not written as {shape}.", hint="End the file in .csv or .jsonl."
        )
    if shape == "docx" and target is None:
        raise InputError("A Word file is not printed.", hint="Name the file: --output FILE")


def _by_ending(target: Path | None, *, data: bool) -> str:
    """The format that a file's name asks for. Raises InputError."""
    if target is None:
        return "csv" if data else "markdown"
    shape = ENDINGS.get(target.suffix.lower())
    if shape is None:
        raise InputError(
            f"{target} does not say what to write.",
            hint=f"End it in {', '.join(ENDINGS)}, or choose with --format.",
        )
    return shape


def _pack(corpus: Corpus, known: Vocabulary, wanted: Wanted, options: SearchOptions) -> Pack:
    if wanted.questions is not None:
        return answers_pack(corpus, known, _questions(wanted.questions), options)
    if not wanted.asks:
        return search_pack(corpus, known, wanted.query, options, wanted.group, wanted.most)
    if "mentions" in dict(options.filters):
        raise click.UsageError("The register has no --mentions.")
    narrowed = RegisterOptions(
        as_of=_ANY_DAY,
        filters=options.filters,
        since=options.since,
        until=options.until,
        addressee=addressees(wanted.addressee, known),
        source=Source(wanted.source) if wanted.source else None,
    )
    return asks_pack(corpus, known, narrowed, wanted.group, wanted.most)


def _table(corpus: Corpus, known: Vocabulary, wanted: Wanted, options: SearchOptions) -> Table:
    if wanted.context:
        return context_table(corpus, known, wanted.query, options, wanted.width)
    if wanted.counts:
        return counts_table(corpus, known, wanted.query, options)
    return rows_table(corpus, known, options, findings=wanted.findings, sample=wanted.sample)


def _questions(file: Path) -> list[str]:
    """The lines of a file that are not empty, each once. Raises InputError."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{file} cannot be read as text ({error}).", hint="Save it as plain text in UTF-8."
        ) from error
    lines = dict.fromkeys(line.strip() for line in text.splitlines())
    lines.pop("", None)
    if not lines:
        raise InputError(f"{file} holds no question.", hint="Write one question a line.")
    return list(lines)


def _pieces(made: Pack | Table, known: Vocabulary, shape: str) -> Iterator[str]:
    if isinstance(made, Pack) and shape not in DATA_FORMATS:
        pieces = markdown_pieces if shape == "markdown" else html_pieces
        return pieces(made.title, pack_blocks(made, known), origin(made))
    table = pack_table(made) if isinstance(made, Pack) else made
    return table_csv(table) if shape == "csv" else table_jsonl(table)


def _write(file: BinaryIO, made: Pack | Table, known: Vocabulary, shape: str) -> None:
    """Write it into the open file, with a bar for whoever watches a terminal."""
    if isinstance(made, Pack):
        made = replace(made, excerpts=_watched(made.excerpts, made.total))
    else:
        made = replace(made, rows=_watched(made.rows, made.total))
    if isinstance(made, Pack) and shape == "docx":
        from peelsearch.render.paper_word import write_docx  # noqa: PLC0415 - few ask for it

        write_docx(file, made.title, pack_blocks(made, known), origin(made))
        return
    for piece in _pieces(made, known, shape):
        file.write(piece.encode("utf-8", "backslashreplace"))


def _watched(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a bar on the terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label="Writing", file=sys.stderr) as watched:
        yield from watched
