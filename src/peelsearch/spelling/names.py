"""The words of the vocabulary's names, which people type whether or not a passage holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from peelsearch.analysis import is_function_word, words
from peelsearch.engine import near
from peelsearch.records import dataclass
from peelsearch.vocabulary import Vocabulary

# The facets whose names people type as words of a query.
NAMED = ("force", "theme")


@dataclass(frozen=True, slots=True)
class Name:
    """A value of a facet by one of its names. ``content`` are the words that are not grammar."""

    facet: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a list of words: the first of the words that it covers, and how many."""

    name: Name
    start: int
    size: int


class NameWords:
    """The names of forces and themes by each of their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_word: dict[str, list[tuple[Name, int]]] = {}
        names = {name.words: name for name in reversed(list(_names(vocabulary)))}
        for name in names.values():
            for at, word in enumerate(name.words):
                self._by_word.setdefault(word, []).append((name, at))

    def near(self, word: str, edits: int) -> list[str]:
        """The words of names within so many edits; of two, the first letter must agree."""
        held = (w for w in self._by_word if not is_function_word(w))
        return [
            other
            for other, distance in near.within(word, held, edits)
            if distance and (distance == 1 or other[0] == word[0])
        ]

    def place(self, typed: Sequence[str], at: int) -> Place | None:
        """The longest name that the words spell out around the one at a place."""
        found = [
            Place(name, at - offset, len(name.words))
            for name, offset in self._by_word.get(typed[at], ())
            if at >= offset and tuple(typed[at - offset :][: len(name.words)]) == name.words
        ]
        return max(found, key=lambda place: place.size, default=None)


@lru_cache(maxsize=8)
def name_words(vocabulary: Vocabulary) -> NameWords:
    """The names of a vocabulary, read once."""
    return NameWords(vocabulary)


def _names(vocabulary: Vocabulary) -> Iterator[Name]:
    for facet in NAMED:
        for entry in vocabulary.table(facet):
            for name in entry.typed_names:
                # Abbreviations are too short to tell which was meant.
                if not name.isupper() and (found := words(name)):
                    yield Name(facet, entry.id, found)
