"""The text of a PDF, and its blocks: the steps in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2

from peelsearch.documents.pdf.blocks import Draft, Flow, drafts, measure
from peelsearch.documents.pdf.columns import Region, regions
from peelsearch.documents.pdf.furniture import without_furniture
from peelsearch.documents.pdf.headings import Styled, levels
from peelsearch.documents.pdf.hyphens import Joiner, joiner
from peelsearch.documents.pdf.layout import Sheet
from peelsearch.documents.pdf.lines import pieces
from peelsearch.documents.pdf.pages import has_image, has_letters, read_page
from peelsearch.documents.pdf.source import Entry, metadata, opened, outline
from peelsearch.documents.pdf.tables import items
from peelsearch.errors import ReadingError
from peelsearch.model import Block, BlockKind, ExtractedText

# More letters than any report has; what holds more is not made to be read.
_MOST_LETTERS = 20_000_000
# A title is looked for in so many letters from the start.
_OPENING = 4_000
# Regions whose left edges differ by less (points) have the right edge of the widest.
_GRID = 12
# A size with so many lines in a region shows how far its lines go.
_FEWEST_LINES = 8
# Why there is no text is looked for on so many pages.
_LOOK = 20


def read_pdf(data: bytes) -> ExtractedText:
    """The linear text of a PDF, and its blocks with pages and levels of headings.

    Raises ReadingError with the reason when it cannot be opened or holds no text.
    """
    with opened(data) as document:
        sheets = _sheets(document)
        if not sheets:
            raise ReadingError(_no_text(document))
        entries = outline(document)
        extracted = _extracted(sheets, entries)
        return replace(extracted, metadata=metadata(document, extracted.text[:_OPENING]))


def _sheets(document: pypdfium2.PdfDocument) -> list[Sheet]:
    """The pieces of all pages that have any."""
    sheets: list[Sheet] = []
    letters = 0
    for index in range(len(document)):
        for page in read_page(document, index):
            found = tuple(pieces(page))
            letters += sum(len(piece.text) for piece in found)
            sheets.append(Sheet(page.number, page.side, page.height, found, page.rules))
        if letters > _MOST_LETTERS:
            raise ReadingError(f"The PDF holds more than {_MOST_LETTERS:,} letters.")
    return sheets


def _no_text(document: pypdfium2.PdfDocument) -> str:
    """Why there is no text, as far as the first pages tell."""
    if any(has_letters(document, index) for index in range(min(len(document), _LOOK))):
        return "The fonts of the PDF do not say which letters they show, so it cannot be read."
    if any(has_image(document, index) for index in range(min(len(document), _LOOK))):
        return "The PDF holds only images of pages, no text: it was scanned without recognition."
    return "There is no text on the pages of the PDF."


def _extracted(sheets: Sequence[Sheet], entries: Sequence[Entry]) -> ExtractedText:
    kept = without_furniture(sheets)
    ordered = [regions(sheet.pieces, sheet.rules) for sheet in kept]
    measures = measure(region for found in ordered for region in found)
    words = joiner(piece.text for found in ordered for region in found for piece in region)
    found = drafts(_flows(kept, ordered), measures)
    styled = [(draft, _text(draft, words)) for draft in found]
    styled = [(draft, text) for draft, text in styled if text]
    return _written(styled, levels(styled, measures, entries))


def _flows(sheets: Sequence[Sheet], ordered: Sequence[Sequence[Region]]) -> Iterator[Flow]:
    """The regions of all pages with their items and edges."""
    edges: dict[int, float] = {}
    for found in ordered:
        for region in found:
            key = _left(region)
            edges[key] = max(edges.get(key, 0.0), *(piece.x1 for piece in region))
    for sheet, found in zip(sheets, ordered, strict=True):
        for region in found:
            yield Flow(
                tuple(items(region, sheet.rules)),
                sheet.page,
                sheet.side,
                min(piece.x0 for piece in region),
                edges[_left(region)],
                _own_edges(region),
            )


def _own_edges(region: Region) -> dict[float, float]:
    """The right edges of letters of a size, where the region has enough lines of it."""
    lines = Counter(piece.size for piece in region)
    return {
        size: max(piece.x1 for piece in region if piece.size == size)
        for size, count in lines.items()
        if count >= _FEWEST_LINES
    }


def _left(region: Region) -> int:
    return round(min(piece.x0 for piece in region) / _GRID)


def _text(draft: Draft, words: Joiner) -> str:
    if draft.row is not None:
        return "\t".join(words.joined(p.text for p in cell) for cell in draft.row.cells)
    return words.joined(piece.text for piece in draft.pieces)


def _written(styled: Sequence[Styled], headings: dict[int, int]) -> ExtractedText:
    """The blocks one after the other, with a blank line between."""
    blocks: list[Block] = []
    at = 0
    for index, (draft, text) in enumerate(styled):
        level = headings.get(index)
        blocks.append(Block(_kind(draft, level), at, at + len(text), level, draft.page))
        at += len(text) + 2
    return ExtractedText("\n\n".join(text for _, text in styled), tuple(blocks))


def _kind(draft: Draft, level: int | None) -> BlockKind:
    if draft.row is not None:
        return BlockKind.ROW
    if level is not None:
        return BlockKind.HEADING
    return BlockKind.ITEM if draft.pieces[0].labelled else BlockKind.PARAGRAPH
