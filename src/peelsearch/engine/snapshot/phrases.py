"""Phrases as sequences of numbers: where to look for them in each segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peelsearch.engine.fields import WORDS
from peelsearch.engine.snapshot.view import View
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class PhraseNumbers:
    """A phrase in one segment: its terms as numbers, and the words that the rarest stands for.

    Whoever looks for the phrase looks at the occurrences of these words only.
    """

    segment: int
    numbers: tuple[int, ...]
    rarest: int
    words: Sequence[int]


def phrase_numbers(view: View, field: str, texts: Sequence[str]) -> Iterator[PhraseNumbers]:
    """The segments that hold all terms of a phrase."""
    places = [dict(view.numbers(field, text)) for text in texts]
    for index, segment in enumerate(view.segments):
        numbers = tuple([place[index] for place in places if index in place])
        if len(numbers) < len(texts):
            continue
        words = {n: (n,) if field == WORDS else tuple(segment.words_of(n)) for n in numbers}
        counts = {n: sum(map(segment.occurrence_count, of)) for n, of in words.items()}
        rarest = min(range(len(numbers)), key=lambda place: counts[numbers[place]])
        yield PhraseNumbers(index, numbers, rarest, words[numbers[rarest]])
