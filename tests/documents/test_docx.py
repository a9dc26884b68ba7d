"""Word files: what is read from them, and what is left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from peelsearch.documents.docx_text import read_docx
from peelsearch.errors import ReadingError
from peelsearch.model import BlockKind, ExtractedText

NAMES = (
    f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def read(make: Callable[[Document], None]) -> list[tuple[str, int | None, str]]:
    """The blocks of a document: kind, level and text."""
    document = docx.Document()
    make(document)
    return blocks(read_docx(saved(document)))


def blocks(extracted: ExtractedText) -> list[tuple[str, int | None, str]]:
    return [(b.kind.value, b.level, extracted.text[b.start : b.end]) for b in extracted.blocks]


def insert(document: Document, xml: str) -> None:
    """Put WordprocessingML before the last section's properties."""
    document.element.body.insert(-1, parse_xml(xml))


def test_headings_have_the_level_of_their_style() -> None:
    def make(document: Document) -> None:
        document.add_heading("A report", 0)
        document.add_heading("Summary", 1)
        document.add_paragraph("The  force\nis\tgood.")
        own = document.styles.add_style("Our part", WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles["Heading 2"]
        document.add_paragraph("A part", style=own)
        outlined = document.add_paragraph("A chapter")
        outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))

    assert read(make) == [
        ("heading", 1, "A report"),
        ("heading", 1, "Summary"),
        ("paragraph", None, "The force is good."),
        ("heading", 2, "A part"),
        ("heading", 3, "A chapter"),
    ]


def test_lists_are_items_however_they_were_made() -> None:
    def make(document: Document) -> None:
        document.add_paragraph("by style", style="List Bullet")
        document.add_paragraph("numbered", style="List Number")
        numbered = document.add_paragraph("by number")
        numbered._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
        )
        document.add_paragraph("\uf0b7\ttyped")

    assert [text for _, _, text in read(make)] == [
        "- by style",
        "- numbered",
        "- by number",
        "- typed",
    ]


def test_tables_are_rows_and_merged_cells_are_there_once() -> None:
    def make(document: Document) -> None:
        table = document.add_table(3, 3)
        for row, texts in zip(
            table.rows, (("a", "", "c"), ("d", "e", "f"), ("", "h", "")), strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 2).merge(table.cell(2, 2))

    assert read(make) == [
        ("row", None, "a\t\tc"),
        ("row", None, "d\te\tf"),
        ("row", None, "\th"),
    ]


def test_a_table_of_one_cell_is_a_box_of_text() -> None:
    def make(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "Area for improvement"
        cell.add_paragraph("first", style="List Bullet")

    assert [kind for kind, _, _ in read(make)] == ["paragraph", "item"]


def test_headers_footers_deleted_and_hidden_text_are_left_out() -> None:
    def make(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "running"
        paragraph = document.add_paragraph("It ")
        paragraph._p.append(
            parse_xml(f"<w:del {NAMES}><w:r><w:delText>was</w:delText><w:t>was</w:t></w:r></w:del>")
        )
        paragraph._p.append(parse_xml(f"<w:ins {NAMES}><w:r><w:t>is</w:t></w:r></w:ins>"))
        hidden = paragraph.add_run(" hidden")
        hidden.font.hidden = True
        paragraph.add_run(" so.")

    assert read(make) == [("paragraph", None, "It is so.")]


def test_content_controls_and_text_boxes_are_read() -> None:
    box = (
        f"<w:p {NAMES}><w:r><w:t>Beside.</w:t></w:r><w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        "<w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r>"
        "</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    control = (
        f"<w:sdt {NAMES}><w:sdtContent><w:p><w:r><w:t>In a </w:t></w:r><w:sdt><w:sdtContent>"
        "<w:r><w:t>control.</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
    )

    def make(document: Document) -> None:
        insert(document, box)
        insert(document, control)

    assert [text for _, _, text in read(make)] == ["Beside.", "In a box.", "In a control."]


def bold_document(document: Document) -> None:
    for title, text in (("First part", "It is good."), ("Second part", "It is better.")):
        document.add_paragraph().add_run(title).bold = True
        document.add_paragraph(text)
        document.add_paragraph("And it goes on.")


def test_short_bold_paragraphs_are_headings_where_no_style_is_used() -> None:
    assert [level for _, level, _ in read(bold_document)] == [1, None, None, 1, None, None]

    def styled(document: Document) -> None:
        document.add_heading("A heading", 1)
        bold_document(document)

    assert [level for _, level, _ in read(styled)] == [1, *[None] * 6]


def test_title_and_date_of_publication_are_metadata() -> None:
    document = docx.Document()
    document.core_properties.title = "From the properties"
    document.add_paragraph("Text.")
    insert(
        document,
        f'<w:sdt {NAMES}><w:sdtPr><w:dataBinding w:xpath="/x/ns0:PublishDate[1]"/>'
        '<w:date w:fullDate="2022-07-27T00:00:00Z"/></w:sdtPr><w:sdtContent/></w:sdt>',
    )
    assert read_docx(saved(document)).metadata == (
        ("title", "From the properties"),
        ("date", "2022-07-27"),
    )


def test_when_the_file_was_made_is_no_date_of_the_document() -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    assert "date" not in dict(read_docx(saved(document)).metadata)


def test_offsets_are_those_of_the_blocks() -> None:
    document = docx.Document()
    bold_document(document)
    extracted = read_docx(saved(document))
    assert "\n\n".join(text for _, _, text in blocks(extracted)) == extracted.text
    assert all(block.kind in BlockKind for block in extracted.blocks)


# --- files that cannot be read -----------------------------------------------------------------


def archive(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


def changed(part: str, content: bytes) -> bytes:
    """A sound file but for one part."""
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return archive({**parts, part: content})


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>"""
DEEP = (
    f"<w:document {nsdecls('w')}><w:body>".encode()
    + b"<w:sdt><w:sdtContent>" * 5_000
    + b"</w:sdtContent></w:sdt>" * 5_000
    + b"</w:body></w:document>"
)


def encrypted() -> bytes:
    data = bytearray(saved(docx.Document()))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(saved(docx.Document())[:3000], "damaged", id="truncated"),
        pytest.param(archive({"word/document.xml": b"<w/>"}), "damaged", id="incomplete"),
        pytest.param(changed("word/document.xml", b"<w:document"), "damaged", id="no XML"),
        pytest.param(changed("word/document.xml", DEEP), "damaged", id="nested"),
        pytest.param(encrypted(), "password", id="encrypted"),
        pytest.param(changed("word/a.bin", b"\0" * 20_000_000), "unpack", id="zip bomb"),
        pytest.param(changed("word/styles.xml", ENTITIES), "entities", id="entities"),
        pytest.param(
            changed("word/styles.xml", ENTITIES.decode().encode("utf-16")), "entities", id="utf-16"
        ),
    ],
)
def test_files_that_cannot_be_read_have_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_docx(data)
