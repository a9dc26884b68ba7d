"""Grades: "What grade did Bedfordshire get for investigating crime?", from the judgments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelsearch.analysis import words
from peelsearch.answers.lookups.found import MOST_DOCUMENTS, Asked, Found, named_entry
from peelsearch.model import (
    NOT_STATED,
    Answer,
    Document,
    Evidence,
    Filters,
    Judgment,
    JudgmentSource,
    Match,
    QuestionType,
    State,
)
from peelsearch.vocabulary import Entry

_ASKS = re.compile(
    r"\b(?:grade[ds]?|gradings?|judge?ments?|judged|rat(?:ed|ings?)|scored?|verdict|assessed"
    r"|how (?:good|well|effective|effectively|efficient|bad)|outstanding|good|adequate|inadequate"
    r"|requires? improvement|requiring improvement|perform\w*)\b",
    re.IGNORECASE,
)
# The words of a question about a grade that say nothing of what is graded.
_ASKING = frozenset(
    "grade grades graded grading rate rated rating ratings judge judged judgment judgments"
    " judgement judgements score scored verdict assess assessed good well effective"
    " effectively efficient efficiently bad outstanding adequate inadequate require requires"
    " required requiring improvement perform performs performed performing performance force"
    " forces police receive received given award awarded area areas theme peel inspection"
    " inspectorate hmicfrs hmic overall report nine eight policing compare"
    " compared comparison".split()
)
# The share of the question that theme and asking words must make up; else it asks for more.
_ENOUGH = 0.6
_T = QuestionType
_TYPES = frozenset({_T.GRADE, _T.YES_NO, _T.HOW, _T.BODY, _T.PLACE, _T.LIST, _T.OTHER})
_LISTED_TYPES = _TYPES | {_T.NUMBER}
_YEARS = re.compile(r"\b(?:20\d\d)(?:\s?[/–-]\s?\d{2,4})?\b")
_AREAS = re.compile(
    r"\b(?:which|what|list|name|how many) (?:\w+ )?(?:areas?|themes?|parts?)\b"
    r"|\b(?:grades|gradings|ratings|judge?ments)\b",
    re.IGNORECASE,
)
_STRONGEST = (Evidence.SENTENCE, Evidence.GRADE_LINE, Evidence.TABLE)


def answer(asked: Asked) -> Found | None:
    """The judgments of the theme that the question names, newest document first."""
    text = asked.question.text
    if asked.question.type not in _TYPES or not _ASKS.search(text):
        return _with_grade(asked)
    named = named_entry(asked, text, asked.vocabulary.theme)
    if named is None:
        return _with_grade(asked)
    theme, held = named
    years = [year.group() for year in _YEARS.finditer(text)]
    if asked.terms.besides(held | _ASKING | set(words(" ".join(years)))) > 1 - _ENOUGH:
        return None
    rows = [
        row
        for row in _judgments(asked, theme.id)
        if not years or any(_of_year(row[0], year) for year in years)
    ]
    if not rows:
        return _nothing(asked, theme.label, years)
    answers = tuple(answer for row in rows if (answer := _answer(asked, *row)))
    if not answers:
        return None
    return Found(
        State.ANSWER,
        _said(asked, theme, rows[0][1]),
        answers,
        len(answers),
        _by_theme(theme),
        QuestionType.GRADE,
    )


def _by_theme(theme: Entry) -> Filters:
    return (("theme", (theme.id,)),)


def _said(asked: Asked, theme: Entry, judgment: Judgment) -> str:
    label = asked.vocabulary.label("grade", judgment.grade)
    if _state(asked, judgment):
        return f"{theme.label}: {label.lower()}, so no grade is given here."
    return f"{theme.label}: graded {label}."


def _with_grade(asked: Asked) -> Found | None:
    """Which themes have a grade: "Which areas require improvement?"."""
    if asked.question.type not in _LISTED_TYPES or not _AREAS.search(asked.question.text):
        return None
    grades = [entry for entry in asked.vocabulary.grade if not entry.state]
    named = named_entry(asked, asked.question.text, grades, typed=True)
    if asked.terms.besides(_ASKING | (named[1] if named else set())) > 1 - _ENOUGH:
        return None
    rows = [
        (document, judgment)
        for document, judgment in _judgments(asked, None)
        if (judgment.grade == named[0].id if named else not _state(asked, judgment))
    ]
    listed = tuple(a for row in rows if (a := _answer(asked, *row)))
    if not listed and named is None:
        return None
    what = f"graded {named[0].label.lower()}" if named else "graded"
    filters = (("grade", (named[0].id,)),) if named else ()
    count = "judgment is" if len(listed) == 1 else "judgments are"
    reason = f"{len(listed) or 'No'} {'judgment is' if not listed else count} {what}."
    state = State.ANSWER if listed else State.NONE
    return Found(state, reason, listed, len(listed), filters, QuestionType.GRADE)


def _judgments(asked: Asked, theme: str | None) -> Iterator[tuple[Document, Judgment]]:
    """The judgments of a theme, or of all, in the newest documents under the question's filters."""
    grades = tuple(entry.id for entry in asked.vocabulary.grade if entry.id != NOT_STATED)
    filters = (("theme", (theme,)), ("grade", grades)) if theme else (("grade", grades),)
    _, matches = asked.matches(filters, limit=20 * MOST_DOCUMENTS)
    forces = dict(asked.question.filters).get("force")
    for identifier in list(dict.fromkeys(m.passage.document for m in matches))[:MOST_DOCUMENTS]:
        for judgment in asked.corpus.structure(identifier).judgments:
            if (theme is None or judgment.theme == theme) and (
                forces is None or judgment.force in forces
            ):
                yield asked.corpus.document(identifier), judgment


def _answer(asked: Asked, document: Document, judgment: Judgment) -> Answer | None:
    """The strongest place that states a judgment, as a quotation of the passage it stands in."""
    sources = sorted(judgment.sources, key=lambda source: _STRONGEST.index(source.evidence))
    for source in sources:
        match = _passage_at(asked, document.id, source)
        if match is not None:
            start = source.start - match.passage.start
            span = _grade_words(asked, judgment, source, start)
            return asked.quotes.answer(match, start, start + len(source.quote), span)
    return None


def _passage_at(asked: Asked, document: str, source: JudgmentSource) -> Match | None:
    for passage in asked.corpus.reader.passages(document):
        if passage.start <= source.start and source.end <= passage.end:
            return Match(passage, 0.0)
    return None


def _grade_words(
    asked: Asked, judgment: Judgment, source: JudgmentSource, start: int
) -> tuple[int, int] | None:
    """Where the quotation names the grade, as offsets into the passage."""
    entry = asked.vocabulary.grade[judgment.grade]
    for name in (*entry.clues, *entry.names):
        words = r"\s+".join(re.escape(word) for word in name.split())
        found = re.search(rf"\b{words}\b", source.quote.replace("’", "'"), re.IGNORECASE)
        if found:
            return start + found.start(), start + found.end()
    return None


def _state(asked: Asked, judgment: Judgment) -> bool:
    """Whether the judgment only says why there is no grade."""
    entry = asked.vocabulary.grade.get(judgment.grade)
    return entry is None or entry.state


def _of_year(document: Document, year: str) -> bool:
    """Whether a year, or a span of them, is the document's round or the year of its date."""
    plain = re.sub(r"\s?[/–]\s?", "-", year)
    return plain in (document.round, (document.date or "")[:4]) or (
        bool(document.round) and str(document.round).split("-")[0] == plain
    )


def _nothing(asked: Asked, theme: str, years: Sequence[str]) -> Found:
    forces = dict(asked.question.filters).get("force", ())
    names = [asked.vocabulary.label("force", force) for force in forces]
    of = f" of {' or '.join(names)}" if names else ""
    when = f" of {' or '.join(years)}" if years else ""
    return Found(State.NONE, f"No judgment{when} on {theme}{of} is in these documents.")
