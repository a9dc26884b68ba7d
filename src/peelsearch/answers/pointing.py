"""The phrase of a sentence that a question of the form "What is X?" or "Which X ...?" points to."""

from __future__ import annotations

import re

from peelsearch.analysis import spans
from peelsearch.answers.leanings import WHAT_IS
from peelsearch.answers.phrases import around, explained
from peelsearch.answers.sentences import Sentence
from peelsearch.answers.terms import Terms
from peelsearch.model import Question, QuestionType, Span

# "Three categories: fast, fixed and none."
_INTRODUCED = re.compile(r":\s+")
_SEVERAL = re.compile(r"[,;]|\band\b")
# Two names of one thing.
_NAMES = re.compile(r"\b(?:another|other|full|short|proper|real) name (?:for|of)\b", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\b(?:for|of|in|on|by|to|with|from|about|called|named|like)\W*$", re.IGNORECASE
)
_WHICH = re.compile(r"\b(?:what|which) (?!is |are |was |were |do |does |did )", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:what|which) (?:kind|type|sort)s? of (?:[\w'’-]+ )??(?P<thing>[\w'’-]+)", re.IGNORECASE
)
_MEANS = re.compile(r"\b(?:by (?:\w+ly )?\w+ing|using)\b", re.IGNORECASE)
_USES = re.compile(r"\bus(?:e|es|ed|ing)\b", re.IGNORECASE)
_USED_TO = re.compile(r"\bto (?!the |an? |its |their )[a-z]+\b|\bfor \w+ing\b", re.IGNORECASE)
_OF_WHICH = frozenset({QuestionType.OTHER, QuestionType.LIST, QuestionType.BODY})


def pointed_phrase(sentence: Sentence, question: Question, terms: Terms) -> Span | None:
    """The words that say what X is, or which X it is, for questions that ask so.

    Offsets are into the sentence; None for other questions, and where no such words stand out.
    """
    text = sentence.text
    known = {start - sentence.start for start, _, _ in sentence.marks}
    if question.type is QuestionType.DEFINITION or _explains(question.text):
        run = _run(sentence, terms)
        return explained(text, *run) if run else None
    if question.type is QuestionType.HOW:
        return _means(text, min(known, default=0), question.text)
    thing = _thing(question, terms)
    if question.type not in _OF_WHICH or thing is None:
        return None
    listed = _INTRODUCED.search(text)
    if listed and any(start < listed.start() for start in known):
        items = listed.end(), len(text.rstrip(" \n\t.;"))
        if _SEVERAL.search(text, *items):
            return items
    words = spans(text)
    stems = {start - sentence.start: stem for start, _, stem in sentence.marks}
    places = [at for at, (_, start, _) in enumerate(words) if stems.get(start) == thing]
    others = [at for at, (_, start, _) in enumerate(words) if stems.get(start, thing) != thing]
    places.sort(key=lambda at: min((abs(at - other) for other in others), default=0))
    found = (around(text, words, at, terms.words, known) for at in places)
    return next(filter(None, found), None)


def _means(text: str, start: int, question: str) -> Span | None:
    """What follows "by" or "using"; of what is used, what it is used to do."""
    found = (_USED_TO if _USES.search(question) else _MEANS).search(text, start)
    return (found.start(), len(text.rstrip(" \n\t.;"))) if found else None


def _thing(question: Question, terms: Terms) -> str | None:
    """The stem of what the question asks which of, or which kind of, it is."""
    kind = _KIND.search(question.text)
    if kind is None:
        return terms.focus if _WHICH.search(question.text) else None
    return next((s for s, word in terms.typed.items() if word == kind["thing"].lower()), None)


def _explains(question: str) -> bool:
    """Whether it asks what a thing is, not what it is for, or called."""
    return bool(WHAT_IS.match(question) and not _OPEN_END.search(question)) or bool(
        _NAMES.search(question)
    )


def _run(sentence: Sentence, terms: Terms) -> Span | None:
    """Where the words of the question that the sentence holds stand side by side."""
    marks = [(a - sentence.start, b - sentence.start, stem) for a, b, stem in sentence.marks]
    wanted = sentence.held & (set(terms.stems) - terms.light)
    for at in range(len(marks) if wanted else 0):
        run = marks[at : at + len(wanted)]
        if {stem for _, _, stem in run} >= wanted:
            return run[0][0], run[-1][1]
    return None
