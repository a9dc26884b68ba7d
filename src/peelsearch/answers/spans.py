"""The words of a sentence that answer: a figure, a date, a name, else the part that is new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelsearch.analysis import is_function_word, spans
from peelsearch.answers.candidates import asked_for, candidates, roles, years_in, years_named
from peelsearch.answers.closeness import RESULTS
from peelsearch.answers.pointing import pointed_phrase
from peelsearch.answers.sentences import Sentence, unasked
from peelsearch.answers.terms import Terms
from peelsearch.model import Question, QuestionType, Span

_CLAUSE = re.compile(
    r"(?<=[;:])\s+|\s+[–—-]\s+"
    r"|(?<=,)\s+(?=(?:but|which|who|and (?:it|they|the|this|has|have|is|was))\b)"
    r"|\s+(?=(?:because|so that|although)\b)"
)
# White space and what marks an item of a list.
_MARK = re.compile(r"[\W_]*(?:\(?[a-z0-9]{1,2}[.)]\s+)?")
# A word of the question before a candidate counts as if it stood so much farther, in characters.
_BEHIND = 12
_OF = re.compile(r"\b(?:of|is|was|are|were|at) (?:about |around |approximately )?$")
_OTHER_YEAR = 200.0
_NEGATIVE = re.compile(r"\b(?:\w+n['’]t|not|never|no|yet|without|failed|fails)\b", re.IGNORECASE)
_DONE_BY = re.compile(
    r"\b(?:chaired|led|headed|run|managed|signed|written|made|done|\w+ed) by (?:an? |the )?",
    re.IGNORECASE,
)
# So near behind "by", in characters.
_NEXT = 3
_MUST = re.compile(r"\b(?:must|should|needs? to|ha(?:s|ve) to)\b", re.IGNORECASE)
# What may stand between the words of the question and what is new.
_LINKS = frozenset(
    "a an the is are was were be been has have had that to of in on by for with as at its"
    " it".split()
)
_POINTED = (
    QuestionType.DEFINITION,
    QuestionType.OTHER,
    QuestionType.HOW,
    QuestionType.LIST,
    QuestionType.YES_NO,
    QuestionType.BODY,
)


def answer_span(sentence: Sentence, question: Question, terms: Terms) -> Span | None:
    """Where the sentence answers, as offsets into its passage; None where no part stands out."""
    text = sentence.text
    if question.type not in _POINTED or question.type is QuestionType.BODY:
        found = unasked(asked_for(question, text), text, terms)
        if not found and question.type is QuestionType.NUMBER:
            # "How many offenders ...?" - "72 percent of offenders".
            found = unasked(candidates(QuestionType.PERCENTAGE, text), text, terms)
        if not found and question.type is QuestionType.PERSON:
            found = unasked(roles(text), text, terms)
            must = _MUST.search(text) if _MUST.search(question.text) else None
            # Whoever must do something is named before the "must".
            found = [span for span in found if must and span[1] <= must.start()][-1:] or found
        if question.type is QuestionType.WHY:
            found = [_reason(text, start, end) for start, end in found]
        if question.type is QuestionType.PERSON:
            found = _doers(text, found) or found
        if found:
            years = years_named(question.text)
            start, end = min(found, key=lambda span: _distance(span, sentence, terms, years))
            return sentence.start + start, sentence.start + end
    if question.type is QuestionType.YES_NO:
        found = [match.span() for match in _NEGATIVE.finditer(text)]
        if found:
            return sentence.start + found[0][0], sentence.start + _clause_end(text, found[0][1])
    phrase = pointed_phrase(sentence, question, terms)
    if phrase:
        return sentence.start + phrase[0], sentence.start + phrase[1]
    return _new_part(sentence, terms)


def list_span(text: str, start: int, end: int) -> Span:
    """The items of a list without the mark of the first and the stop of the last."""
    first = _MARK.match(text, start, end)
    return first.end() if first else start, start + len(text[start:end].rstrip(" \n\t.;"))


def _of_another_year(text: str, span: Span, years: set[int]) -> float:
    """What a figure loses if the year named next behind it is not one that is asked for."""
    named = years_named(years_in(text[span[1] :]) or years_in(text[: span[0]]))
    if not years or not named or named == years:
        return 0.0
    return _OTHER_YEAR / 2 if named & years else _OTHER_YEAR


def _distance(span: Span, sentence: Sentence, terms: Terms, years: set[int]) -> float:
    """How far a candidate is from the words of the question: what it counts stands behind it."""
    left, right = sentence.start + span[0], sentence.start + span[1]
    behind = [start - right for start, _, _ in sentence.marks if start >= right]
    before = [left - end for _, end, _ in sentence.marks if end <= left]
    focused = [
        max(start - right, left - end, 0)
        for start, end, stem in sentence.marks
        if stem == terms.focus
    ]
    # "An average of 8.8 percent": what stands before is what the figure is of.
    counted = sentence.text[span[0]].isdigit() and _OF.search(sentence.text, 0, span[0])
    further = 0 if counted else _BEHIND
    near = float(min([*behind, *(gap + further for gap in before)], default=left))
    near += _of_another_year(sentence.text, span, years)
    return near + (min(focused) if focused else 0)


def _reason(text: str, start: int, end: int) -> Span:
    """The reason that a word points to: what follows "because", what stands before "led to"."""
    if RESULTS.match(text, start, end):
        before = [edge.end() for edge in re.finditer(r"[,;:]\s+", text[:start])]
        first = before[-1] if before else 0
        if start > first:
            return first, start
    return start, _clause_end(text, end)


def _doers(text: str, found: Sequence[Span]) -> list[Span]:
    """Who something is done by: "chaired by a senior officer"."""
    by = _DONE_BY.search(text)
    every = [*found, *roles(text)] if by else []
    return [span for span in every if by and 0 <= span[0] - by.end() <= _NEXT][:1]


def _clause_end(text: str, at: int) -> int:
    found = re.compile(r"[,;:]\s|[.!?]\W*$").search(text, at)
    return found.start() if found else len(text)


def _new_part(sentence: Sentence, terms: Terms) -> Span | None:
    """The run of clauses that holds most content that the question does not hold."""
    text = sentence.text
    edges = [0, *(edge for match in _CLAUSE.finditer(text) for edge in match.span()), len(text)]
    clauses = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    if len(clauses) < 2:
        return _trimmed(text, (0, len(text)), sentence, terms)
    return _trimmed(text, max(clauses, key=lambda span: _news(text, span, terms)), sentence, terms)


def _news(text: str, span: Span, terms: Terms) -> int:
    words = [word for word, _, _ in spans(text[span[0] : span[1]])]
    return sum(not is_function_word(word) and word not in terms.words for word in words)


def _trimmed(text: str, span: Span, sentence: Sentence, terms: Terms) -> Span | None:
    """The part without the words of the question that it begins with, and without its full stop."""
    known = {start - sentence.start for start, _, _ in sentence.marks}
    words = [(word, span[0] + a, span[0] + b) for word, a, b in spans(text[span[0] : span[1]])]
    first = kept = 0
    for at, (word, start, _) in enumerate(words):
        asked = start in known or (word in terms.words and not is_function_word(word))
        if not asked and not is_function_word(word):
            break
        kept = at + 1 if asked else kept
        first = kept
    while 0 < first < len(words) and words[first][0] in _LINKS:
        first += 1
    if first >= len(words):
        return None
    return sentence.start + words[first][1], sentence.start + words[-1][2]
