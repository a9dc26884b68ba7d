"""What updates cost: adding ten documents, and searching what came in twenty commits.

    python -m benchmarks.run_updates --size 10000

Ten documents are added several times to a copy of the index, in one process, from documents in
memory to the commit. For searching, the same passages are written in one commit and in twenty, and
all queries go to both in turn.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from statistics import geometric_mean, mean

from benchmarks.common import Setting, middle, parser, setting
from benchmarks.corpus import Made, corpus, further
from benchmarks.peers import OURS
from benchmarks.peers.protocol import Searcher
from benchmarks.queries import BenchQuery, make_queries
from benchmarks.run_build import build_missing
from peelsearch.engine.opening import open_reader

DOCUMENTS = 10
ADDITIONS = 6
COMMITS = 20
ROUNDS = 3
# Numbers of documents that no corpus reaches.
FIRST = 90_000


def main() -> int:
    """Measure, print and keep the figures."""
    options = parser(__doc__)
    chosen = options.parse_args()
    chosen.peers = [OURS.name]
    run = setting(chosen)
    build_missing(run)
    seconds, passages = additions(run)
    print(f"{DOCUMENTS} documents of {passages:.0f} passages in all: {seconds * 1_000:.0f} ms")
    many = in_commits(run)
    ratio = compared(run.index(OURS), many, make_queries(run.size, run.work))
    segments = len(segment_names(many))
    print(f"{COMMITS} commits, {segments} segments: a query takes {ratio:.2f} times as long")
    run.save(
        "updates",
        {
            "seconds": seconds,
            "added_passages": passages,
            "commits": COMMITS,
            "segments": segments,
            "ratio": ratio,
        },
    )
    return 0


def additions(run: Setting) -> tuple[float, float]:
    """Seconds for adding documents, the median but for the first time; passages added each time."""
    folder = run.index(OURS).with_name("updates")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(run.index(OURS), folder)
    times, counts = [], []
    for turn in range(ADDITIONS):
        added = further(FIRST + turn * DOCUMENTS, DOCUMENTS)
        started = time.perf_counter()
        OURS.build(folder, added)
        times.append(time.perf_counter() - started)
        counts.append(sum(len(made.passages) for made in added))
    shutil.rmtree(folder)
    return middle(times[1:]), mean(counts[1:])


def in_commits(run: Setting) -> Path:
    """An index of the corpus that was written in so many commits."""
    folder = run.index(OURS).with_name("commits")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    documents = list(corpus(run.size, run.work))
    for part in _parts(documents, COMMITS):
        OURS.build(folder, part)
    return folder


def _parts(documents: list[Made], count: int) -> list[list[Made]]:
    return [part for turn in range(count) if (part := documents[turn::count])]


def segment_names(folder: Path) -> set[str]:
    """The segments of the newest commit, by what their files' names have in common."""
    reader = open_reader(folder)
    names = {entry.name.split(".")[0] for entry in reader.manifest.segments}
    reader.close()
    return names


def compared(one: Path, many: Path, queries: tuple[BenchQuery, ...]) -> float:
    """How many times as long queries take on the second index: geometric mean of medians."""
    searchers = (OURS.open(one), OURS.open(many))
    ratios = []
    for query in queries:
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS + 1):
            for place in (turn % 2, 1 - turn % 2):
                times[place].append(_seconds(searchers[place], query))
        ratios.append(middle(times[1][1:]) / middle(times[0][1:]))
    for searcher in searchers:
        searcher.close()
    return geometric_mean(ratios)


def _seconds(searcher: Searcher, query: BenchQuery) -> float:
    started = time.perf_counter()
    searcher.answer(query)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
