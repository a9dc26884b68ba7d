"""The runs: searches, questions, and questions about what was taken away."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from peelsearch.answers.asking import ask
from peelsearch.corpus import Corpus
from peelsearch.model import Answer, Answers, Passage, State
from peelsearch.search import SearchOptions, search
from tools.quality import measures
from tools.quality.baseline import Baseline, first_sentence
from tools.quality.collection import Collection, Query, Question
from tools.quality.figures import Figure, Result, Run
from tools.quality.indexing import Indexed, index_collection, index_texts
from tools.quality.matching import holds, points, touches

# Results looked at.
SEARCH_DEPTH = 100
PASSAGE_DEPTH = 10
ANSWER_DEPTH = 5
# Questions asked before the clock counts.
WARM_UP = 20
SEED = 0
PLAIN = "BM25"
FIRST = "first sentence"


def measure(collection: Collection, *, seed: int = SEED) -> Result:
    """Every run that the collection allows."""
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        indexed = index_collection(collection, Path(folder, "index"))
        plain = Baseline(_passages(indexed.corpus))
        if collection.queries:
            runs.append(search_run(collection, indexed, plain))
        if collection.questions:
            runs.append(passage_run(collection, indexed, plain))
            runs.append(question_run(collection, indexed, plain))
        if collection.questions and collection.texts:
            runs.append(removal_run(collection, Path(folder), seed))
        indexed.corpus.close()
    return Result(collection.name, tuple(runs))


def key(corpus: Corpus, passage: Passage) -> str:
    """What judgments name a passage by: the text's id, or the file's name and the heading."""
    document = corpus.document(passage.document)
    if document.path == document.id:
        return document.id
    return f"{PurePath(document.path).name}#{' '.join(passage.headings[-1].split())}"


def search_run(collection: Collection, indexed: Indexed, plain: Baseline) -> Run:
    """Judged queries, by the search as it is shipped; several passages of a section count once."""
    corpus = indexed.corpus

    def searched(text: str) -> Sequence[Passage]:
        options = SearchOptions(limit=SEARCH_DEPTH)
        return [hit.passage for hit in search(corpus, indexed.vocabulary, text, options).hits]

    def ranked(text: str, find: Callable[[str], Sequence[Passage]]) -> list[str]:
        return list(dict.fromkeys(key(corpus, passage) for passage in find(text)))

    ways = {"": searched, PLAIN: lambda text: plain.best(text, SEARCH_DEPTH)}
    found = {
        way: [(query, _gains(query, ranked(query.text, find))) for query in collection.queries]
        for way, find in ways.items()
    }
    formulas: dict[str, Callable[[Query, list[int]], float]] = {
        "nDCG@10": lambda query, gains: measures.ndcg(gains, query.gains.values()),
        "MRR": lambda _, gains: measures.reciprocal_rank(measures.first_rank(g > 0 for g in gains)),
        "recall@10": lambda query, gains: measures.recall(gains, query.gains.values(), 10),
        "recall@100": lambda query, gains: measures.recall(gains, query.gains.values(), 100),
    }
    figures = [
        Figure(
            name,
            measures.mean(formula(*row) for row in found[""]),
            len(found[""]),
            {PLAIN: measures.mean(formula(*row) for row in found[PLAIN])},
        )
        for name, formula in formulas.items()
    ]
    misses = [f"{q.id} no relevant among ten: {q.text}" for q, g in found[""] if not any(g[:10])]
    return Run("search", tuple(figures), tuple(misses))


def _gains(query: Query, ranked: Sequence[str]) -> list[int]:
    return [query.gains.get(name, 0) for name in ranked]


def passage_run(collection: Collection, indexed: Indexed, plain: Baseline) -> Run:
    """Questions typed into the search: the rank of the passage that holds the answer."""
    questions = [question for question in collection.questions if question.answerable]
    ranks: dict[str, list[int]] = {"": [], PLAIN: []}
    for question in questions:
        options = SearchOptions(limit=PASSAGE_DEPTH)
        hits = search(indexed.corpus, indexed.vocabulary, question.text, options).hits
        ranks[""].append(_passage_rank(question, [hit.passage for hit in hits]))
        ranks[PLAIN].append(_passage_rank(question, plain.best(question.text, PASSAGE_DEPTH)))
    figures = [
        *(_hits(f"passage hit@{depth}", ranks, depth) for depth in (1, 3)),
        _mrr("passage MRR@10", ranks),
    ]
    return Run("passages", tuple(figures))


def _passage_rank(question: Question, passages: Sequence[Passage]) -> int:
    return measures.first_rank(
        passage.id == question.passage
        if question.passage
        else holds(passage.text, question.expected)
        for passage in passages
    )


def _hits(name: str, ranks: dict[str, list[int]], depth: int) -> Figure:
    values = {way: measures.mean(measures.hit(r, depth) for r in rs) for way, rs in ranks.items()}
    return Figure(name, values.pop(""), len(ranks[""]), values)


def _mrr(name: str, ranks: dict[str, list[int]]) -> Figure:
    values = {way: measures.mean(map(measures.reciprocal_rank, rs)) for way, rs in ranks.items()}
    return Figure(name, values.pop(""), len(ranks[""]), values)


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
        *(_hits(f"answer hit@{depth}", ranks, depth) for depth in (1, 3, 5)),
        _mrr("answer MRR", ranks),
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


def _passages(corpus: Corpus) -> list[Passage]:
    return [passage for name in corpus.documents for passage in corpus.reader.passages(name)]
