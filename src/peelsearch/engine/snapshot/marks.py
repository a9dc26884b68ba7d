"""Where a passage matches, from the words that the snapshot holds in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from peelsearch.engine.fields import BODY, WORDS
from peelsearch.engine.snapshot.segment import Segment
from peelsearch.engine.snapshot.view import View
from peelsearch.model import (
    AllOf,
    AnyOf,
    Everything,
    Expression,
    Phrase,
    Stem,
    StemPhrase,
    Word,
)

Mark: TypeAlias = tuple[int, int, str]

Stretch: TypeAlias = tuple[int, int, int]
"""Segment, start and end of a passage's ``tokens``."""

Finder: TypeAlias = Callable[[Sequence[Collection[int]], Sequence[Stretch]], Iterable[list[int]]]
"""For each stretch the places of words, which are given for each segment. Others may be among
these places."""

# A passage with so many more words than are looked for is not read through: where each of these
# words stands is known.
_FEW = 6


class Marker:
    """Marks what makes passages match an expression. ``find`` is that of the vectors."""

    def __init__(self, view: View, expression: Expression, find: Finder) -> None:
        self._view = view
        self._find = find
        self._words: list[Mapping[int, str]] = []
        self._phrases: list[tuple[str, list[Sequence[Mapping[int, str]]]]] = []
        for leaf in dict.fromkeys(leaves(expression)):
            match leaf:
                case Stem(text):
                    self._add(self._forms(BODY, text))
                case Word(text):
                    self._add(self._forms(WORDS, text))
                case Phrase(texts):
                    self._phrases.append((" ".join(texts), [self._forms(WORDS, t) for t in texts]))
                case StemPhrase(texts):
                    self._phrases.append((" ".join(texts), [self._forms(BODY, t) for t in texts]))

    def _forms(self, field: str, text: str) -> list[Mapping[int, str]]:
        return [forms.words for forms in self._view.forms(field, text)]

    def _add(self, forms: list[Mapping[int, str]]) -> None:
        held = self._words
        self._words = [{**a, **b} for a, b in zip(held, forms, strict=True)] if held else forms

    def marks(self, stretches: Sequence[Stretch]) -> list[tuple[Mark, ...]]:
        """The marks in each passage, in order. Phrases and single words may overlap."""
        found: list[list[Mark]] = [[] for _ in stretches]
        if self._words:
            places = self._find(self._words, stretches)
            for stretch, own, marks in zip(stretches, places, found, strict=True):
                self._mark_words(stretch[0], own, marks)
        for key, sequence in self._phrases:
            if sequence:
                places = self._find(sequence[0], stretches)
                for stretch, own, marks in zip(stretches, places, found, strict=True):
                    self._mark_phrase(key, sequence, stretch, own, marks)
        return [tuple(sorted(marks)) if len(marks) > 1 else tuple(marks) for marks in found]

    def _mark_words(self, index: int, places: Sequence[int], marks: list[Mark]) -> None:
        tokens, froms, sizes = self._view.segments[index].tokens
        words = self._words[index]
        for place in places:
            key = words.get(tokens[place])
            if key is not None:
                first = froms[place]
                marks.append((first, first + sizes[place], key))

    def _mark_phrase(
        self,
        key: str,
        sequence: Sequence[Sequence[Mapping[int, str]]],
        stretch: Stretch,
        places: Sequence[int],
        marks: list[Mark],
    ) -> None:
        index, _, end = stretch
        tokens, froms, sizes = self._view.segments[index].tokens
        words = [forms[index] for forms in sequence]
        for place in places:
            last = place + len(words) - 1
            if last < end and all(tokens[at] in own for at, own in enumerate(words, place)):
                marks.append((froms[place], froms[last] + sizes[last], key))


def leaves(expression: Expression) -> Iterator[Expression]:
    """The words and phrases that an expression is made of."""
    match expression:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Everything():
            pass
        case _:
            yield expression


def places(
    segments: Sequence[Segment],
    words: Sequence[Collection[int]],
    stretches: Sequence[Stretch],
) -> Iterator[list[int]]:
    """Finds in plain Python."""
    occurrences: dict[tuple[int, int], memoryview] = {}
    for index, start, end in stretches:
        own, segment = words[index], segments[index]
        if len(own) * _FEW >= end - start:
            held = segment.tokens[0][start:end].tolist()
            yield [place for place, word in enumerate(held, start) if word in own]
            continue
        found: list[int] = []
        for word in own:
            if (index, word) not in occurrences:
                occurrences[index, word] = segment.occurrences(word)
            found += _between(occurrences[index, word], start, end)
        yield found


def _between(places: memoryview, start: int, end: int) -> list[int]:
    """Which of the places, ascending, are between two."""
    first = bisect_left(places, start)
    if first == len(places) or places[first] >= end:
        return []
    found: list[int] = places[first : bisect_left(places, end, first)].tolist()
    return found
