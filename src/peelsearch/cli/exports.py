"""How the commands that print tables deliver them: to the screen or to a file."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.options import (
    FORMATS,
    F,
    Settings,
    format_options,
    index_option,
    print_json,
    print_text,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.cli.writing import write_over
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.records import dataclass
from peelsearch.render.sheets import Export, Sheet, export_markdown, sheet_csv
from peelsearch.vocabulary import Vocabulary

TABLE_FORMATS = (*FORMATS, "docx")


@dataclass(frozen=True, slots=True)
class Opened:
    """What every table is made from."""

    corpus: Corpus
    known: Vocabulary
    memory: ExtractMemory


@dataclass(frozen=True, slots=True)
class Shapes:
    """A result in each of its shapes; what is not asked for is not made.

    ``found`` says whether there is anything in it; ``notes`` are said beside a CSV, which has no
    place for them.
    """

    found: bool
    text: Callable[[], str]
    json: Callable[[], dict[str, Any]]
    sheet: Callable[[], Sheet]
    export: Callable[[], Export]
    fingerprint: str
    notes: tuple[str, ...] = ()


def table_command(name: str) -> Callable[[Callable[..., Shapes]], click.Command]:
    """A command that is given the opened index and returns a table, which is delivered here.

    Its options are those of its function, between those for the index and those of every table.
    """

    def decorate(function: Callable[..., Shapes]) -> click.Command:
        @click.command(name)
        @index_option
        @vocabulary_option
        @functools.wraps(function)
        def command(
            index: Path | None,
            vocabulary_file: str | None,
            output: str,
            target: Path | None,
            **chosen: Any,
        ) -> int:
            settings = Settings()
            corpus = open_corpus(index or Path(settings.text("index")))
            known = vocabulary(settings, vocabulary_file, corpus)
            shapes = function(Opened(corpus, known, ExtractMemory()), **chosen)
            notes = shapes.notes if output == "csv" else ()
            for warning in (*outdated(corpus.reader.fingerprint, known), *notes):
                warn(warning)
            deliver(shapes, output, target)
            return EXIT_FOUND if shapes.found else EXIT_NOTHING

        return command

    return decorate


def table_options(function: F) -> F:
    """--format, --json and --output, behind the command's own options."""
    function = click.option(
        "--output",
        "target",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to a file; docx needs one.",
    )(function)
    return format_options(*TABLE_FORMATS)(function)


def today() -> str:
    """The day here and now."""
    return datetime.datetime.now().astimezone().date().isoformat()


def day_option(function: F) -> F:
    """--as-of DATE, a full day; the command gets ``as_of``, today without it."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str:  # noqa: ARG001
        if value is None:
            return today()
        try:
            return datetime.datetime.strptime(value, "%Y-%m-%d").date().isoformat()
        except ValueError:
            raise click.BadParameter(f'"{value}" is not a day: write it like 2024-01-31.') from None

    return click.option(
        "--as-of",
        metavar="DAY",
        callback=check,
        help="The day that deadlines are held to, like 2024-01-31 (default: today).",
    )(function)


def deliver(shapes: Shapes, output: str, target: Path | None) -> None:
    """Print the result, or write it to the file. Raises InputError where it cannot be written."""
    if output == "docx":
        if target is None:
            raise InputError("A Word file is not printed.", hint="Name the file: --output FILE")
        from peelsearch.render.word import export_docx  # noqa: PLC0415 - few ask for it

        write_over(target, export_docx(shapes.export()))
        return
    if target is not None:
        write_over(target, _as_text(shapes, output).encode("utf-8", "backslashreplace"))
    elif output == "json":
        print_json(shapes.json())
    else:
        print_text(_as_text(shapes, output))


def _as_text(shapes: Shapes, output: str) -> str:
    if output == "json":
        return json.dumps(shapes.json(), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return sheet_csv(shapes.sheet(), shapes.fingerprint)
    if output == "markdown":
        return export_markdown(shapes.export())
    return shapes.text()
