"""Tables of any subject as CSV and Markdown, with what they were made of.

A sheet is what every exported table is first; ``word`` makes a Word file of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from peelsearch.records import dataclass
from peelsearch.render.tables import to_csv
from peelsearch.snippets import readable

Value: TypeAlias = str | int | None
FINGERPRINT = "fingerprint"
_BRACKET = re.compile(r"(?=[()\[\]])")
# What XML cannot hold.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title; ``notes`` are what must be read with it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A document of sheets. ``fingerprint`` names the documents and vocabulary behind it."""

    title: str
    notes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    fingerprint: str

    @property
    def origin(self) -> str:
        """The fingerprint as a sentence."""
        return f"Made of: {self.fingerprint}"


def sheet_csv(sheet: Sheet, fingerprint: str) -> str:
    """One table as CSV; the fingerprint is the last column of every row."""
    rows = ((*row, fingerprint) for row in sheet.rows)
    return to_csv((*sheet.columns, FINGERPRINT), rows)


def export_markdown(export: Export) -> str:
    """All sheets as Markdown."""
    lines = [f"# {escaped(export.title)}", ""]
    for note in export.notes:
        lines += [escaped(note), ""]
    for sheet in export.sheets:
        lines += [f"## {escaped(sheet.title)}", ""]
        for note in sheet.notes:
            lines += [escaped(note), ""]
        if sheet.rows:
            lines += [*_table(sheet.columns, sheet.rows), ""]
    lines += [escaped(export.origin)]
    return "\n".join(lines) + "\n"


def _table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterable[str]:
    yield _line(columns)
    yield _line(["---"] * len(columns), literal=True)
    for row in rows:
        yield _line([shown(value) for value in row])


def _line(cells: Sequence[str], *, literal: bool = False) -> str:
    return f"| {' | '.join(cell if literal else escaped(cell) for cell in cells)} |"


def shown(value: Value) -> str:
    """A value as people read it, on one line."""
    return " ".join(readable(str(value)).split()) if value is not None else ""


def literal(text: str) -> str:
    """A text that ``shown`` gives back as it is: what people write has no markup of documents."""
    return _BRACKET.sub(r"\\", text)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    text = " ".join(text.split())
    for char in "\\`*_[]<>#|~":
        text = text.replace(char, "\\" + char)
    return text


def fit(text: str) -> str:
    """Text without what XML cannot hold."""
    return _UNFIT.sub(" ", text)
