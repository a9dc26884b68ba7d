"""A question to its answers: read, looked up in structure or found in sentences, or abstained."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from peelsearch import facets
from peelsearch.answers.abstention import decide
from peelsearch.answers.candidates import years_in
from peelsearch.answers.evidence import best_of_each, ranked
from peelsearch.answers.lookups import definitions, findings, grades, letters
from peelsearch.answers.lookups.found import Asked, Found
from peelsearch.answers.question_types import NUMERIC
from peelsearch.answers.questions import read_question
from peelsearch.answers.quoting import Quotes
from peelsearch.answers.sentences import Sentence
from peelsearch.answers.spans import answer_span
from peelsearch.answers.terms import question_terms
from peelsearch.corpus import Corpus
from peelsearch.model import Answer, Answers, Filters, QuestionType, State
from peelsearch.vocabulary import Vocabulary

LIMIT = 3
# A question that asks for whoever speaks.
_SAYS = re.compile(r"\b(?:said|says?|wrote|writes|congratulate[sd]?)\b", re.IGNORECASE)
# The first that answers decides.
_LOOKUPS = (definitions.answer, findings.answer, grades.answer, letters.answer)


def ask(
    corpus: Corpus,
    vocabulary: Vocabulary,
    question: str,
    *,
    filters: Filters = (),
    limit: int | None = None,
) -> Answers:
    """Answer a question with quotations from one commit of the index.

    ``limit`` is how many to give at most, by default three sentences, or all that is listed.
    Raises QueryError for a question that cannot be read.
    """
    started = time.perf_counter()
    read = read_question(question, vocabulary, corpus, filters)
    terms = question_terms(read, corpus)
    asked = Asked(read, terms, corpus, vocabulary, Quotes(corpus), limit)
    found = _unheld(asked) or _looked_up(asked) or _from_text(asked)
    merged = {**dict(read.filters), **dict(found.filters)}
    ordered = tuple((f.name, merged[f.name]) for f in facets.FACETS if f.name in merged)
    most = limit or (len(found.answers) if found.total is not None else LIMIT)
    return Answers(
        question=replace(read, filters=ordered, type=found.type or read.type),
        state=found.state,
        reason=found.reason,
        missing=terms.missing,
        answers=tuple(
            replace(answer, rank=rank) for rank, answer in enumerate(found.answers[:most], start=1)
        ),
        total=found.total,
        took_ms=(time.perf_counter() - started) * 1_000,
    )


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
        said.append(f"No document here is of the {title} {labels}")
    return Found(State.NONE, "; ".join(said) + ".")


def _looked_up(asked: Asked) -> Found | None:
    for lookup in _LOOKUPS:
        found = lookup(asked)
        if found is not None:
            return found
    return None


def _from_text(asked: Asked) -> Found:
    """The best sentences, and whether the first one answers."""
    kinds = findings.kind_named(asked)
    question = asked.question
    rows = best_of_each(ranked(question, asked.terms, asked.corpus))
    if kinds:
        # Who asks what a recommendation says wants its words before others'.
        wanted = dict(kinds)["kind"]
        rows.sort(key=lambda row: row[1].match.passage.facets["kind"][0] not in wanted)
    decision = decide(rows[0][1] if rows else None, question, asked.terms)
    most = asked.limit or LIMIT
    answers = [_answer(asked, sentence, score) for score, sentence in rows[:most]]
    if rows and question.type is QuestionType.PERSON:
        answers = [*_introduced(asked, rows[0][1]), *answers]
    return Found(decision.state, decision.reason or _reason(asked, answers), tuple(answers))


def _answer(asked: Asked, sentence: Sentence, score: float) -> Answer:
    span = answer_span(sentence, asked.question, asked.terms)
    return asked.quotes.answer(sentence.match, sentence.start, sentence.end, span, score)


def _introduced(asked: Asked, sentence: Sentence) -> list[Answer]:
    """Where the speaker of a quoted sentence is named, for a question that asks who says so."""
    document = asked.corpus.document(sentence.match.passage.document)
    speakers = asked.quotes.speakers
    speaker = speakers.speaker(sentence.match, document, sentence.start)
    if speaker.sentence is not None:
        return [asked.quotes.answer(sentence.match, *speaker.sentence, speaker.name)]
    signed = speakers.signature(document.id) if _SAYS.search(asked.question.typed) else None
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
