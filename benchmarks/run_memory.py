"""The memory that an engine takes for serving: what a process holds beyond the files it maps.

    python -m benchmarks.run_memory --size 10000

A process for each engine opens the index and answers all queries twice. Counted is its own memory
(not that of mapped files, which the system takes back when it needs it) beyond what the process had
before it opened the index.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.common import memory, parser, setting
from benchmarks.peers import PEERS
from benchmarks.queries import BenchQuery, make_queries
from benchmarks.run_build import build_missing

MEGABYTE = 1_000_000


def main() -> int:
    """Measure, print and keep the figures."""
    run = setting(parser(__doc__).parse_args())
    build_missing(run)
    queries = make_queries(run.size, run.work)
    rows = {}
    for peer in run.peers:
        # A fresh process, in which nothing was freed that would hide what is taken.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            row = pool.submit(served, peer.name, run.index(peer), queries).result()
        rows[peer.name] = row
        print(
            f"{peer.label:<14} {row['own_bytes'] / MEGABYTE:8.1f} MB of its own,"
            f" {row['own_bytes'] / run.size:8.0f} bytes a passage,"
            f" {row['file_bytes'] / MEGABYTE:8.1f} MB of mapped files"
        )
    run.save("memory", {"engines": rows})
    return 0


def served(name: str, folder: Path, queries: tuple[BenchQuery, ...]) -> dict[str, int]:
    """Open, answer, and see what that took."""
    peer = next(peer for peer in PEERS if peer.name == name)
    before = memory()
    searcher = peer.open(folder)
    for query in queries * 2:
        if query.kind not in peer.without:
            searcher.answer(query)
    after = memory()
    searcher.close()
    return {
        "own_bytes": after["own"] - before["own"],
        "file_bytes": after["files"] - before["files"],
    }


if __name__ == "__main__":
    sys.exit(main())
