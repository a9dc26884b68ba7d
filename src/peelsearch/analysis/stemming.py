"""Stems: what joins the forms of a word."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from peelsearch.analysis.tokens import spans, words

Stemmer: TypeAlias = Callable[[str], str]
"""Gives the stem of a folded word."""


class Term(NamedTuple):
    """A word in its text: ``text[start:end]`` is how it is written there."""

    word: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word (Snowball, English)."""
    if not word.isalpha():
        return word
    return _plain()(word) or _snowball()(word)


def terms(text: str, stem: Stemmer = stem) -> list[Term]:
    """The words of a text in order, with offsets into it. Link targets hold no words.

    Who knows the stems of the words, as an index does, gives ``stem`` and saves loading NLTK.
    """
    return [Term(word, stem(word), start, end) for word, start, end in spans(text)]


def stems(text: str, stem: Stemmer = stem) -> tuple[str, ...]:
    """The stems of a text."""
    return tuple(stem(word) for word in words(text))


@cache
def _plain() -> Callable[[str], str | None]:
    """Loaded at the first need: an index knows the stems of its words."""
    made: Callable[[str], str | None]
    made = importlib.import_module("peelsearch.analysis.plain_stems").plain_stem
    return made


@cache
def _snowball() -> Stemmer:
    from peelsearch.analysis import nltk_parts  # noqa: PLC0415 - loaded at the first need

    stemmer: Stemmer = nltk_parts.SnowballStemmer("english").stem
    return stemmer
