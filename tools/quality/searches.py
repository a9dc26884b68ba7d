"""Runs of the search: judged queries, and questions typed into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from peelsearch.corpus import Corpus
from peelsearch.model import Passage
from peelsearch.search import SearchOptions, search
from tools.quality import measures
from tools.quality.baseline import Baseline
from tools.quality.collection import Collection, Query, Question
from tools.quality.figures import PLAIN, Figure, Ranks, Run, hits, mrr
from tools.quality.indexing import Indexed
from tools.quality.matching import holds

# Results looked at.
SEARCH_DEPTH = 100
PASSAGE_DEPTH = 10


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
    ranks: Ranks = {"": [], PLAIN: []}
    for question in questions:
        options = SearchOptions(limit=PASSAGE_DEPTH)
        found = search(indexed.corpus, indexed.vocabulary, question.text, options).hits
        ranks[""].append(_passage_rank(question, [hit.passage for hit in found]))
        ranks[PLAIN].append(_passage_rank(question, plain.best(question.text, PASSAGE_DEPTH)))
    figures = [
        *(hits(f"passage hit@{depth}", ranks, depth) for depth in (1, 3)),
        mrr("passage MRR@10", ranks),
    ]
    return Run("passages", tuple(figures))


def _passage_rank(question: Question, passages: Sequence[Passage]) -> int:
    return measures.first_rank(
        passage.id == question.passage
        if question.passage
        else holds(passage.text, question.expected)
        for passage in passages
    )
