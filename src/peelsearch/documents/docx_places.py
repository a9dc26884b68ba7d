"""The paragraphs of a Word file as a person counts them, with footnotes where they are called.

``docx_text`` reads a document to be indexed; this reads a paper in which a place must be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from peelsearch.documents.docx_package import open_package
from peelsearch.documents.docx_styles import Element
from peelsearch.errors import ReadingError

_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _BOX = qn("w:t"), qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset((qn("w:del"), qn("w:moveFrom"), _FALLBACK))
_SPACES = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", qn("w:br"): "\n", qn("w:cr"): "\n"}
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph with words in it. Numbers count from 1; ``paragraph`` counts those with words
    outside tables, or is the number of the note that ``part`` names. ``group`` is that of its row.
    """

    text: str
    group: int
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    part: str = ""


def read_places(data: bytes) -> list[Place]:
    """All paragraphs in order. Raises ReadingError."""
    document = open_package(data)
    body = document.element.body
    if body is None:
        raise ReadingError("It is a damaged Word file: it has no body.")
    return list(_Walk(document).places(body))


class _Walk:
    """Counts paragraphs, tables and notes in one document."""

    def __init__(self, document: Document) -> None:
        self._notes = {name: dict(_notes(document, name)) for name in _NOTES.values()}
        self._counted = dict.fromkeys(("paragraph", "table", "group", *_NOTES.values()), 0)

    def places(self, parent: Element) -> Iterator[Place]:
        """The paragraphs below an element, whatever they are wrapped in."""
        for element in parent.iterchildren():
            if element.tag == _P:
                yield from self._paragraph(element, None)
            elif element.tag == _TABLE:
                yield from self._table(element)
            elif element.tag not in _GONE:
                yield from self.places(element)

    def _table(self, table: Element) -> Iterator[Place]:
        number = self._next("table")
        rows = (row for row in table.iter(_ROW) if _nearest(row, _TABLE) is table)
        for row_number, row in enumerate(rows, start=1):
            group = self._next("group")
            cells = (cell for cell in row.iter(_CELL) if _nearest(cell, _ROW) is row)
            for cell_number, cell in enumerate(cells, start=1):
                for paragraph in cell.iter(_P):
                    if not _is_gone(paragraph):
                        at = (group, number, row_number, cell_number)
                        yield from self._paragraph(paragraph, at)

    def _paragraph(self, element: Element, at: tuple[int, int, int, int] | None) -> Iterator[Place]:
        text, calls, boxes = _read(element)
        if text.strip() and at is not None:
            group, table, row, cell = at
            yield Place(text, group, table=table, row=row, cell=cell)
        elif text.strip():
            yield Place(text, self._next("group"), paragraph=self._next("paragraph"))
        for part, identifier in calls:
            note = self._notes[part].get(identifier, "")
            number = self._next(part)
            if note.strip():
                yield Place(note, self._next("group"), paragraph=number, part=part)
        for box in boxes if at is None else ():
            yield from self.places(box)

    def _next(self, name: str) -> int:
        self._counted[name] += 1
        return self._counted[name]


def _read(paragraph: Element) -> tuple[str, list[tuple[str, str]], list[Element]]:
    """The text of a paragraph, the notes that it calls, the boxes that are anchored in it."""
    pieces: list[str] = []
    calls: list[tuple[str, str]] = []
    boxes: list[Element] = []

    def walk(parent: Element) -> None:
        for element in parent.iterchildren():
            if element.tag in _GONE:
                continue
            if element.tag == _BOX:
                boxes.append(element)
                continue
            if element.tag == _TEXT:
                pieces.append(element.text or "")
            elif element.tag in _NOTES:
                calls.append((_NOTES[str(element.tag)], element.get(qn("w:id"), "")))
            else:
                pieces.append(_SPACES.get(str(element.tag), ""))
            walk(element)

    walk(paragraph)
    return "".join(pieces), calls, boxes


def _notes(document: Document, name: str) -> Iterator[tuple[str, str]]:
    """The notes of a document by their ids."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == f"/word/{name}s.xml":
            root: Element = parse_xml(part.blob)
            for note in root.iter(qn(f"w:{name}")):
                said = "\n".join(_read(paragraph)[0] for paragraph in note.iter(_P))
                yield note.get(qn("w:id"), ""), said


def _nearest(element: Element, tag: str) -> Element | None:
    return next((up for up in element.iterancestors() if up.tag == tag), None)


def _is_gone(element: Element) -> bool:
    return any(up.tag in _GONE for up in element.iterancestors())
