"""The file that a document was read from: sent as it was indexed, or the reason why not.

What is sent lies in a folder that was indexed, by its real path, and has the recorded digest. So
nothing leaves the site that is not in the index already, whatever has become of names and links.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from io import BufferedReader
from pathlib import Path

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from peelsearch.corpus import Corpus
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.errors import FileChangedError, NoSuchPageError
from peelsearch.webapp.api import document_of
from peelsearch.webapp.paths import DOCUMENTS, FILE, Paths
from peelsearch.webapp.site import Site

PDF = "pdf"
# Never a type that a browser would run as a page: all but PDFs are there to be kept.
_TYPES = {PDF: "application/pdf"}
_OTHER = "application/octet-stream"
# A browser's viewer of PDFs styles itself; nothing else may load, run or be framed.
_POLICIES = {
    PDF: "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
}
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Opening waits for nothing, and not for a link that has just been put in the file's place.
_FLAGS = sum(
    getattr(os, name, 0)
    for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
_ODD = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff"\\/]')
_KEPT = "The text as it was read is on the document's page."


def add_files(app: Flask, site: Site) -> None:
    """Give the application the original files, where they are to be served."""

    @app.get(f"{DOCUMENTS}<identifier>{FILE}")
    def document_file(identifier: str) -> ResponseReturnValue:
        corpus = site.current()
        document = document_of(corpus, identifier)
        if not site.files:
            raise NoSuchPageError(
                "This site does not serve original files.",
                hint=f'{_KEPT} Whoever runs the site can set files = "yes".',
            )
        indexed = corpus.indexed(document.id)
        return _sent(indexed, opened(corpus, indexed))


def file_address(corpus: Corpus, identifier: str, paths: Paths) -> tuple[str, bool]:
    """The address of a document's file, and whether it is a PDF, whose pages can be linked to."""
    return paths.file(identifier), corpus.indexed(identifier).files[0].format == PDF


def opened(corpus: Corpus, indexed: IndexedDocument) -> BufferedReader:
    """The file of a document, verified and at its beginning.

    Raises NoSuchPageError where it is not there any more, FileChangedError where it is another.
    """
    name = _name(indexed)
    try:
        file = _open(_real_path(corpus, indexed))
    except (OSError, RuntimeError, ValueError) as error:
        raise NoSuchPageError(
            f'The file "{name}" cannot be found or opened where it was indexed.',
            hint=f'{_KEPT} Put the file back, or run "peelsearch index".',
        ) from error
    try:
        same = os.fstat(file.fileno()).st_size == indexed.files[0].size
        if not same or hashlib.file_digest(file, "sha256").hexdigest() != indexed.digest:
            raise FileChangedError(
                f'The file "{name}" has changed since it was indexed.',
                hint=f'{_KEPT} After "peelsearch index" both are those of the file as it is now.',
            )
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _real_path(corpus: Corpus, indexed: IndexedDocument) -> Path:
    """Where the file really is. Raises NoSuchPageError outside the folder, and OSError."""
    source = indexed.files[0]
    root = Path(source.root)
    found = Path(source.path).resolve(strict=True)
    inside = source.root in corpus.manifest.contents.roots and root.is_absolute()
    if not inside or not found.is_relative_to(root.resolve(strict=True)):
        raise NoSuchPageError(
            f'The file "{_name(indexed)}" lies outside the folder that was indexed.',
            hint=f"{_KEPT} Only files in that folder are served, not what links in it lead to.",
        )
    return found


def _open(path: Path) -> BufferedReader:
    number = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError
    return os.fdopen(number, "rb")


def _sent(indexed: IndexedDocument, file: BufferedReader) -> Response:
    """The answer: whole, a part, or that nothing has changed."""
    kind, size = indexed.files[0].format, indexed.files[0].size
    response = Response(
        wrap_file(request.environ, file),
        mimetype=_TYPES.get(kind, _OTHER),
        direct_passthrough=True,
    )
    response.call_on_close(file.close)
    response.content_length = size
    response.headers["Content-Security-Policy"] = _POLICIES.get(kind, _POLICY)
    shown = "inline" if kind == PDF else "attachment"
    response.headers.set("Content-Disposition", shown, filename=_name(indexed))
    response.set_etag(indexed.digest)
    try:
        return response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except HTTPException:
        response.close()
        raise


def _name(indexed: IndexedDocument) -> str:
    """The file's own name, fit for a page and for a header."""
    return _ODD.sub("_", re.split(r"[\\/]", indexed.files[0].path)[-1])
