"""Working papers in the formats that are checked, made of lines with quotations."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def markdown(folder: Path, lines: Sequence[tuple[str, str]]) -> Path:
    """A list: a sentence and its citation in brackets on each line."""
    return _written(
        folder / "paper.md", "# Paper\n\n" + "".join(f"- {a} ({b})\n" for a, b in lines)
    )


def table(folder: Path, lines: Sequence[tuple[str, str]]) -> Path:
    """A CSV with a header, a row for each."""
    out = io.StringIO()
    csv.writer(out).writerows([("point", "source"), *lines])
    return _written(folder / "paper.csv", out.getvalue())


def page(folder: Path, lines: Sequence[tuple[str, str]]) -> Path:
    """A web page with a paragraph for each."""
    body = "\n".join(f"<p>{html.escape(a)} <em>({b})</em></p>" for a, b in lines)
    text = f"<!DOCTYPE html>\n<html><head><title>Paper</title></head><body>\n{body}\n</body></html>"
    return _written(folder / "paper.html", text)


def word(folder: Path, lines: Sequence[tuple[str, str]]) -> Path:
    """A Word file: a table with a row for each."""
    document = docx.Document()
    document.add_heading("Paper", 1)
    made = document.add_table(rows=0, cols=2)
    for line in lines:
        for cell, text in zip(made.add_row().cells, line, strict=True):
            cell.text = text
    path = folder / "paper.docx"
    document.save(str(path))
    return path


FORMATS: Mapping[str, Callable[[Path, Sequence[tuple[str, str]]], Path]] = {
    "markdown": markdown,
    "csv": table,
    "docx": word,
    "html": page,
}


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
