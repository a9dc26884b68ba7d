"""Grades: "What grade did Bedfordshire get for investigating crime?", from the judgments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from peelsearch.analysis import words
from peelsearch.answers.lookups import graded
from peelsearch.answers.lookups.found import Asked, Found, content, named_entry
from peelsearch.answers.lookups.judged import (
    ASKING,
    NOTHING_ELSE,
    judgments_of,
    of_year,
    quoted,
    states_why,
)
from peelsearch.model import Document, Evidence, Filters, Judgment, QuestionType, State
from peelsearch.vocabulary import Entry

_ASKS = re.compile(
    r"\b(?:grade[ds]?|gradings?|judge?ments?|judged|rat(?:ed|ings?)|scored?|verdict|assessed"
    r"|how (?:good|well|effective|effectively|efficient|bad|strong|poor)|outstanding|good|adequate"
    r"|inadequate|requires? improvement|requiring improvement|perform\w*|well|badly|poorly"
    r"|how (?:is|was|did|does|do|has|have)\b.*\b(?:do|did|done|doing|fare|fared|get on|got on)"
    r"|(?:give|gave|given|get|gets|got|award\w*|receive[ds]?)\b.*\bfor)\b",
    re.IGNORECASE,
)
# The share of the question that theme and asking words must make up; else it asks for more.
_ENOUGH = 0.6
# So many times as many names must hold a question's words as those of the next theme.
_CLEARLY = 2
_HOW_WELL = frozenset({"well"})
_T = QuestionType
_TYPES = frozenset({_T.GRADE, _T.YES_NO, _T.HOW, _T.BODY, _T.PLACE, _T.LIST, _T.OTHER})
_SCORE = re.compile(r"\b(?:score|mark|rating)\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:20\d\d)(?:\s?[/–-]\s?\d{2,4})?\b")


def answer(asked: Asked) -> Found | None:
    """The judgments of the theme that the question names, newest document first."""
    text, kind = asked.question.text, asked.question.type
    by_score = kind is _T.NUMBER and _SCORE.search(text)
    if (kind not in _TYPES and not by_score) or not _ASKS.search(text):
        return graded.answer(asked)
    years = [year.group() for year in _YEARS.finditer(text)]
    named = _theme(asked, text, set(words(" ".join(years))))
    if named is None:
        return graded.answer(asked)
    theme, called, rest = named
    rows = _of_years(judgments_of(asked, theme.id), years)
    if not rows:
        # What once named a theme can be said of another: "good at operating efficiently".
        rows = _of_years(_so_worded(asked, called), years)
        theme = asked.vocabulary.theme[rows[0][1].theme] if rows else theme
    if not rows:
        return _nothing(asked, theme.label, years)
    answers = tuple(answer for row in rows if (answer := quoted(asked, *row)))
    if not answers:
        return None
    return Found(
        State.ANSWER,
        _said(asked, theme, rows[0][1]),
        answers,
        len(answers),
        _by_theme(theme),
        QuestionType.GRADE,
        in_part=rest > NOTHING_ELSE / 2,
    )


def _of_years(
    rows: Iterable[tuple[Document, Judgment]], years: Sequence[str]
) -> list[tuple[Document, Judgment]]:
    return [row for row in rows if not years or any(of_year(row[0], year) for year in years)]


def _so_worded(asked: Asked, called: frozenset[str]) -> Iterator[tuple[Document, Judgment]]:
    """The judgments whose sentence holds these words in any form."""
    wanted = set(map(asked.stem, called))
    for document, judgment in judgments_of(asked, None):
        sentences = [s.quote for s in judgment.sources if s.evidence is Evidence.SENTENCE]
        if any(wanted <= content(sentence, asked.stem) for sentence in sentences):
            yield document, judgment


def _theme(asked: Asked, text: str, years: set[str]) -> tuple[Entry, frozenset[str], float] | None:
    """The theme that the question asks for little else of, the words that name it, and what share
    the rest has."""
    themes = asked.vocabulary.theme
    ways: tuple[Callable[[], tuple[Entry, frozenset[str]] | None], ...] = (
        lambda: named_entry(asked, text, themes),
        lambda: named_entry(asked, text, themes, parted=True),
        lambda: named_entry(asked, text, themes, meant=True),
        lambda: _only_theme(asked),
    )
    for way in ways:
        named = way()
        rest = asked.terms.besides(named[1] | ASKING | years) if named else 1.0
        # "Doing well" is not about wellbeing.
        if named and named[1] - _HOW_WELL and rest <= 1 - _ENOUGH:
            return *named, rest
    return None


def _only_theme(asked: Asked) -> tuple[Entry, frozenset[str]] | None:
    """The theme in more of whose names than of any other all words stand that do not only ask."""
    terms = asked.terms
    rest = {stem for stem in terms.stems if terms.typed[stem] not in ASKING}
    counts = []
    for theme in asked.vocabulary.theme if rest else ():
        names = [content(name, asked.stem) for name in (*theme.names, *theme.topics)]
        counts.append((sum(rest <= held | terms.meant(held) for held in names), theme))
    counts.sort(key=lambda row: -row[0])
    if len(counts) < 2 or counts[0][0] < _CLEARLY * max(counts[1][0], 0.5):
        return None
    return counts[0][1], frozenset(terms.typed[stem] for stem in rest)


def _by_theme(theme: Entry) -> Filters:
    return (("theme", (theme.id,)),)


def _said(asked: Asked, theme: Entry, judgment: Judgment) -> str:
    label = asked.vocabulary.label("grade", judgment.grade)
    if states_why(asked, judgment):
        return f"{theme.label}: {label.lower()}, so no grade is given here."
    return f"{theme.label}: graded {label}."


def _nothing(asked: Asked, theme: str, years: Sequence[str]) -> Found:
    forces = dict(asked.question.filters).get("force", ())
    names = [asked.vocabulary.label("force", force) for force in forces]
    of = f" of {' or '.join(names)}" if names else ""
    when = f" of {' or '.join(years)}" if years else ""
    return Found(State.NONE, f"No judgment{when} on {theme}{of} is in these documents.")
