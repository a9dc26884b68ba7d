"""The stems of plain English words, as NLTK's Snowball stemmer has them, seven times as fast.

Where that stemmer goes its own way, or a word is not of small Latin letters alone, the word is
left to it: ``plain_stem`` then gives None. Written after M. F. Porter's description of the English
stemmer of Snowball. R1 is what follows the first consonant behind a vowel, R2 the same within R1;
most suffixes are taken off only within one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[a-z]++")
_REGION = re.compile(r"[^aeiouy]*+[aeiouy]++[^aeiouy]")
_LONG_STARTS = ("gener", "commun", "arsen")
_CONSONANT_Y = re.compile(r"(?:^|(?<=[aeiou]))y")
_VOWEL = re.compile("[aeiouy]")
_VOWELS = frozenset("aeiouy")
_SHORT_END = re.compile(r".*[^aeiouy][aeiouy][^aeiouywxY]|[aeiouy][^aeiouy]")
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_BEFORE_LI = frozenset("cdeghkmnrt")
# Words with stems of their own.
_ODD = frozenset(
    """skis skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos
    bias andes inning innings outing outings canning cannings herring herrings earring earrings
    proceed proceeds proceeded proceeding exceed exceeds exceeded exceeding succeed succeeds
    succeeded succeeding""".split()
)

_SECOND = {
    "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent",
    "izer": "ize", "ization": "ize", "ational": "ate", "ation": "ate", "ator": "ate",
    "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful", "ousli": "ous",
    "ousness": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble",
    "ogi": "og", "fulli": "ful", "lessli": "less", "li": "",
}  # fmt: skip
_THIRD = {
    "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic",
    "ical": "ic", "ful": "", "ness": "", "ative": "",
}  # fmt: skip
_FOURTH = dict.fromkeys(
    """al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion""".split(), ""
)


def _by_end(suffixes: Mapping[str, str]) -> dict[str, list[str]]:
    """The suffixes by their last two letters, the longest first."""
    found: dict[str, list[str]] = {}
    for suffix in sorted(suffixes, key=len, reverse=True):
        found.setdefault(suffix[-2:], []).append(suffix)
    return found


_SECOND_ENDS, _THIRD_ENDS, _FOURTH_ENDS = map(_by_end, (_SECOND, _THIRD, _FOURTH))


class _LeftError(Exception):
    """NLTK goes its own way with this word."""


def plain_stem(word: str) -> str | None:
    """The stem of a folded word, None where only NLTK knows."""
    if word.isalpha() and not "a" <= word[-1] <= "z":
        # No rule takes anything from it.
        return word.lower()
    if not _PLAIN.fullmatch(word) or word in _ODD or "yy" in word:
        return None
    if len(word) <= 2:
        return word
    if "y" in word:
        word = _CONSONANT_Y.sub("Y", word)
    first, second = _regions(word)
    try:
        word = _without_plural(word)
        if word[-1] in "dgy":
            word = _without_tense(word, first, second)
        if len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS:
            word = word[:-1] + "i"
        word = _third(_second(word, first, second), first, second)
    except _LeftError:
        return None
    word = _fourth(word, second)
    return _without_end(word, first, second).replace("Y", "y")


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin."""
    if word.startswith(_LONG_STARTS):
        first = 6 if word[0] == "c" else 5
    else:
        found = _REGION.match(word)
        first = found.end() if found else len(word)
    found = _REGION.match(word, first)
    return first, found.end() if found else len(word)


def _without_plural(word: str) -> str:
    if word[-1] == "s":
        if word.endswith("sses"):
            return word[:-2]
        if word.endswith("ies"):
            return word[: -2 if len(word) > 4 else -1]
        if word[-2] not in "us" and _VOWEL.search(word, 0, len(word) - 2):
            return word[:-1]
    elif word.endswith("ied"):
        return word[: -2 if len(word) > 4 else -1]
    return word


def _without_tense(word: str, first: int, second: int) -> str:
    for suffix in ("eedly", "ingly", "edly", "eed", "ing", "ed"):
        if word.endswith(suffix):
            break
    else:
        return word
    rest = word[: -len(suffix)]
    if suffix[:2] == "ee":
        return _joined(rest, "ee", second) if len(rest) >= first else word
    if not _VOWEL.search(rest):
        return word
    if rest.endswith(("at", "bl", "iz")):
        # NLTK decides by the length whether the new letter is in R2, and R1 always has it.
        in_second = len(rest) > 4 or len(rest) - first >= 2
        if len(rest) < first or in_second != (len(rest) >= second):
            raise _LeftError
        return rest + "e"
    if rest.endswith(_DOUBLES):
        return rest[:-1]
    return rest + "e" if first >= len(rest) and _SHORT_END.fullmatch(rest) else rest


def _joined(rest: str, ending: str, second: int) -> str:
    """The word with another ending. NLTK loses R2 where the old one began before it."""
    if len(rest) < second < len(rest) + len(ending):
        raise _LeftError
    return rest + ending


def _ending(word: str, ends: Mapping[str, list[str]]) -> str:
    """The longest of the suffixes that the word has, empty for none."""
    for suffix in ends.get(word[-2:], ()):
        if word.endswith(suffix):
            return suffix
    return ""


def _second(word: str, first: int, second: int) -> str:
    suffix = _ending(word, _SECOND_ENDS)
    rest = word[: len(word) - len(suffix)]
    if not suffix or len(rest) < first:
        return word
    before = rest[-1:]
    if (suffix == "ogi" and before != "l") or (suffix == "li" and before not in _BEFORE_LI):
        return word
    return _joined(rest, _SECOND[suffix], second)


def _third(word: str, first: int, second: int) -> str:
    suffix = _ending(word, _THIRD_ENDS)
    rest = word[: len(word) - len(suffix)]
    if not suffix or len(rest) < (second if suffix == "ative" else first):
        return word
    return _joined(rest, _THIRD[suffix], second)


def _fourth(word: str, second: int) -> str:
    suffix = _ending(word, _FOURTH_ENDS)
    rest = word[: len(word) - len(suffix)]
    if not suffix or len(rest) < second or (suffix == "ion" and rest[-1:] not in ("s", "t")):
        return word
    return rest


def _without_end(word: str, first: int, second: int) -> str:
    rest = word[:-1]
    if word[-1:] == "e":
        if len(rest) >= second or (len(rest) >= first and not _SHORT_END.fullmatch(rest)):
            return rest
    elif word[-2:] == "ll" and len(rest) >= second:
        return rest
    return word
