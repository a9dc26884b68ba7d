"""Phrases as sequences of numbers: where to look for them in each segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peelsearch.engine.snapshot.view import View
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class PhraseNumbers:
    """A phrase in one segment: its terms as numbers, and the words that each stands for.

    Whoever looks for the phrase begins with the words of the ``rarest`` term. ``counts`` are the
    occurrences of each term.
    """

    segment: int
    numbers: tuple[int, ...]
    words: tuple[Sequence[int], ...]
    counts: tuple[int, ...]

    @property
    def rarest(self) -> int:
        """The place of the term with the fewest occurrences."""
        return self.counts.index(min(self.counts))


def phrase_numbers(view: View, field: str, texts: Sequence[str]) -> Iterator[PhraseNumbers]:
    """The segments that hold all terms of a phrase."""
    for index, forms in enumerate(zip(*[view.forms(field, text) for text in texts], strict=True)):
        counts = tuple([term.count for term in forms])
        if all(counts):
            numbers = tuple([term.number for term in forms])
            yield PhraseNumbers(index, numbers, tuple([tuple(f.words) for f in forms]), counts)
