"""200 mixed queries for a corpus, drawn by document frequency, the same every time.

Each is frozen data that knows no engine: an expression of peelsearch's model, or a prefix or fuzzy
word that every engine expands by its own means. Every second query of a kind has filters.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from benchmarks.corpus import SEED, sample
from peelsearch.analysis import Term, is_function_word, stem, terms
from peelsearch.model import AllOf, AnyOf, Expression, Filters, Passage, Phrase, Stem

# What document frequencies are counted on, at most.
SAMPLE = 10_000
FILTERED = ("force", "theme", "grade")


@dataclass(frozen=True, slots=True)
class Prefix:
    """Passages that hold a word that begins so."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Passages that hold a word within so many edits of this one."""

    word: str
    edits: int


Wanted: TypeAlias = Expression | Prefix | Fuzzy


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """A query: what must match, the stems that count in headings and paths, and filters."""

    number: int
    kind: str
    match: Wanted
    boost: tuple[str, ...] = ()
    filters: Filters = ()


COUNTS = {"rare": 30, "common": 30, "or": 30, "and": 30, "phrase": 30, "prefix": 25, "fuzzy": 25}
KINDS = tuple(COUNTS)


def make_queries(size: int, work: Path) -> tuple[BenchQuery, ...]:
    """The queries for the corpus of this size."""
    return draw(sample(size, work, SAMPLE))


def draw(passages: Sequence[Passage]) -> tuple[BenchQuery, ...]:
    """The queries for passages, of which each is found by some, with filters or without."""
    drawing = _Drawing(passages)
    makers: dict[str, Callable[[], _Drawn]] = {
        "rare": lambda: drawing.single(0.0002, 0.003),
        "common": lambda: drawing.single(0.05, 0.5),
        "or": drawing.some,
        "and": drawing.every,
        "phrase": drawing.phrase,
        "prefix": drawing.prefix,
        "fuzzy": drawing.fuzzy,
    }
    found: list[BenchQuery] = []
    for kind, count in COUNTS.items():
        for turn in range(count):
            drawn = makers[kind]()
            filters = drawing.filters(turn // 2, drawn.place) if turn % 2 else ()
            found.append(BenchQuery(len(found), kind, drawn.match, drawn.boost, filters))
    return tuple(found)


def without_headings(queries: Sequence[BenchQuery]) -> tuple[BenchQuery, ...]:
    """The same queries scored by the passages' own text alone."""
    return tuple(replace(query, boost=()) for query in queries)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What must match, the stems that count in headings, and the place of a passage with it."""

    match: Wanted
    boost: tuple[str, ...]
    place: int


class _Drawing:
    def __init__(self, passages: Sequence[Passage]) -> None:
        self.rng = random.Random(f"{SEED}-queries")
        self.passages = passages
        self.terms = [terms(passage.text) for passage in passages]
        self.held = [{term.stem for term in found if _content(term)} for found in self.terms]
        self.stems: Counter[str] = Counter(stem for held in self.held for stem in held)
        self.words: Counter[str] = Counter()
        for found in self.terms:
            self.words.update({term.word for term in found if _content(term)})
        self.ranked = sorted(self.stems)
        self.long_words = sorted(word for word in self.words if len(word) >= 6)

    def single(self, low: float, high: float) -> _Drawn:
        """A stem that stands in such a share of the passages."""
        chosen = self._stem(low, high)
        return _Drawn(Stem(chosen), (chosen,), self._holder(chosen))

    def some(self) -> _Drawn:
        """Two to four stems of any frequency but the rarest."""
        count = self.rng.choice((2, 3, 4))
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            chosen[self._stem(0.002, 0.3)] = None
        parts = tuple(Stem(stem) for stem in chosen)
        return _Drawn(AnyOf(parts), tuple(chosen), self._holder(parts[0].stem))

    def every(self) -> _Drawn:
        """Two or three stems that stand together in some passage."""
        while True:
            place = self.rng.randrange(len(self.terms))
            often = sorted(stem for stem in self.held[place] if self._share(stem) > 0.01)
            if len(often) >= 3:
                chosen = tuple(self.rng.sample(often, self.rng.choice((2, 3))))
                return _Drawn(AllOf(tuple(map(Stem, chosen))), chosen, place)

    def phrase(self) -> _Drawn:
        """Two or three neighbouring words of some passage; "use of force" is one of them."""
        size = self.rng.choice((2, 3))
        while True:
            place = self.rng.randrange(len(self.terms))
            found = self.terms[place]
            if len(found) < 12:
                continue
            start = self.rng.randrange(len(found) - size)
            part = found[start : start + size]
            content = tuple(dict.fromkeys(term.stem for term in part if _content(term)))
            often = all(self._share(stem) > 0.01 for stem in content)
            if _content(part[0]) and _content(part[-1]) and often:
                return _Drawn(Phrase(tuple(term.word for term in part)), content, place)

    def prefix(self) -> _Drawn:
        """The first letters of some word that between 2 and 60 words of the sample share."""
        while True:
            word = self._long_word()
            start = word[: self.rng.choice((4, 5, 6))]
            if 2 <= sum(other.startswith(start) for other in self.words) <= 60:
                return _Drawn(Prefix(start), (), self._holder(stem(word)))

    def fuzzy(self) -> _Drawn:
        """A word with a slip of the finger behind its first letter, one or two edits allowed."""
        while True:
            word = self._long_word()
            if word.isascii() and word.isalpha() and self.words[word] >= 2:
                at = self.rng.randrange(1, len(word))
                letter = self.rng.choice("aeiou")
                slip = self.rng.choice((word[:at] + word[at + 1 :], word[:at] + letter + word[at:]))
                edits = self.rng.choice((1, 2))
                return _Drawn(Fuzzy(slip, edits), (), self._holder(stem(word)))

    def filters(self, turn: int, place: int) -> Filters:
        """The passage's values of one facet or two, now and then another passage's beside them."""
        names = (FILTERED[turn % 3],) if turn % 4 else ("theme", "grade")
        chosen = []
        for name in names:
            values = dict.fromkeys(self.passages[place].facets[name])
            if turn % 5 == 0:
                values.update(dict.fromkeys(self.rng.choice(self.passages).facets[name]))
            chosen.append((name, tuple(values)))
        return tuple(chosen)

    def _share(self, chosen: str) -> float:
        return self.stems[chosen] / len(self.passages)

    def _stem(self, low: float, high: float) -> str:
        """A stem by share; a small sample has hardly a rare one, so that one or two will do."""
        least = max(1.0 if low < 0.002 else 2.0, low * len(self.passages))
        most = max(2.0, high * len(self.passages))
        while True:
            chosen = self.rng.choice(self.ranked)
            if least <= self.stems[chosen] <= most and chosen.isalpha():
                return chosen

    def _holder(self, chosen: str) -> int:
        """The place of some passage with this stem."""
        return self.rng.choice([place for place, held in enumerate(self.held) if chosen in held])

    def _long_word(self) -> str:
        return self.rng.choice(self.long_words)


def _content(term: Term) -> bool:
    return not is_function_word(term.word)
