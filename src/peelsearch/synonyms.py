"""Words that mean almost the same, read from ``synonyms.txt``, which says how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from peelsearch.phrasebook import KnownStem, Phrasebook, folded

FILE = Path(__file__).with_name("synonyms.txt")


def related(words: Sequence[str], stems: Sequence[str], stem: KnownStem) -> tuple[str, ...]:
    """What else to search for besides these words, which have these stems; often nothing."""
    found = _terms().find(words, stems, stem)
    return tuple(dict.fromkeys(other for others in found for other in others))


def holds(word: str) -> bool:
    """Whether a term holds the word, or the one that it is the plural of: it is spelled right."""
    return word in _words() or word.removesuffix("s") in _words()


def read(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each term with the terms that it stands for too."""
    for line in text.splitlines():
        left, arrow, right = line.partition("#")[0].partition(">")
        typed, others = _listed(left), _listed(right)
        for term in typed:
            yield term, others if arrow else tuple(other for other in typed if other != term)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(term for part in text.split(",") if (term := part.strip()))


@cache
def _entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(read(FILE.read_text("utf-8")))


@cache
def _terms() -> Phrasebook[tuple[str, ...]]:
    return Phrasebook(_entries())


@cache
def _words() -> frozenset[str]:
    terms = (term for left, right in _entries() for term in (left, *right))
    return frozenset(word for term in terms for word in folded(term))
