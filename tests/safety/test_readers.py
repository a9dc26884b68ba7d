"""Readers that search without pause during builds: no failed query, and one commit an answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from safety_samples import OPENERS, VOCABULARY

from peelsearch.corpus import Corpus, LiveCorpus, open_corpus
from peelsearch.indexing import build
from peelsearch.search import SearchOptions, search

BUILDS = 25
LETTER = (
    "Letter\n\nThe force of build{0} uses stop and search.\n\nPart\n\nThe force has build{0}.\n"
)
# The same words in several commits would be one document more, and a copy.
NAMES = ("Kent", "Essex", "Devon", "Dorset", "Surrey", "Norfolk")


def write(docs: Path, number: int) -> int:
    """Documents that all hold the number of the build, more or fewer of them each time."""
    names = NAMES[: 2 + number % 4]
    for name in NAMES:
        (docs / f"{name}.txt").unlink(missing_ok=True)
    for name in names:
        (docs / f"{name}.txt").write_text(f"{name}\n\n{LETTER.format(number)}")
    return len(names)


def check(corpus: Corpus, documents: dict[int, int]) -> int:
    """That all of an answer is of the corpus's commit; its number."""
    number = corpus.generation
    found = search(corpus, VOCABULARY, "force", SearchOptions(limit=100))
    assert found.total == len(found.hits)
    assert found.documents == len(corpus.documents) == documents[number]
    for hit in found.hits:
        assert f"build{number}" in hit.passage.text
        assert hit.passage.document in corpus.documents
    for _, values in found.facets:
        # No facet of these has two values in one passage.
        assert sum(value.count for value in values) == found.total
    for other in (number - 1, number + 1):
        assert search(corpus, VOCABULARY, f"build{other}").total == 0
    for document in corpus.documents:
        assert f"build{number}" in corpus.structure(document).text
    return number


def test_readers_never_fail_during_builds(tmp_path: Path) -> None:
    docs, where = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    documents = {1: write(docs, 1)}
    build([docs], index=where, vocabulary=VOCABULARY)
    live = [LiveCorpus(where, opener) for opener in OPENERS]

    def anew(number: int) -> Corpus:
        return open_corpus(where, OPENERS[number])

    ways: list[tuple[Callable[[], Corpus], bool]] = [
        (live[0].current, False),
        (live[1].current, False),
        (live[1].current, False),
        (lambda: anew(0), True),
        (lambda: anew(1), True),
    ]
    seen: list[list[int]] = [[] for _ in ways]
    errors: list[BaseException] = []
    done = threading.Event()

    def read(way: int) -> None:
        opening, close = ways[way]
        try:
            while not done.is_set():
                corpus = opening()
                seen[way].append(check(corpus, documents))
                if close:
                    corpus.close()
        except BaseException as error:
            errors.append(error)
            raise

    held = open_corpus(where)
    threads = [threading.Thread(target=read, args=(way,)) for way in range(len(ways))]
    for thread in threads:
        thread.start()
    try:
        for number in range(2, BUILDS + 2):
            documents[number] = write(docs, number)
            assert build([], index=where, vocabulary=VOCABULARY).generation == number
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert errors == []
    for numbers in seen:
        assert numbers == sorted(numbers)
        assert len(set(numbers)) > 3
    # A reader of the first commit still has all of it.
    assert check(held, documents) == 1
    held.close()
    for corpus in live:
        assert corpus.current().generation == BUILDS + 1
        corpus.close()
    # Nobody holds up the sweeping any more.
    write(docs, 1)
    build([], index=where, vocabulary=VOCABULARY)
    assert len(list(where.glob("commit-*.json"))) == 2
