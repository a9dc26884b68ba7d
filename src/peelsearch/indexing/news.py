"""What a build changes in what the documents state: new judgments, asks and letters, and gone ones.

What is stated is compared over all documents that changed, so that a document that only moved, or
was read again, is no news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from peelsearch.corpus import read_structure
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.errors import PeelsearchError
from peelsearch.model import StructuredDocument
from peelsearch.records import dataclass
from peelsearch.vocabulary import Vocabulary, fold

JUDGMENTS, ASKS, LETTERS = "judgments", "asks", "letters"
# What a document states: its sort, and a hash of what tells it from others.
Fact: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class News:
    """Judgments with a grade, asks (quoted ones too) and letters."""

    judgments: int = 0
    asks: int = 0
    letters: int = 0


class Changes:
    """Gathers what the changed documents of one build stated before and state now.

    ``folder`` and ``before`` are the index as it was.
    """

    def __init__(
        self, folder: Path, before: Iterable[IndexedDocument], vocabulary: Vocabulary
    ) -> None:
        self._folder = folder
        self._before = {indexed.document.id: indexed for indexed in before}
        self._vocabulary = vocabulary
        self._change: Counter[Fact] = Counter()

    def written(self, identifier: str, now: StructuredDocument) -> None:
        """A document was added, or updated: call it before its record is written anew."""
        facts = Counter(_facts(now, self._vocabulary))
        if identifier in self._before:
            held = self._stated(identifier)
            if held is None:
                return
            facts.subtract(held)
            if _letters(facts) == {-1, 1}:
                # A letter that was changed is no other letter.
                facts = Counter({fact: n for fact, n in facts.items() if fact[0] != LETTERS})
        self._change.update(facts)

    def removed(self, identifiers: Iterable[str]) -> None:
        """Documents are taken out."""
        for identifier in identifiers:
            self._change.subtract(self._stated(identifier) or Counter())

    @property
    def new(self) -> News:
        """What is stated now and was not before."""
        return _counted({fact: number for fact, number in self._change.items() if number > 0})

    @property
    def gone(self) -> News:
        """What was stated before and is no longer."""
        return _counted({fact: -number for fact, number in self._change.items() if number < 0})

    def _stated(self, identifier: str) -> Counter[Fact] | None:
        """What a document stated; None where what is kept of it cannot be read any more."""
        try:
            structured = read_structure(self._folder, self._before[identifier].record)
        except PeelsearchError:
            return None
        return Counter(_facts(structured, self._vocabulary))


def _facts(structured: StructuredDocument, vocabulary: Vocabulary) -> Iterator[Fact]:
    about = structured.description
    for judgment in structured.judgments:
        grade = vocabulary.grade.get(judgment.grade)
        if grade is not None and not grade.state:
            area = judgment.theme, fold(judgment.label), judgment.grade
            yield JUDGMENTS, hash((judgment.force, about.round, *area))
    for finding in structured.findings:
        kind = vocabulary.kind.get(finding.kind)
        if kind is not None and kind.ask:
            words = fold(structured.text[finding.start : finding.end])
            yield ASKS, hash((finding.kind, finding.force, words))
    type_ = vocabulary.type.get(about.type)
    if type_ is not None and type_.quoting:
        yield LETTERS, hash((about.title, about.date, about.forces))


def _letters(facts: Counter[Fact]) -> set[int]:
    return {number for fact, number in facts.items() if fact[0] == LETTERS}


def _counted(facts: dict[Fact, int]) -> News:
    counts = Counter[str]()
    for (sort, _), number in facts.items():
        counts[sort] += number
    return News(counts[JUDGMENTS], counts[ASKS], counts[LETTERS])
