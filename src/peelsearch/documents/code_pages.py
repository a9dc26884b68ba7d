"""Text in a legacy code page: which one? Windows-1252 where it makes sense, else by statistics."""

from __future__ import annotations

import re

import charset_normalizer

from peelsearch.errors import ReadingError

# A longer sample takes longer and tells no more.
_SAMPLE = 100_000
# European words hold one accented letter in five at most; read in the wrong code page, Cyrillic,
# Greek and East Asian texts seem to consist of them.
_ACCENTED_SHARE = 0.3
# So many of the characters beyond ASCII may stand where no Western text has them.
_ODD_SHARE = 0.1
# Fewer bytes beyond ASCII are no sample for statistics.
_FEWEST = 8
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LETTER = re.compile(r"[^\W\d_]")
_ACCENTED = re.compile(r"[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]")
# Signs and capitals between small letters, letters of other languages: another code page.
_ODD = re.compile(
    r"(?<=[a-z])[\u00a1-\u00bf\u00d7\u00f7\u20ac\u2020\u2021\u02c6\u2030\u02dc\u2122](?=[a-z])"
    r"|(?<=[a-z])[\u00c0-\u00de\u0160\u0178\u017d](?=[a-z])"
    r"|[\u00a4\u00a6\u00ac\u00ad\u00af\u00b8\u00a8\u00d0\u00de\u00fe\u00f0]"
    r"|[\u00a5\u00b9\u00b3\u00bf\u00ea\u00e6](?=\s|[.,;:]|$)(?<=[a-z].)"
)


def decode_legacy(data: bytes) -> str:
    """The text of bytes that are neither UTF-8 nor marked.

    Raises ReadingError when no code page makes sense of them.
    """
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    if western is not None and _is_western(western[:_SAMPLE]):
        return western
    other = _by_statistics(data)
    if other is not None:
        return other
    if western is None:
        raise ReadingError("It is no readable text: neither UTF-8 nor Windows-1252 nor any other.")
    return western


def _is_western(text: str) -> bool:
    beyond = len(_BEYOND.findall(text))
    letters = len(_LETTER.findall(text))
    accented = len(_ACCENTED.findall(text))
    odd = len(_ODD.findall(text))
    return accented <= _ACCENTED_SHARE * letters + 1 and odd <= _ODD_SHARE * beyond


def _by_statistics(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    if sum(byte > 0x7F for byte in sample) < _FEWEST:
        return None
    if len(data) > _SAMPLE:
        # Not within a character of several bytes.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    match = charset_normalizer.from_bytes(sample).best()
    if match is None or match.encoding == "utf_8":
        return None
    try:
        return data.decode(match.encoding)
    except UnicodeDecodeError:
        return None
