"""What one commit consists of: its documents, its files with sizes and digests, where it came from.

The manifest is a JSON file of its own with a digest over its content, so that a changed byte is
noticed before anything that it names is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from peelsearch.engine import damage, plain
from peelsearch.engine.damage import damaged, other_format
from peelsearch.errors import IndexDamagedError
from peelsearch.model import Acronym, Document, Stated, Stub
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the index. ``digest`` is in hexadecimal the SHA-256 of its bytes, of a file of
    blocks its mark (which stands for the checksums that it holds of all its pages).
    """

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was indexed, as it was when it was read. ``root`` is the remembered path.

    ``digest`` is that of its bytes, ``format`` the id of its format.
    """

    path: str
    root: str
    size: int
    mtime_ns: int
    digest: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document of the commit. The first of ``files`` is what it holds; the others have the same
    words, in the same format or another.

    ``digest`` is that of the first file's bytes, ``wording`` that of the words; ``record`` holds
    the structured document. ``stated`` is what a catalogue says of it, ``basis`` and ``remarks``
    are those of its description.
    """

    document: Document
    forces: tuple[str, ...]
    acronyms: tuple[Acronym, ...]
    digest: str
    files: tuple[SourceFile, ...]
    passages: int
    record: FileEntry
    wording: str = ""
    stated: Stated | None = None
    basis: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A file that is not in the index, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a build puts into a commit, beside the passages. Documents are in order of their ids.

    ``fingerprint`` names the analysis, vocabulary and facets that made it. ``forgotten`` are
    files and folders below the roots that were taken out, ``stubs`` documents that a catalogue
    names and nobody holds. ``vocabulary`` is what an index remembers of the vocabulary.
    """

    fingerprint: str = ""
    roots: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    documents: tuple[IndexedDocument, ...] = ()
    skipped: tuple[Issue, ...] = ()
    failed: tuple[Issue, ...] = ()
    stubs: tuple[Stub, ...] = ()
    catalogues: tuple[SourceFile, ...] = ()
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A commit: its contents, and the files that hold them. ``created`` is ISO, in UTC."""

    generation: int
    created: str
    passages: int
    toc: FileEntry
    summary: FileEntry
    segments: tuple[FileEntry, ...]
    contents: Contents

    @property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """The documents, in order of their ids."""
        return self.contents.documents

    @property
    def files(self) -> tuple[FileEntry, ...]:
        """Every file that the commit needs beside the manifest."""
        records = (document.record for document in self.contents.documents)
        return (self.toc, self.summary, *self.segments, *records)


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


# What stands around the body in a manifest's file; the body is digested as it stands there.
_BEFORE = b'{"commit":'
_AFTER = b',"digest":"'
# Nothing else in it can be written so.
_DOCUMENTS = b'"documents":['


def to_bytes(manifest: Manifest, documents: Iterable[bytes]) -> bytes:
    """The manifest as its file holds it; ``documents`` are the JSON of each of its documents."""
    without = replace(manifest, contents=replace(manifest.contents, documents=()))
    before, after = plain.dumps(without).split(_DOCUMENTS + b"]", 1)
    body = b"".join((before, _DOCUMENTS, b",".join(documents), b"]", after))
    tail = b'%b","format":%d}' % (_digest(body).encode(), damage.FORMAT)
    return b"".join((_BEFORE, body, _AFTER, tail))


def _digest(body: bytes) -> str:
    """What tells that body and format are as they were written."""
    return digest(b"%d " % damage.FORMAT + body)


def from_bytes(data: bytes, *, name: str) -> Manifest:
    """The manifest that the bytes hold; ``name`` is the file's name for messages."""
    end = data.rfind(_AFTER)
    body = data[len(_BEFORE) : end]
    try:
        tail = plain.loads(b"{" + data[end + 1 :])
        found = tail["format"]
        sound = tail["digest"] == _digest(body) and data.startswith(_BEFORE)
        if found != damage.FORMAT and not sound:
            raise other_format(found)
        if found != damage.FORMAT or not sound:
            raise _damaged(name)
        return plain.from_plain(Manifest, plain.loads(body))
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(name) from error


def salvage(data: bytes) -> Contents:
    """The remembered paths and vocabulary in a manifest of any format, as far as readable."""
    try:
        found = plain.loads(data)["commit"]["contents"]
        return Contents(
            roots=plain.from_plain(tuple[str, ...], found["roots"]),
            forgotten=plain.from_plain(tuple[str, ...], found.get("forgotten", [])),
            vocabulary=plain.from_plain(str, found.get("vocabulary", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Contents()


def _damaged(name: str) -> IndexDamagedError:
    return damaged(f"{name} is not what was written")
