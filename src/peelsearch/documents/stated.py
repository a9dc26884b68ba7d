"""Grades that a line or a sentence states of a theme by name: "Care: good".

The theme, the grade and nothing else of weight: "The judgement on overall effectiveness is good",
"policing in Kent requires improvement because". A sentence that speaks of part of a
theme, of the past or of another inspection states no grade of this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from peelsearch.analysis import sentences
from peelsearch.documents.units import Unit
from peelsearch.model import BlockKind, Evidence, JudgmentSource
from peelsearch.vocabulary import Entry, Vocabulary, fold

# A longer line is prose, of which the first sentences are looked at one by one.
LONGEST_LINE = 250
_LONGEST_PARAGRAPH = 20_000
_SENTENCES_WITHIN = 3
# What is told of another inspection says so in the line that introduces it, or itself.
_OTHER = re.compile(r"\b(?:last|previous|previously|earlier|former|prior|since)\b", re.I)
_PAST = re.compile(r"\b(?:was|were|had\s+been)\s+(?:judged|graded|rated|assessed|found)\b", re.I)
_JUDGMENT = r"(?:judge?ments?|grades?|rating)"
_LEAD = (
    rf"(?:(?:the )?(?:(?:overall|graded|key|final|inspection) )*{_JUDGMENT} "
    r"(?:(?:for|on|of|about|in|regarding|is|is that) )?)?(?:overall )?(?:the )?"
)
_VERB = (
    r"(?:(?:is|are)(?: (?:judged|graded|rated|assessed))?(?: to be| as)?"
    r"|(?:has|have) been (?:judged|graded|rated|assessed)(?: to be| as)?"
    r"|remains?|continues? to be)(?: that (?:it|they)(?: is| are)?)?"
)
_CALLED = re.compile(rf"^(?:the )?(?:(?:overall|graded|key|our) )*{_JUDGMENT}(?: grade)?(?: is)? ")
_NUMBER = re.compile(r"(?:\d{1,2} )+(?=\D)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A grade that words state of a theme, by their ids, and what they call the theme."""

    theme: str
    grade: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme with the place that states its grade: a row of a table, a line, a sentence."""

    theme: str
    label: str
    source: JudgmentSource


def stated(words: str, vocabulary: Vocabulary) -> Stated | None:
    """The theme and the grade of a line or sentence that is nothing but both."""
    if len(words) > LONGEST_LINE:
        return None
    forms = _forms(vocabulary)
    match = forms.pattern.fullmatch(_NUMBER.sub("", fold(words), count=1))
    if match is None:
        return None
    theme = forms.themes[match["theme"]]
    grade = forms.grades[match["grade"]]
    return Stated(theme.id, grade.id, _label(words, match["theme"]) or theme.label)


def _label(words: str, name: str) -> str:
    """The part of the words that is the theme's name, as it is written."""
    parts = words.split()
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            label = " ".join(parts[start:end])
            if fold(label) == name:
                return label.strip(".:;,–—- ")
    return ""


def theme_of_label(text: str, vocabulary: Vocabulary) -> Entry | None:
    """The theme that a heading names, though a number may stand before it."""
    named = vocabulary.theme.named(text)
    return named or vocabulary.theme.named(_NUMBER.sub("", fold(text), count=1))


def theme_of_cell(text: str, vocabulary: Vocabulary) -> Entry | None:
    """The theme that a cell names beside its grade, where words count that head no section."""
    name = _NUMBER.sub("", fold(text), count=1).removeprefix("the ")
    return theme_of_label(text, vocabulary) or _forms(vocabulary).themes.get(name)


def grade_named(text: str, vocabulary: Vocabulary) -> Entry | None:
    """The grade that a cell or a line gives, if it gives nothing else. States are no grades."""
    grade = vocabulary.grade.named(text)
    return None if grade is None or grade.state else grade


def grade_of_line(text: str, vocabulary: Vocabulary) -> Entry | None:
    """The grade of a line that gives nothing else, but may call it one: "Judgement: good"."""
    named = grade_named(text, vocabulary)
    if named is not None or len(text) > LONGEST_LINE:
        return named
    return grade_named(_CALLED.sub("", fold(text), count=1), vocabulary)


def stated_sources(text: str, units: Sequence[Unit], vocabulary: Vocabulary) -> Iterator[Cell]:
    """The places outside tables that state the grade of a theme, in order."""
    for unit in own_units(units, vocabulary):
        if unit.kind is BlockKind.ROW or unit.end - unit.start > _LONGEST_PARAGRAPH:
            continue
        found = stated(unit.text, vocabulary)
        if found is not None:
            quote = JudgmentSource(
                Evidence.GRADE_LINE, found.grade, text[unit.start : unit.end], unit.start, unit.end
            )
            yield Cell(found.theme, found.label, quote)
        elif unit.kind is not BlockKind.HEADING and _forms(vocabulary).begins(unit.text):
            yield from _in_sentences(text, unit, vocabulary)


def own_units(units: Iterable[Unit], vocabulary: Vocabulary) -> Iterator[Unit]:
    """The units without what a line introduces as the outcome of another inspection."""
    other = False
    for unit in units:
        listed = unit.kind in (BlockKind.ITEM, BlockKind.ROW)
        if unit.kind is BlockKind.HEADING:
            other = _OTHER.search(unit.text) is not None
        elif unit.text.endswith(":"):
            other = _OTHER.search(unit.text[-LONGEST_LINE:]) is not None
        elif other and not listed:
            # A list whose bullets are lost goes on as long as its lines give grades.
            other = stated(unit.text, vocabulary) is not None
        if not other:
            yield unit


def speaks_of_another(sentence: str) -> bool:
    """Whether a sentence tells of an earlier inspection: what it says was so, is so no more."""
    return _OTHER.search(sentence) is not None or _PAST.search(sentence) is not None


def _in_sentences(text: str, unit: Unit, vocabulary: Vocabulary) -> Iterator[Cell]:
    for index, (start, end) in enumerate(sentences(text[unit.start : unit.end])):
        if index >= _SENTENCES_WITHIN:
            return
        words = text[unit.start + start : unit.start + end]
        found = stated(_before_reason(words), vocabulary)
        if found is not None:
            quote = JudgmentSource(
                Evidence.SENTENCE, found.grade, words, unit.start + start, unit.start + end
            )
            yield Cell(found.theme, found.label, quote)


def _before_reason(sentence: str) -> str:
    return re.split(r"\bbecause\b", sentence, maxsplit=1)[0]


@dataclass(frozen=True)
class _Forms:
    pattern: re.Pattern[str]
    start: re.Pattern[str]
    themes: dict[str, Entry]
    grades: dict[str, Entry]

    def begins(self, words: str) -> bool:
        """Whether a paragraph could state a grade in its first sentences."""
        return self.start.search(fold(words[: 3 * LONGEST_LINE])) is not None


@lru_cache(maxsize=8)
def _forms(vocabulary: Vocabulary) -> _Forms:
    themes = {
        fold(name).removeprefix("the "): theme
        for theme in reversed(vocabulary.theme.entries)
        for name in (*theme.names, *theme.judged)
    }
    grades = {
        fold(name): grade
        for grade in reversed(vocabulary.grade.entries)
        if not grade.state
        for name in grade.names
    }
    forces = {fold(name) for entry in vocabulary.force for name in (*entry.names, *entry.short)}
    force = rf"(?:the )?{_any(forces)}s?"
    theme, grade = _any(themes), _any(grades)
    pattern = (
        rf"{_LEAD}(?:{force} )?(?P<theme>{theme})(?: (?:in|of|for|at) {force})?"
        rf"(?: {_VERB})? (?P<grade>{grade})(?: because| overall)?"
    )
    return _Forms(re.compile(pattern), re.compile(rf"\b{theme}\b.*\b{grade}\b"), themes, grades)


def _any(names: Iterable[str]) -> str:
    longest = sorted(set(names), key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, longest))})" if longest else r"(?!)"
