"""``peelsearch watch``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.lazily import Command, Group
from peelsearch.cli.options import (
    Settings,
    format_options,
    index_option,
    option,
    print_json,
    print_text,
    query_words,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.cli.writing import write_quietly
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError
from peelsearch.fingerprint import outdated
from peelsearch.model.watches import News, Watch
from peelsearch.render.atom import feed, hit_entry
from peelsearch.render.watches import news_json, news_text, watches_list
from peelsearch.vocabulary import Vocabulary
from peelsearch.watches import mark, news_of, read_watches, watches_text

_file = option(
    "--file",
    "watches_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File of the saved searches (setting: watches).",
)


@click.group("watch", Group, invoke_without_command=True)
@click.pass_context
@index_option
@vocabulary_option
@_file
@option("--peek", is_flag=True, help="Show what is new and go on calling it new.")
@format_options("text", "json", "atom")
def command(
    ctx: click.Context,
    index: Path | None,
    vocabulary_file: str | None,
    watches_file: Path | None,
    peek: bool,
    output: str,
) -> int:
    """Say what is new for saved searches since you last looked.

    Without a command it goes through all of them. Each passage is told of once: one that was
    only renamed, moved or indexed again is not new, and one whose words changed is. The searches
    are in a file of yours (watches.json in the current folder) that indexing never touches.

    \b
    Examples:
      peelsearch watch add vetting "vetting force:kent"
      peelsearch watch
      peelsearch watch --format atom --peek > new.xml
    """
    if ctx.invoked_subcommand is not None:
        if index or vocabulary_file or watches_file or peek or output != "text":
            name = ctx.invoked_subcommand
            raise click.UsageError(f"Options stand after the command: peelsearch watch {name} …")
        return EXIT_FOUND
    file = _place(watches_file)
    watches = read_watches(file)
    if not watches:
        raise InputError(
            f"No search is saved in {file}.", hint="Save one: peelsearch watch add NAME QUERY"
        )
    corpus, known = _opened(index, vocabulary_file)
    found = [news_of(corpus, known, watch) for watch in watches]
    _print(found, output, corpus, known)
    if not peek:
        # Only now: what could not be printed has not been seen.
        sys.stdout.flush()
        _save(file, [news.after for news in found])
    return EXIT_FOUND if any(news.new for news in found) else EXIT_NOTHING


@command.command(
    "add",
    Command,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("name")
@click.argument("query", nargs=-1, required=True, callback=query_words)
@index_option
@vocabulary_option
@_file
def add(
    name: str,
    query: str,
    index: Path | None,
    vocabulary_file: str | None,
    watches_file: Path | None,
) -> int:
    """Save a search. What it finds now is not new; what comes later is.

    QUERY is that of "peelsearch search", with filters such as force:kent in it.
    """
    file = _place(watches_file)
    watches = read_watches(file)
    if any(watch.name == name for watch in watches):
        raise InputError(
            f'A search named "{name}" is saved already.',
            hint=f"Choose another name, or remove it: peelsearch watch remove {name}",
        )
    if not name.strip() or not query.strip():
        raise InputError("A saved search needs a name and a query.")
    found = news_of(*_opened(index, vocabulary_file), Watch(name, query))
    if found.problem:
        raise InputError(found.problem)
    _save(file, [*watches, found.after])
    warn(f'Saved in {file}: "{name}", {found.total:,} found now ({found.interpreted}).')
    return EXIT_FOUND


@command.command("list", Command)
@_file
def list_(watches_file: Path | None) -> int:
    """List the saved searches."""
    watches = read_watches(_place(watches_file))
    print_text(watches_list(watches))
    return EXIT_FOUND if watches else EXIT_NOTHING


@command.command("remove", Command)
@click.argument("name")
@_file
def remove(name: str, watches_file: Path | None) -> int:
    """Remove a saved search."""
    file = _place(watches_file)
    watches = read_watches(file)
    kept = [watch for watch in watches if watch.name != name]
    if len(kept) == len(watches):
        names = ", ".join(watch.name for watch in watches) or "none"
        raise InputError(f'No saved search is named "{name}".', hint=f"Saved are: {names}.")
    _save(file, kept)
    warn(f'Removed: "{name}".')
    return EXIT_FOUND


def _place(file: Path | None) -> Path:
    return file or Path(Settings().text("watches"))


def _opened(index: Path | None, vocabulary_file: str | None) -> tuple[Corpus, Vocabulary]:
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    return corpus, known


def _save(file: Path, watches: Sequence[Watch]) -> None:
    write_quietly(file, watches_text(watches).encode("utf-8", "surrogatepass"))


def _print(found: Sequence[News], output: str, corpus: Corpus, known: Vocabulary) -> None:
    if output == "json":
        print_json(news_json(found))
    elif output == "atom":
        entries = {mark(hit): hit for news in found for hit in news.new}
        names = ", ".join(news.watch.name for news in found)
        made = feed(
            names,
            f"New in the documents: {names}",
            corpus.manifest.created,
            (hit_entry(hit, key) for key, hit in entries.items()),
        )
        print_text(made.decode("utf-8"))
    else:
        print_text(news_text(found, style(), known))
