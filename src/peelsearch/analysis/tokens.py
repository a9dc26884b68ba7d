"""Text to words with their places. Stems are made elsewhere, where they are wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, compress
from typing import Any, TypeAlias
from unicodedata import category

from peelsearch.analysis.folding import MAX_WORD, fold_word

WordSpan: TypeAlias = tuple[str, int, int]
"""A folded word and where it stands: ``text[start:end]`` is how it is written there."""

# In order: "+/-"; sums of money; numbers with their decimals; A&E and the like; abbreviations with
# a number (s.55); words with apostrophes, soft hyphens and combining marks; the per-cent sign.
# The classes of word characters, those that go on, capitals and digits are put in below.
_FORMS = (
    r"\+/[-−–]"
    r"|[£$€]{D}+(?:[.,]{D}+)*(?:bn|[mk])?(?!{W})"
    r"|{D}+(?:[.,]{D}+)+(?!{W})"
    r"|{Lu}&{Lu}(?!{W})"
    r"|[sS]\.{D}+"
    r"|{W}{C}*(?:['’ʼ\u00ad\u200b]{W}{C}*)*"
    r"|%"
)


def _pattern(**classes: str) -> str:
    pattern = _FORMS
    for name, members in classes.items():
        pattern = pattern.replace(f"{{{name}}}", members)
    return pattern


# Of all of Unicode, in the notation of NLTK's regular expressions.
EVERY = _pattern(W=r"[\p{L}\p{N}]", C=r"[\p{L}\p{N}\p{M}]", Lu=r"\p{Lu}", D=r"\d")
# Of the simple characters: ASCII, Latin-1, dashes, quotes, bullets, the euro, invisible marks.
# No combining mark is among them.
_SIMPLE_CHARACTERS = (
    "!-~\u00a1-\u00ff\u200b-\u200d\u2010-\u2027\u2030-\u205e\u20ac\u2212\u25a0-\u25ff"
    "\uf000-\uf0ff\ufeff"
)
# Where Unicode has capitals and combining marks: planes 0 and 1, and the variation selectors.
_LETTERED = (range(0x20000), range(0xE0100, 0xE01F0))
# What may stand before and behind a word without being part of one.
_AROUND = ".,;:!?()[]\"'“”‘’…*_/-–—"
# Longer pieces hardly repeat, and would make what is remembered large.
_REMEMBERED_LENGTH = 100

# A target may hold one pair of brackets, as addresses do.
_LINK_TARGET = r"(?<=\])\((?:[^()\s\\]|\\\S|\([^()\s\\]{0,200}\)){0,2000}\)"
_PIECE = re.compile(r"\S+")


def spans(text: str) -> list[WordSpan]:
    """The words of a text in order, with offsets into it. Link targets hold no words."""
    found: list[WordSpan] = []
    for match in _PIECE.finditer(without_links(text)):
        base = match.start()
        for word, start, end in piece_words(match.group()):
            found.append((word, base + start, base + end))
    return found


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(word for piece in without_links(text).split() for word, _, _ in piece_words(piece))


def without_links(text: str) -> str:
    """The text with spaces in place of link targets, so that offsets stay."""
    if "](" not in text:
        return text
    return re.sub(_LINK_TARGET, lambda match: " " * len(match.group()), text)


def piece_words(piece: str) -> tuple[WordSpan, ...]:
    """The words of a piece of text without white space in it; those of short ones are remembered.

    Pieces are what lies between white space once the links of the text are blanked.
    """
    return _remembered(piece) if len(piece) <= _REMEMBERED_LENGTH else read_piece(piece)


def read_piece(piece: str) -> tuple[WordSpan, ...]:
    """The same as ``piece_words`` for who remembers them himself."""
    core = piece.strip(_AROUND)
    if core.isalpha() and core.isascii():
        # Most pieces are one plain word, and folding it is making it small.
        start = piece.find(core)
        return ((core.lower()[:MAX_WORD], start, start + len(core)),)
    return tuple(
        (word, start, end)
        for start, end in piece_spans(piece)
        if (word := fold_word(piece[start:end]))
    )


_remembered = lru_cache(maxsize=200_000)(read_piece)


def piece_spans(piece: str) -> Iterator[tuple[int, int]]:
    """Where the words of a piece are, by the standard library if it knows all characters."""
    if is_simple(piece):
        return (match.span() for match in _simple().finditer(piece))
    if is_known(piece):
        return (match.span() for match in _every().finditer(piece))
    return _nltk_tokenizer()(piece)


def is_simple(piece: str) -> bool:
    """Whether all characters are of the few kinds that need no table of Unicode."""
    return _not_simple().search(piece) is None


def is_known(piece: str) -> bool:
    """Whether the interpreter knows all characters: a newer Unicode could not call them others."""
    return all(category(char) != "Cn" or _never_assigned(ord(char)) for char in set(piece))


def _never_assigned(code: int) -> bool:
    """Whether no Unicode will have a letter or mark there: the last two codes of each plane, and
    from plane 4 on all but the first of plane 14."""
    return code & 0xFFFE == 0xFFFE or (code >= 0x40000 and not 0xE0000 <= code < 0xE1000)


@cache
def _simple() -> re.Pattern[str]:
    return re.compile(
        _pattern(W=r"[^\W_]", C=r"[^\W_]", Lu="[A-Z\u00c0-\u00d6\u00d8-\u00de]", D="[0-9]")
    )


@cache
def _not_simple() -> re.Pattern[str]:
    return re.compile(f"[^{_SIMPLE_CHARACTERS}]")


@cache
def _every() -> re.Pattern[str]:
    """For all that ``is_known``; capitals and marks are listed: ``re`` has no classes of them."""
    characters = list(map(chr, chain(*_LETTERED)))
    kinds = list(map(category, characters))
    capitals = "".join(compress(characters, [kind == "Lu" for kind in kinds]))
    marks = "".join(compress(characters, [kind[0] == "M" for kind in kinds]))
    return re.compile(
        _pattern(
            W=r"[^\W_]",
            C=rf"(?:[^\W_]|[{marks}])",
            Lu=f"[{capitals}]",
            D=r"\d",
        )
    )


@cache
def _nltk_tokenizer() -> Callable[[str], Iterator[tuple[int, int]]]:
    from peelsearch.analysis import nltk_parts  # noqa: PLC0415 - loaded at the first need

    tokenizer: Any = nltk_parts.RegexpTokenizer(EVERY)
    spans: Callable[[str], Iterator[tuple[int, int]]] = tokenizer.span_tokenize
    return spans


def sequences(places: Sequence[Collection[str]], words: Sequence[str]) -> Iterator[int]:
    """The positions at which a phrase stands in ``words``, overlaps included.

    ``places`` holds what may stand at each place of the phrase.
    """
    if not places:
        return
    first, rest = places[0], places[1:]
    for index in range(len(words) - len(rest)):
        if words[index] in first and all(
            words[index + offset] in allowed for offset, allowed in enumerate(rest, start=1)
        ):
            yield index
