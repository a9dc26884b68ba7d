"""What a file is, is told by its content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from gold import LETTER
from make_formats import FORMATS

from peelsearch.documents import extract, read_document, skip_reason, sniff
from peelsearch.documents.code_pages import decode_legacy
from peelsearch.documents.encoding import decode
from peelsearch.errors import ReadingError
from peelsearch.vocabulary import Vocabulary

DOCX, HTML, MARKDOWN = (FORMATS[suffix](LETTER) for suffix in (".docx", ".html", ".md"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def zipped(names: Iterable[str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0" * 100


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.html", "a.pdf", "a.md", "a.bin", "a"])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(DOCX, "docx", id="docx"),
        pytest.param(HTML, "html", id="html"),
        pytest.param(HTML.decode().encode("utf-16"), "html", id="html in UTF-16"),
        pytest.param(b"\n<!-- saved --><HTML lang=en>", "html", id="html after a comment"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE html>", "html", id="xhtml"),
        pytest.param(b"%PDF-1.7\n", "pdf", id="pdf"),
        pytest.param(b"\n" * 1_000 + b"%PDF-1.7\n", "pdf", id="pdf after rubbish"),
        pytest.param(ole("WordDocument"), None, id="old Word"),
        pytest.param(zipped(["xl/workbook.xml"]), None, id="Excel"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", None, id="image"),
        pytest.param(bytes(range(256)) * 4, None, id="binary"),
    ],
)
def test_the_name_makes_no_difference(data: bytes, expected: str | None, name: str) -> None:
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"# Heading", "a.txt", "text"),
        (b"# Heading", "a.md", "markdown"),
        (b"# Heading", "a.pdf", "text"),
        (b"## Example\n\n```html\n<html>\n```\n", "a.md", "markdown"),
        (b"<div><p>Text</p></div>", "a.html", "html"),
        (b"<div><p>Text</p></div>", "a.pdf", "html"),
        (b"<div><p>Text</p></div>", "a.txt", "html"),
        (b"<div><p>Text</p></div>", "a.md", "markdown"),
        (b"<p>, as a tag, is said of paragraphs.", "a.txt", "text"),
        (b"Text<br>and more", "a.html", "html"),
        (b"Text, and no tag", "a.html", "text"),
        ("Grüße".encode("utf-16"), "a.txt", "text"),
        (DOCX[:2_000], "a.docx", "docx"),
        (DOCX[: len(DOCX) // 2], "a.docx", "docx"),
    ],
)
def test_the_name_decides_where_content_does_not(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (ole("WordDocument"), "old Word file"),
        (ole("EncryptedPackage"), "password"),
        (ole("Workbook"), "Excel"),
        (ole("Other"), "old Office"),
        (b"{\\rtf1 text}", "rich text"),
        (zipped(["xl/workbook.xml"]), "Excel"),
        (zipped(["ppt/presentation.xml"]), "PowerPoint"),
        (zipped(["mimetype", "content.xml"]), "OpenDocument"),
        (zipped(["a.txt", "b.docx"]), "zip archive"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "e-mail"),
        (b"\0\1\2\3" * 100, "binary"),
        (b"%PDF-1.7 cut o", "PDF"),
        (DOCX[:-400], "damaged Word file"),
        (DOCX[:900], "damaged Word file"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(
    data: bytes, reason: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    assert skip_reason(path) is None
    with pytest.raises(ReadingError, match=reason):
        read_document(path, vocabulary)


@pytest.mark.parametrize("name", ["saved.aspx", "download", "report.bin"])
def test_a_document_under_any_name_is_read(name: str, tmp_path: Path) -> None:
    for data in (DOCX, HTML):
        (tmp_path / name).write_bytes(data)
        assert skip_reason(tmp_path / name) is None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("letter.doc", ole("WordDocument"), "old Word file"),
        ("table.xlsx", zipped(["xl/workbook.xml"]), "Excel"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "image"),
        ("program.py", b"print('<html>')", "type .py"),
        ("table.csv", b"a,b\n1,2\n", "type .csv"),
        ("README.html", HTML, "README"),
    ],
)
def test_other_files_are_passed_over_with_the_reason(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason in (skip_reason(tmp_path / name) or "")


def test_a_renamed_file_gives_the_same_text() -> None:
    for data, name in ((DOCX, "a.docx"), (HTML, "a.html")):
        assert extract(data, "a.txt") == extract(data, name)


# --- encodings ---------------------------------------------------------------------------------

GERMAN = "Die schöne Straße – für 15,50 €, äußerst höflich.\n"
POLISH = "Zażółć gęślą jaźń. Mężczyźni przyszli źle ubrani, śledztwo umorzono.\n" * 3
RUSSIAN = "Полиция начала расследование дела о краже.\n" * 3
JAPANESE = "警察は窃盗事件の捜査を開始しました。カタカナとひらがな。\n" * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (GERMAN.replace("€", "").replace("–", "-"), "iso8859-1"),
        ("The force’s “use of force” cost £1m – 4.5% more.\n", "cp1252"),
        ("## können\n\nkönnen\n\näöüß", "iso8859-1"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_legacy_code_pages_are_told_apart(text: str, encoding: str) -> None:
    assert decode_legacy(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_encodings_with_and_without_a_mark(encoding: str, mark: str) -> None:
    assert decode((mark + GERMAN).encode(encoding)) == GERMAN
