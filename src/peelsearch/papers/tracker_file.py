"""The file of a tracker as spreadsheets write it: its rows, and what is wrong in which line."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from peelsearch.model.papers import TrackerRow

COLUMNS = ("id", "reference", "owner", "status", "note", "evidence", "closed")
# Other names of a column.
_ALSO = {"closed date": "closed", "date closed": "closed", "finding": "id"}
_DELIMITERS = ",;\t"
# Spreadsheets write a day as people of the country do; 2024-01-31 becomes 31/01/2024.
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_KEPT_TEXT = ("'=", "'+", "'-", "'@")
_LARGEST = 10_000_000


def parse(data: bytes) -> tuple[tuple[TrackerRow, ...], tuple[str, ...]]:
    """The rows and the problems, each with its line. Rows count only where nothing is wrong.

    Commas, semicolons and tabs are read, with or without a byte order mark, whatever the line ends.
    """
    if len(data) > _LARGEST:
        return (), (f"it is larger than {_LARGEST // 1_000_000} MB",)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (), (f'line {line}: not UTF-8 text (save it as "CSV UTF-8")',)
    lines = _lines(text)
    try:
        first, head = next(lines, (1, []))
        names, problems = _names(head, first)
        if problems:
            return (), tuple(problems)
        return _rows(lines, names)
    except _UnreadableError as error:
        return (), (str(error),)


class _UnreadableError(Exception):
    """A line that is no CSV; what follows cannot be told apart."""


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The filled lines with their numbers: of several physical lines the first.

    Empty cells at the end are left out, for spreadsheets add them at will.
    """
    # Strictly: an open quotation mark would take all rows after it into one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = [_text(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise _UnreadableError(f"line {number}: {error}") from None
        while row and not row[-1]:
            row.pop()
        if row:
            yield number, row


def _text(cell: str) -> str:
    """What a cell says; the apostrophe is ours that keeps a spreadsheet from running the text."""
    text = cell.strip()
    return text[1:] if text.startswith(_KEPT_TEXT) else text


def _delimiter(text: str) -> str:
    """The mark that is most often in the first line."""
    head = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _names(head: Sequence[str], line: int) -> tuple[list[str], list[str]]:
    """The columns of the first line, and what is wrong with them."""
    names = [" ".join(cell.casefold().replace("_", " ").split()) for cell in head]
    names = [_ALSO.get(name, name) for name in names]
    problems = [
        f'line {line}: unknown column "{cell}" (columns are {", ".join(COLUMNS)})'
        for cell, name in zip(head, names, strict=True)
        if name not in COLUMNS
    ]
    problems += [
        f'line {line}: column "{name}" stands there {names.count(name)} times'
        for name in COLUMNS
        if names.count(name) > 1
    ]
    if "id" not in names:
        problems.append(f'line {line}: there is no column "id"')
    return names, problems


def _rows(
    lines: Iterator[tuple[int, list[str]]], names: Sequence[str]
) -> tuple[tuple[TrackerRow, ...], tuple[str, ...]]:
    rows: list[TrackerRow] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for line, cells in lines:
        if len(cells) > len(names):
            problems.append(f"line {line}: {len(cells)} cells for {len(names)} columns")
            continue
        values = dict.fromkeys(COLUMNS, "") | dict(zip(names, cells, strict=False))
        closed = _day(values["closed"])
        if closed is None:
            problems.append(
                f'line {line}: "{values["closed"]}" is not a day (write it like 2024-01-31)'
            )
        if not values["id"]:
            problems.append(f"line {line}: the id is missing")
        elif (before := seen.setdefault(values["id"], line)) != line:
            problems.append(f"line {line}: the id {values['id']} stands in line {before} too")
        rows.append(_row(line, {**values, "closed": closed or ""}))
    return (() if problems else tuple(rows)), tuple(problems)


def _row(line: int, values: Mapping[str, str]) -> TrackerRow:
    return TrackerRow(line, *(values[name] for name in COLUMNS))


def _day(text: str) -> str | None:
    """The ISO day, empty for none; None for what is no day."""
    if not text:
        return ""
    found = _DAY_FIRST.fullmatch(text)
    try:
        if found:
            return datetime.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return datetime.datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError:
        return None
