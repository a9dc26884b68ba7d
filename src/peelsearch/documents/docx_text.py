"""Word files to our linear text: headings by their styles, lists, tables, boxes of text.

Running headers, footers, footnotes, comments and deleted text are in other parts or marked, and
left out; content controls and boxes are read where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import qn

from peelsearch.documents.docx_package import open_package
from peelsearch.documents.docx_styles import Element, Style, Styles
from peelsearch.documents.linear import Linear, cleaned
from peelsearch.errors import ReadingError
from peelsearch.model import ExtractedText

_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_BOX = qn("w:txbxContent")
_RUN, _TEXT = qn("w:r"), qn("w:t")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Taken out by someone who tracked changes, or a second form of what is there already.
_GONE = frozenset((qn("w:del"), qn("w:moveFrom"), _FALLBACK))
_SPACES = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", qn("w:br"): "\n", qn("w:cr"): "\n"}
_FEWEST_COLUMNS = 2
_MOST_SPAN = 50
# Longer bold paragraphs are emphasis.
_LONGEST_BOLD = 120
_STOPS = ".!?:;,"
# Where more than this share of the paragraphs is bold, bold means nothing.
_BOLD_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its text and style; ``bold`` if all its letters are."""

    text: str
    style: Style
    bold: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table that holds data."""

    cells: tuple[str, ...]


def read_docx(data: bytes) -> ExtractedText:
    """The body of a Word file as linear text, with title and date of publication as metadata."""
    document = open_package(data)
    body = document.element.body
    if body is None:
        raise ReadingError("It is a damaged Word file: it has no body.")
    styles = Styles(_styles_root(document))
    parts = _with_bold_headings(list(_parts(body, styles)))
    linear = Linear()
    for part in parts:
        if isinstance(part, _Row):
            linear.row(part.cells)
        elif part.style.title or part.style.level is not None:
            linear.heading(part.text, part.style.level or 1)
        elif part.style.listed:
            linear.item(part.text)
        else:
            linear.paragraph(part.text)
    return linear.finished(_metadata(document, parts))


def _styles_root(document: Document) -> Element | None:
    try:
        root: Element = document.styles.element
    except (KeyError, AttributeError):
        return None
    return root


def _metadata(document: Document, parts: list[_Paragraph | _Row]) -> tuple[tuple[str, str], ...]:
    """Title and date. When the file was made or changed is no date of the document."""
    title = next((p.text for p in parts if isinstance(p, _Paragraph) and p.style.title), "")
    try:
        properties = document.core_properties
        title = cleaned(title) or properties.title or ""
    except (KeyError, ValueError, AttributeError):
        title = cleaned(title)
    return (("title", title), ("date", _published(document)))


def _published(document: Document) -> str:
    """The date in the control for it that Word's title pages have."""
    for control in document.element.body.iter(qn("w:sdtPr")):
        date = control.find(qn("w:date"))
        binding = control.find(qn("w:dataBinding"))
        path = binding.get(qn("w:xpath"), "") if binding is not None else ""
        if date is not None and "PublishDate" in path:
            return str(date.get(qn("w:fullDate"), ""))[:10]
    return ""


# --- from the tree to paragraphs and rows -----------------------------------------------------


def _parts(parent: Element, styles: Styles) -> Iterator[_Paragraph | _Row]:
    """Paragraphs and rows in reading order, whatever they are wrapped in."""
    for element in parent.iterchildren():
        if element.tag == _P:
            yield from _paragraph(element, styles)
        elif element.tag == _TABLE:
            yield from _table(element, styles)
        elif element.tag not in _GONE:
            yield from _parts(element, styles)


def _paragraph(element: Element, styles: Styles) -> Iterator[_Paragraph | _Row]:
    """A paragraph, then what stands in boxes anchored in it."""
    style = styles.of(element)
    pieces: list[str] = []
    boxes: list[Element] = []
    bold = True
    for inner in _inline(element, boxes):
        if inner.tag == _RUN:
            run = styles.run(inner, style)
            text = "" if run.hidden else _run_text(inner)
            bold = bold and (run.bold or not text.strip())
            pieces.append(text)
    text = "".join(pieces)
    if text.strip():
        yield _Paragraph(text, style, bold)
    for box in boxes:
        yield from _parts(box, styles)


def _inline(parent: Element, boxes: list[Element]) -> Iterator[Element]:
    """The runs of a paragraph, also those in links, insertions and controls."""
    for element in parent.iterchildren():
        if element.tag in _GONE:
            continue
        if element.tag == _BOX:
            boxes.append(element)
            continue
        if element.tag == _RUN:
            yield element
        yield from _inline(element, boxes)


def _run_text(run: Element) -> str:
    return "".join(
        (child.text or "") if child.tag == _TEXT else _SPACES.get(str(child.tag), "")
        for child in run.iterchildren()
    )


def _with_bold_headings(parts: list[_Paragraph | _Row]) -> list[_Paragraph | _Row]:
    """In a document without heading styles short bold paragraphs are headings, larger ones above.

    A style or outline level that anybody used says that its author knew how to mark headings.
    """
    paragraphs = [part for part in parts if isinstance(part, _Paragraph)]
    if any(part.style.level is not None or part.style.title for part in paragraphs):
        return parts
    found = [part for part in paragraphs if _could_head(part)]
    if not found or len(found) > _BOLD_SHARE * len(paragraphs):
        return parts
    sizes = sorted({part.style.size for part in found}, reverse=True)
    headings = {id(part) for part in found}
    return [
        replace(part, style=replace(part.style, level=sizes.index(part.style.size) + 1))
        if isinstance(part, _Paragraph) and id(part) in headings
        else part
        for part in parts
    ]


def _could_head(part: _Paragraph) -> bool:
    text = cleaned(part.text)
    return (
        part.bold
        and not part.style.listed
        and 1 < len(text) <= _LONGEST_BOLD
        and text[-1] not in _STOPS
        and any(char.isalpha() for char in text)
    )


# --- tables -----------------------------------------------------------------------------------


def _table(table: Element, styles: Styles) -> Iterator[_Paragraph | _Row]:
    """The rows of a table; the contents of its cells where it only lays out the page."""
    rows = list(_rows(table))
    if _is_layout(rows, styles):
        for cells in rows:
            for cell in cells:
                yield from _parts(cell, styles)
        return
    for cells in rows:
        texts: list[str] = []
        for cell in cells:
            merged, span = _merging(cell)
            texts += ["" if merged else _cell_text(cell, styles), *[""] * (span - 1)]
        yield _Row(tuple(texts))


def _rows(table: Element) -> Iterator[list[Element]]:
    for row in _descend(table, _ROW):
        yield list(_descend(row, _CELL))


def _descend(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those in content controls."""
    for element in parent.iterchildren():
        if element.tag == tag:
            yield element
        elif element.tag not in (_GONE | {_TABLE, _P}):
            yield from _descend(element, tag)


def _is_layout(rows: list[list[Element]], styles: Styles) -> bool:
    """A box around text, columns of a page: one column, or headings or tables within."""
    if max(map(len, rows), default=0) < _FEWEST_COLUMNS:
        return True
    for cells in rows:
        for cell in cells:
            if next(cell.iter(_TABLE), None) is not None:
                return True
            if any(styles.of(p).level is not None for p in cell.iter(_P)):
                return True
    return False


def _merging(cell: Element) -> tuple[bool, int]:
    """Whether a cell only goes on from the one above, and how many columns it has."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return False, 1
    above = properties.find(qn("w:vMerge"))
    merged = above is not None and above.get(qn("w:val"), "continue") == "continue"
    span = properties.find(qn("w:gridSpan"))
    width = span.get(qn("w:val"), "1") if span is not None else "1"
    return merged, min(max(int(width), 1), _MOST_SPAN) if width.isdigit() else 1


def _cell_text(cell: Element, styles: Styles) -> str:
    return " ".join(part.text for part in _parts(cell, styles) if isinstance(part, _Paragraph))
