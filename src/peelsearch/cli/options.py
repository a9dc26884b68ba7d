"""What the commands share: options, settings, the index, and how results are printed."""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from peelsearch import facets
from peelsearch.cli.lazily import Option
from peelsearch.config import OWN_VOCABULARY, load_settings
from peelsearch.corpus import Corpus
from peelsearch.facets import FACETS
from peelsearch.model import Filters
from peelsearch.render.style import Style
from peelsearch.vocabulary import Vocabulary, fold, load_vocabulary

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

option = partial(click.option, cls=Option)
F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("text", "json", "csv", "markdown")
MAX_WIDTH = 100
_DATE = r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"


class Settings:
    """The settings of this run: peelsearch.toml and the environment, read when first asked."""

    def __init__(self) -> None:
        self._values: Mapping[str, str | int] | None = None

    def text(self, name: str) -> str:
        """A setting that is a text."""
        return str(self._all()[name])

    def number(self, name: str) -> int:
        """A setting that is a whole number."""
        return int(self._all()[name])

    def _all(self) -> Mapping[str, str | int]:
        if self._values is None:
            self._values = load_settings(Path.cwd(), os.environ)
        return self._values


def chosen_vocabulary(settings: Settings, option: str | None) -> Vocabulary | None:
    """The vocabulary that the option or the setting names, None for the index's own."""
    name = option or settings.text("vocabulary")
    if not name:
        return None
    return load_vocabulary(None if name == OWN_VOCABULARY else Path(name))


def vocabulary(settings: Settings, option: str | None, corpus: Corpus) -> Vocabulary:
    """The vocabulary of this run: option, then setting, then what the index was made with."""
    return chosen_vocabulary(settings, option) or corpus.vocabulary


def vocabulary_option(function: F) -> F:
    """--vocabulary FILE; the command gets ``vocabulary_file``."""
    return option(
        "--vocabulary",
        "vocabulary_file",
        metavar="FILE",
        help=(
            "Vocabulary file in place of the one that the index was made with (setting: "
            f'vocabulary); "{OWN_VOCABULARY}" is the one that comes with the program.'
        ),
    )(function)


def index_option(function: F) -> F:
    """--index DIR."""
    return option(
        "--index",
        "index",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of the index (setting: index).",
    )(function)


def format_options(*formats: str) -> Callable[[F], F]:
    """--format and its short form --json; the command gets ``output``."""

    def decorate(function: F) -> F:
        function = option("--json", "output", flag_value="json", help="The same as --format json.")(
            function
        )
        return option(
            "--format",
            "output",
            type=click.Choice(formats),
            default="text",
            help="How to print the result.",
        )(function)

    return decorate


def filter_options(function: F) -> F:
    """One repeatable option for each facet; the command gets them by the facets' names."""
    return facet_options(*(facet.name for facet in FACETS))(function)


def facet_options(*names: str) -> Callable[[F], F]:
    """The same for the named facets only."""

    def decorate(function: F) -> F:
        for facet in reversed(FACETS):
            if facet.name in names:
                function = option(
                    facet.option,
                    facet.name,
                    multiple=True,
                    metavar="VALUE",
                    help=f"{facet.help} Repeatable.",
                    shell_complete=_values_of(facet),
                )(function)
        return function

    return decorate


def _values_of(
    facet: facets.Facet,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(
        ctx: click.Context,  # noqa: ARG001 - Click's signature
        param: click.Parameter,  # noqa: ARG001
        incomplete: str,
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only shells ask for it

        if facet.table is None:
            return []
        entries = load_vocabulary().table(facet.table)
        return [
            CompletionItem(entry.id, help=entry.label)
            for entry in entries
            if entry.id.startswith(incomplete) or fold(entry.label).startswith(fold(incomplete))
        ]

    return complete


def date_option(name: str, text: str) -> Callable[[F], F]:
    """An option that takes a year, a month or a day: 2022, 2022-04 or 2022-04-15."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
        if value is not None and not re.fullmatch(_DATE, value):
            raise click.BadParameter(f'"{value}" is not a date: write 2022, 2022-04 or 2022-04-15.')
        return value

    return option(name, metavar="DATE", callback=check, help=text)


def period_options(function: F) -> F:
    """--since and --until."""
    function = date_option("--until", "Only documents of this date or earlier.")(function)
    return date_option("--since", "Only documents of this date or later.")(function)


def chosen_filters(values: Mapping[str, tuple[str, ...]], known: Vocabulary) -> Filters:
    """The filter options as ids. Raises UnknownValueError with the nearest values."""
    pairs = [(facet.name, value) for facet in FACETS for value in values.get(facet.name, ())]
    return facets.resolve(pairs, known)


def query_words(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str:  # noqa: ARG001
    """The words of a query as one text. A misspelled long option is refused, not searched."""
    known = [name for found in ctx.command.params for name in found.opts if name.startswith("--")]
    for word in value:
        if word.startswith("--") and word.strip("-"):
            name = word.partition("=")[0]
            near = difflib.get_close_matches(name, known, n=3)
            raise click.NoSuchOption(name, possibilities=near, ctx=ctx)
    return " ".join(value)


def style() -> Style:
    """Colour and wrapping for a terminal, neither for a pipe; NO_COLOR is honoured."""
    if not sys.stdout.isatty():
        return Style()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour=colour, width=min(MAX_WIDTH, _columns()))


def _columns() -> int:
    """The width of the terminal: what COLUMNS says, else what the terminal says."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or MAX_WIDTH
    except (OSError, ValueError):
        return MAX_WIDTH


def print_text(text: str) -> None:
    """Print a result that ends in its own line end."""
    sys.stdout.write(text)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not unicode, indent=2) + "\n")


def warn(text: str) -> None:
    """Say something beside the result."""
    click.echo(text, err=True)
