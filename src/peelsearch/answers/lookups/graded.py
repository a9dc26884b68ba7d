"""Areas by their grades: "Which areas require improvement?", "What is the force best at?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelsearch.answers.lookups.found import Asked, Found, named_entry
from peelsearch.answers.lookups.judged import (
    ASKING,
    NOTHING_ELSE,
    is_state,
    judgments_of,
    quoted,
    states_why,
)
from peelsearch.model import Answer, Document, Judgment, QuestionType, State

_T = QuestionType
_TYPES = frozenset({_T.GRADE, _T.YES_NO, _T.HOW, _T.BODY, _T.PLACE, _T.LIST, _T.OTHER, _T.NUMBER})
# What is graded best or worst, or not well enough.
_BEST = re.compile(
    r"\b(?:best|strongest|highest|top|excels?|excellent|strengths?)\b", re.IGNORECASE
)
_WORST = re.compile(r"\b(?:worst|weakest|poorest|lowest)\b", re.IGNORECASE)
_NOT_ENOUGH = re.compile(
    r"\b(?:needs?|has|have|must|should|ought) (?:to )?"
    r"(?:improve|do better|be improved|get better)\b"
    r"|\bneeds? improv\w+|\bnot (?:good|doing well|up to)\b|\bfalls? short\b",
    re.IGNORECASE,
)
_UNGRADED = re.compile(
    r"(?:\b(?:not|without|no|never)|n['’]t)\b.{0,20}\b(?:graded?|rated|judged|judge?ment)\b"
    r"|\bungraded\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:any|anything|something|everything|all)\b", re.IGNORECASE)
_OVERALL = re.compile(r"\boverall\b", re.IGNORECASE)
_WELL = re.compile(r"^\W*(?:what|where|which)\b.*\bdo(?:es|ing|ne)?\b.* well\W*$", re.IGNORECASE)
# The lowest grades, of which a part must improve; the highest.
_LOW, _HIGH = 2, 2
_AREAS = re.compile(
    r"\b(?:which|what|list|name|how many) (?:\w+ )?(?:areas?|themes?|parts?|things?)\b"
    r"|\b(?:grades|gradings|ratings|judge?ments)\b|^\W*(?:where|what)\b",
    re.IGNORECASE,
)


def answer(asked: Asked) -> Found | None:
    """Which themes have a grade: "Which areas require improvement?", "What is it best at?"."""
    text = asked.question.text
    if asked.question.type not in _TYPES:
        return None
    wanted, held = _grades_wanted(asked)
    if not _AREAS.search(text) and not (wanted and _ANY.search(text)):
        return None
    if asked.terms.besides(ASKING | held) > NOTHING_ELSE:
        return None
    graded = _GRADED if asked.question.type is _T.NUMBER else _GRADING
    if not wanted and not graded.search(text):
        return None
    rows = [
        (document, judgment)
        for document, judgment in judgments_of(asked, None)
        if (judgment.grade in wanted if wanted else not states_why(asked, judgment))
    ]
    rows = _extreme(asked, rows)
    listed = tuple(a for row in rows if (a := quoted(asked, *row)))
    if not listed and not wanted:
        return None
    return _list_of(asked, wanted, rows, listed)


_GRADED = re.compile(r"\b(?:graded|rated|judged|grades|ratings|judge?ments)\b", re.IGNORECASE)
_GRADING = re.compile(
    r"\b(?:grad\w+|rat(?:ed|ings?)|judge?ments?|judged|best|worst|strongest|weakest|poorest|highest"
    r"|lowest|areas?|themes?)\b",
    re.IGNORECASE,
)


def _grades_wanted(asked: Asked) -> tuple[tuple[str, ...], frozenset[str]]:
    """The ids of the grades that the question names, and the words that name them."""
    text = asked.question.text
    if _UNGRADED.search(text):
        return tuple(e.id for e in asked.vocabulary.grade if e.state and e.clues), frozenset()
    grades = [entry for entry in asked.vocabulary.grade if not entry.state]
    named = named_entry(asked, text, grades, typed=True)
    if named is not None:
        return (named[0].id,), named[1]
    if _NOT_ENOUGH.search(text):
        return tuple(entry.id for entry in grades[-_LOW:]), frozenset()
    if _WELL.search(text):
        return tuple(entry.id for entry in grades[:_HIGH]), frozenset()
    return (), frozenset()


def _extreme(
    asked: Asked, rows: list[tuple[Document, Judgment]]
) -> list[tuple[Document, Judgment]]:
    """The rows of the best or worst grade among them, where the question asks for these."""
    text = asked.question.text
    order = [entry.id for entry in asked.vocabulary.grade if not entry.state]
    graded = [row for row in rows if row[1].grade in order]
    best, worst = _BEST.search(text), _WORST.search(text)
    if not graded or not (best or worst):
        return rows
    pick = min if best else max
    chosen = pick(order.index(row[1].grade) for row in graded)
    return [row for row in graded if order.index(row[1].grade) == chosen]


def _list_of(
    asked: Asked,
    wanted: tuple[str, ...],
    rows: Sequence[tuple[Document, Judgment]],
    listed: tuple[Answer, ...],
) -> Found:
    """The judgments that were asked for, with their number and their grades in words."""
    grades = wanted or tuple(dict.fromkeys(judgment.grade for _, judgment in rows))
    named = wanted if len(wanted) == 1 else grades if len(grades) == 1 else ()
    label = asked.vocabulary.label("grade", named[0]).lower() if named else ""
    what = f"graded {label}" if label else "graded"
    if wanted and all(is_state(asked, grade) for grade in wanted):
        what = "not graded here"
    count = "judgment is" if len(listed) == 1 else "judgments are"
    reason = f"{len(listed) or 'No'} {'judgment is' if not listed else count} {what}."
    state = State.ANSWER if listed else State.NONE
    if _OVERALL.search(asked.question.text) and not wanted:
        reason, state = f"No overall grade is given here. {reason}", State.CLOSEST
    filters = (("grade", (wanted[0],)),) if len(wanted) == 1 else ()
    return Found(state, reason, listed, len(listed), filters, QuestionType.GRADE)
