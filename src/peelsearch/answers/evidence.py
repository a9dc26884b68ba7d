"""Answers from text: sentences of the best passages, ranked by what of the question they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import mul

from peelsearch.answers.leanings import wording_bonus
from peelsearch.answers.sentences import Measures, Sentence, sentences
from peelsearch.answers.terms import Terms
from peelsearch.corpus import Corpus
from peelsearch.model import Question, QuestionType, Request
from peelsearch.records import replace

# Passages whose sentences are compared. Twenty take a third longer and answer no more questions
# of the collections of ``make quality``.
PASSAGES = 15
# What each measure is worth. Fitted on xquad-en by the likelihood that the sentence with the
# answer is drawn (softmax over a question's sentences), each half of the questions judged with
# weights fitted on the other; ``python -m tools.fit_answers`` prints them again.
WEIGHTS = Measures(
    covered=3.48,
    heading=3.37,
    before=1.98,
    after=0.11,
    elsewhere=-1.15,
    before_pronoun=0.83,
    elsewhere_pronoun=1.10,
    pairs=0.26,
    sequence=0.36,
    exact=2.80,
    density=1.02,
    passage=4.05,
    first=0.84,
    fits=1.02,
    covered_fits=1.58,
    focus=0.34,
    figure=0.98,
    length=-0.15,
)


# The beginning of a sentence that compares what the sentence before says with something else.
_COMPARES = re.compile(
    r"(?:this|that|it|these|both|they)\b.{0,40}\b(?:lower|higher|more|less|fewer|better|worse|slower"
    r"|faster|similar|same|above|below|compares?|compared)\b",
    re.IGNORECASE | re.DOTALL,
)
# Scores closer than this say little about which of two sentences of a passage answers.
_CLOSE = 0.5
# A sentence with a reason, a number or a date goes before one without that is better by less.
_NO_REASON, _NOT_FITTING, _FITTING = 1.5, 3.0, 5.0
_AS_MUCH, _AS_FULL, _NO_LESS = 0.6, 0.65, 0.9
# The share of the question in the sentence before that makes it what a pronoun stands for.
_ANTECEDENT = 0.4
_LOOKED_AT = 8
_POINTED = frozenset(
    {
        QuestionType.GRADE,
        QuestionType.NUMBER,
        QuestionType.PERCENTAGE,
        QuestionType.MONEY,
        QuestionType.DATE,
        QuestionType.DEADLINE,
        QuestionType.PLACE,
    }
)
# What has a consequence stands in the sentence before.
_CAUSED = re.compile(
    r"(?:this|these|it|that|which|they)\b(?: \w+){0,3}?"
    r" (?:caus|led|lead|result|prompt|meant|means)",
    re.IGNORECASE,
)
# The white space between two sentences is no more than this, in characters.
_BESIDE = 4


def ranked(
    question: Question, terms: Terms, corpus: Corpus, documents: frozenset[str] | None = None
) -> list[tuple[float, Sentence]]:
    """Sentences with their scores, best first; of equal ones the earlier passage's.

    ``documents`` are those to look in, None for all.
    """
    wanted = terms.expression()
    request = Request(
        match=wanted,
        filters=question.filters,
        documents=documents,
        boost=terms.sought,
        marked=terms.expression(everything=True),
        facets=(),
        count_documents=False,
        limit=PASSAGES,
    )
    matches = corpus.reader.search(request).matches
    bonus = wording_bonus(question)
    found = [(score(s.measures) + bonus(s), s) for s in sentences(matches, question, terms, corpus)]
    rows = sorted(found, key=lambda row: -row[0])
    if question.type is QuestionType.WHY:
        return _reason_first(rows)
    if question.type is QuestionType.BODY and rows and _is_the_same(rows[0][1], terms):
        rows = _antecedent_first(rows)
    if question.type in _POINTED:
        rows = _fitting_first(rows, terms)
    return _compared_first(rows)


def _reason_first(rows: list[tuple[float, Sentence]]) -> list[tuple[float, Sentence]]:
    """The sentence that gives the reason before those of its passage that say what happened."""
    if not rows or (rows[0][1].measures.fits and not _CAUSED.match(rows[0][1].text)):
        return rows
    (best, first) = rows[0]
    if _CAUSED.match(first.text):
        return _antecedent_first(rows)
    for at, (found, other) in enumerate(rows[1:_LOOKED_AT], start=1):
        behind = other.refers_back and 0 <= other.start - first.end <= _BESIDE
        near = best - found < _NO_REASON or (
            other.measures.before_pronoun > _ANTECEDENT and best - found < _NOT_FITTING
        )
        if other.match is first.match and other.measures.fits and (behind or near):
            return [(best, other), *rows[:at], *rows[at + 1 :]]
    return rows


def _antecedent_first(rows: list[tuple[float, Sentence]]) -> list[tuple[float, Sentence]]:
    """The sentence before the best one, which speaks of it, in front of it.

    It is judged as the best one is, but that what it holds itself may be what is asked for.
    """
    best, first = rows[0]
    at = _antecedent(rows)
    if not at:
        return rows
    own = rows[at][1]
    fits = max(first.measures.fits, own.measures.fits)
    before = replace(own, measures=first.measures._replace(fits=fits), reach=first.reach)
    return [(best, before), *rows[:at], *rows[at + 1 :]]


def _antecedent(rows: list[tuple[float, Sentence]]) -> int:
    """The place of the sentence before the best one, 0 where it is not among them."""
    first = rows[0][1]
    return next(
        (
            at
            for at, (_, other) in enumerate(rows)
            if other.match is first.match and 0 <= first.start - other.end <= _BESIDE
        ),
        0,
    )


def _is_the_same(sentence: Sentence, terms: Terms) -> bool:
    """Whether a sentence says of "this team" what the question asks of which team."""
    kind = re.escape(terms.typed.get(terms.focus or "", ""))
    return bool(kind) and bool(re.match(rf"(?:this|these|that)\s+{kind}\b", sentence.text, re.I))


def _fitting_first(
    rows: list[tuple[float, Sentence]], terms: Terms
) -> list[tuple[float, Sentence]]:
    """A sentence with what the question asks for before better ones that have none of it."""
    if not rows or rows[0][1].measures.fits:
        return _focused_first(rows) if rows else rows
    best, first = rows[0]
    # "The force has 26 champions. These are staff who ..."
    if first.refers_back and rows[_antecedent(rows)][1].measures.fits:
        return _antecedent_first(rows)
    for at, (found, other) in enumerate(rows[1:_LOOKED_AT], start=1):
        share = other.reach / (first.reach or 1.0)
        near = best - found < (_NOT_FITTING if share < 1 else _FITTING) and share >= _AS_MUCH
        is_asked = other.counted and (terms.focus is None or other.focused)
        as_full = other.measures.covered >= first.measures.covered * _AS_FULL
        if near and as_full and other.measures.fits and is_asked:
            return [(best, other), *rows[:at], *rows[at + 1 :]]
    return rows


def _focused_first(rows: list[tuple[float, Sentence]]) -> list[tuple[float, Sentence]]:
    """A figure beside the thing asked for before the next sentence's, of something else."""
    best, first = rows[0]
    for at, (_, other) in enumerate(rows[1:_LOOKED_AT], start=1):
        apart = min(abs(other.start - first.end), abs(first.start - other.end))
        beside = other.match is first.match and apart <= _BESIDE and other.measures.figure
        if beside and not first.focused and other.reach >= first.reach * _NO_LESS:
            return [(best, other), *rows[:at], *rows[at + 1 :]]
    return rows


def _compared_first(rows: list[tuple[float, Sentence]]) -> list[tuple[float, Sentence]]:
    """What is compared before what it is compared with: "lower than in the previous year"."""
    if len(rows) < 2 or not _COMPARES.match(rows[0][1].text):
        return rows
    (best, first), (score, second) = rows[:2]
    before = second.match is first.match and second.end <= first.start
    if before and second.measures.fits and best - score < _CLOSE:
        return [(best, second), (score, first), *rows[2:]]
    return rows


def score(measures: Measures) -> float:
    """The weighted sum of what was measured of a sentence."""
    return float(sum(map(mul, WEIGHTS, measures)))


def best_of_each(found: Sequence[tuple[float, Sentence]]) -> list[tuple[float, Sentence]]:
    """The sentences without those whose words an earlier one of the same force has: copies."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in found:
        passage = row[1].match.passage
        key = (*passage.facets["force"], " ".join(row[1].text.casefold().split()))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept
