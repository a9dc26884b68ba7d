"""Tables as a Word file. The only part of rendering that loads python-docx.

The library makes the file; tables are written as the XML that they are, because making cells one
by one takes ten times as long.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from peelsearch.render.sheets import Export, Sheet, Value, fit, shown

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# A sheet of A4 lying down; a twentieth of a point is Word's unit of length.
_PAPER = (Mm(297), Mm(210))
_MARGIN = Mm(15)
_TWIPS = round((297 - 2 * 15) / 25.4 * 1440)
FONT = "Arial"
_SMALL = Pt(8)
# The paragraphs of cells; without a space it is the style's id as well.
_CELLS = "Cells"
_APART = Pt(12)
# A letter of that size, and the margins of a cell.
_LETTER = 84
_CELL = 130
# A longer word may be broken; a longer text does not make its column wider.
_LONGEST_WORD = 20
_LONGEST_TEXT = 900
# Rows of more lines may be split between pages.
_LINES = 12
# Word fills the number in.
_PAGE_NUMBER = (
    f'<w:fldSimple xmlns:w="{_NAMESPACE}" w:instr="PAGE"><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
    "<w:t>1</w:t></w:r></w:fldSimple>"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def export_docx(export: Export) -> bytes:
    """All sheets as a Word file: landscape, a heading and a table for each, numbered pages.

    Head rows are repeated on every page, and columns are as wide as their words need.
    """
    file = docx.Document()
    _set_page(file, export)
    file.add_heading(fit(export.title), 0)
    for note in export.notes:
        file.add_paragraph(fit(note))
    for sheet in export.sheets:
        file.add_heading(fit(sheet.title), 1)
        for note in sheet.notes:
            file.add_paragraph(fit(note))
        if sheet.rows:
            file.element.body.sectPr.addprevious(parse_xml(_table(sheet)))
    file.add_paragraph(fit(export.origin)).paragraph_format.space_before = _APART
    return saved(file)


def saved(file: docx.document.Document) -> bytes:
    """The file; the same at any time, without the dates that the library and its template write."""
    core = file.part.package.core_properties._element
    for stamp in core.xpath("dcterms:created | dcterms:modified"):
        core.remove(stamp)
    buffer, kept = io.BytesIO(), io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            out.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _set_page(file: docx.document.Document, export: Export) -> None:
    page = file.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = _PAPER
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    name_file(file, export.title, export.origin)
    # The size of a table's style gives way to that of Normal; a paragraph's own does not.
    cells = file.styles.add_style(_CELLS, WD_STYLE_TYPE.PARAGRAPH)
    cells.base_style = file.styles["Normal"]
    cells.font.size = _SMALL
    cells.paragraph_format.space_after = Pt(0)


def name_file(file: docx.document.Document, title: str, origin: str) -> None:
    """Title, origin, type and numbered pages, the same in all our files."""
    properties = file.core_properties
    properties.title, properties.comments, properties.author = fit(title), fit(origin), ""
    file.styles["Normal"].font.name = FONT
    file.styles["Normal"].font.size = Pt(10)
    footer = file.sections[0].footer.paragraphs[0]
    footer.add_run(f"{fit(title)} · ").font.size = _SMALL
    footer._p.append(parse_xml(_PAGE_NUMBER))


def _table(sheet: Sheet) -> str:
    """The sheet's table as XML."""
    lines = _filled([[_cell(value) for value in row] for row in (sheet.columns, *sheet.rows)])
    widths = column_widths(lines)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(lines, widths))
    return (
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(lines: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """The head, which every page repeats, and the rows."""
    opened = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>' for width in widths]
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'
    begun = f'<w:p><w:pPr><w:pStyle w:val="{_CELLS}"/></w:pPr>'
    head = True
    for line in lines:
        split = any(
            len(text) * _LETTER > _LINES * width for text, width in zip(line, widths, strict=True)
        )
        kept = "<w:trPr>" + "<w:cantSplit/>" * (not split) + "<w:tblHeader/>" * head + "</w:trPr>"
        bold = "<w:rPr><w:b/></w:rPr>" if head else ""
        cells = "".join(
            f"{cell}{shade if head else ''}</w:tcPr>{begun}<w:r>{bold}"
            f'<w:t xml:space="preserve">{_broken(text)}</w:t></w:r></w:p></w:tc>'
            for cell, text in zip(opened, line, strict=True)
        )
        yield f"<w:tr>{kept}{cells}</w:tr>"
        head = False


def _cell(value: Value) -> str:
    """A value as people read it, a line for each block of its text."""
    if not isinstance(value, str) or "\n" not in value:
        return fit(shown(value))
    lines = (shown(block) for block in _BLANK_LINE.split(value))
    return fit("\n".join(line for line in lines if line))


def _filled(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines without columns that have nothing but a head, which would take room from others."""
    filled = [i for i in range(len(lines[0])) if i == 0 or any(line[i] for line in lines[1:])]
    return [[line[i] for i in filled] for line in lines]


def _broken(text: str) -> str:
    return escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


def column_widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """How wide columns are, in Word's unit, together as wide as the page.

    Each has room for its longest word; what is left goes to those with long texts.
    """
    least, texts = [], []
    for column in zip(*lines, strict=True):
        word = max((len(word) for text in column for word in text.split()), default=1)
        least.append((min(word, _LONGEST_WORD) + 1) * _LETTER + _CELL)
        lengths = sorted(len(text) for text in column)
        # One long text among many short ones can take its lines.
        texts.append(min(lengths[len(lengths) * 9 // 10], _LONGEST_TEXT) or 1)
    if sum(least) > _TWIPS:
        return [width * _TWIPS // sum(least) for width in least]
    left = _TWIPS - sum(least)
    return [width + left * text // sum(texts) for width, text in zip(least, texts, strict=True)]
