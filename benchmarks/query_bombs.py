"""How long queries take that are made to stall a search, on an index that is there.

Each is to take at most 200 ms at 100,000 passages, whether it is answered or refused. Both readers
are measured: the one of the command line, in a new process each time that loads what it needs, and
the one of the site.

    python -m benchmarks.query_bombs INDEX
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.bombs import BOMBS
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.engine.serving import open_serving_reader
from peelsearch.errors import PeelsearchError
from peelsearch.search import search

TARGET_MS = 200


def main() -> int:
    """Measure and print, slowest first; exit code 1 when one misses the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, help="folder of the index")
    parser.add_argument("--runs", type=int, default=3, help="runs of each query (default 3)")
    given = parser.parse_args()
    site = open_corpus(given.index, open_serving_reader)
    print(f"{site.reader.passage_count:,} passages, median of {given.runs} runs, milliseconds")
    rows = []
    for name, query in BOMBS.items():
        line = statistics.median(cold(given.index, name) for _ in range(given.runs))
        warm = statistics.median(milliseconds(site, query)[0] for _ in range(given.runs))
        rows.append((max(line, warm), line, warm, name, milliseconds(site, query)[1]))
    print("command   site  query")
    for _, line, warm, name, said in sorted(rows, reverse=True):
        print(f"{line:7.1f} {warm:6.1f}  {name}: {said[:70]}")
    return int(max(rows)[0] > TARGET_MS)


def cold(index: Path, name: str) -> float:
    """The time of one search by a process of its own, from opening the index on."""
    command = [sys.executable, "-m", "benchmarks.bomb_once", str(index), name]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return float(said.split()[0])


def milliseconds(corpus: Corpus, query: str) -> tuple[float, str]:
    """The time of one search, and what came of it."""
    started = time.perf_counter()
    try:
        said = f"{search(corpus, corpus.vocabulary, query).total:,} passages"
    except PeelsearchError as error:
        said = error.message
    return (time.perf_counter() - started) * 1_000, said


if __name__ == "__main__":
    sys.exit(main())
