"""Grades in the own text of a theme and in prose: a line of its own, a sentence.

Tables are read in ``tables``, lines that name theme and grade in ``stated``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from peelsearch.analysis import sentences
from peelsearch.documents.names import forces_named
from peelsearch.documents.stated import grade_of_line, speaks_of_another
from peelsearch.documents.units import Unit
from peelsearch.model import BlockKind, Evidence, JudgmentSource
from peelsearch.vocabulary import Entry, Vocabulary, fold

_LONGEST_GRADE = 60
# The sentence that repeats a theme's grade is among its first.
_SENTENCES_WITHIN = 3
# Longer paragraphs state no grade, and hostile ones take long to cut.
_LONGEST_PARAGRAPH = 20_000


def source(text: str, evidence: Evidence, grade: str, start: int, end: int) -> JudgmentSource:
    """A source whose quote is the slice it cites."""
    return JudgmentSource(evidence, grade, text[start:end], start, end)


def theme_sources(text: str, units: Sequence[Unit], vocabulary: Vocabulary) -> list[JudgmentSource]:
    """What the own text of a theme says of its grade, its heading left out."""
    found: list[JudgmentSource] = []
    if units:
        grade = grade_of_line(units[0].text, vocabulary) if _could_be_grade(units[0]) else None
        if grade is not None:
            found.append(source(text, Evidence.GRADE_LINE, grade.id, units[0].start, units[0].end))
    for unit in units[:_SENTENCES_WITHIN]:
        for start, end in _sentences(text, unit):
            match = _at_pattern(vocabulary).search(text, start, end)
            if match is None or speaks_of_another(text[start:end]):
                continue
            if _speaks_of_force(text[start : match.start()], vocabulary):
                named = vocabulary.grade.named(match["grade"])
                if named is not None:
                    found.append(source(text, Evidence.SENTENCE, named.id, start, end))
                    return found
    return found


def state_source(text: str, units: Sequence[Unit], vocabulary: Vocabulary) -> JudgmentSource | None:
    """The sentence that says why an area has no grade."""
    for grade in (entry for entry in vocabulary.grade if entry.clues):
        for start, end in _all_sentences(text, units):
            if _has_clue(text[start:end], grade):
                return source(text, Evidence.SENTENCE, grade.id, start, end)
    return None


def _has_clue(sentence: str, grade: Entry) -> bool:
    padded = f" {fold(sentence)} " if grade.clues else ""
    return any(f" {fold(clue)} " in padded for clue in grade.clues)


def stated_elsewhere(
    text: str, units: Sequence[Unit], vocabulary: Vocabulary, *, theme: Entry
) -> JudgmentSource | None:
    """Where an overview says that it leaves a theme ungraded, naming it just before."""
    for unit in units:
        spans = list(_sentences(text, unit))
        for index, (start, end) in enumerate(spans):
            grade = next((g for g in vocabulary.grade if _has_clue(text[start:end], g)), None)
            if grade is None:
                continue
            first = spans[max(0, index - 1)][0]
            padded = f" {fold(text[first:end])} "
            names = (*theme.names, *(t for t in theme.topics if not t.isupper()))
            if any(f" {fold(name)} " in padded for name in names):
                return source(text, Evidence.SENTENCE, grade.id, first, end)
    return None


def _could_be_grade(unit: Unit) -> bool:
    return len(unit.text) <= _LONGEST_GRADE


def _sentences(text: str, unit: Unit) -> Iterator[tuple[int, int]]:
    if (
        unit.kind in (BlockKind.ROW, BlockKind.HEADING)
        or unit.end - unit.start > _LONGEST_PARAGRAPH
    ):
        return
    for start, end in sentences(text[unit.start : unit.end]):
        yield unit.start + start, unit.start + end


def _all_sentences(text: str, units: Iterable[Unit]) -> Iterator[tuple[int, int]]:
    for unit in units:
        yield from _sentences(text, unit)


@lru_cache(maxsize=8)
def _at_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """A grade that something is said to be "at": "is good at", "requires improvement at"."""
    names = [name for grade in vocabulary.grade if not grade.state for name in grade.names]
    written = "|".join(
        r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"\b(?P<grade>{written})['’”\"]?\s+(?:at|in|for)\s+", re.IGNORECASE)


def _speaks_of_force(subject: str, vocabulary: Vocabulary) -> bool:
    """Whether the words before a grade are about a force: by name, or "the force"."""
    if re.match(
        r"\W*(?:overall,?\s+)?(?:the|this)\s+(?:force|constabulary|service)\b", subject, re.I
    ):
        return True
    return bool(forces_named(subject, vocabulary)) and len(subject) < 200


def prose_sources(
    text: str, units: Sequence[Unit], vocabulary: Vocabulary
) -> list[tuple[str, str, str, JudgmentSource]]:
    """(force, theme, label, source) of judgments in running text, as press releases give them.

    A grade counts only in the words in which themes are judged: a force that "is good at
    seeking feedback" has got no grade for it.
    """
    pattern = _at_pattern(vocabulary)
    found: list[tuple[str, str, str, JudgmentSource]] = []
    for unit in units:
        if unit.kind is BlockKind.ROW or not pattern.search(text, unit.start, unit.end):
            continue
        # The heading of a press release says it first.
        headed = unit.kind is BlockKind.HEADING
        for start, end in [(unit.start, unit.end)] if headed else _sentences(text, unit):
            for match in pattern.finditer(text, start, end):
                judged = _theme_of_prose(text[match.end() : end], vocabulary)
                grade = vocabulary.grade.named(match["grade"])
                named = forces_named(text[start : match.start()], vocabulary)
                if judged and grade and named:
                    theme, label = judged
                    quoted = source(text, Evidence.SENTENCE, grade.id, start, end)
                    found.append((named[-1].id, theme, label, quoted))
    return found


def _theme_of_prose(words: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The theme in whose words the text begins, and these words."""
    folded = fold(words[:300]) + " "
    matches = [
        (len(phrase), theme.id, len(phrase.split()))
        for theme in vocabulary.theme
        for phrase in (*theme.prose, *theme.names)
        if folded.startswith(fold(phrase) + " ")
    ]
    if not matches:
        return None
    _, theme_id, count = max(matches)
    return theme_id, " ".join(words.split()[:count]).rstrip(".,;:!?'\"’”")
