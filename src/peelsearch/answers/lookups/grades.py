"""Grades: "What grade did Bedfordshire get for investigating crime?", from the judgments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelsearch.analysis import stems
from peelsearch.answers.lookups.found import MOST_DOCUMENTS, Asked, Found, content, named_entry
from peelsearch.model import (
    NOT_STATED,
    Answer,
    Document,
    Evidence,
    Judgment,
    JudgmentSource,
    Match,
    QuestionType,
    State,
)

_ASKS = re.compile(
    r"\b(?:grade[ds]?|gradings?|judge?ments?|judged|rat(?:ed|ings?)|scored?|verdict|assessed"
    r"|how (?:good|well|effective|effectively|efficient|bad)|outstanding|good|adequate|inadequate"
    r"|requires? improvement|requiring improvement|perform\w*)\b",
    re.IGNORECASE,
)
# The words of a question about a grade that say nothing of what is graded.
_ASKING = "grade grading judgment judge rating rated score verdict assessed good well effective"
_ASKING += " effectively efficient bad outstanding adequate inadequate requires improvement perform"
_ASKING += (
    " performance performing force police receive received given award awarded area theme peel"
)
_ASKING += " inspection inspectorate hmicfrs hmic overall report"
# The share of the question that theme and asking words must make up; else it asks for more.
_ENOUGH = 0.6
_TYPES = frozenset(
    {
        QuestionType.GRADE,
        QuestionType.YES_NO,
        QuestionType.HOW,
        QuestionType.BODY,
        QuestionType.PLACE,
    }
    | {QuestionType.OTHER, QuestionType.LIST}
)
_YEARS = re.compile(r"\b(?:20\d\d)(?:\s?[/–-]\s?\d{2,4})?\b")
_STRONGEST = (Evidence.SENTENCE, Evidence.GRADE_LINE, Evidence.TABLE)


def answer(asked: Asked) -> Found | None:
    """The judgments of the theme that the question names, newest document first."""
    text = asked.question.text
    if asked.question.type not in _TYPES or not _ASKS.search(text):
        return None
    named = named_entry(text, asked.vocabulary.theme, typed=False)
    if named is None:
        return _with_grade(asked)
    theme, held = named
    asking = content(stems(_ASKING))
    rest = {s for s in asked.terms.stems if s not in held and s not in asking}
    years = [y.group() for y in _YEARS.finditer(text)]
    rest -= {stem for year in years for stem in stems(year)}
    if asked.terms.worth(rest) > 1 - _ENOUGH:
        return None
    rows = [
        row
        for row in _judgments(asked, theme.id)
        if not years or any(_of_year(row[0], year) for year in years)
    ]
    if not rows:
        return _nothing(asked, theme.label, years)
    answers = [_answer(asked, *row) for row in rows]
    graded = [
        a
        for a, (_, judgment) in zip(answers, rows, strict=True)
        if a and not _state(asked, judgment)
    ]
    listed = tuple(a for a in answers if a)
    if not listed:
        return None
    first = rows[0][1]
    reason = (
        f"{theme.label}: graded {_label(asked, first)}"
        if graded
        else (f"{theme.label}: {_label(asked, first).lower()}, so no grade is given here")
    )
    return Found(State.ANSWER, reason + ".", listed, len(listed), (("theme", (theme.id,)),))


def _with_grade(asked: Asked) -> Found | None:
    """Which themes have a grade: "Which areas require improvement?"."""
    if not re.search(
        r"\b(?:which|what|list|name) (?:\w+ )?(?:areas?|themes?|parts?|grades?)\b",
        asked.question.text,
        re.I,
    ):
        return None
    named = named_entry(
        asked.question.text, [e for e in asked.vocabulary.grade if not e.state], typed=True
    )
    asking = content(stems(_ASKING + " judged policing nine eight"))
    rest = set(asked.terms.stems) - asking - (named[1] if named else set())
    if asked.terms.worth(rest) > 1 - _ENOUGH:
        return None
    rows = [
        (document, judgment)
        for document, judgment in _judgments(asked, None)
        if (judgment.grade == named[0].id if named else not _state(asked, judgment))
    ]
    listed = tuple(a for row in rows if (a := _answer(asked, *row)))
    if not listed:
        return None
    what = f"graded {named[0].label.lower()}" if named else "graded"
    filters = (("grade", (named[0].id,)),) if named else ()
    count = "area is" if len(listed) == 1 else "areas are"
    return Found(State.ANSWER, f"{len(listed)} {count} {what}.", listed, len(listed), filters)


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


def _label(asked: Asked, judgment: Judgment) -> str:
    return asked.vocabulary.label("grade", judgment.grade)


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
