"""Phrases as sequences of numbers: where to look for them in a segment."""

from __future__ import annotations

from collections.abc import Sequence

from peelsearch.engine.fields import WORDS
from peelsearch.engine.snapshot.segment import NOWHERE
from peelsearch.engine.snapshot.view import View


def sequence_numbers(
    view: View, index: int, field: str, texts: Sequence[str]
) -> tuple[list[int], int, Sequence[int]] | None:
    """The terms of a phrase as numbers, the place of the rarest, and the words that it stands for.

    Whoever looks for the phrase looks at the rarest term's occurrences only. None when a term is
    not in the segment.
    """
    segment = view.segments[index]
    numbers = [dict(view.numbers(field, text)).get(index, NOWHERE) for text in texts]
    if NOWHERE in numbers:
        return None
    distinct = dict.fromkeys(numbers)
    words = {n: [n] if field == WORDS else list(segment.words_of(n)) for n in distinct}
    counts = {n: sum(map(segment.occurrence_count, words[n])) for n in distinct}
    rarest = min(range(len(numbers)), key=lambda place: counts[numbers[place]])
    return numbers, rarest, words[numbers[rarest]]
