"""Plain text to blocks: paragraphs, bullets and table rows, however the lines were broken.

Text marks no headings; which paragraph is one is for ``sections`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peelsearch.documents.encoding import decode
from peelsearch.documents.lines import TERMINAL, Line, read_lines, without_running
from peelsearch.model import Block, BlockKind, ExtractedText

_BULLET = re.compile(
    r"(?:[-–—•·▪◦‣○●■□*\uf0b7\uf0a7\u2022o]|\(?[a-z]\)|\(?[ivx]{1,4}\)|\d{1,2}[.)])[ \t\u00a0]+\S"
)
# With fewer blank lines than this (of all), blank lines do not separate paragraphs.
_BLANK_SHARE = 0.12
# Hard-wrapped text: nearly all lines within a width that people use ...
_WIDTHS = range(40, 131)
_WITHIN_WIDTH = 0.98
# ... and most lines that another one follows so full that its first word would not have fitted.
_FULL_SHARE = 0.5
_FEWEST_LINES = 8


def read_plain_text(data: bytes) -> ExtractedText:
    """The decoded text and its blocks."""
    text = decode(data)
    return ExtractedText(text=text, blocks=tuple(blocks(text)))


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, in order. Running heads and page numbers are in none."""
    lines, blanks = read_lines(text)
    total = len(lines) + blanks
    lines = without_running(text, lines)
    width = _wrap_width(text, lines)
    if width is None:
        every_line = blanks < _BLANK_SHARE * total
        breaks = [every_line or line.blank for line in lines]
    else:
        breaks = _breaks_of_wrapped(text, lines, width)
    yield from _grouped(text, lines, breaks, wrapped=width is not None)


def _first_word(text: str, line: Line) -> int:
    """The length of the line's first word."""
    word = re.match(r"\S{1,200}", text[line.start : line.start + 200])
    return word.end() if word else 0


def _full(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this one."""
    return line.end - line.left + 1 + _first_word(text, after) > width


def _wrap_width(text: str, lines: Sequence[Line]) -> int | None:
    """The width at which the text was hard-wrapped, None if it was not."""
    lengths = sorted(
        line.end - line.left for line in lines if "\t" not in text[line.left : line.end]
    )
    if len(lengths) < _FEWEST_LINES:
        return None
    width = lengths[min(int(_WITHIN_WIDTH * len(lengths)), len(lengths) - 1)]
    if width not in _WIDTHS:
        return None
    pairs = [(a, b) for a, b in pairwise(lines) if not b.blank]
    full = sum(_full(text, a, b, width) for a, b in pairs)
    return width if pairs and full >= _FULL_SHARE * len(pairs) else None


def _breaks_of_wrapped(text: str, lines: Sequence[Line], width: int) -> list[bool]:
    """Where paragraphs begin in hard-wrapped text.

    If short lines are mostly followed by blank ones, blank lines separate the paragraphs. If not,
    a short line ends one.
    """
    pairs = list(pairwise(lines))
    short = [(a, b) for a, b in pairs if not _full(text, a, b, width)]
    separated = sum(b.blank for _, b in short)
    if 2 * separated >= len(short):
        return [True, *(b.blank for _, b in pairs)]
    return [True, *(b.blank or _ends_paragraph(text, a, b, width) for a, b in pairs)]


def _ends_paragraph(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether a paragraph ends where no blank line says so.

    A full line that ends a sentence may end a paragraph too: a paragraph cut in two does less
    harm than a heading lost in one.
    """
    if not _full(text, line, after, width):
        return True
    return text[line.end - 1] in TERMINAL and not text[after.start].islower()


def _grouped(
    text: str, lines: Sequence[Line], breaks: Sequence[bool], *, wrapped: bool
) -> Iterator[Block]:
    """Lines joined to blocks. Rows of a table and bullets always begin one of their own."""
    open_block: Block | None = None
    in_table = False
    for line, begins in zip(lines, breaks, strict=True):
        kind = _kind(text, line, in_table=in_table)
        in_table = kind is BlockKind.ROW
        if in_table:
            if open_block:
                yield open_block
            open_block = None
            yield Block(kind, line.left, line.right)
        elif (
            open_block is None
            or begins
            or (kind is BlockKind.ITEM and not _dash_within(text, open_block))
            or _ends_list(text, open_block, line, wrapped=wrapped)
        ):
            if open_block:
                yield open_block
            open_block = Block(kind, line.start, line.end)
        else:
            open_block = Block(open_block.kind, open_block.start, line.end)
    if open_block:
        yield open_block


def _kind(text: str, line: Line, *, in_table: bool) -> BlockKind:
    bullet = _BULLET.match(text, line.start, line.end)
    inner = text.find("\t", bullet.end() - 1 if bullet else line.start, line.end) >= 0
    leading = text.count("\t", line.left, line.start)
    trailing = text.count("\t", line.end, line.right)
    # Cells may be empty on either side; one tab alone is only an indent.
    row = inner or trailing > 1 or (leading and trailing) or (in_table and leading + trailing > 0)
    if row:
        return BlockKind.ROW
    return BlockKind.ITEM if bullet else BlockKind.PARAGRAPH


def _dash_within(text: str, before: Block) -> bool:
    """Whether a dash at the start of a line belongs to the paragraph it stands in."""
    return before.kind is BlockKind.PARAGRAPH and text[before.end - 1] not in TERMINAL


def _ends_list(text: str, item: Block, line: Line, *, wrapped: bool) -> bool:
    """Whether an unwrapped line after a bullet is a paragraph of its own."""
    if item.kind is not BlockKind.ITEM or wrapped:
        return False
    goes_on = text[line.start].islower() or line.start - line.left >= 2
    return not goes_on or text[item.end - 1] in TERMINAL[:3]
