"""The seeds' passages with their words taken out: what generated passages are shaped like."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.words import Words
from peelsearch.analysis import is_function_word
from peelsearch.documents import extract, structure
from peelsearch.model import Document, Passage
from peelsearch.passages import build_passages
from peelsearch.vocabulary import load_vocabulary

SEEDS = Path(__file__).parents[1] / "seeds"
# The force of the seeds, whose name gives way to each document's own.
FORCE = "Bedfordshire"

_WORD = re.compile(r"\b([A-Za-z][a-z]+)\b")
_GAP = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Template:
    """A text as fixed pieces with slots for words between them, and what stood in the slots."""

    fixed: tuple[str, ...]
    slots: tuple[str, ...]
    words: int

    def fill(self, rng: random.Random, words: Words, kept: float) -> str:
        """The text with words drawn anew; a share of the slots keep their own."""
        parts = []
        drawn = words.draw(rng, len(self.slots))
        for fixed, own, new in zip(self.fixed, self.slots, drawn, strict=False):
            parts.append(fixed)
            if rng.random() < kept:
                parts.append(own)
            else:
                parts.append(new.capitalize() if own[0].isupper() else new)
        parts.append(self.fixed[-1])
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class PassageTemplate:
    """A passage of the seeds: headings, paragraphs, and the facets that come with its place."""

    headings: tuple[Template, ...]
    paragraphs: tuple[Template, ...]
    kind: str
    theme: str


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A seed document: its type, and its passages in order."""

    type: str
    passages: tuple[PassageTemplate, ...]


@cache
def document_templates() -> tuple[DocumentTemplate, ...]:
    """One for each seed, the one with most passages first."""
    found = [_document_template(passages) for passages in _seed_passages()]
    return tuple(sorted(found, key=lambda document: -len(document.passages)))


@cache
def seed_words() -> tuple[str, ...]:
    """The words that stand in slots, in lower case, the most frequent first."""
    counts = Counter(
        word.lower()
        for document in document_templates()
        for passage in document.passages
        for template in (*passage.headings, *passage.paragraphs)
        for word in template.slots
    )
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))


def _seed_passages() -> list[tuple[Passage, ...]]:
    vocabulary = load_vocabulary()
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        extracted = extract(path.read_bytes(), path.name)
        structured = structure(extracted, vocabulary, name=path.name)
        what = structured.description
        document = Document("seed", what.title, path.name, (), what.type, what.date, what.round)
        found.append(build_passages(document, structured, vocabulary))
    return found


def _document_template(passages: tuple[Passage, ...]) -> DocumentTemplate:
    made = tuple(
        PassageTemplate(
            headings=tuple(make_template(heading) for heading in passage.headings),
            paragraphs=tuple(make_template(part) for part in _paragraphs(passage)),
            kind=passage.facets["kind"][0],
            theme=passage.facets["theme"][0],
        )
        for passage in passages
    )
    return DocumentTemplate(passages[0].facets["type"][0], made)


def _paragraphs(passage: Passage) -> list[str]:
    """The paragraphs after the heading."""
    found = [part.strip() for part in _GAP.split(passage.text) if part.strip()]
    own = passage.headings[-1]
    return [part for part in found if " ".join(part.split()) != own] or found


def make_template(text: str) -> Template:
    """The text with a slot for each word that is neither function word nor the force's name."""
    fixed, slots = [""], []
    pieces = _WORD.split(text)
    for index, piece in enumerate(pieces):
        if index % 2 and not is_function_word(piece.lower()) and piece != FORCE:
            slots.append(piece)
            fixed.append("")
        else:
            fixed[-1] += piece
    return Template(tuple(fixed), tuple(slots), len(text.split()))
