"""A better spelling for words that are found nowhere. It is offered, never applied.

What is offered are words that passages hold, and names of the vocabulary that documents of the
index have. A known force or theme that no document has is said instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from peelsearch.analysis import is_function_word, spans
from peelsearch.engine.protocol import Reader
from peelsearch.model import ClauseKind, Query, Stem, Word
from peelsearch.records import dataclass
from peelsearch.spelling.candidates import Candidate, candidates, likelihood, slip
from peelsearch.spelling.joins import split
from peelsearch.spelling.names import Name, NameWords, Place, name_words
from peelsearch.vocabulary import Vocabulary

# Who typed more words than this that are found nowhere did not misspell them.
MOST_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Spelling:
    """``suggestion`` is the query in other words; ``absent`` are names that no document has."""

    suggestion: str | None = None
    absent: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word of the query: where it stands in what was typed, and what is known of it.

    ``unknown`` words are in no passage; ``sound`` ones are right whether they are or not;
    ``single`` ones stand by themselves, in no phrase, compound or alternative.
    """

    word: str
    stem: str
    start: int
    end: int
    unknown: bool
    sound: bool
    single: bool


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str


def spelling(
    query: Query,
    reader: Reader,
    vocabulary: Vocabulary,
    *,
    held: Callable[[Name], bool],
    sound: Callable[[str], bool],
) -> Spelling:
    """What was perhaps meant by the words of a query that no passage holds.

    All of them are replaced at once. ``held`` says whether a passage has the value of a name,
    ``sound`` whether a word is known to be spelled right. Filters typed inside the query stay as
    they are.
    """
    typed = list(_typed(query, reader, sound))
    unknown = [at for at, word in enumerate(typed) if word.unknown]
    if len(unknown) > MOST_UNKNOWN:
        return Spelling()
    changes = [
        _Change(word.start, word.end, better)
        for word in typed
        if not (word.unknown or word.sound) and (better := slip(word.word, word.stem, reader))
    ]
    absent: dict[Name, None] = {}
    if unknown:
        meant = _Meant(typed, reader, name_words(vocabulary), held)
        changes += filter(None, map(meant.change, unknown))
        absent = meant.absent
    return Spelling(_changed(query.typed, changes), tuple(absent))


def _typed(query: Query, reader: Reader, sound: Callable[[str], bool]) -> Iterator[_Typed]:
    for clause, alone in ((c, len(group) == 1) for group in query.groups for c in group):
        end = clause.position + len(clause.typed)
        whole = query.typed[clause.position : end] == clause.typed
        if not whole or clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY):
            continue
        known = clause.kind is ClauseKind.COMPOUND and _known("".join(clause.words), None, reader)
        found = spans(clause.typed)
        if len(found) != len(clause.stems):
            continue
        for (word, first, last), stem in zip(found, clause.stems, strict=True):
            right = known or is_function_word(word) or sound(word)
            yield _Typed(
                word,
                stem,
                clause.position + first,
                clause.position + last,
                not (right or _known(word, stem, reader)),
                right,
                alone and clause.kind is ClauseKind.WORD,
            )


def _known(word: str, stem: str | None, reader: Reader) -> bool:
    return bool((stem and reader.frequency(Stem(stem))) or reader.frequency(Word(word)))


class _Meant:
    """Finds what unknown words were meant to be."""

    def __init__(
        self,
        typed: Sequence[_Typed],
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
