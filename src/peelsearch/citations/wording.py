"""The words of a quotation and of a document, folded so that only what matters tells them apart.

White space, the form of quotation marks and dashes, soft hyphens, ligatures, emphasis, bullets and
the targets of links count for nothing. Letters, capitals, numbers and punctuation count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from peelsearch.analysis import without_links
from peelsearch.records import dataclass

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = rf"[^\W_][^\W_{_INVISIBLE}]*(?:[{_INVISIBLE}\u0300-\u036f]+[^\W_]*)*"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# In order: words, with apostrophes in them, numbers with their decimals; dots that leave something
# out; dashes; any other sign.
_TOKEN = re.compile(
    rf"(?P<word>{_WORD}(?:['’ʼ‘]{_WORD}|(?<=\d)[.,:/](?=\d){_WORD})*)"
    rf"|(?P<dots>\.(?:[ \u00a0]?\.)+|…)|(?P<dash>[{_DASHES}]+)|(?P<sign>[^\s])"
)
_IGNORED = frozenset("\"'“”„‟‘’‚‛«»‹›`´*_\\[]#•●▪◦‣∙·◆■□\uf0a7\uf0b7\uf0d8" + _INVISIBLE)
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        **dict.fromkeys("’ʼ‘", "'"),
        **dict.fromkeys(_INVISIBLE, ""),
    }
)
# What a quotation may end in that the document does not have there.
_EDGES = frozenset(".,;:-")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign as it is compared, and where it stands. ``free`` words may begin with a
    capital or not."""

    form: str
    start: int
    end: int
    word: bool
    free: bool = False


def tokens(text: str) -> list[Token]:
    """The words and signs of a text that are compared."""
    found: list[Token] = []
    for match in _TOKEN.finditer(without_links(text)):
        start, end = match.span()
        if match["word"]:
            found.append(Token(_folded(match.group()), start, end, word=True))
        elif match["dash"]:
            if not _bullet(text, start, end):
                found.append(Token("-", start, end, word=False))
        elif match["sign"] and match.group() not in _IGNORED:
            found.append(Token(match.group(), start, end, word=False))
    return found


def same(said: Token, stands: Token) -> bool:
    """Whether a word of a quotation is that of the document."""
    if said.form == stands.form:
        return True
    free = said.free and said.form[1:] == stands.form[1:]
    return free and said.form[:1].casefold() == stands.form[:1].casefold()


def trimmed(found: Sequence[Token]) -> list[Token]:
    """The tokens without the punctuation that may stand at either end of a quotation."""
    first, last = 0, len(found)
    while first < last and found[first].form in _EDGES:
        first += 1
    while last > first and found[last - 1].form in _EDGES:
        last -= 1
    return list(found[first:last])


def _folded(word: str) -> str:
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_LIGATURES))


def _bullet(text: str, start: int, end: int) -> bool:
    """Whether a dash begins a line and white space follows it."""
    before = text.rfind("\n", 0, start) + 1
    return not text[before:start].strip(" \t\u00a0>\"“‘'") and text[end : end + 1].isspace()
