"""Writes docs/cli.md, the command reference, from the commands themselves.

`make docs` writes it; with --check nothing is written, and the exit code is 1 when the page is not
what the commands say (a test runs that).
"""

import argparse
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from peelsearch.cli import group
from peelsearch.config import FILE_NAME, PREFIX, SETTINGS
from peelsearch.facets import FACETS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEADER = """\
# Commands

Written by `make docs` from the commands themselves; `peelsearch COMMAND --help` shows the same.

| exit code | meaning |
| --- | --- |
| 0 | found, answered or done |
| 1 | nothing found, or no answer |
| 2 | a problem: the message says what, and what to do next |
"""
FILTERS = """\
## Filters

Each filter is an option and a word of the query; several values of one are alternatives. A value
is its id, its label or any alias of it, in capitals or not: `--grade RI`, `--grade "Requires
improvement"`. `peelsearch facets` lists the values that your documents have.

| option | in a query | |
| --- | --- | --- |"""
SETTINGS_HEADER = f"""\
## Settings

An option wins over the environment variable, which wins over the file `{FILE_NAME}` in the
current folder, which wins over the default.

| name in the file | environment variable | default | |
| --- | --- | --- | --- |"""


def main() -> int:
    """Write or check the page; the exit code is the process's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args().check
    text = reference(group)
    if not check:
        PAGE.write_text(text, "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != text:
        print("docs/cli.md is not what the commands say: run `make docs`.", file=sys.stderr)
        return 1
    return 0


def reference(program: click.Command) -> str:
    """The whole page."""
    context = click.Context(program, info_name="peelsearch")
    sections = [section(command, inner) for command, inner in commands(program, context)]
    return "\n".join([HEADER, *sections, filters(), settings()])


def filters() -> str:
    """The facets, as options and in a query."""
    rows = [f"| `{facet.option} VALUE` | `{facet.name}:VALUE` | {facet.help} |" for facet in FACETS]
    return "\n".join([FILTERS, *rows, ""])


def settings() -> str:
    """The settings, with the environment variable of each."""
    rows = [
        f"| `{one.name}` | `{PREFIX}{one.name.upper()}` | `{one.default!r}` | {one.help} |"
        for one in SETTINGS
    ]
    return "\n".join([SETTINGS_HEADER, *rows, ""])


def commands(
    command: click.Command, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    """A command and all below it, in the order that its help lists them."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(below, click.Context(below, context, info_name=name))


def section(command: click.Command, context: click.Context) -> str:
    """What the page says of one command."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [f"## {context.command_path}", "", "```text", usage, "```", "", *prose(command)]
    records = [record for param in command.get_params(context) if (record := row(param, context))]
    if records:
        lines += ["| option | |", "| --- | --- |", *records, ""]
    if isinstance(command, click.Group):
        names = command.list_commands(context)
        lines += [f"Commands: {', '.join(f'`{name}`' for name in names)}.", ""]
    return "\n".join(lines)


def prose(command: click.Command) -> Iterator[str]:
    """The help text as Markdown: a block that Click does not rewrap is shown as typed."""
    text = inspect.cleandoc((command.help or "").split("\f", maxsplit=1)[0])
    for block in re.split(r"\n\s*\n", text):
        if block.startswith("\b"):
            yield from ("```text", *block.removeprefix("\b").strip("\n").splitlines(), "```", "")
        elif block:
            yield from (*block.splitlines(), "")


def row(param: click.Parameter, context: click.Context) -> str | None:
    """One line of the table of options; None for an argument that only the usage line shows."""
    record = param.get_help_record(context)
    if record is None or (isinstance(param, click.Argument) and not record[1]):
        return None
    names, words = (" ".join(part.split()).replace("|", r"\|") for part in record)
    return f"| `{names}` | {words} |"


if __name__ == "__main__":
    sys.exit(main())
