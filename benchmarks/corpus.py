"""A corpus of any size that is the same on every machine: forces x rounds, in the seeds' shape.

The corpora of different sizes begin with the same documents. A corpus is kept in the work folder
once it was made, as a line of JSON for each document.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.templates import (
    FORCE,
    DocumentTemplate,
    PassageTemplate,
    Template,
    document_templates,
    seed_words,
)
from benchmarks.words import Words, make_words
from peelsearch.model import NOT_STATED, Document, Passage
from peelsearch.vocabulary import Vocabulary, load_vocabulary

SEED = 2021
# Raised when the generator makes other texts, so that no older file in a work folder is used.
VERSION = 1

REPORT_PASSAGES = 66
# Of so many documents one is a letter, and one a press release.
LETTER_EVERY = 12
WORDS_A_PASSAGE = 180
SHORTEST, LONGEST = 25, 700
# The share of words that stay as they are in the seeds: phrases of the seeds live on in these.
KEPT = 0.35
KEPT_IN_HEADINGS = 0.75

# How often a theme is graded so.
GRADES = {
    "outstanding": 8,
    "good": 30,
    "adequate": 25,
    "requires-improvement": 25,
    "inadequate": 7,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its passages and its text, of which they are slices."""

    document: Document
    force: str
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """What the passages' offsets refer to."""
        return "\n\n".join(passage.text for passage in self.passages)


def generate(size: int) -> Iterator[Made]:
    """Documents with so many passages in all; the last one may be cut short."""
    maker = _Maker(load_vocabulary())
    number, left = 0, size
    while left:
        made = maker.document(number)
        if len(made.passages) > left:
            made = Made(made.document, made.force, made.passages[:left])
        yield made
        left -= len(made.passages)
        number += 1


def further(first: int, count: int) -> list[Made]:
    """So many documents that no corpus holds which has fewer than ``first`` of them."""
    maker = _Maker(load_vocabulary())
    return [maker.document(number) for number in range(first, first + count)]


def corpus(size: int, work: Path) -> Iterator[Made]:
    """The corpus of this size from its file in ``work``, which is made when missing."""
    path = work / f"corpus-{VERSION}-{size}.jsonl"
    if not path.exists():
        work.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            for made in generate(size):
                file.write(_line(made))
        part.replace(path)
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield _from_line(line)


class _Maker:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.forces = [(entry.id, entry.label) for entry in vocabulary.force]
        self.rounds = [entry.id for entry in vocabulary.round]
        self.words: Words = make_words(seed_words(), random.Random(SEED))
        report, letter, release = document_templates()
        self.themes = sorted({passage.theme for passage in report.passages} - {NOT_STATED})
        self.report, self.letter, self.release = report, letter, release

    def document(self, number: int) -> Made:
        """The document of this number, whatever was made before it."""
        rng = random.Random(f"{SEED}-{number}")
        template = self._template(number)
        force, label = self.forces[number % len(self.forces)]
        turn = number // len(self.forces)
        year = 2014 + turn % 11
        document = Document(
            id=f"d{number:05}-{hashlib.sha256(str(number).encode()).hexdigest()[:8]}",
            title=f"{label}: {template.type} {number}",
            path=f"{template.type}/{number:05}.txt",
            also=(),
            type=template.type,
            date=f"{year}-{1 + number % 12:02}",
            round=self.rounds[turn % len(self.rounds)],
        )
        return Made(document, force, tuple(self._passages(rng, template, document, force, label)))

    def _template(self, number: int) -> DocumentTemplate:
        if number % LETTER_EVERY == LETTER_EVERY - 1:
            return self.letter
        return self.release if number % LETTER_EVERY == LETTER_EVERY // 2 else self.report

    def _passages(
        self,
        rng: random.Random,
        template: DocumentTemplate,
        document: Document,
        force: str,
        label: str,
    ) -> Iterator[Passage]:
        grades = self._grades(rng)
        others = [other for other, _ in self.forces if other != force]
        name = label.removesuffix(" Police")
        count = min(REPORT_PASSAGES, len(template.passages))
        chosen = sorted(rng.sample(range(len(template.passages)), count))
        start = 0
        for index in chosen:
            shape = template.passages[index]
            headings, text = self._text(rng, template, index)
            headings = tuple(heading.replace(FORCE, name) for heading in headings)
            text = text.replace(FORCE, name)
            theme = shape.theme
            if theme != NOT_STATED and rng.random() < 0.5:
                theme = rng.choice(self.themes)
            digest = hashlib.sha256(text.encode()).hexdigest()[:8]
            yield Passage(
                id=f"{document.id}-{digest}",
                document=document.id,
                headings=headings,
                facets={
                    "force": (force,),
                    "theme": (theme,),
                    "grade": (grades.get(theme, NOT_STATED),),
                    "kind": (shape.kind,),
                    "type": (document.type,),
                    "round": (document.round or NOT_STATED,),
                    "year": ((document.date or NOT_STATED)[:4],),
                    "mentions": (rng.choice(others) if rng.random() < 0.1 else NOT_STATED,),
                },
                text=text,
                start=start,
                end=start + len(text),
                page=None,
                date=document.date,
            )
            start += len(text) + 2

    def _grades(self, rng: random.Random) -> dict[str, str]:
        drawn = rng.choices(list(GRADES), list(GRADES.values()), k=len(self.themes))
        return dict(zip(self.themes, drawn, strict=True))

    def _text(
        self, rng: random.Random, template: DocumentTemplate, index: int
    ) -> tuple[tuple[str, ...], str]:
        """Headings, and the text: its own heading and paragraphs up to a length drawn at random."""
        shape = template.passages[index]
        *above, own = shape.headings
        heading = own.fill(rng, self.words, KEPT_IN_HEADINGS)
        path = [part.fill(rng, self.words, KEPT_IN_HEADINGS) for part in above]
        wanted = min(LONGEST, max(SHORTEST, rng.lognormvariate(0, 0.6) * WORDS_A_PASSAGE * 0.83))
        parts, words = [heading], own.words
        for paragraph in _endless(template.passages, index):
            parts.append(paragraph.fill(rng, self.words, KEPT))
            words += paragraph.words
            if words >= wanted:
                break
        return (*path, heading), "\n\n".join(parts)


def _endless(passages: tuple[PassageTemplate, ...], index: int) -> Iterator[Template]:
    """The paragraphs of a passage, then those of the following ones, round and round."""
    while True:
        yield from passages[index % len(passages)].paragraphs
        index += 1


def _line(made: Made) -> str:
    d = made.document
    rows = [[p.id, p.headings, p.facets, p.text, p.start, p.end] for p in made.passages]
    head = [d.id, d.title, d.path, d.type, d.date, d.round, made.force]
    return json.dumps([head, rows], ensure_ascii=False) + "\n"


def _from_line(line: str) -> Made:
    (identifier, title, path, kind, date, round_id, force), rows = json.loads(line)
    document = Document(identifier, title, path, (), kind, date, round_id)
    passages = tuple(
        Passage(
            id=passage_id,
            document=identifier,
            headings=tuple(headings),
            facets={name: tuple(values) for name, values in facets.items()},
            text=text,
            start=start,
            end=end,
            page=None,
            date=date,
        )
        for passage_id, headings, facets, text, start, end in rows
    )
    return Made(document, force, passages)


def sample(size: int, work: Path, most: int) -> list[Passage]:
    """Up to ``most`` passages of the corpus, from documents spread evenly over it."""
    step = max(1, size // most)
    return [p for made in islice(corpus(size, work), 0, None, step) for p in made.passages]
