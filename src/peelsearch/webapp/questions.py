"""Which queries are questions: those get an answer card above their hits."""

from __future__ import annotations

import re

# Words that open a question, and the fewest words of one that they open.
_ASKING = frozenset("what which who whom whose when where why how".split())
_FEWEST_ASKING = 3
_AUXILIARY = frozenset(
    "is are was were do does did has have had can could will would should may might must".split()
)
_FEWEST_AUXILIARY = 4
# Behind an auxiliary that opens a question stands a subject, not "must be done" or "may not".
_NO_SUBJECT = frozenset("be been not have had done".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile(r'["“”„«»][^"“”„«»]*(?:["“”„«»]|$)')
_QUESTION_MARK = re.compile(r"[?？]\s*$")
# What only the language of queries has: -word, prefix*, word~, filter:value, one OR other.
_LANGUAGE = re.compile(r"(?:^|\s)-\w|[*~]|[^\W\d_]:[^\s:/]|\b(?:OR|NOT)\b")


def looks_like_question(typed: str) -> bool:
    """Whether a query reads as a question in plain words.

    It does with a question word before two more words, with an auxiliary verb before three more,
    or with a question mark at its end. A phrase in quotation marks counts with the words that
    stand outside it, and alone is none; a query with operators or filters is none either.
    """
    plain = _QUOTED.sub(" ", typed)
    words = [word.casefold() for word in _WORD.findall(plain)]
    if not words or _LANGUAGE.search(plain):
        return False
    if _QUESTION_MARK.search(plain):
        return True
    number = len(_WORD.findall(typed))
    opening = _opening(typed)
    if opening in _ASKING:
        return number >= _FEWEST_ASKING
    subject = words[1] if len(words) > 1 else ""
    return opening in _AUXILIARY and number >= _FEWEST_AUXILIARY and subject not in _NO_SUBJECT


def _opening(typed: str) -> str:
    """The first word, empty where a quoted phrase stands before it. "What's" opens with "what"."""
    first = _WORD.search(typed)
    if first is None or _QUOTED.search(typed[: first.end()]):
        return ""
    return re.split("['’]", first.group().casefold())[0]
