"""The command line. Click is imported here and nowhere else.

``COMMANDS`` is the whole table; each command's module is imported when it is used, so that
``peelsearch --help`` needs neither NLTK nor Whoosh nor Flask. Errors become messages and exit
codes in ``run``: 0 found, 1 nothing found, 2 a problem.
"""

from __future__ import annotations

import atexit
import importlib
import itertools
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from peelsearch.cli.lazily import Group, Option  # isort: skip - before Click

import click

from peelsearch import __version__
from peelsearch.errors import PeelsearchError, QueryError

EXIT_FOUND = 0
EXIT_NOTHING = 1
EXIT_PROBLEM = 2
EXIT_INTERRUPTED = 130

# Name, module with a ``command`` in it, and what it does in one line, in the order of use.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("index", "index", "Build the index, or bring it up to date with the documents."),
    ("search", "search", "Find passages by words, phrases and filters."),
    ("ask", "ask", "Answer a question with quotations, or say that the documents do not."),
    ("show", "show", "Print a document, a section or a passage."),
    ("sections", "sections", "Print how a document was understood: sections, findings, judgments."),
    ("judgments", "judgments", "Show which force has which grade, with the words that say so."),
    ("register", "register", "List what was asked, of whom and by when, and noted practices."),
    ("respond", "respond", "Write the draft of a response to a report."),
    ("responses", "responses", "Show what letters say to each thing that was asked."),
    ("tracker", "tracker", "Show what people note of findings, joined to them; start such a file."),
    ("force", "force", "Show what the documents say of one force."),
    ("coverage", "coverage", "Say which forces, rounds and types are held, and what is missing."),
    ("cite", "cite", "Cite a passage, or check what a paper quotes and cites."),
    ("export", "export", "Write an evidence pack or a data set to a file."),
    ("watch", "watch", "Say what is new for saved searches since you last looked."),
    ("facets", "facets", "List the values of the facets with their counts."),
    ("status", "status", "Say what is indexed, from where, and whether it is sound and current."),
    ("serve", "serve", "Start the search page for a browser."),
    ("completion", "completion", "Print the script that completes commands in your shell."),
)


class _Commands(Group):
    """A group that imports a command's module only to run it or to help with it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        for name, module, _ in COMMANDS:
            if name == cmd_name:
                loaded = importlib.import_module(f"peelsearch.cli.{module}")
                command: click.Command = loaded.command
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, _, summary in COMMANDS])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peelsearch", cls=Option)
def group() -> None:
    """Search police inspection documents: by section, with facets, offline.

    Start with "peelsearch index FOLDER", then "peelsearch search WORDS". Each command has a
    --help of its own.
    """


def main() -> None:
    """The console script."""
    code = run(sys.argv[1:])
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process without taking apart what it made, which takes a tenth of a search."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # Nobody reads them any more.
        code = code or EXIT_PROBLEM
    atexit._run_exitfuncs()
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every message is printed."""
    # A terminal that lacks a character shows an escape rather than ending the program.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = group.main(list(arguments), prog_name="peelsearch", standalone_mode=False)
        sys.stdout.flush()
    except PeelsearchError as error:
        return _fail(error.message, _hint(error), arguments)
    except click.ClickException as error:
        return _fail(error.format_message(), _usage_hint(error), arguments)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FOUND
    return code if isinstance(code, int) else EXIT_FOUND


def _hint(error: PeelsearchError) -> str:
    if isinstance(error, QueryError) and error.position and not error.hint:
        return f"The problem is at character {error.position + 1}."
    return error.hint


def _usage_hint(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f'"{error.ctx.command_path} --help" explains the options.'
    return ""


def _fail(message: str, hint: str, arguments: Sequence[str]) -> int:
    wants_json = "--json" in arguments or "--format=json" in arguments
    pairs = itertools.pairwise(arguments)
    if wants_json or ("--format", "json") in pairs:
        click.echo(json.dumps({"error": message, "hint": hint}))
    else:
        click.echo(f"Error: {message}", err=True)
        if hint:
            click.echo(hint, err=True)
    return EXIT_PROBLEM
