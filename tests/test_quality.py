"""Ranking does not get worse: floors in quality_floors.json, measured on hand-labelled collections.

Floors only go up. Someone who raises the ranking raises its floor to just below the new figure, in
the same commit. The collections are not part of the project; without them the tests are skipped.
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from peelsearch.corpus import Corpus, open_corpus
from peelsearch.engine.manifest import Contents, IndexedDocument
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.writer import open_writer
from peelsearch.facets import FACETS
from peelsearch.model import Description, Document, Passage, StructuredDocument
from peelsearch.search import SearchOptions, search
from peelsearch.vocabulary import Vocabulary

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = json.loads((Path(__file__).parent / "quality_floors.json").read_text("utf-8"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the test collections are not beside the checkout (../shared)"
)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def abstract(record: dict[str, Any]) -> tuple[Document, Passage]:
    """An abstract of the collection as a document of one passage."""
    text = f"{record['title']}\n\n{record['text']}".strip()
    facets = {facet.name: ("not-stated",) for facet in FACETS}
    headings = (record["title"] or record["id"],)
    passage = Passage(record["id"], record["id"], headings, facets, text, 0, len(text), None, None)
    return Document(record["id"], headings[0], record["id"], (), "other", None, None), passage


def index(folder: Path, abstracts: Iterable[tuple[Document, Passage]]) -> Corpus:
    """An index of the abstracts, opened."""
    writer = open_writer(folder)
    indexed = []
    for document, passage in abstracts:
        writer.apply([DocumentChange(document.id, (passage,))])
        description = Description(document.title, document.type, None, None, (), ())
        record = writer.save_record(
            document.id, StructuredDocument(passage.text, description, (), (), (), ())
        )
        indexed.append(IndexedDocument(document, (), (), "", (), 1, record))
    writer.commit(Contents(documents=tuple(sorted(indexed, key=lambda d: d.document.id))))
    writer.close()
    return open_corpus(folder)


def ndcg(gains: Sequence[int], judged: Iterable[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), linear gains."""

    def dcg(values: Iterable[int]) -> float:
        return sum(value / math.log2(rank + 1) for rank, value in enumerate(values, start=1))

    ideal = dcg(sorted(judged, reverse=True)[:depth])
    return dcg(gains[:depth]) / ideal if ideal else 0.0


@needs_shared
def test_cranfield_ranking(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = SHARED / "data" / "cranfield"
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels-with-source.tsv").read_text("utf-8").splitlines():
        query, document, relevance = line.split()[:3]
        judged[query][document] = max(0, int(relevance))
    abstracts = (r for r in records(folder / "docs.jsonl") if r["title"] or r["text"])
    corpus = index(tmp_path / "index", map(abstract, abstracts))
    scores = []
    for query in records(folder / "queries.jsonl"):
        wanted = judged[query["id"]]
        hits = search(corpus, vocabulary, query["text"], SearchOptions(limit=10)).hits
        scores.append(ndcg([wanted.get(hit.document.id, 0) for hit in hits], wanted.values()))
    figure = sum(scores) / len(scores)
    print(f"cranfield nDCG@10 {figure:.4f} on {len(scores)} queries")  # noqa: T201
    assert figure >= FLOORS["cranfield nDCG@10"]


@needs_shared
def test_questions_find_the_passage_that_answers(corpus: Corpus, vocabulary: Vocabulary) -> None:
    questions = json.loads((SHARED / "gold" / "questions.json").read_text("utf-8"))
    ranks = [answer_rank(corpus, vocabulary, q) for q in questions if q["answerable"]]
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    among = sum(rank <= 3 for rank in ranks) / len(ranks)
    print(f"questions: first {first:.3f}, among three {among:.3f}")  # noqa: T201
    assert first >= FLOORS["questions: passage with the answer first"]
    assert among >= FLOORS["questions: passage with the answer among three"]


DRAWS = 2_400
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def test_spelling_suggests_the_word_that_was_meant(corpus: Corpus, vocabulary: Vocabulary) -> None:
    """One random edit in a random word: how often the suggestion is that word.

    Words are drawn evenly from those of the documents, not by how often they stand there, so that
    rare names count as much as "police". What an edit turns into another word of the documents is
    no misspelling and is drawn again; what still finds the word's passages by its stem is kept.
    """
    draw = random.Random(20)  # noqa: S311 - the same draws each time
    known = {w for letter in LETTERS for w in corpus.reader.words_with_prefix(letter, 100_000)}
    words = sorted(w for w in known if len(w) >= 4 and w.isascii() and w.isalpha())
    right = drawn = 0
    while drawn < DRAWS:
        word = draw.choice(words)
        typed = misspelled(word, draw)
        if typed in known:
            continue
        drawn += 1
        right += search(corpus, vocabulary, typed, SearchOptions(limit=1)).suggestion == word
    figure = right / drawn
    print(f"spelling: first suggestion right {figure:.4f} of {drawn}")  # noqa: T201
    assert figure >= FLOORS["spelling: first suggestion right after one edit"]


def misspelled(word: str, draw: random.Random) -> str:
    """The word with one letter put in, left out, replaced, or swapped with the next."""
    edit = draw.choice(("insert", "delete", "replace", "swap"))
    letter = draw.choice(LETTERS)
    at = draw.randrange(len(word) + (edit == "insert") - (edit == "swap"))
    before, rest = word[:at], word[at:]
    if edit == "insert":
        return before + letter + rest
    if edit == "delete":
        return before + rest[1:]
    if edit == "replace":
        return before + letter + rest[1:]
    return before + rest[1] + rest[0] + rest[2:]


def answer_rank(corpus: Corpus, vocabulary: Vocabulary, question: dict[str, Any]) -> int:
    """The rank of the first hit that holds an answer string, 99 when none of twenty does."""
    answers = [folded(answer) for answer in question["answer_strings"]]
    hits = search(corpus, vocabulary, question["question"], SearchOptions(limit=20)).hits
    texts = [folded(hit.passage.text) for hit in hits]
    found = (rank for rank, text in enumerate(texts, 1) if any(a in text for a in answers))
    return next(found, 99)


def folded(text: str) -> str:
    """Text without differences of case, white space and apostrophes."""
    return " ".join(text.replace("’", "'").casefold().split())
