"""What unknown words of a query were meant to be. Loaded when a query has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from peelsearch.engine.protocol import Reader
from peelsearch.model import Word
from peelsearch.records import dataclass
from peelsearch.spelling.candidates import Candidate, candidates, likelihood, slip
from peelsearch.spelling.joins import split
from peelsearch.spelling.names import Name, NameWords, Place, name_words
from peelsearch.spelling.typed import Typed
from peelsearch.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str


def meant(
    text: str,
    typed: Sequence[Typed],
    reader: Reader,
    vocabulary: Vocabulary,
    held: Callable[[Name], bool],
) -> tuple[str | None, tuple[Name, ...]]:
    """The text with better words, None without any; and the names that no document has."""
    changes = [
        _Change(word.start, word.end, better)
        for word in typed
        if word.strange and (better := slip(word.word, word.stem, reader))
    ]
    found = _Meant(typed, reader, name_words(vocabulary), held)
    unknown = (at for at, word in enumerate(typed) if word.unknown)
    changes += filter(None, map(found.change, unknown))
    return _changed(text, changes), tuple(found.absent)


class _Meant:
    """Finds what unknown words were meant to be."""

    def __init__(
        self,
        typed: Sequence[Typed],
        reader: Reader,
        names: NameWords,
        held: Callable[[Name], bool],
    ) -> None:
        self._typed = typed
        self._words = [word.word for word in typed]
        self._reader = reader
        self._names = names
        self._held = held
        self.absent: dict[Name, None] = {}

    def change(self, at: int) -> _Change | None:
        """What replaces the word at a place; None when nothing is near or nobody has it."""
        place = self._names.place(self._words, at)
        if place is not None:
            return self._name(place)
        ranked = self._ranked(at)
        if ranked and ranked[0].edits == 1:
            return self._replaced(at, ranked)
        return self._joined(at) or self._split(at) or self._replaced(at, ranked)

    def _ranked(self, at: int) -> list[Candidate]:
        """The candidates for a word, likeliest first; no name that is not spelled out."""
        found = []
        for candidate in candidates(self._words[at], self._reader, self._names):
            place = self._place(at, candidate.word)
            if candidate.frequency or place is not None:
                # A name of one word says nothing about the words around it.
                size = place.size if place is not None and place.size > 1 else 0
                rank = likelihood(self._words[at], candidate)
                found.append((candidate.edits, -size, not candidate.frequency, rank, candidate))
        return [candidate for *_, candidate in sorted(found, key=lambda item: item[:-1])]

    def _place(self, at: int, word: str) -> Place | None:
        """The name that the words spell out around a place, with another word there."""
        return self._names.place([*self._words[:at], word, *self._words[at + 1 :]], at)

    def _replaced(self, at: int, ranked: Sequence[Candidate]) -> _Change | None:
        if not ranked:
            return None
        best = ranked[0]
        if not best.frequency and (place := self._place(at, best.word)):
            return self._name(place)
        return self._change(at, at, best.word)

    def _name(self, place: Place) -> _Change | None:
        """A filter in the place of a name that stands in no passage, if a document has it."""
        covered = self._typed[place.start : place.start + place.size]
        if not self._held(place.name):
            self.absent[place.name] = None
            return None
        if not all(word.single for word in covered):
            return None
        last = place.start + place.size - 1
        return self._change(place.start, last, f"{place.name.facet}:{place.name.value}")

    def _joined(self, at: int) -> _Change | None:
        """The word with a neighbour, if the two are one: "safe guarding"."""
        for first in (at - 1, at):
            pair = self._typed[max(first, 0) : first + 2]
            if len(pair) == 2 and first >= 0 and all(word.single for word in pair):
                word = pair[0].word + pair[1].word
                if self._reader.frequency(Word(word)):
                    return self._change(first, first + 1, word)
        return None

    def _split(self, at: int) -> _Change | None:
        """The word as two or three: "antisocialbehaviour"."""
        parts = split(self._words[at], lambda word: self._reader.frequency(Word(word)))
        return self._change(at, at, " ".join(parts)) if parts else None

    def _change(self, first: int, last: int, text: str) -> _Change:
        return _Change(self._typed[first].start, self._typed[last].end, text)


def _changed(typed: str, changes: Iterable[_Change]) -> str | None:
    """The text with all changes made, None when there is none to make."""
    pieces: list[str] = []
    position = 0
    for change in sorted(changes, key=lambda change: change.start):
        if change.start >= position:
            before = typed[change.start : change.end]
            pieces += [typed[position : change.start], _cased(change.text, before)]
            position = change.end
    return "".join([*pieces, typed[position:]]) if pieces else None


def _cased(text: str, before: str) -> str:
    """The text with capitals where the text that it replaces had them; filters have none."""
    if ":" in text or not before[0].isupper():
        return text
    return text.upper() if before.isupper() else text[0].upper() + text[1:]
