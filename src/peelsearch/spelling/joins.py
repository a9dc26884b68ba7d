"""Words that were written together: "antisocialbehaviour"."""

from __future__ import annotations

from collections.abc import Callable

# Shorter parts would be found in almost any word.
_SHORTEST = 3
_LONGEST = 40


def split(word: str, frequency: Callable[[str], int]) -> tuple[str, ...]:
    """The word as two words that passages hold, or else three; none when it is neither.

    Of several ways that is taken whose rarest word is the most frequent.
    """
    if len(word) > _LONGEST or not word.isalpha():
        return ()
    # (first part, the rest) wherever the first part is a word
    ways = [(word[:at], word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1)]
    ways = [way for way in ways if frequency(way[0])]
    two = [way for way in ways if frequency(way[1])]
    three = [
        (first, rest[:at], rest[at:])
        for first, rest in (ways if not two else ())
        for at in range(_SHORTEST, len(rest) - _SHORTEST + 1)
        if frequency(rest[:at]) and frequency(rest[at:])
    ]
    return max(two or three, key=lambda way: min(map(frequency, way)), default=())
