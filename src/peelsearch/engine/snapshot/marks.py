"""Where a passage matches, from the words that the snapshot holds in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

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

Mark = tuple[int, int, str]
# A passage with so many more words than are looked for is not read through: where each of these
# words stands is known.
_FEW = 6


class Marker:
    """Marks what makes passages of one segment match an expression."""

    def __init__(self, view: View, index: int, expression: Expression) -> None:
        self._segment = view.segments[index]
        wanted = _Wanted(view, index)
        wanted.add(expression)
        self._words = wanted.words
        self._phrases = tuple(dict.fromkeys(wanted.phrases))
        self._occurrences: dict[int, memoryview] = {}

    def marks(self, start: int, end: int) -> tuple[Mark, ...]:
        """The marks in the passage that has these ``tokens``, in order of their starts.

        Phrases and single words may overlap.
        """
        found = [(place, 1, key) for place, key in self._single(start, end)]
        for key, sequence in self._phrases:
            places = self._sequences(sequence, start, end)
            found += [(place, len(sequence), key) for place in places]
        if not found:
            return ()
        froms = self._segment.block("tokens.from").slice(start, end)
        sizes = self._segment.block("tokens.size").slice(start, end)
        marks = []
        for place, words, key in found:
            first, last = place - start, place - start + words - 1
            marks.append((froms[first], froms[last] + sizes[last], key))
        return tuple(sorted(marks))

    def _single(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """The places of single words, and their keys."""
        words: Mapping[int, str] = self._words
        if len(words) * _FEW < end - start:
            for word, key in words.items():
                for place in self._places(word, start, end):
                    yield place, key
        else:
            tokens = self._segment.block("tokens").slice(start, end).tolist()
            for place, word in enumerate(tokens, start):
                if word in words:
                    yield place, words[word]

    def _places(self, word: int, start: int, end: int) -> list[int]:
        """Where a word stands between two places."""
        places = self._occurrences.get(word)
        if places is None:
            places = self._occurrences[word] = self._segment.occurrences(word)
        first = bisect_left(places, start)
        if first == len(places) or places[first] >= end:
            return []
        found: list[int] = places[first : bisect_left(places, end, first)].tolist()
        return found

    def _sequences(self, sequence: Sequence[frozenset[int]], start: int, end: int) -> Iterator[int]:
        """Where a phrase starts between two places."""
        tokens, rest = self._segment.block("tokens"), sequence[1:]
        for word in sequence[0]:
            for place in self._places(word, start, end - len(rest)):
                if all(tokens[at] in wanted for at, wanted in enumerate(rest, place + 1)):
                    yield place


class _Wanted:
    """The words and phrases of an expression as numbers of a segment's words, with their keys."""

    def __init__(self, view: View, index: int) -> None:
        self.view = view
        self.index = index
        self.words: dict[int, str] = {}
        self.phrases: list[tuple[str, tuple[frozenset[int], ...]]] = []

    def add(self, expression: Expression) -> None:
        match expression:
            case Stem(stem):
                for index, number in self.view.numbers(BODY, stem):
                    if index == self.index:
                        words = self._segment.words_of(number)
                        self.words.update(dict.fromkeys(words, str(number)))
            case Word(word):
                for number in self._numbers(WORDS, word):
                    self.words[number] = str(self._segment.block("words.stem")[number])
            case Phrase(words):
                self._phrase(WORDS, words)
            case StemPhrase(stems):
                self._phrase(BODY, stems)
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.add(part)
            case Everything():
                pass

    def _phrase(self, name: str, texts: Sequence[str]) -> None:
        sequence = tuple(frozenset(self._numbers(name, text)) for text in texts)
        if sequence and all(sequence):
            self.phrases.append((" ".join(texts), sequence))

    def _numbers(self, name: str, text: str) -> Sequence[int]:
        for index, number in self.view.numbers(name, text):
            if index == self.index:
                return (number,) if name == WORDS else self._segment.words_of(number)
        return ()

    @property
    def _segment(self) -> Segment:
        return self.view.segments[self.index]
