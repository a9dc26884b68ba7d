"""A paper as a Word file: upright pages, quotations set apart, boxes that grow with their text."""

from __future__ import annotations

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
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = _PAPER
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    name_file(file, paper.title, paper.origin)
    _add_styles(file)
    file.add_heading(fit(paper.title), 0)
    for block in paper.blocks:
        _add(file, block)
    file.add_paragraph(fit(paper.origin), _FACTS).paragraph_format.space_before = Pt(18)
    return saved(file)


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
