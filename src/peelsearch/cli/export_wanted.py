"""What ``peelsearch export`` is asked for: whether it goes together, and what it is made of."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.corpus import Corpus
from peelsearch.errors import InputError
from peelsearch.evidence.packs import GroupBy, answers_pack, asks_pack, search_pack
from peelsearch.evidence.tables import Sample, context_table, counts_table, rows_table
from peelsearch.model import Source
from peelsearch.model.evidence import Pack, Table
from peelsearch.records import dataclass
from peelsearch.register import ANY_DAY, RegisterOptions, addressees
from peelsearch.runs import SearchOptions
from peelsearch.vocabulary import Vocabulary

DATA_FORMATS = ("csv", "jsonl")


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


def check_together(wanted: Wanted, shape: str) -> None:
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


def wanted_pack(corpus: Corpus, known: Vocabulary, wanted: Wanted, options: SearchOptions) -> Pack:
    """The evidence pack that is wanted. Raises InputError and UsageError."""
    if wanted.questions is not None:
        return answers_pack(corpus, known, _questions(wanted.questions), options)
    if not wanted.asks:
        return search_pack(corpus, known, wanted.query, options, wanted.group, wanted.most)
    if "mentions" in dict(options.filters):
        raise click.UsageError("The register has no --mentions.")
    narrowed = RegisterOptions(
        as_of=ANY_DAY,
        filters=options.filters,
        since=options.since,
        until=options.until,
        addressee=addressees(wanted.addressee, known),
        source=Source(wanted.source) if wanted.source else None,
    )
    return asks_pack(corpus, known, narrowed, wanted.group, wanted.most)


def wanted_table(
    corpus: Corpus, known: Vocabulary, wanted: Wanted, options: SearchOptions
) -> Table:
    """The data set that is wanted. Raises InputError."""
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
