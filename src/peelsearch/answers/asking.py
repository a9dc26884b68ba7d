"""A question to its answers: read, looked up in structure or found in sentences, or abstained."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from peelsearch import facets
from peelsearch.analysis import words
from peelsearch.answers.abstention import Decision, decide
from peelsearch.answers.candidates import years_in, years_named
from peelsearch.answers.evidence import best_of_each, ranked
from peelsearch.answers.lookups import definitions, findings, grades, improvements, letters
from peelsearch.answers.lookups.found import Asked, Found
from peelsearch.answers.question_types import NUMERIC
from peelsearch.answers.questions import read_question
from peelsearch.answers.quoting import Quotes
from peelsearch.answers.sentences import Sentence
from peelsearch.answers.spans import answer_span, list_span
from peelsearch.answers.speakers import Speaker
from peelsearch.answers.subjects import Subject, subject
from peelsearch.answers.terms import question_terms
from peelsearch.corpus import Corpus
from peelsearch.model import Answer, Answers, Filters, Match, QuestionType, Span, State
from peelsearch.runs import dated_documents
from peelsearch.vocabulary import Vocabulary

LIMIT = 3
OTHERS = "The documents about this do not answer; the closest passages are about others."
Row: TypeAlias = tuple[float, Sentence]
"""A sentence with its score."""
# Types of questions that a finding they name can answer.
_OF_FINDINGS = frozenset(
    {QuestionType.OTHER, QuestionType.DEADLINE, QuestionType.LIST, QuestionType.HOW}
)
# Types of questions that a list can answer.
_LISTED = frozenset(
    {
        QuestionType.OTHER,
        QuestionType.LIST,
        QuestionType.HOW,
        QuestionType.WHY,
        QuestionType.BODY,
        QuestionType.YES_NO,
    }
)
# A question that asks for whoever speaks.
_SAYS = re.compile(r"\b(?:said|says?|wrote|writes|congratulate[sd]?)\b", re.IGNORECASE)
# The first that answers decides.
_LOOKUPS = (
    definitions.answer,
    findings.answer,
    grades.answer,
    improvements.answer,
    letters.answer,
)


def ask(
    corpus: Corpus,
    vocabulary: Vocabulary,
    question: str,
    *,
    filters: Filters = (),
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answers:
    """Answer a question with quotations from one commit of the index.

    ``since`` and ``until`` are ISO dates as in ``SearchOptions``. ``limit`` is how many to give at
    most, by default three sentences, or twenty of what is listed. Raises QueryError for a
    question that cannot be read.
    """
    started = time.perf_counter()
    read = read_question(question, vocabulary, corpus, filters)
    terms = question_terms(read, corpus)
    within = dated_documents(corpus, since, until)
    asked = Asked(read, terms, corpus, vocabulary, Quotes(corpus), limit, within)
    about = subject(read, corpus)
    found = _of_subject(asked, about) if about else _found(asked)
    merged = {**dict(read.filters), **dict(found.filters)}
    ordered = tuple((f.name, merged[f.name]) for f in facets.FACETS if f.name in merged)
    most = limit or (len(found.answers) if found.total is not None else LIMIT)
    return Answers(
        question=replace(read, filters=ordered, type=found.type or read.type),
        state=found.state,
        reason=found.reason,
        missing=() if found.type or found.total is not None else terms.missing,
        answers=tuple(
            replace(answer, rank=rank) for rank, answer in enumerate(found.answers[:most], start=1)
        ),
        total=found.total,
        took_ms=(time.perf_counter() - started) * 1_000,
    )


def _found(asked: Asked) -> Found:
    """What answers in the documents to look in."""
    found = _unheld(asked) or _looked_up(asked)
    return _with_sentences(asked, found) if found else _from_text(asked)


def _of_subject(asked: Asked, about: Subject) -> Found:
    """What answers in the documents about a subject, or elsewhere where its name stands too."""
    within = about.documents if asked.documents is None else about.documents & asked.documents
    found = _found(
        replace(asked, documents=within, terms=asked.terms.naming(about.names | about.dates))
    )
    if found.state is State.ANSWER:
        return found
    anywhere = _found(asked)
    if anywhere.state is State.ANSWER and _names(anywhere.answers[0], about):
        return anywhere
    if found.answers or not anywhere.answers:
        return found
    return replace(anywhere, state=State.CLOSEST, reason=OTHERS)


def _names(answer: Answer, about: Subject) -> bool:
    """Whether a passage itself speaks of the subject."""
    said = " ".join((*answer.passage.headings, answer.passage.text))
    return about.names <= set(words(said))


def _unheld(asked: Asked) -> Found | None:
    """Nothing, said plainly, where the question names a force, round or type that is not held."""
    if not asked.question.unheld:
        return None
    vocabulary = asked.vocabulary
    said = []
    for name, values in asked.question.unheld:
        labels = " or ".join(
            facets.label(facets.FACETS_BY_NAME[name], value, vocabulary) for value in values
        )
        title = facets.title(name, vocabulary).lower()
        what = f"about {labels}" if name == "force" else f"of the {title} {labels}"
        said.append(f"No document here is {what}")
    return Found(State.NONE, "; ".join(said) + ".")


def _looked_up(asked: Asked) -> Found | None:
    if asked.question.speaker:
        return None
    for lookup in _LOOKUPS:
        found = lookup(asked)
        if found is not None and all(_is_within(asked, answer) for answer in found.answers):
            return found
    return None


def _with_sentences(asked: Asked, found: Found) -> Found:
    """What was looked up, and where the question has words besides what the text says of it."""
    if not found.in_part:
        return found
    rows = best_of_each(ranked(asked.question, asked.terms, asked.corpus, asked.documents))
    quoted = {(a.passage.id, a.start) for a in found.answers}
    most = (asked.limit or LIMIT) - len(found.answers)
    more = [_answer(asked, sentence, score) for score, sentence in rows[: asked.limit or LIMIT]]
    more = [a for a in more if (a.passage.id, a.start) not in quoted][: max(0, most)]
    return replace(found, answers=(*found.answers, *more), total=None)


def _is_within(asked: Asked, answer: Answer) -> bool:
    """Whether a quotation stands where the question's filters allow."""
    facets_held = answer.passage.facets
    return (asked.documents is None or answer.document.id in asked.documents) and all(
        any(value in values for value in facets_held[name])
        for name, values in asked.question.filters
    )


def _from_text(asked: Asked) -> Found:
    """The best sentences, and whether the first one answers."""
    question = asked.question
    rows = _preferred(
        asked, best_of_each(ranked(question, asked.terms, asked.corpus, asked.documents))
    )
    best = rows[0][1] if rows else None
    stated = _stated(asked, best) if best else []
    decision = decide(best, question, asked.terms, stated=_is_such(asked, stated))
    if best and decision.state is State.ANSWER and (late := _too_late(asked, best)):
        decision = Decision(State.CLOSEST, late)
    if question.type in _LISTED:
        rows = _without_items(rows)
    most = asked.limit or LIMIT
    answers = [_answer(asked, sentence, score) for score, sentence in rows[:most]]
    answers = [*stated, *answers]
    return Found(decision.state, decision.reason or _reason(asked, answers), tuple(answers))


def _too_late(asked: Asked, best: Sentence) -> str:
    """Why a document cannot say what is asked, where that is of a year after its own."""
    wanted = years_named(asked.question.text)
    document = asked.corpus.document(best.match.passage.document)
    if not wanted or not document.date or min(wanted) <= int(document.date[:4]):
        return ""
    if wanted & years_named(" ".join((*best.match.passage.headings, best.text))):
        return ""
    return f"The question is of {min(wanted)}; the closest passages are of {document.date[:4]}."


def _is_such(asked: Asked, stated: Sequence[Answer]) -> bool:
    """Whether what is stated elsewhere is what is asked for: an inspector, not any speaker."""
    if not stated or asked.question.type is not QuestionType.PERSON:
        return bool(stated)
    said = {asked.corpus.stem(word) for word in words(stated[0].quote)}
    return bool(_SAYS.search(asked.question.typed)) or asked.terms.focus in said


def _stated(asked: Asked, best: Sentence) -> Sequence[Answer]:
    """What a sentence is said to be by or for elsewhere: its speaker's name, its deadline."""
    if asked.question.type is QuestionType.PERSON:
        return _introduced(asked, best)
    if asked.question.type is QuestionType.DEADLINE and not best.measures.fits:
        return findings.deadline(asked, best.match)
    return []


def _preferred(asked: Asked, rows: list[Row]) -> list[Row]:
    """What a question asks for by name first: a speaker's words, what a recommendation says."""
    question = asked.question
    if question.speaker:
        said = [row for row in rows if question.speaker in _speaker(asked, row[1]).said]
        rows = said or rows
    kinds = dict(findings.kind_named(asked)).get("kind", ()) if rows else ()
    if not kinds or question.type not in _OF_FINDINGS:
        return rows
    least = rows[0][1].reach / 2

    def is_other(row: Row) -> bool:
        return row[1].match.passage.facets["kind"][0] not in kinds or row[1].reach < least

    return sorted(rows, key=is_other)


def _without_items(rows: list[Row]) -> list[Row]:
    """The sentences without items of lists that are quoted with an earlier one."""
    kept: list[Row] = []
    quoted: list[tuple[Match, int, int]] = []
    for row in rows:
        sentence = row[1]
        if any(m is sentence.match and a <= sentence.start < b for m, a, b in quoted):
            continue
        kept.append(row)
        if sentence.list_end > sentence.end:
            quoted.append((sentence.match, sentence.end, sentence.list_end))
    return kept


def _speaker(asked: Asked, sentence: Sentence) -> Speaker:
    document = asked.corpus.document(sentence.match.passage.document)
    return asked.quotes.speakers.speaker(sentence.match, document, sentence.start)


def _answer(asked: Asked, sentence: Sentence, score: float) -> Answer:
    """A sentence as a quotation, with the list that it introduces where that is the answer."""
    end = sentence.list_end
    if end > sentence.end and asked.question.type in _LISTED:
        span: Span | None = list_span(sentence.match.passage.text, sentence.end, end)
    else:
        end, span = sentence.end, answer_span(sentence, asked.question, asked.terms)
    return asked.quotes.answer(sentence.match, sentence.start, end, span, score)


def _introduced(asked: Asked, sentence: Sentence) -> list[Answer]:
    """Where the speaker of a quoted sentence is named, for a question that asks who says so."""
    speaker = _speaker(asked, sentence)
    if speaker.sentence is not None:
        return [asked.quotes.answer(sentence.match, *speaker.sentence, speaker.name)]
    if not _SAYS.search(asked.question.typed):
        return []
    signed = asked.quotes.speakers.signature(sentence.match.passage.document)
    if signed is None:
        return []
    match, name = signed
    return [asked.quotes.answer(match, *name, name)]


def _reason(asked: Asked, answers: Sequence[Answer]) -> str:
    """That several figures answer, each of another time."""
    if asked.question.type not in NUMERIC or years_in(asked.question.text):
        return ""
    years = dict.fromkeys(years_in(answer.quote) for answer in answers if answer.span)
    years.pop("", None)
    return f"The figures are of different times: {', '.join(years)}." if len(years) > 1 else ""
