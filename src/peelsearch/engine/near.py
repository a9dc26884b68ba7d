"""Words that are spelled almost like another, by optimal string alignment.

An edit is a letter inserted, left out or changed, or two neighbours swapped (no letter is edited
twice). Almost all words are ruled out by their length and letters before they are aligned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def within(word: str, candidates: Iterable[str], edits: int) -> Iterator[tuple[str, int]]:
    """(candidate, edits) of those within so many edits, in the order given."""
    letters = _letters(word)
    for candidate in candidates:
        if abs(len(candidate) - len(word)) > edits:
            continue
        # One edit changes at most one letter into another: two differences in the sets.
        if (letters ^ _letters(candidate)).bit_count() > 2 * edits:
            continue
        found = distance(word, candidate, edits)
        if found <= edits:
            yield candidate, found


def distance(first: str, second: str, limit: int) -> int:
    """The edits from one word to the other, or ``limit`` + 1 when there are more."""
    beyond = limit + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        # A swap reaches back two rows, so one row alone over the limit does not end it.
        if min(row) > limit and min(before) > limit:
            return beyond
    return min(row[-1], beyond)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
