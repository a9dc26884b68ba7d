"""A vocabulary that is used as natural words are: few often, most hardly ever.

The seeds' own words are its most frequent ones, in the order of their frequency there; after them
come invented words in several forms each, so that stems join them as they join real words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

INVENTED = 60_000
# Zipf's law as Mandelbrot has it: the word of rank r is drawn in proportion to
# 1 / (r + SHIFT) ** EXPONENT. The function words, which would be the first ranks, are not drawn.
EXPONENT = 1.05
SHIFT = 30

_STARTS = (
    "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st t th tr"
)
_STARTS += " v w"
_VOWELS = "a e i o u ai ea ee ie io oa ou"
_ENDS = "b ck d f g l ll m n nd ng nt p r rd rm rt s sh ss st t th v x"
_FORMS = ("", "s", "ed", "ing", "er", "ment", "ly", "able")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in order of rank, with the sums of their weights up to each."""

    ranked: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, rng: random.Random, count: int) -> list[str]:
        """So many words, frequent ones more often."""
        return rng.choices(self.ranked, cum_weights=self.weights, k=count)


def make_words(own: Sequence[str], rng: random.Random, *, invented: int = INVENTED) -> Words:
    """The seeds' ``own`` words, most frequent first, and so many invented ones."""
    ranked = (*own, *_invented(set(own), rng, invented))
    weights = accumulate(1 / (rank + SHIFT) ** EXPONENT for rank in range(1, len(ranked) + 1))
    return Words(ranked, tuple(weights))


def _invented(taken: set[str], rng: random.Random, count: int) -> list[str]:
    """Distinct word-like strings in some order that is not the order of their making."""
    starts, vowels, ends = _STARTS.split(), _VOWELS.split(), _ENDS.split()
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = rng.choice((1, 2, 2, 2, 3))
        root = "".join(rng.choice(starts) + rng.choice(vowels) for _ in range(syllables))
        root += rng.choice(ends)
        for form in rng.sample(_FORMS, rng.choice((1, 2, 3, 4))):
            word = root + form
            if len(word) > 3 and word not in taken:
                found[word] = None
    words = list(found)[:count]
    rng.shuffle(words)
    return words
