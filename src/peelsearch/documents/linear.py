"""Our own linear text of formats whose files are no text: blocks with a blank line between them.

Lines of a paragraph are joined with single spaces, list items begin with "- ", cells of a table
row are separated by tabs. All offsets of such a document refer to this text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelsearch.documents.limits import check_blocks
from peelsearch.model import Block, BlockKind, ExtractedText

BULLET = "- "
_SEPARATOR = "\n\n"
# A bullet that was typed and not made a list by its format, symbol fonts included.
_TYPED_BULLET = re.compile(r"[•·▪◦‣○●■□\uf0b7\uf0a7\uf0d8\u2043*–—-][ \t\u00a0]+(?=\S)")
# Two line breaks in a row end a paragraph.
_PARAGRAPH_END = re.compile(r"\n[ \t\u00a0]*\n\s*")
# Characters that nobody sees and that would cut words.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")


class Linear:
    """The text as it grows, block by block. What has no words makes no block."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._size = 0

    def heading(self, text: str, level: int) -> None:
        """A heading that the format marks, on a line of its own."""
        self._add(BlockKind.HEADING, cleaned(text), level)

    def paragraph(self, text: str) -> None:
        """A paragraph, or several where empty lines part it; one that begins with a bullet is
        a list item."""
        for part in _PARAGRAPH_END.split(text):
            clean = cleaned(part)
            bullet = _TYPED_BULLET.match(clean)
            if bullet:
                self.item(clean[bullet.end() :])
            else:
                self._add(BlockKind.PARAGRAPH, clean)

    def item(self, text: str) -> None:
        """An item of a list, without its bullet."""
        clean = cleaned(text)
        if clean:
            self._add(BlockKind.ITEM, BULLET + clean)

    def row(self, cells: Sequence[str]) -> None:
        """A row of a table. Empty cells keep their place, but for the last ones."""
        clean = [cleaned(cell) for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        self._add(BlockKind.ROW, "\t".join(clean))

    def finished(self, metadata: Sequence[tuple[str, str]] = ()) -> ExtractedText:
        """The whole text with its blocks. Metadata without a value is left out."""
        known = tuple((name, value.strip()) for name, value in metadata if value.strip())
        return ExtractedText("".join(self._pieces), tuple(self._blocks), known)

    def _add(self, kind: BlockKind, text: str, level: int | None = None) -> None:
        if not text.strip():
            return
        if self._pieces:
            self._pieces.append(_SEPARATOR)
            self._size += len(_SEPARATOR)
        start = self._size
        self._pieces.append(text)
        self._size += len(text)
        self._blocks.append(Block(kind, start, self._size, level))
        check_blocks(len(self._blocks))


def cleaned(text: str) -> str:
    """The text on one line, without characters that nobody sees."""
    return " ".join(_INVISIBLE.sub("", text).split())
