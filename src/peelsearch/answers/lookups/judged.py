"""The judgments of documents as quotations, for the lookups of grades."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelsearch.answers.lookups.found import MOST_DOCUMENTS, Asked
from peelsearch.model import (
    NOT_STATED,
    Answer,
    Document,
    Evidence,
    Filters,
    Judgment,
    JudgmentSource,
    Match,
)

# The words of a question about a grade that say nothing of what is graded.
ASKING = frozenset(
    "grade grades graded grading rate rated rating ratings judge judged judgment judgments"
    " judgement judgements score scored verdict assess assessed good well effective"
    " effectively efficient efficiently bad outstanding adequate inadequate require requires"
    " required requiring improvement perform performs performed performing performance force"
    " forces police receive received given award awarded area areas theme peel inspection"
    " inspectorate hmicfrs hmic overall report nine eight policing compare compared comparison"
    " inspectors give gave get gets got do did doing done best better worst strong strongest weak"
    " weakest poor poorly poorest badly highest lowest top strength strengths excel excels"
    " excellent need needs improve improved must should part parts thing things look looking looked"
    " mark marks verdict anything everything something job think thought fare fared go going"
    " work works working ungraded isn't wasn't aren't weren't don't didn't doesn't high low falls"
    " local authority council service fall short anyone anywhere come came put find found say"
    " said".split()
)
# Passages that are looked at to find documents with judgments.
_READ = 20 * MOST_DOCUMENTS
# A question after all grades, or the best, may hold no more of other words than this.
NOTHING_ELSE = 0.2
_STRONGEST = (Evidence.SENTENCE, Evidence.GRADE_LINE, Evidence.TABLE)


def judgments_of(asked: Asked, theme: str | None) -> Iterator[tuple[Document, Judgment]]:
    """The judgments of a theme, or of all, in the newest documents under the question's filters."""
    grades = tuple(entry.id for entry in asked.vocabulary.grade if entry.id != NOT_STATED)
    graded: Filters = (("grade", grades),)
    under = asked.matches((("theme", (theme,)), *graded), limit=_READ)[1] if theme else ()
    # A table can give a grade to what has no part of its own.
    matches = under or asked.matches(graded, limit=_READ)[1]
    forces = dict(asked.question.filters).get("force")
    for identifier in list(dict.fromkeys(m.passage.document for m in matches))[:MOST_DOCUMENTS]:
        for judgment in asked.corpus.structure(identifier).judgments:
            if (theme is None or judgment.theme == theme) and (
                forces is None or judgment.force in forces
            ):
                yield asked.corpus.document(identifier), judgment


def quoted(asked: Asked, document: Document, judgment: Judgment) -> Answer | None:
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


def states_why(asked: Asked, judgment: Judgment) -> bool:
    """Whether the judgment only says why there is no grade."""
    return is_state(asked, judgment.grade)


def is_state(asked: Asked, grade: str) -> bool:
    entry = asked.vocabulary.grade.get(grade)
    return entry is None or entry.state


def of_year(document: Document, year: str) -> bool:
    """Whether a year, or a span of them, is the document's round or the year of its date."""
    plain = re.sub(r"\s?[/–]\s?", "-", year)
    return plain in (document.round, (document.date or "")[:4]) or (
        bool(document.round) and str(document.round).split("-")[0] == plain
    )
