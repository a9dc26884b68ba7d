"""Awkward real files: each is read with sensible text, or reported with the true reason.

They are not part of the project: ``../shared`` beside the checkout, or where the environment
variable PEELSEARCH_SHARED says.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from peelsearch.documents import read_document, sniff
from peelsearch.errors import ReadingError
from peelsearch.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PEELSEARCH_SHARED") or ROOT.parent / "shared")
FOLDER = SHARED / "data" / "hard-files"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the awkward files are not beside the checkout (../shared)"
)

# Words that must be in the text, and words that must not.
READ = {
    "category-level.docx": (("Call me Ishmael.", "A Heading 2", "- Next level"), ()),
    "docx-hdrftr.docx": (("Main document",), ("header", "footer")),
    "docx-shapes.docx": (("Paragraph with floating shape attached.",), ()),
    "docx-tables.docx": (("Lorem ipsum\tA link example", "e\tf", ">b<"), ()),
    "handbook-1p.docx": (("CHAPTER 1", "A. PURPOSE"), ()),
    "hlink-meta.docx": (("Two with link to bookmark.",), ()),
    "page-breaks.docx": (("Continuous section break here>>",), ()),
    "example-steelJIS-datasheet-utf-16.html": (("日本語", "0.39 - 0.46\t0.2 - 0.35"), ("<td",)),
    "example-with-scripts.html": (("Key Takeaways", "- Activities in"), ("function", "@import")),
    "fake-html-cp1252.html": (("schöne", "köstlich", "15,50 €", "ñoquis", "João"), ("Ã", "�")),
    "fake-html-with-base64-image.html": (("Test page",), ("base64",)),
    "fake-html-with-footer-and-header.html": (("My first paragraph.",), ("Footer",)),
    "ideas-page.html": (("The way to get new ideas is to notice anomalies",), ("escape(",)),
    "children's services inspection - 19 october 2012.pdf": (("no longer exists",), ("cookie",)),
    "codeblock.md": (("HTML Example", "Hello, World!"), ()),
    "umlauts-utf8.md": (("können", "äöüß"), ()),
    "umlauts-non-utf8.md": (("können", "äöüß"), ()),
    "fake-text-utf-16.txt": (("Doylestown", "I love fuzzy blankets"), ("\0",)),
    "fake-text-utf-16-be.txt": (("Doylestown", "I love fuzzy blankets"), ("\0",)),
    "fake-text-utf-16-le.txt": (("Doylestown", "I love fuzzy blankets"), ("\0",)),
    "fake-text-utf-32.txt": (("Doylestown", "I love fuzzy blankets"), ("\0",)),
}  # fmt: skip
FAILED = {"empty.txt": "empty", "fake-text-all-whitespace.txt": "white space"}


@pytest.mark.parametrize("name", READ)
def test_its_text_is_sensible(name: str, vocabulary: Vocabulary) -> None:
    started = time.monotonic()
    document = read_document(FOLDER / name, vocabulary)
    present, absent = READ[name]
    assert all(words in document.text for words in present)
    assert not any(words in document.text for words in absent)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("name", FAILED)
def test_its_reason_is_true(name: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(ReadingError, match=FAILED[name]):
        read_document(FOLDER / name, vocabulary)


def test_every_file_is_tried() -> None:
    """All but the PDFs, which have tests of their own."""
    others = {
        path.name for path in FOLDER.iterdir() if sniff(path.read_bytes(), path.name) != "pdf"
    }
    assert others == {*READ, *FAILED}
