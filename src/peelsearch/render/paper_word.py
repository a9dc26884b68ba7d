"""A paper as a Word file: upright pages, quotations set apart, boxes that grow with their text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from peelsearch.render.paper import Block, Boxes, Facts, Heading, Paper, Quote, Words
from peelsearch.render.sheets import fit
from peelsearch.render.word import FONT, name_file, saved

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAPER = (Mm(210), Mm(297))
_MARGIN = Mm(20)
_BOX = Mm(28)
# The part of the package that holds the text.
_TEXT = "word/document.xml"
_QUOTATION = "Quotation"
_FACTS = "Facts"
_LABEL = "Box label"
_LINE = (
    f'<w:pBdr xmlns:w="{_NAMESPACE}"><w:left w:val="single" w:sz="18" w:space="8" '
    'w:color="767676"/></w:pBdr>'
)
_SHADE = f'<w:shd xmlns:w="{_NAMESPACE}" w:val="clear" w:color="auto" w:fill="E7E6E6"/>'


def paper_docx(paper: Paper) -> bytes:
    """The paper as a file; the same paper gives the same bytes."""
    file = _blank(paper.title, paper.origin)
    for block in paper.blocks:
        _add(file, block)
    file.add_paragraph(fit(paper.origin), _FACTS).paragraph_format.space_before = Pt(18)
    return saved(file)


def write_docx(out: BinaryIO, title: str, blocks: Iterable[Block], origin: str) -> None:
    """Write a paper without boxes, a block at a time, in the memory that one block needs.

    The library makes everything but the text, which goes into the archive as it comes.
    """
    with (
        zipfile.ZipFile(io.BytesIO(saved(_blank(title, origin)))) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            if name != _TEXT:
                kept.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
        head, section, tail = made.read(_TEXT).partition(b"<w:sectPr")
        about = zipfile.ZipInfo(_TEXT)
        about.compress_type = zipfile.ZIP_DEFLATED
        with kept.open(about, "w", force_zip64=True) as text:
            text.write(head)
            for block in chain(blocks, (Facts((("", origin),)),)):
                text.write(_xml(block).encode())
            text.write(section + tail)


def _xml(block: Block) -> str:
    """A block as the XML that Word reads."""
    match block:
        case Heading(text, level):
            return _paragraph(f"Heading{level}", _run(text))
        case Words(text):
            return _paragraph("", _run(text))
        case Quote(paragraphs):
            return "".join(_paragraph(_QUOTATION, _run(text)) for text in paragraphs)
        case Facts(pairs):
            lines = (
                (_run(f"{name}: ", "<w:rPr><w:b/></w:rPr>") if name else "") + _run(said)
                for name, said in pairs
            )
            return _paragraph(_FACTS, "<w:r><w:br/></w:r>".join(lines))
        case Boxes():
            raise NotImplementedError("boxes are for papers that are held as a whole")


def _paragraph(style: str, runs: str) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{runs}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(fit(text))}</w:t></w:r>'


def _blank(title: str, origin: str) -> docx.document.Document:
    """A file with its pages and styles that says nothing but its title."""
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = _PAPER
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    name_file(file, title, origin)
    _add_styles(file)
    file.add_heading(fit(title), 0)
    return file


def _add_styles(file: docx.document.Document) -> None:
    for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 12)):
        heading = file.styles[name]
        assert isinstance(heading, ParagraphStyle)  # noqa: S101 - for the types alone
        fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
        for of_theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            # It would win over a font that is named.
            del fonts.attrib[of_theme]
        heading.font.name, heading.font.size = FONT, Pt(size)
        heading.paragraph_format.space_after = Pt(6)
    quotation = _style(file, _QUOTATION)
    quotation.paragraph_format.left_indent = Mm(6)
    quotation.paragraph_format.space_after = Pt(6)
    properties = quotation.element.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(_LINE), "w:shd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
    facts = _style(file, _FACTS)
    facts.font.size = Pt(9)
    facts.paragraph_format.space_after = Pt(8)
    facts.paragraph_format.keep_together = True
    label = _style(file, _LABEL)
    label.font.bold = True
    label.font.size = Pt(9)
    label.paragraph_format.space_after = Pt(0)
    label.paragraph_format.keep_with_next = True


def _style(file: docx.document.Document, name: str) -> ParagraphStyle:
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - for the types alone
    style.base_style = file.styles["Normal"]
    return style


def _add(file: docx.document.Document, block: Block) -> None:
    match block:
        case Heading(text, level):
            file.add_heading(fit(text), level)
        case Words(text):
            file.add_paragraph(fit(text))
        case Quote(paragraphs):
            for text in paragraphs:
                file.add_paragraph(fit(text), _QUOTATION)
        case Facts(pairs):
            _add_facts(file, pairs)
        case Boxes(labels):
            _add_boxes(file, labels)


def _add_facts(file: docx.document.Document, pairs: tuple[tuple[str, str], ...]) -> None:
    """A line for each, in one paragraph."""
    paragraph = file.add_paragraph(style=_FACTS)
    for index, (name, value) in enumerate(pairs):
        if index:
            paragraph.add_run().add_break()
        paragraph.add_run(f"{fit(name)}: ").bold = True
        paragraph.add_run(fit(value))


def _add_boxes(file: docx.document.Document, labels: tuple[str, ...]) -> None:
    """One table: a row for each label, and under it an empty one that grows."""
    table = file.add_table(rows=0, cols=1, style="Table Grid")
    for label in labels:
        head = table.add_row().cells[0]
        head.paragraphs[0].text = fit(label)
        head.paragraphs[0].style = _LABEL
        head._tc.get_or_add_tcPr().append(parse_xml(_SHADE))
        box = table.add_row()
        box.height, box.height_rule = _BOX, WD_ROW_HEIGHT_RULE.AT_LEAST
