"""Runs of questions: all of a collection, and again with what answers them taken away."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peelsearch.answers.asking import ask
from peelsearch.model import Answer, Answers, State
from tools.quality import measures
from tools.quality.baseline import Baseline, first_sentence
from tools.quality.collection import Collection, Question
from tools.quality.figures import FIRST, Figure, Run, hits, mrr
from tools.quality.indexing import Indexed, index_texts
from tools.quality.matching import holds, points, touches

# Answers looked at.
ANSWER_DEPTH = 5
# Questions asked before the clock counts.
WARM_UP = 20


@dataclass(slots=True)
class _Asked:
    """A question, what came back, and the rank of the first right quotation."""

    question: Question
    answers: Answers
    rank: int
    seconds: float

    @property
    def right(self) -> Answer | None:
        return self.answers.answers[self.rank - 1] if self.rank <= ANSWER_DEPTH else None


def question_run(collection: Collection, indexed: Indexed, plain: Baseline) -> Run:
    """All questions asked: ranks of the right sentence, states, spans, quotations, time.

    The rank counts whatever the state is: the closest passages are shown too. ``kept`` is the
    share of answerable questions that are answered.
    """
    for question in collection.questions[:WARM_UP]:
        ask(indexed.corpus, indexed.vocabulary, question.text)
    rows = [_asked(question, indexed) for question in collection.questions]
    answerable = [row for row in rows if row.question.answerable]
    ranks = {
        "": [row.rank for row in answerable],
        FIRST: [_first_sentence_rank(row.question, plain) for row in answerable],
    }
    answered = [row.answers.state is State.ANSWER for row in rows]
    possible = [row.question.answerable for row in rows]
    figures = [
        *(hits(f"answer hit@{depth}", ranks, depth) for depth in (1, 3, 5)),
        mrr("answer MRR", ranks),
        *_spans(answerable),
        Figure(
            "kept",
            measures.mean(a for a, p in zip(answered, possible, strict=True) if p),
            len(answerable),
        ),
    ]
    if len(answerable) < len(rows):
        precision = measures.abstention_precision(answered, possible)
        recall = measures.abstention_recall(answered, possible)
        unanswerable = len(rows) - len(answerable)
        figures.append(Figure("abstention precision", precision, answered.count(False)))
        figures.append(Figure("abstention recall", recall, unanswerable))
    times = [row.seconds * 1_000 for row in rows]
    figures += [
        Figure(
            f"ask p{share:.0f} ms", measures.quantile(times, share / 100), len(rows), pinned=False
        )
        for share in (50, 95)
    ]
    violations = [line for row in rows for line in violations_of(row.answers, indexed)]
    return Run(
        "questions", tuple(figures), tuple(filter(None, map(_miss, rows))), tuple(violations)
    )


def _asked(question: Question, indexed: Indexed) -> _Asked:
    started = time.perf_counter()
    answers = ask(indexed.corpus, indexed.vocabulary, question.text, limit=ANSWER_DEPTH)
    seconds = time.perf_counter() - started
    rank = measures.first_rank(
        right(question, answer.quote, answer.passage.id, answer.start - answer.passage.start)
        for answer in answers.answers
    )
    return _Asked(question, answers, rank, seconds)


def right(question: Question, quote: str, passage: str, start: int) -> bool:
    """Whether a quotation that begins at an offset of a passage answers the question."""
    if question.passage:
        within = any(start <= at < start + len(quote) for at in question.starts)
        return passage == question.passage and within
    return holds(quote, question.expected)


def _first_sentence_rank(question: Question, plain: Baseline) -> int:
    rows = ((p, first_sentence(p)) for p in plain.best(question.text, ANSWER_DEPTH))
    return measures.first_rank(
        right(question, passage.text[start:end], passage.id, start)
        for passage, (start, end) in rows
    )


def _spans(rows: Sequence[_Asked]) -> list[Figure]:
    """Of right quotations: whether the marked words hold the answer, and nothing much beside it."""
    marked = [(row.question, _marked(row.right)) for row in rows if row.right]
    return [
        Figure(
            "span holds answer",
            measures.mean(touches(s, q.answers) for q, s in marked),
            len(marked),
        ),
        Figure("span right", measures.mean(points(s, q.answers) for q, s in marked), len(marked)),
    ]


def _marked(answer: Answer) -> str:
    return answer.quote[slice(*answer.span)] if answer.span else ""


def violations_of(answers: Answers, indexed: Indexed) -> list[str]:
    """Quotations that are not the slice of the document that they cite, or with marks beyond it."""
    found = []
    for answer in answers.answers:
        text = indexed.texts[answer.document.id]
        start, end = answer.span or (0, 1)
        if text[answer.start : answer.end] != answer.quote or not 0 <= start < end <= len(
            answer.quote
        ):
            found.append(
                f"{answers.question.typed}: {answer.document.id} {answer.start}:{answer.end}"
            )
    return found


def _miss(row: _Asked) -> str | None:
    """What was wrong with a question, in one line."""
    state = row.answers.state
    where = f"{row.question.id} [{row.answers.question.type}, {state}] {row.question.text}"
    quote = (
        f" | {' '.join(row.answers.answers[0].quote.split())[:150]}" if row.answers.answers else ""
    )
    if not row.question.answerable:
        return f"answered though unanswerable: {where}{quote}" if state is State.ANSWER else None
    if row.right is None or row.rank > 1:
        rank = row.rank if row.right else "-"
        return f"right answer at rank {rank}: {where}{quote}"
    if state is not State.ANSWER:
        return f"not kept: {where}{quote}"
    if not points(_marked(row.right), row.question.answers):
        return f"span: {where}{quote} | marked: {_marked(row.right)}"
    return None


def removal_run(collection: Collection, folder: Path, seed: int) -> Run:
    """Half of the titles taken away, then the other half: who asks about them gets no answer."""
    titles = sorted({text.title for text in collection.texts})
    chosen = set(random.Random(seed).sample(titles, len(titles) // 2))  # noqa: S311
    title_of = {text.id: text.title for text in collection.texts}
    held: list[bool] = []
    answered: list[bool] = []
    misses, violations = [], []
    for number, kept in enumerate((chosen, set(titles) - chosen)):
        texts = [text for text in collection.texts if text.title in kept]
        indexed = index_texts(texts, folder / f"half-{number}")
        for question in collection.questions:
            answers = ask(indexed.corpus, indexed.vocabulary, question.text, limit=1)
            held.append(title_of[question.passage or ""] in kept)
            answered.append(answers.state is State.ANSWER)
            violations += violations_of(answers, indexed)
            if answered[-1] and not held[-1]:
                misses.append(
                    f"answered though removed: {question.text} | {answers.answers[0].quote}"
                )
        indexed.corpus.close()
    kept_share = measures.mean(did for did, can in zip(answered, held, strict=True) if can)
    figures = (
        Figure("removed: kept", kept_share, sum(held)),
        Figure(
            "removed: abstention precision",
            measures.abstention_precision(answered, held),
            answered.count(False),
        ),
        Figure(
            "removed: abstention recall",
            measures.abstention_recall(answered, held),
            held.count(False),
        ),
    )
    return Run("removed", figures, tuple(misses), tuple(violations))
