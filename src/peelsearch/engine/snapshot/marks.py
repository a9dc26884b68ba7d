"""Where a passage matches, from the words that the snapshot holds in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peelsearch.engine.fields import BODY, WORDS
from peelsearch.engine.snapshot.segment import NOWHERE, Segment
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


class Marker:
    """Marks what makes passages of one segment match an expression."""

    def __init__(self, segment: Segment, expression: Expression) -> None:
        self._segment = segment
        wanted = _Wanted(segment)
        wanted.add(expression)
        self._words = wanted.words
        self._phrases = tuple(dict.fromkeys(wanted.phrases))

    def marks(self, number: int) -> tuple[Mark, ...]:
        """The marks in a passage, in order; phrases and single words may overlap."""
        segment = self._segment
        start, end = segment.tokens(number)
        tokens = segment.block("tokens").slice(start, end).tolist()
        found = [
            (place, 1, self._words[word])
            for place, word in enumerate(tokens)
            if word in self._words
        ]
        for key, sequence in self._phrases:
            found += [(place, len(sequence), key) for place in _places(sequence, tokens)]
        if not found:
            return ()
        starts = segment.block("tokens.from").slice(start, end)
        sizes = segment.block("tokens.size").slice(start, end)
        marks = [
            (starts[place], starts[place + words - 1] + sizes[place + words - 1], key)
            for place, words, key in found
        ]
        return tuple(sorted(marks) if self._phrases else marks)


@dataclass(slots=True)
class _Wanted:
    """The words and phrases of an expression as numbers of a segment's words, with their keys."""

    segment: Segment
    words: dict[int, str] = field(default_factory=dict)
    phrases: list[tuple[str, tuple[frozenset[int], ...]]] = field(default_factory=list)

    def add(self, expression: Expression) -> None:
        match expression:
            case Stem(stem):
                self.words.update(dict.fromkeys(self._numbers(BODY, stem), stem))
            case Word(word):
                for number in self._numbers(WORDS, word):
                    of = self.segment.block("words.stem")[number]
                    self.words[number] = self.segment.stems[of].decode("utf-8", "surrogatepass")
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
        number = self.segment.term(name, text)
        if number == NOWHERE:
            return ()
        return (number,) if name == WORDS else self.segment.words_of(number)


def _places(sequence: Sequence[frozenset[int]], tokens: Sequence[int]) -> Iterator[int]:
    """Where a phrase starts among the words of a passage."""
    first, rest = sequence[0], sequence[1:]
    for place in range(len(tokens) - len(rest)):
        if tokens[place] in first and all(
            tokens[place + offset] in wanted for offset, wanted in enumerate(rest, start=1)
        ):
            yield place
