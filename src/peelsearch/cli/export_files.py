"""Writing what ``peelsearch export`` makes, a piece at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeVar

import click

from peelsearch.cli.export_wanted import DATA_FORMATS
from peelsearch.model.evidence import Pack, Table
from peelsearch.records import replace
from peelsearch.render.evidence import origin, pack_blocks, pack_table, table_csv, table_jsonl
from peelsearch.render.paper import markdown_pieces
from peelsearch.render.paper_html import html_pieces
from peelsearch.vocabulary import Vocabulary

T = TypeVar("T")


def pieces(made: Pack | Table, known: Vocabulary, shape: str) -> Iterator[str]:
    """The text of an export in any format but Word's, a piece at a time."""
    if isinstance(made, Pack) and shape not in DATA_FORMATS:
        paper = markdown_pieces if shape == "markdown" else html_pieces
        return paper(made.title, pack_blocks(made, known), origin(made))
    table = pack_table(made) if isinstance(made, Pack) else made
    return table_csv(table) if shape == "csv" else table_jsonl(table)


def write(file: BinaryIO, made: Pack | Table, known: Vocabulary, shape: str) -> None:
    """Write it into the open file, with a bar for whoever watches a terminal."""
    if isinstance(made, Pack):
        made = replace(made, excerpts=_watched(made.excerpts, made.total))
    else:
        made = replace(made, rows=_watched(made.rows, made.total))
    if isinstance(made, Pack) and shape == "docx":
        from peelsearch.render.paper_word import write_docx  # noqa: PLC0415 - few ask for it

        write_docx(file, made.title, pack_blocks(made, known), origin(made))
        return
    for piece in pieces(made, known, shape):
        file.write(piece.encode("utf-8", "backslashreplace"))


def _watched(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a bar on the terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label="Writing", file=sys.stderr) as watched:
        yield from watched
