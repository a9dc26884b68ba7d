"""Bytes to text: which encoding a text file has, and whether it is text at all."""

from __future__ import annotations

from peelsearch.documents.code_pages import decode_legacy
from peelsearch.documents.text_bytes import MARKS, SAMPLE, by_zeros, is_binary
from peelsearch.errors import ReadingError


def decode(data: bytes) -> str:
    """The text of a file without its byte order mark; line ends as they are.

    Raises ReadingError for bytes that are no text.
    """
    marked = decode_marked(data)
    if marked is not None:
        return marked
    try:
        return checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return checked(decode_legacy(data))


def decode_marked(data: bytes) -> str | None:
    """The text, if a byte order mark or the place of zero bytes tells its encoding."""
    for mark, marked in MARKS:
        if data.startswith(mark):
            return checked(_strict(data[len(mark) :], marked))
    encoding = by_zeros(data[:SAMPLE])
    return checked(_strict(data, encoding)) if encoding is not None else None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"It is marked as {encoding.upper()} text, but byte {error.start:,} is not."
        ) from error


def checked(text: str) -> str:
    """The text itself. Raises ReadingError if its characters are those of a binary file."""
    if is_binary(text):
        raise ReadingError("It is a binary file, not text.")
    return text
