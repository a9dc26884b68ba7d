"""Markdown to blocks: headings with their levels, lists, tables. The text is the file's own.

Marks within a line (emphasis, links) stay as they are: every offset refers to the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from peelsearch.documents.encoding import decode
from peelsearch.documents.limits import check_blocks
from peelsearch.model import Block, BlockKind, ExtractedText, Span

# The same line ends as the parser's.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_FRONT = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)(?:\r?\n)?(?P=fence)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_PAIR = re.compile(r"(?P<name>[A-Za-z][\w -]{0,60}?)[ \t]*:[ \t]*(?P<value>\S.*)")
_ATX = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*#{1,6}[ \t]*")
_ATX_END = re.compile(r"[ \t]+#+[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{[#.:][^{}]*\}[ \t]*$")
_QUOTED = re.compile(r"(?:[ \t]*>[ \t]?)+")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(?P<inner>.+)(?<=\S)\1", re.DOTALL)
_MARKUP_ONLY = re.compile(r"(?:\s|<!--.*?-->|<[^<>]*>)*", re.DOTALL)
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_DELIMITER = re.compile(r"[\s|:-]*")


def read_markdown(data: bytes) -> ExtractedText:
    """The decoded file with its blocks; front matter is metadata and no block."""
    text = decode(data)
    front = _FRONT.match(text)
    metadata = _metadata(front) if front else ()
    start = front.end() if front and metadata else 0
    lines = [match.span() for match in _LINE.finditer(text, start)]
    # Emphasis and links need not be taken apart, which is most of a parser's work.
    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    blocks = tuple(_Blocks(text, lines).read(parser.parse(text[start:])))
    check_blocks(len(blocks))
    return ExtractedText(text, blocks, metadata)


def _metadata(front: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """The values of front matter that are single ones. None if it is a rule and no front matter."""
    if front["fence"] == "+++":
        try:
            found = tomllib.loads(front["body"])
        except tomllib.TOMLDecodeError:
            return ()
        return tuple(
            (name.casefold(), str(value).strip())
            for name, value in found.items()
            if not isinstance(value, (dict, list))
        )
    pairs = (_PAIR.fullmatch(line.rstrip()) for line in front["body"].splitlines())
    return tuple(
        (pair["name"].casefold(), _unquoted(pair["value"])) for pair in pairs if pair is not None
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return re.sub(r"\s+#.*$", "", value)


@dataclass
class _Blocks:
    """The blocks of a parsed text. ``item`` is the start of an item that has no block yet."""

    text: str
    lines: list[Span]
    item: int | None = None

    def read(self, tokens: list[Token]) -> Iterator[Block]:
        """The blocks in the order of the text."""
        for token in tokens:
            if token.map is None:
                continue
            first, last = token.map
            if token.type == "list_item_open":
                self.item = first
            elif token.type == "heading_open":
                yield from self._heading(first, last, token)
            elif token.type == "paragraph_open":
                yield from self._paragraph(first, last)
            elif token.type == "code_block":
                yield from self._parts(first, last)
            elif token.type == "fence":
                closed = self._slice(last - 1, last).strip(" \t\r\n>").startswith(token.markup)
                yield from self._parts(first + 1, last - closed)
            elif token.type == "html_block":
                if not _MARKUP_ONLY.fullmatch(self._slice(first, last)):
                    yield from self._parts(first, last)
            elif token.type == "tr_open":
                yield from self._row(first)

    def _slice(self, first: int, last: int) -> str:
        start, end = self._span(first, last)
        return self.text[start:end]

    def _span(self, first: int, last: int) -> Span:
        if first >= min(last, len(self.lines)):
            return 0, 0
        return self.lines[first][0], self.lines[min(last, len(self.lines)) - 1][1]

    def _trimmed(self, kind: BlockKind, span: Span, level: int | None = None) -> Iterator[Block]:
        start, end = span
        raw = self.text[start:end]
        if raw.strip():
            left = start + len(raw) - len(raw.lstrip())
            yield Block(kind, left, start + len(raw.rstrip()), level)

    def _heading(self, first: int, last: int, token: Token) -> Iterator[Block]:
        """A heading without its marks: what is left is its name."""
        self.item = None
        start, end = self._span(first, last)
        if token.markup.startswith("#"):
            mark = _ATX.match(self.text, start, end)
            start = mark.end() if mark else start
        else:
            end = self.lines[min(last, len(self.lines)) - 1][0]
            quoted = _QUOTED.match(self.text, start, end)
            start = quoted.end() if quoted else start
        line = self.text[start:end].rstrip()
        for ending in (_ATX_END, _ATTRIBUTES):
            match = ending.search(line)
            line = line[: match.start()] if match else line
        yield from self._trimmed(
            BlockKind.HEADING, self._bare(start, start + len(line)), int(token.tag[1])
        )

    def _bare(self, start: int, end: int) -> Span:
        """The span without the marks of emphasis around all of it."""
        raw = self.text[start:end]
        start, end = start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())
        whole = _EMPHASIS.fullmatch(self.text, start, end)
        if whole is None or whole[1] in whole["inner"]:
            return start, end
        return whole.span("inner")

    def _paragraph(self, first: int, last: int) -> Iterator[Block]:
        span = self._span(first, last)
        if self.item is not None:
            # From the bullet on.
            self.item = None
            yield from self._trimmed(BlockKind.ITEM, span)
            return
        quoted = _QUOTED.match(self.text, *span)
        start = quoted.end() if quoted else span[0]
        yield from self._trimmed(BlockKind.PARAGRAPH, self._bare(start, span[1]))

    def _parts(self, first: int, last: int) -> Iterator[Block]:
        """Lines that the format leaves as they are, parted at blank ones."""
        start, end = self._span(first, last)
        at = start
        for gap in _BLANK_LINE.finditer(self.text, start, end):
            yield from self._trimmed(BlockKind.PARAGRAPH, (at, gap.start()))
            at = gap.end()
        yield from self._trimmed(BlockKind.PARAGRAPH, (at, end))

    def _row(self, line: int) -> Iterator[Block]:
        """A row without the bars at its ends. Those between cells part them."""
        start, end = self._span(line, line + 1)
        raw = self.text[start:end]
        if _DELIMITER.fullmatch(raw):
            return
        left = len(raw) - len(raw.lstrip())
        right = len(raw.rstrip())
        left += raw[left] == "|"
        right -= raw[:right].endswith("|") and right > left
        if raw[left:right].strip(" |\t"):
            yield Block(BlockKind.ROW, start + left, start + right)
