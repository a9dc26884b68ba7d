"""The words of all passages in order, as numpy arrays: where phrases and words to mark stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from peelsearch.engine.fields import WORDS
from peelsearch.engine.snapshot.array_hits import NONE, true_places
from peelsearch.engine.snapshot.list_phrases import phrase_passages
from peelsearch.engine.snapshot.marks import Stretch, places
from peelsearch.engine.snapshot.phrases import PhraseNumbers, phrase_numbers
from peelsearch.engine.snapshot.view import View

# Words to mark are told from others by their last bits, so that the table stays small. Whoever asks
# looks at the few places that are left.
_MARKED = 8_192


class CheckedTokens:
    """The same read by the plain executor, which verifies only what it comes by.

    For a process that looks at the words of a few passages, and has not verified the files.
    """

    def __init__(self, view: View) -> None:
        self._view = view

    def phrase(self, field: str, texts: Sequence[str]) -> Any:
        """The passages that hold the terms side by side."""
        view, found = self._view, [NONE]
        for phrase in phrase_numbers(view, field, texts):
            own = sorted(phrase_passages(view.segments[phrase.segment], phrase))
            found.append(np.array(own, dtype=np.int64) + view.bases[phrase.segment])
        return np.concatenate(found)

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterable[list[int]]:
        """For each stretch the places of words by segment, and perhaps of others."""
        return places(self._view.segments, words, stretches)


class Tokens:
    """The ``tokens`` of the segments of a view, for a process that has verified them."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._tokens = self._blocks("tokens")
        self._stems = self._blocks("words.stem")
        self._occurrences = self._blocks("words.occurrences")
        self._ends = [part.block("words.occurrences.ends").data for part in view.segments]
        self._bases = [0]
        for tokens in self._tokens:
            self._bases.append(self._bases[-1] + len(tokens))

    def _blocks(self, name: str) -> list[Any]:
        return [np.asarray(segment.block(name).slice()) for segment in self._view.segments]

    @cached_property
    def _begins(self) -> Any:
        """Where the words of each passage begin, those of all segments numbered through."""
        rows = [
            np.asarray(segment.first_tokens[:-1]).astype(np.int64) + base
            for segment, base in zip(self._view.segments, self._bases, strict=False)
        ]
        return np.concatenate([NONE, *rows, [self._bases[-1]]])

    def prepare(self) -> None:
        """Make what the first phrase would have to wait for."""
        _ = self._begins

    # --- phrases ----------------------------------------------------------------------------

    def phrase(self, field: str, texts: Sequence[str]) -> Any:
        """The passages that hold the terms side by side."""
        found = [self._starts(phrase, field) for phrase in phrase_numbers(self._view, field, texts)]
        starts = np.concatenate(found) if found else NONE
        if not len(starts):
            return NONE
        # Where the phrase is whole: begins and ends in one passage.
        begins = self._begins
        behind = begins.searchsorted(starts, side="right")
        starts += len(texts)
        whole = starts <= begins.take(behind, mode="clip")
        behind -= 1
        whole &= behind >= 0
        return _distinct(behind.take(true_places(whole)))

    def _starts(self, phrase: PhraseNumbers, field: str) -> Any:
        """Where the words of a phrase stand side by side, the words of all segments numbered
        through.

        From the term with the fewest places on, the next one by number looks at what is left.
        """
        tokens = self._tokens[phrase.segment]
        stem_of = None if field == WORDS else self._stems[phrase.segment]
        rarest = phrase.rarest
        places = self._places(phrase.segment, phrase.words[rarest])
        counts, numbers = phrase.counts, phrase.numbers
        for place in sorted(range(len(numbers)), key=counts.__getitem__):
            if place == rarest:
                continue
            # What is taken at the first or the last word instead is not in one passage.
            held = tokens.take(places + (place - rarest), mode="clip")
            if stem_of is not None:
                held = stem_of.take(held)
            places = places.take(true_places(held == numbers[place]))
            if not len(places):
                return places
        places += self._bases[phrase.segment] - rarest
        return places

    def _places(self, index: int, words: Sequence[int]) -> Any:
        """Where words stand, in an array that may be changed."""
        ends, occurrences = self._ends[index], self._occurrences[index]
        places = [occurrences[ends[word] : ends[word + 1]] for word in words]
        if len(places) > 1:
            return np.concatenate(places, dtype=np.int64)
        return places[0].astype(np.int64)

    # --- marks ------------------------------------------------------------------------------

    def places(
        self, words: Sequence[Collection[int]], stretches: Sequence[Stretch]
    ) -> Iterator[list[int]]:
        """For each stretch the places of words by segment, and of some others."""
        if not stretches:
            return
        wanted = np.zeros(_MARKED, dtype=bool)
        wanted[[word & _MARKED - 1 for own in words for word in own]] = True
        parts = [self._tokens[index][start:end] for index, start, end in stretches]
        tokens = np.concatenate(parts, dtype=np.int64)
        tokens &= _MARKED - 1
        found: list[int] = true_places(wanted.take(tokens)).tolist()
        low = begin = 0
        for _, start, end in stretches:
            high = bisect_left(found, begin + end - start, low)
            yield [place - begin + start for place in found[low:high]]
            low, begin = high, begin + end - start


def _distinct(passages: Any) -> Any:
    """The passages, ascending, each once."""
    if len(passages) < 2:
        return passages
    apart = passages[1:] != passages[:-1]
    if (passages[1:] < passages[:-1]).any():
        return np.unique(passages)
    return np.concatenate([passages[:1], passages[1:].take(true_places(apart))])
