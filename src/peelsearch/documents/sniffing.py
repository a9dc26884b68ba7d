"""What kind of file is it? Told by its content; its name decides only where content cannot."""

from __future__ import annotations

import io
import re
import zipfile

from peelsearch.documents.formats import suffix_format
from peelsearch.documents.text_bytes import is_text

_ZIP = b"PK\x03\x04"
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(?P<size>..)..", re.DOTALL)
# The end of an archive tells how long its directory is. A document's has some kilobytes; one of
# a million names would take long to read.
_END = b"PK\x05\x06"
_END_WITHIN = 65_557
_LONGEST_DIRECTORY = 2_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files whose directory tells what they are, and stands anywhere in them.
CONTAINERS = (_ZIP, _OLE)
# PDF programs accept rubbish of this length before the mark, and so do we.
_PDF_WITHIN = 1_024
# So much of the beginning is enough to tell the types that are told by their beginning.
HEAD = 65_536
_MARKS = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe\x00\x00|\x00\x00\xfe\xff|\xff\xfe|\xfe\xff)")
# What may stand before the first tag of a page: white space, comments, an XML declaration.
_BEFORE = rb"(?:\s|<!--.{0,20000}?-->|<\?xml[^>]{0,200}\?>)*+"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAGS = (
    rb"(?:title|meta|link|script|style|main|article|section|header|nav|div|p|h[1-6]|table|"
    rb"ul|ol|dl|form|font|center|span|pre|blockquote)"
)
# A piece of a page: it begins with an element that is closed later on.
_PIECE = re.compile(
    _BEFORE + rb"<(" + _TAGS + rb")\b[^<>]{0,2000}+>.*</\1\s*>", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(rb"<(?:br|hr|img|a|b|i|" + _TAGS + rb")\b[^<>]{0,2000}>", re.IGNORECASE)

# Beginnings of files that are no documents we read, and what they are.
_FOREIGN: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), reason)
    for pattern, reason in (
        (rb"\{\\rtf", "It is a rich text file (.rtf); save it as .docx or PDF."),
        (
            rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP",
            "It is an image; only text can be read.",
        ),
        (rb".{4}ftyp(?:heic|heif|mif1|avif)", "It is an image; only text can be read."),
        (rb".{4}ftyp|RIFF|ID3|OggS|\x1aE\xdf\xa3|fLaC", "It is a sound or video file."),
        (
            rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!|.{257}ustar",
            "It is an archive; unpack it first.",
        ),
        (rb"%!PS", "It is a PostScript file; save it as PDF."),
        (
            rb"(?:From:? |MIME-Version:|Subject:|Received:|Return-Path:|Delivered-To:).*?"
            rb"\n(?:MIME-Version|Content-Type):",
            "It is an e-mail or a saved web archive; save it as a web page (.html) or PDF.",
        ),
        (rb"SQLite format 3\x00", "It is a database."),
        (rb"\x7fELF|MZ.{58}|\xca\xfe\xba\xbe", "It is a program."),
    )
)
# Names of streams in old Office files, as their directory spells them.
_STREAMS = (
    ("EncryptedPackage", "It is protected by a password; save it without one."),
    ("WordDocument", "It is an old Word file (.doc); save it as .docx or PDF."),
    ("Workbook", "It is an old Excel file (.xls); save what matters as .docx or PDF."),
    ("PowerPoint Document", "It is an old PowerPoint file (.ppt); save it as PDF."),
    ("__substg1.0", "It is an Outlook message (.msg); save it as a web page (.html) or PDF."),
)
# Parts of zip archives that tell what they are.
_ARCHIVES = (
    ("xl/workbook", "It is an Excel workbook (.xlsx); save what matters as .docx or PDF."),
    ("ppt/presentation", "It is a PowerPoint presentation (.pptx); save it as PDF."),
    ("content.xml", "It is an OpenDocument file; save it as .docx or PDF."),
    ("META-INF/container.xml", "It is an e-book (.epub); save it as a web page or PDF."),
)

# What every Office file begins with; of one that was cut off early nothing else is left.
_OF_ANY = ("[Content_Types]", "_rels/", "docProps/")


def sniff(data: bytes, name: str) -> str | None:
    """The id of the file's format, None if it is none that is known.

    ``name`` decides between text and Markdown, whether a text with a few tags is a page, and what
    a damaged archive was to be.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if foreign_reason(data, name) is not None:
        return None
    if data.startswith(_ZIP):
        return "docx"
    if not is_text(data[:HEAD]):
        return None
    promised = suffix_format(name)
    if _is_page(data, promised):
        return "html"
    return "markdown" if promised == "markdown" else "text"


def _is_page(data: bytes, promised: str | None) -> bool:
    head = _ascii(data[:HEAD])
    if _PAGE.match(head):
        return True
    if promised is None or promised == "markdown":
        # Programs, and notes about pages, hold tags too.
        return False
    ends = head + _ascii(data[-HEAD:]) if len(data) > HEAD else head
    tagged = promised == "html" and _ANY_TAG.search(head) is not None
    return tagged or _PIECE.match(ends) is not None


def foreign_reason(data: bytes, name: str) -> str | None:
    """What the file is and what to do, for files of types that are not read; None for others."""
    if data.startswith(_OLE):
        for stream, reason in _STREAMS:
            if stream.encode("utf-16-le") in data:
                return reason
        return "It is an old Office file; save it as .docx or PDF."
    if data.startswith(_ZIP):
        return _archive_reason(_parts(data), name)
    return next((why for pattern, why in _FOREIGN if pattern.match(data[:HEAD])), None)


def _archive_reason(parts: frozenset[str], name: str) -> str | None:
    """What a zip archive is; None for a Word file, be it damaged."""
    if any(part.startswith("word/") for part in parts):
        return None
    for prefix, reason in _ARCHIVES:
        if any(part.startswith(prefix) for part in parts):
            return reason
    if suffix_format(name) == "docx" and all(part.startswith(_OF_ANY) for part in parts):
        return None
    return "It is a zip archive; unpack it first."


def _parts(data: bytes) -> frozenset[str]:
    """The names in a zip archive; of one that was cut off, those that are still there."""
    end = data.rfind(_END, len(data) - _END_WITHIN)
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _LONGEST_DIRECTORY:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return frozenset(
            data[match.end() : match.end() + int.from_bytes(match["size"], "little")].decode(
                "utf-8", "replace"
            )
            for match in _LOCAL_HEADER.finditer(data)
        )


def _ascii(head: bytes) -> bytes:
    """The bytes as tags are looked for: without a byte order mark and UTF-16's zeros."""
    return _MARKS.sub(b"", head).replace(b"\0", b"")
