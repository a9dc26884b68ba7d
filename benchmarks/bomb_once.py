"""One of the queries made to stall a search, asked as a command does: in a process of its own.

Prints the milliseconds from opening the index to the answer, loading of numpy included, and what
came of it. ``query_bombs`` runs it.

    python -m benchmarks.bomb_once INDEX "64 common words"
"""

import sys
import time
from pathlib import Path

from benchmarks.bombs import BOMBS
from peelsearch.corpus import open_corpus
from peelsearch.errors import PeelsearchError
from peelsearch.search import search


def main() -> None:
    """Ask once."""
    index, name = sys.argv[1:]
    started = time.perf_counter()
    corpus = open_corpus(Path(index))
    try:
        said = f"{search(corpus, corpus.vocabulary, BOMBS[name]).total:,} passages"
    except PeelsearchError as error:
        said = error.message
    print(f"{(time.perf_counter() - started) * 1_000:.1f}", said.replace("\n", " "))


if __name__ == "__main__":
    main()
