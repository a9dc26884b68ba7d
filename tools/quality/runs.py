"""Every run that a collection allows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from peelsearch.corpus import Corpus
from peelsearch.model import Passage
from tools.quality.baseline import Baseline
from tools.quality.collection import Collection
from tools.quality.figures import Result
from tools.quality.indexing import index_collection
from tools.quality.questions import question_run, removal_run
from tools.quality.searches import passage_run, search_run

SEED = 0


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


def _passages(corpus: Corpus) -> list[Passage]:
    return [passage for name in corpus.documents for passage in corpus.reader.passages(name)]
