"""The pieces of a web page: what stands between its tags, with line and place in tables."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from peelsearch.citations.pieces import Piece
from peelsearch.model.citations import Where

# Elements within a line; every other one parts pieces.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr img".split()
)
_SILENT = frozenset(("script", "style", "template", "noscript"))
_CELLS = frozenset(("td", "th"))


def page_pieces(text: str) -> Iterator[Piece]:
    """The pieces of a page in order, of a quotation element with marks around it."""
    page = _Page()
    page.feed(text)
    page.close()
    page.part()
    yield from page.pieces


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._said: list[str] = []
        self._lines: list[int] = []
        self._first = 1
        self._silent = 0
        self._group = 0
        self._tables = self._row = self._cell = 0
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif tag == "q":
            self._say("“")
        elif tag == "br":
            self._say("\n")
        elif tag not in _INLINE:
            self.part()
            self._table(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "q":
            self._say("”")
        elif tag not in _INLINE and tag != "br":
            self.part()
            if tag == "table":
                self._within = max(0, self._within - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(data)

    def part(self) -> None:
        """End the piece; what has no words makes none."""
        text = "".join(self._said)
        if text.strip():
            row = bool(self._within and self._row)
            self._group += not row or not self.pieces or self.pieces[-1].where.row != self._row
            where = Where(
                line=self._first,
                table=self._tables if row else None,
                row=self._row if row else None,
                cell=(self._cell or None) if row else None,
            )
            self.pieces.append(Piece(text, where, self._group, lines=tuple(self._lines)))
        self._said, self._lines = [], []

    def _table(self, tag: str) -> None:
        if tag == "table":
            self._tables, self._within, self._row = self._tables + 1, self._within + 1, 0
        elif tag == "tr":
            self._row, self._cell = self._row + 1, 0
        elif tag in _CELLS:
            self._cell += 1

    def _say(self, text: str) -> None:
        if not any(piece.strip() for piece in self._said):
            lead = len(text) - len(text.lstrip())
            self._first = self.getpos()[0] + text[:lead].count("\n")
            self._said, self._lines, text = [], [], text[lead:]
        size = sum(map(len, self._said))
        self._lines += [size + at + 1 for at, char in enumerate(text) if char == "\n"]
        self._said.append(text)
