"""The text of a document as blocks that the template lays out: paragraphs, lists, tables, pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from peelsearch.model import Span, StructuredDocument
from peelsearch.snippets import display
from peelsearch.webapp.pieces import Pieces, within

# A shorter line that ends early was meant to (an address, a signature); a longer one was wrapped.
SHORT_LINE = 50

_BLOCK = re.compile(r"\S(?:.*?\S)??(?=[^\S\n]*\n[^\S\n]*(?:\n|\Z)|\s*\Z)", re.DOTALL)
_ITEM = re.compile(r"[^\S\n]*[-•–*\uf0b7][^\S\n]+")
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph (lines), a list (one item a line), a table (rows of cells) or the beginning of
    a page, which has nothing else."""

    kind: str
    lines: tuple[Pieces, ...] = ()
    rows: tuple[tuple[Pieces, ...], ...] = ()
    page: int | None = None


def joined(blocks: Iterable[BlockView]) -> tuple[BlockView, ...]:
    """The blocks with rows that follow each other as one table, and items as one list."""
    joined: list[BlockView] = []
    for block in blocks:
        if joined and block.kind == joined[-1].kind in ("table", "list"):
            last = joined[-1]
            joined[-1] = replace(last, lines=last.lines + block.lines, rows=last.rows + block.rows)
        else:
            joined.append(block)
    return tuple(joined)


def blocks(
    structure: StructuredDocument, marks: Sequence[Span], start: int, end: int, told: int | None
) -> Iterator[BlockView]:
    """The blocks between two offsets, ``told`` being the page that was named last."""
    text = structure.text
    first = bisect_right(marks, start, key=lambda mark: mark[1])
    nearby = marks[first : bisect_left(marks, end, key=lambda mark: mark[0])]
    for match in _BLOCK.finditer(text, start, end):
        page = structure.page(match.start())
        if page != told:
            told = page
            yield BlockView("page", page=page)
        yield from _block(text, match.start(), match.end(), nearby)


def _block(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[BlockView]:
    """A run of lines without a blank one: a table, or paragraphs and lists in turn."""
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    if all("\t" in text[left:right].strip() for left, right in lines):
        rows = tuple(tuple(_cells(text, left, right, marks)) for left, right in lines)
        yield BlockView("table", rows=rows)
        return
    for kind, spans in _runs(text, lines):
        shown = tuple(display(text[a:b], within(marks, a, b)) for a, b in spans)
        yield BlockView(kind, lines=shown)


def _runs(text: str, lines: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """Lines joined where the text was only wrapped, grouped into paragraphs and lists."""
    kind, spans = "", list[Span]()
    for left, right in lines:
        item = _ITEM.match(text, left, right)
        if item:
            if kind != "list" and spans:
                yield kind, spans
                spans = []
            kind = "list"
            spans.append((item.end(), right))
        elif spans and (
            kind == "list" or (right - left and spans[-1][1] - spans[-1][0] > SHORT_LINE)
        ):
            spans[-1] = (spans[-1][0], right)
        else:
            kind = kind or "paragraph"
            spans.append((left, right))
    if spans:
        yield kind, spans


def _cells(text: str, left: int, right: int, marks: Sequence[Span]) -> Iterator[Pieces]:
    position = left
    for cell in text[left:right].split("\t"):
        end = position + len(cell)
        yield display(cell, within(marks, position, end))
        position = end + 1
