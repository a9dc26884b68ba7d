"""``peelsearch index``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_PROBLEM
from peelsearch.cli.options import (
    Settings,
    chosen_vocabulary,
    format_options,
    index_option,
    print_json,
    print_text,
    style,
    vocabulary_option,
)
from peelsearch.engine.folder import has_commit
from peelsearch.indexing import Progress, Watch, build
from peelsearch.render.reports import report_json, report_text

# What is indexed when nothing was named and nothing is remembered.
FIRST = Path("seeds")


@click.command("index")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@index_option
@vocabulary_option
@click.option("--verify", is_flag=True, help="Read every file, even if size and time are the same.")
@click.option("--rebuild", is_flag=True, help="Build all anew from the documents.")
@click.option(
    "--forget",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Take a file or folder out of the index. Repeatable.",
)
@format_options("text", "json")
def command(
    paths: tuple[Path, ...],
    index: Path | None,
    vocabulary_file: str | None,
    verify: bool,
    rebuild: bool,
    forget: tuple[Path, ...],
    output: str,
) -> int:
    """Build the index, or bring it up to date with the documents.

    PATH is a file or a folder; the index remembers it. Without PATH all remembered ones are gone
    over (the folder seeds/ the first time): new documents are added, changed ones updated, and
    those whose file is gone removed. The vocabulary is remembered too; another one makes all
    documents be read again. A damaged index is repaired.

    \b
    Examples:
      peelsearch index seeds
      peelsearch index
      peelsearch index --forget seeds/draft.txt
    """
    settings = Settings()
    folder = index or Path(settings.text("index"))
    chosen = list(paths) or _first(folder, forget)
    with _progress_bar() as watch:
        report = build(
            chosen,
            index=folder,
            vocabulary=chosen_vocabulary(settings, vocabulary_file),
            verify=verify,
            rebuild=rebuild,
            forget=forget,
            seconds=settings.number("reading_seconds"),
            progress=watch,
        )
    if output == "json":
        print_json(report_json(report))
    else:
        print_text(report_text(report, style()))
    return EXIT_PROBLEM if report.failed else EXIT_FOUND


def _first(folder: Path, forget: tuple[Path, ...]) -> list[Path]:
    """The seeds, when there is no index yet and they are there."""
    return [FIRST] if not has_commit(folder) and not forget and FIRST.is_dir() else []


@contextmanager
def _progress_bar() -> Iterator[Watch | None]:
    """A bar on standard error with the time left, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = click.progressbar(
        length=1, label="Reading", file=sys.stderr, show_eta=True, item_show_func=_file_name
    )

    def watch(progress: Progress) -> None:
        bar.length = max(1, progress.total)
        bar.update(progress.done - bar.pos, progress.path)

    with bar:
        yield watch


def _file_name(path: str | None) -> str | None:
    return Path(path).name if path else None
