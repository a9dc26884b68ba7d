"""Opens a PDF, or says why it cannot be read; its outline and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from peelsearch.errors import ReadingError

# Longer documents are refused: no inspection report comes near, and reading time grows with pages.
MOST_PAGES = 2_000
_DEEPEST_OUTLINE = 8
_MOST_ENTRIES = 5_000
_HEAD = 1_024
_WITHOUT_PAGES = "The PDF has no pages."
_NO_PAGES = re.compile(rb"/Count\s+0\b")
_A_PAGE = re.compile(rb"/Type\s*/Page\b")
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|(?:untitled|document|presentation|slide)\W*\d*$"
    r"|.*\.(?:docx?|pdf|rtf|odt|indd|pptx?|xlsx?|html?|txt)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the outline: levels and pages count from 1."""

    title: str
    level: int
    page: int


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document while it is read. Raises ReadingError with the reason."""
    if b"%PDF-" not in data[:_HEAD]:
        raise ReadingError("It is not a PDF, whatever its name says: it does not begin like one.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadingError(_reason(error, data)) from error
    try:
        count = len(document)
        if count == 0:
            raise ReadingError(_WITHOUT_PAGES)
        if count > MOST_PAGES:
            raise ReadingError(f"The PDF has {count:,} pages; at most {MOST_PAGES:,} are read.")
        yield document
    finally:
        document.close()


def _reason(error: pypdfium2.PdfiumError, data: bytes) -> str:
    code = getattr(error, "err_code", None)
    # The library may still hold the code of an earlier file: the file itself must say so too.
    if code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
        return "The PDF is encrypted: it opens with a password only."
    if code == pdfium.FPDF_ERR_SECURITY and b"/Encrypt" in data:
        return "The PDF is encrypted in a way that is not known."
    if _NO_PAGES.search(data) and not _A_PAGE.search(data):
        return _WITHOUT_PAGES
    return "The PDF is damaged or cut off: its pages cannot be found."


def outline(document: pypdfium2.PdfDocument) -> tuple[Entry, ...]:
    """The entries of the outline that name a page; empty where there is none or it is broken."""
    found: list[Entry] = []
    try:
        for count, mark in enumerate(document.get_toc(max_depth=_DEEPEST_OUTLINE)):
            if count >= _MOST_ENTRIES:
                break
            target = mark.get_dest()
            page = target.get_index() if target else None
            title = " ".join(mark.get_title().split())
            if page is not None and title:
                found.append(Entry(title, mark.level + 1, page + 1))
    except (pypdfium2.PdfiumError, UnicodeDecodeError, ValueError):
        return tuple(found)
    return tuple(found)


def metadata(document: pypdfium2.PdfDocument, opening: str) -> tuple[tuple[str, str], ...]:
    """Title and date of creation where they are sensible.

    Templates leave titles of other documents behind, so most words of a title must stand in
    ``opening``, the text of the first pages.
    """
    try:
        said = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ()
    found: list[tuple[str, str]] = []
    title = " ".join(said.get("Title", "").split())
    if title and not _NO_TITLE.match(title) and _is_about(title, opening):
        found.append(("title", title))
    date = _date(said.get("CreationDate", ""))
    if date:
        found.append(("created", date))
    return tuple(found)


def _is_about(title: str, opening: str) -> bool:
    words = set(re.findall(r"\w{3,}", title.casefold()))
    known = set(re.findall(r"\w{3,}", opening.casefold()))
    return bool(words) and len(words & known) >= 0.8 * len(words)


def _date(written: str) -> str | None:
    match = _DATE.match(written)
    if match is None or not match[2] or not match[3]:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not (1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
