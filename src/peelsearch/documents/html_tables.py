"""Tables of web pages: those that hold data, row by row. Those that lay out a page are none."""

from __future__ import annotations

from collections.abc import Iterator

from peelsearch.documents.html_content import HEADINGS, Element, text_of

# Spans beyond this are mistakes, or malice.
_MOST_SPAN = 50
_FEWEST_COLUMNS = 2
# A cell that holds more than this is a part of the page.
_LONGEST_CELL = 5_000


def has_rows(table: Element) -> bool:
    """Whether the table holds data. One with headings or tables in its cells is a layout."""
    if table.get("role") in ("presentation", "none"):
        return False
    if any(inner is not table for inner in table.iter("table", *HEADINGS)):
        return False
    widths = [sum(1 for _ in row.iterchildren("td", "th")) for row in table.iter("tr")]
    if max(widths, default=0) < _FEWEST_COLUMNS:
        return False
    return all(len("".join(cell.itertext())) <= _LONGEST_CELL for cell in table.iter("td"))


def read_rows(table: Element) -> Iterator[list[str]]:
    """The cells of each row. A cell over several columns or rows is there once, then empty."""
    caption = next(table.iterchildren("caption"), None)
    if caption is not None:
        yield [text_of(caption)]
    hanging: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        below: dict[int, int] = {column: n - 1 for column, n in hanging.items() if n > 1}
        for cell in row.iterchildren("td", "th"):
            while hanging.get(len(cells), 0):
                cells.append("")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            below.update(dict.fromkeys(range(len(cells), len(cells) + width), height - 1))
            cells += [text_of(cell), *[""] * (width - 1)]
        hanging = {column: n for column, n in below.items() if n > 0}
        yield cells


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isascii() and value.isdigit() else 1
