"""Sentences: where a full stop ends one, and where it does not.

One pass of a regular expression finds the stops that white space follows; each is then judged by
the word before it and the word after it. No text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from peelsearch.analysis.folding import is_function_word

# The first of a run of stops, the rest of the run, what closes the sentence, white space. "Plain"
# is one full stop between a word of four letters or more and a capital, as most sentences end.
_STOP = re.compile(
    r"(?P<stop>[.!?…](?<![.!?…]{2})[.!?…]*+[\"'”’»)\]}*_]*+)\s++"
    r"(?P<plain>(?<=[a-z]{4}\.\s)(?=[A-Z]))?"
)
# The number of the second group.
_PLAIN = 2
_STOPS = ".!?…"
# A bullet at the beginning of a line. The last two are those of symbol fonts.
_BULLET = re.compile(r"[•●▪◦‣∙\uf0a7\uf0b7](?:(?<=\n.)|(?<=\n\s.)|(?<=\n\s\s.))")
_OPENING = frozenset("\"'“‘«([{*_")
_OPENED = re.compile(r"[\"'“‘«(\[{*_]*+")
_ENUMERATION = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]|[ivxIVX]{1,5})[)\]]?")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*+")
_WORD = re.compile(r"[^\W\d_]++")

# No abbreviation is as long, the dots in it and a bracket before it included.
_LONGER = 8
# A stop behind these ends no sentence: titles, and what points at the words that follow.
_NEVER = frozenset(
    """dr mr mrs ms prof rev det supt insp sgt cllr capt ch gen hon st para paras fig figs ref vol
    ed e.g i.e eg ie cf v vs viz approx""".split()
)
# Behind these it ends none if a number follows: "No. 7", but "They said no."
_BEFORE_NUMBERS = frozenset(
    "no nos p pp s ss jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Behind these it ends one if a capital follows: "at 3 p.m. The".
_BEFORE_CAPITALS = frozenset("etc inc ltd plc al a.m p.m".split())
_SPECIAL = _NEVER | _BEFORE_NUMBERS | _BEFORE_CAPITALS
# The ends of the long ones, and of numbers in a list.
_LAST_FOUR = frozenset(word[-4:] for word in (*_SPECIAL, "viii", "xiii", "xvii"))
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of one block of text (never pass a whole document).

    Nothing but white space lies between them. The items of a bulleted list are sentences.
    """
    found: list[tuple[int, int]] = []
    for left, right in _items(text):
        start = left
        for match in _STOP.finditer(text, left, right):
            stop, after = match.span()
            plain = match.lastindex == _PLAIN and text[stop - 4 : stop] not in _LAST_FOUR
            if plain or (after < right and _ends(text, start, stop, after)):
                found.append((start, match.end(1)))
                start = after
        found.append((start, right))
    return found


def _items(text: str) -> Iterator[tuple[int, int]]:
    """The text cut before its bullets, white space at both ends left out."""
    starts = [match.start() for match in _BULLET.finditer(text)]
    for left, right in pairwise((0, *starts, len(text))):
        item = text[left:right].rstrip()
        start = left + len(item) - len(item.lstrip())
        end = left + len(item)
        if start < end:
            yield start, end


def _ends(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the sentence from ``start`` ends with the stop; ``after`` is where text goes on."""
    if text[after] in _OPENING:
        after = _OPENED.match(text, after, len(text) - 1).end()  # type: ignore[union-attr]
    first, following = text[after], text[after + 1 : after + 2]
    if first.islower() and not following.isupper():
        # "iCAIT" and the like start sentences of their own.
        return False
    if first in _STOPS and following not in _STOPS:
        return False
    if text[stop] == "…" or text[stop : stop + 2] == "..":
        # Words left out: "the ... Force". Joined to a word, the dots may end its sentence.
        return stop > start and text[stop - 1] not in " \n\t\u00a0([" and first.isalnum()
    return text[stop] != "." or _ends_after_word(text, start, stop, after)


def _ends_after_word(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop behind the word before it ends the sentence."""
    before = (text[max(start, stop - _LONGER) : stop].split() or ("",))[-1].lstrip("(['\"“‘")
    if _enumerates(text, start, stop):
        return False
    if _INITIALS.fullmatch(before) and not before.islower():
        return _ends_after_initials(text, after)
    return before.lower() not in _SPECIAL or _ends_after_abbreviation(before.lower(), text, after)


def _ends_after_abbreviation(abbreviation: str, text: str, after: int) -> bool:
    """Whether the stop of an abbreviation ends the sentence as well."""
    if abbreviation in _NEVER:
        return False
    if abbreviation in _BEFORE_NUMBERS:
        return not text[after].isdigit()
    return text[after].isalpha() and _next_word(text, after) not in _DAYS


def _ends_after_initials(text: str, after: int) -> bool:
    """Whether the stop of "J. Smith" or "U.K. Police" ends a sentence: if "The" or so follows."""
    return not text[after].isalpha() or is_function_word(_next_word(text, after))


def _next_word(text: str, after: int) -> str:
    """The next word in lower case; nothing where it is an initial itself."""
    match = _WORD.match(text, after)
    if match is None or (len(match.group()) == 1 and text[match.end() : match.end() + 1] == "."):
        return ""
    return match.group().lower()


def _enumerates(text: str, start: int, stop: int) -> bool:
    """Whether the sentence so far is only its number in a list: "2." or "(a)."."""
    return stop - start < _LONGER and _ENUMERATION.fullmatch(text, start, stop) is not None
