"""Letters as they are stored in PDFs to letters as they are read."""

from __future__ import annotations

import re
import unicodedata

# What the library puts for a hyphen at the end of a line.
LINE_HYPHENS = "\x02\ufffe"
SOFT_HYPHEN = "\u00ad"
BULLET = "•"
_BULLETS = "•·▪▫◦‣⁃∙●○◉■□◼◻◾◽❑❒➢➤➔►▶✓✔❖◆◇*"
_DASHES = "-–—−‐‑"
_LIGATURE = re.compile(r"[\ufb00-\ufb06\u0132\u0133]")
# A ligature of TeX that some programs write out as the sign at its place in another code.
_LOST_FF = re.compile(r"(?<=[^\W\d_])↵|↵(?=[^\W\d_])")
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff0-\uffff]"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_NUMBER = re.compile(r"\(?(?:\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-z]\)|[ivx]{1,4}[.)])")


def cleaned(text: str, *, symbols: bool) -> str:
    """A word without what only the typesetting needed; empty when nothing is left."""
    if text.isascii() and text.isprintable() and not (symbols and len(text) == 1):
        return text
    if text[-1] in LINE_HYPHENS:
        text = text[:-1] + "-"
    if text[-1] == SOFT_HYPHEN and len(text) > 1:
        # It is shown only at the end of a line: keep it until the lines are joined.
        return cleaned(text[:-1], symbols=symbols) + SOFT_HYPHEN
    text = text.replace(SOFT_HYPHEN, "")
    if len(text) == 1 and (symbols or _PRIVATE.match(text)):
        return BULLET
    text = _PRIVATE.sub("", text)
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _LOST_FF.sub("ff", text)
    return _DROPPED.sub("", text)


def is_bullet(word: str) -> bool:
    """Whether the word is the sign before an item of a list."""
    return len(word) == 1 and (word in _BULLETS or word in _DASHES or word == "o")


def is_dash(word: str) -> bool:
    """Whether the word is a dash, before an item or between words."""
    return len(word) == 1 and word in _DASHES


def shown_bullet(word: str, *, wide: bool) -> str:
    """The sign as we write it: the usual bullet, or a hyphen for a dash before a ``wide`` gap."""
    if is_dash(word):
        return "-" if wide else word
    return BULLET


def is_numbering(word: str) -> bool:
    """Whether the word numbers a paragraph or an item: "1.", "2.1", "(a)"."""
    return _NUMBER.fullmatch(word) is not None
