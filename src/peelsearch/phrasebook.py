"""Terms of one or more words that queries are searched for, whatever forms their words have.

A word of a term that the index holds has its stem from there. Of the others only the plural is
known as a form, for stems of unknown words are NLTK's, which takes longer to load than a search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Generic, TypeVar

from peelsearch import analysis

Value = TypeVar("Value")
KnownStem = Callable[[str], str | None]
"""The stem of a word that the index holds, None of any other."""

# Stems begin as their words do, with so many letters.
_BEGINNING = 2
_FIRST = re.compile(r"\w+")


class Phrasebook(Generic[Value]):
    """Values by terms."""

    def __init__(self, terms: Iterable[tuple[str, Value]]) -> None:
        self._terms: dict[str, list[tuple[str, Value]]] = {}
        for term, value in terms:
            first = _FIRST.search(term)
            if first is not None:
                self._terms.setdefault(_beginning(first.group().casefold()), []).append(
                    (term, value)
                )

        self._sized: dict[tuple[str, int], list[tuple[tuple[str, ...], Value]]] = {}

    def find(self, words: Sequence[str], stems: Sequence[str], stem: KnownStem) -> list[Value]:
        """The values of the terms that are made of these words, which have these stems."""
        return [
            value
            for found, value in self._of(_beginning(words[0]), len(words))
            if all(_same(*row, stem) for row in zip(found, words, stems, strict=True))
        ]

    def _of(self, beginning: str, size: int) -> Sequence[tuple[tuple[str, ...], Value]]:
        """The terms with this beginning and so many words, as their words."""
        key = (beginning, size)
        found = self._sized.get(key)
        if found is None:
            rows = self._terms.get(beginning, ())
            near = ((folded(term), value) for term, value in rows if _least(term) <= size)
            found = [row for row in near if len(row[0]) == size]
            if rows:
                self._sized[key] = found
        return found


@cache
def folded(term: str) -> tuple[str, ...]:
    """The words of a term."""
    return tuple(analysis.words(term))


def _least(term: str) -> int:
    """So many words a term has at least. Most terms are too long, and folding one takes longer."""
    return sum(any(map(str.isalnum, piece)) for piece in term.split())


def _beginning(word: str) -> str:
    return word[:_BEGINNING]


def _same(word: str, typed: str, typed_stem: str, stem: KnownStem) -> bool:
    if word == typed or not typed.startswith(_beginning(word)):
        return word == typed
    return (stem(word) or _singular(word)) == typed_stem or _singular(word) == _singular(typed)


def _singular(word: str) -> str:
    return word.removesuffix("s")
