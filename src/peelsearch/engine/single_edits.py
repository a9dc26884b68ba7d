"""Words that are one edit away from another, found by looking them up where they would stand.

A word that is one edit away agrees with the other up to the letter where they part. So a walk
along the word needs, at each letter, only the few strings that one edit there would give, each
looked up among the words that begin as it does so far. Nothing is kept beside the sorted words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from peelsearch.engine import near
from peelsearch.engine.snapshot.blocks import Strings

# So few words are compared one by one sooner than they are looked up.
_FEW = 128
# Behind every string that begins with the one before it: UTF-8 has no such byte.
_LAST = b"\xff"


def one_edit(word: str, strings: Strings) -> set[str]:
    """The words that optimal string alignment puts exactly one edit from the word."""
    words = _Words(strings)
    found: set[str] = set()
    start, end = 0, len(words)
    for depth in range(len(word) + 1):
        if end - start <= _FEW:
            rest = (_text(words[number]) for number in range(start, end))
            found.update(other for other, _ in near.within(word, rest, 1))
            break
        found.update(_parting(word, depth, words, start, end))
        prefix = _bytes(word[: depth + 1])
        start = bisect_left(words, prefix, start, end)
        end = bisect_left(words, prefix + _LAST, start, end)
    found.discard(word)
    return found


class _Words:
    """Strings verified as a whole, so that each is read without a check of its own."""

    __slots__ = ("_blob", "_ends")

    def __init__(self, strings: Strings) -> None:
        self._blob, self._ends = strings.views()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._blob[self._ends[number] : self._ends[number + 1]].tobytes()


def _parting(word: str, depth: int, words: _Words, start: int, end: int) -> Iterator[str]:
    """Those of the words from ``start`` to ``end``, which agree so far, with an edit here."""
    before, after = word[:depth], word[depth + 1 :]
    shorter = [before + after]
    if after and depth + 1 < len(word):
        shorter.append(before + after[0] + word[depth] + after[1:])
    yield from _held(shorter, words, start, end)
    for letter, first, last in _letters(depth, words, start, end):
        changed = [before + letter + word[depth:]]
        if depth < len(word):
            changed.append(before + letter + after)
        yield from _held(changed, words, first, last)


def _letters(depth: int, words: _Words, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The letters that stand next in the words, each with where its words start and end."""
    while start < end:
        text = _text(words[start])
        if len(text) == depth:
            start += 1
            continue
        last = bisect_left(words, _bytes(text[: depth + 1]) + _LAST, start, end)
        yield text[depth], start, last
        start = last


def _held(texts: Sequence[str], words: _Words, start: int, end: int) -> Iterator[str]:
    for text in texts:
        key = _bytes(text)
        at = bisect_left(words, key, start, end)
        if at < end and words[at] == key:
            yield text


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
