"""A working paper in pieces, each with the place that a person would look for.

Unlike the readers of ``documents``, which keep the article alone, nothing is left out here: a
quotation in a footnote or beside the text is one all the same.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

from peelsearch import documents
from peelsearch.citations.pages import page_pieces
from peelsearch.citations.pieces import Piece
from peelsearch.documents.encoding import decode
from peelsearch.errors import InputError, ReadingError
from peelsearch.model.citations import Where

# A column of ours whose cells are quotations as a whole.
_QUOTES = frozenset(("quote", "quotation"))
_DELIMITERS = ",;\t|"
_COLUMNS = 2
# A list item, a heading or a row of a table begins a piece of its own.
_ROW = re.compile(r"\s*\|")
_STARTS = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#{1,6}\s|\|)")
_QUOTED = re.compile(r"^((?:\s{0,3}>)+\s?)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_CELL = 10_000_000


def read_paper(path: Path) -> tuple[str, list[Piece]]:
    """The format of a file, told by its content, and its pieces in order. Raises InputError."""
    try:
        data = documents.read_bytes(path)
        found = documents.sniff(data, path.name) if data else None
        if found == "docx":
            return found, list(_word_pieces(data))
        if found == "html":
            return found, list(page_pieces(documents.decode_page(data)))
        if found in ("markdown", "text"):
            text = decode(data)
            rows = _rows(text, path.suffix.casefold())
            if rows is not None:
                return "csv", list(_cells(rows))
            return "markdown", list(_lines(text))
        if found is None:
            # It says what the file is instead.
            documents.extract(data, path.name)
    except ReadingError as error:
        raise InputError(f"{path} cannot be checked: {error.message}", hint=_HINT) from error
    raise InputError(f"{path} cannot be checked: it is a PDF.", hint=_HINT)


_HINT = "Markdown, CSV, Word (.docx) and web pages (.html) can be checked."


def _word_pieces(data: bytes) -> Iterator[Piece]:
    for group, place in enumerate(documents.read_places(data)):
        where = Where(
            paragraph=place.paragraph,
            table=place.table,
            row=place.row,
            cell=place.cell,
            part=place.part,
        )
        yield Piece(place.text, where, place.group if place.table else -group - 1)


# --- CSV --------------------------------------------------------------------------------------


def _rows(text: str, suffix: str) -> list[tuple[int, list[str]]] | None:
    """The rows of a CSV file with their first lines; None if it is prose.

    Rows of a table have the same number of cells, and more than one; what is called CSV may have a
    single column.
    """
    if suffix in (".md", ".markdown", ".html", ".htm"):
        return None
    csv.field_size_limit(_LONGEST_CELL)
    for delimiter in sorted(
        _DELIMITERS, key=lambda sign: -text[:4096].partition("\n")[0].count(sign)
    ):
        rows: list[tuple[int, list[str]]] = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        line = 1
        try:
            for row in reader:
                if row:
                    rows.append((line, row))
                line = reader.line_num + 1
        except csv.Error:
            continue
        widths = {len(row) for _, row in rows}
        if len(widths) == 1 and (widths.pop() >= _COLUMNS) and len(rows) > 1:
            return rows
        if suffix in (".csv", ".tsv"):
            return rows
    return None


def _cells(rows: list[tuple[int, list[str]]]) -> Iterator[Piece]:
    """Every cell. The first row is the header."""
    header = rows[0][1] if rows else []
    for number, (line, row) in enumerate(rows, start=1):
        for cell, text in enumerate(row, start=1):
            name = header[cell - 1].strip() if cell <= len(header) else ""
            whole = number > 1 and name.casefold() in _QUOTES
            if text.strip():
                where = Where(line=line, row=number, cell=cell, column=name if number > 1 else "")
                yield Piece(text, where, number, whole)


# --- Markdown ---------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[Piece]:
    """Paragraphs, list items, headings and rows of tables of Markdown or plain text."""
    held: list[str] = []
    first, group = 1, 0
    for number, raw in enumerate([*_LINE_END.split(text), ""], start=1):
        line = html.unescape(_QUOTED.sub("", raw)).replace("\n", " ")
        if held and (not line.strip() or _STARTS.match(line) or _ROW.match(held[-1])):
            group += 1
            yield _paragraph(held, first, group)
            held = []
        if line.strip():
            first = first if held else number
            held.append(line)


def _paragraph(lines: list[str], first: int, group: int) -> Piece:
    ends = [len(line) + 1 for line in lines]
    starts = [sum(ends[: index + 1]) for index in range(len(lines) - 1)]
    return Piece("\n".join(lines), Where(line=first), group, lines=tuple(starts))
