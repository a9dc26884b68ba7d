"""Tables as a Word file. The only part of rendering that loads python-docx."""

from __future__ import annotations

import io
import re

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Pt

from peelsearch.render.sheets import Export, Sheet, shown

# What XML cannot hold.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SMALL = Pt(8)


def export_docx(export: Export) -> bytes:
    """All sheets as a Word file, landscape, a heading and a table for each."""
    file = docx.Document()
    page = file.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    file.core_properties.title = _fit(export.title)
    file.core_properties.comments = _fit(export.origin)
    file.add_heading(_fit(export.title), 0)
    for note in export.notes:
        file.add_paragraph(_fit(note))
    for sheet in export.sheets:
        file.add_heading(_fit(sheet.title), 1)
        for note in sheet.notes:
            file.add_paragraph(_fit(note))
        if sheet.rows:
            _add_table(file, sheet)
    file.add_paragraph(_fit(export.origin))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _add_table(file: docx.document.Document, sheet: Sheet) -> None:
    table = file.add_table(len(sheet.rows) + 1, len(sheet.columns))
    table.style = "Table Grid"
    table.style.font.size = _SMALL
    lines = [sheet.columns, *sheet.rows]
    for row, values in zip(table.rows, lines, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.paragraphs[0].add_run(_fit(shown(value))).bold = values is sheet.columns


def _fit(text: str) -> str:
    return _UNFIT.sub(" ", text)
