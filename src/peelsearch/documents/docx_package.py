"""Opening a Word file: is it whole, is it harmless, and what does its package hold?"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from peelsearch.documents.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_XML_BYTES,
    RATIO_FROM_BYTES,
)
from peelsearch.errors import ReadingError

_ENCRYPTED = 0x1
_XML = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
# Word declares no document types; entities in one can grow without bounds.
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def open_package(data: bytes) -> Document:
    """The document in a Word file. Raises ReadingError with the reason if there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data))
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, EOFError, zlib.error) as error:
        raise ReadingError("It is a damaged Word file: a part of it is missing.") from error
    except (etree.XMLSyntaxError, KeyError, AttributeError) as error:
        raise ReadingError(f"It is a damaged Word file: {_words(error)}.") from error
    except NotImplementedError as error:
        raise ReadingError(f"It is packed in a way that cannot be read: {error}.") from error
    except ValueError as error:
        raise ReadingError(
            "It is a Word template or a file with macros; save it as .docx."
        ) from error
    return document


def _words(error: Exception) -> str:
    return " ".join(str(error).strip("'\"").split())[:200].rstrip(".")


def _check(archive: zipfile.ZipFile, size: int) -> None:
    """Look at the sizes that the archive states; more than these is never unpacked."""
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ReadingError("It is protected by a password; save it without one.")
    if len(parts) > MAX_PARTS:
        raise ReadingError(f"It has too many parts: {len(parts):,}.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or (
        unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * size
    ):
        raise ReadingError(
            f"It would unpack to {unpacked / 1e6:,.0f} MB from {size / 1e6:,.1f} MB, "
            "as no document does."
        )
    for part in parts:
        if not _XML.search(part.filename):
            continue
        if part.file_size > MAX_XML_BYTES:
            raise ReadingError(
                f"It is too long: {part.filename} has {part.file_size / 1e6:,.0f} MB unpacked."
            )
        if _DECLARATION.search(archive.read(part).replace(b"\0", b"")):
            raise ReadingError(
                f"It declares entities in {part.filename}, as no word processor does."
            )
