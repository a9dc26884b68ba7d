"""How the words of a question stand in a sentence: to each other, to figures, to reasons.

A mark is where a word of the question stands: start and end in the passage, and its stem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from peelsearch.answers.terms import Terms
from peelsearch.model import Span

Mark: TypeAlias = tuple[int, int, str]
# What stands behind a number, up to a preposition, an auxiliary or the end of the clause.
_COUNTED = re.compile(
    r"(?:\s+(?:of\s+(?:the\s+|its\s+|these\s+)?)?(?!(?:in|on|at|to|for|from|by|with|and|or|per|a|an|as"
    r"|were|was|are|is|had|has|have|did|do|does|who|which|that|percent|during|since|each|every)\b)"
    r"\[?[^\W\d][\w'’-]*){1,6}"
)
# Words between a reason and what comes of it.
RESULTS = re.compile(
    r"(?:leads? to|led to|means? that|meant that|this means|as a result|so|therefore"
    r"|caus(?:e|es|ed|ing)|prompt(?:s|ed)?|it took)$",
    re.IGNORECASE,
)
# A figure this near to the word it counts, in characters.
_NEAR = 25
# Words of a pair this far apart are neighbours, but for function words between.
_NEIGHBOURS = 12


def reasons(found: Sequence[Span], text: str, base: int, marks: Sequence[Mark]) -> list[Span]:
    """The words that give a reason of what is asked: "leads to" gives one of what follows it."""
    kept = []
    for start, end in found:
        behind = sum(mark[0] - base >= end for mark in marks)
        if not RESULTS.match(text, start, end) or 2 * behind > len(marks):
            kept.append((start, end))
    return kept


def counted(figures: Sequence[Span], text: str, base: int, marks: Sequence[Mark]) -> bool:
    """Whether a figure counts something that the question speaks of, or nothing that is named.

    "3,700 visits to sex offenders" counts visits, no sex offenders.
    """
    for _, end in figures:
        named = _COUNTED.match(text, end)
        last = named.end() if named else end
        if named is None or any(end <= start - base < last for start, _, _ in marks):
            return True
    return False


def pairs(marks: Sequence[Mark], terms: Terms, places: Mapping[str, int]) -> float:
    """The weight of the question's neighbours that are neighbours here."""
    found = 0.0
    for (_, end, left), (start, _, right) in pairwise(marks):
        if left in places and right in places and left != right and start - end <= _NEIGHBOURS:
            apart = places[right] - places[left]
            share = 1.0 if apart == 1 else 0.4 if abs(apart) <= 2 else 0.0
            found += share * min(terms.idf[left], terms.idf[right])
    return found / terms.weight


def sequence(marks: Sequence[Mark], terms: Terms, places: Mapping[str, int]) -> float:
    """The weight of the heaviest run of the question's stems that stand here in that order."""
    if not marks:
        return 0.0
    best = [0.0] * (len(terms.stems) + 1)
    for _, _, stem in marks:
        if stem in places:
            place = places[stem]
            best[place + 1] = max(best[place + 1], max(best[: place + 1]) + terms.idf[stem])
    return max(best) / terms.weight


def beside(figures: Sequence[Span], base: int, marks: Sequence[Mark], focus: str | None) -> bool:
    """Whether a figure stands beside the word that says what is asked for."""
    return any(
        stem == focus and min(abs(start - base - right), abs(left - end + base)) <= _NEAR
        for left, right in figures
        for start, end, stem in marks
    )
