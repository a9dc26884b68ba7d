"""When an answer is right: its quotation holds what was expected, its span no more than that."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A span of at most this many words marks something, however short the expected words are.
FEW_WORDS = 12
# A longer one may be this many times as long as the expected words.
TIMES = 3
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\((?:[^()\s\\]|\\\S)*\)")
_ESCAPE = re.compile(r"\\([^\w\s])")


def folded(text: str) -> str:
    """Text without differences of case, white space, link syntax and apostrophes."""
    plain = _ESCAPE.sub(r"\1", _LINK.sub(r"\1", text))
    return " ".join(plain.replace("’", "'").replace("‘", "'").casefold().split())


def holds(text: str, expected: Iterable[str]) -> bool:
    """Whether the text has one of the expected strings in it."""
    plain = folded(text)
    return any(folded(words) in plain for words in expected)


def touches(span: str, answers: Iterable[str]) -> bool:
    """Whether a span holds an answer or is part of one."""
    plain = folded(span)
    return bool(plain) and any(plain in words or words in plain for words in map(folded, answers))


def points(span: str, answers: Iterable[str]) -> bool:
    """Whether a span holds an answer, or is part of one, and is no more than that.

    A marked sentence points at nothing: the span has at most 12 words or three times the length of
    the answer.
    """
    plain = folded(span)
    size = len(plain.split())
    return any(
        touches(span, (words,)) and (size <= FEW_WORDS or len(plain) <= TIMES * len(folded(words)))
        for words in answers
    )
