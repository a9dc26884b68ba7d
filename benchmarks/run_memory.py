"""The memory that an engine takes for serving: what a process holds beyond the files it maps.

    python -m benchmarks.run_memory --size 10000

A process for each engine opens the index and answers all queries twice. Counted is its own memory
(not that of mapped files, which the system takes back when it needs it) beyond what the process had
before it opened the index.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from benchmarks.common import ROOT, Setting, memory, parser, setting
from benchmarks.peers.protocol import Peer
from benchmarks.queries import BenchQuery, make_queries
from benchmarks.run_build import build_missing

MEGABYTE = 1_000_000
CHILD = "--in-this-process"


def main() -> int:
    """Measure, print and keep the figures."""
    options = parser(__doc__)
    options.add_argument(CHILD, action="store_true", help="serve here; for this script itself")
    chosen = options.parse_args()
    run = setting(chosen)
    if chosen.in_this_process:
        (peer,) = run.peers
        print(json.dumps(serve_here(run, peer)))
        return 0
    build_missing(run)
    rows = {}
    for peer in run.peers:
        rows[peer.name] = row = _apart(run, peer)
        print(
            f"{peer.label:<14} {row['own_bytes'] / MEGABYTE:8.1f} MB of its own,"
            f" {row['own_bytes'] / run.size:8.0f} bytes a passage,"
            f" {row['file_bytes'] / MEGABYTE:8.1f} MB of mapped files"
        )
    run.save("memory", {"engines": rows})
    return 0


def _apart(run: Setting, peer: Peer) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.run_memory", CHILD, "--peers", peer.name]
    command += ["--size", str(run.size), "--work", str(run.work)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def serve_here(run: Setting, peer: Peer) -> dict[str, int]:
    """Open, answer, and see what that took."""
    queries = _queries_apart(run)
    before = memory()
    searcher = peer.open(run.index(peer))
    for query in queries * 2:
        if query.kind not in peer.without:
            searcher.answer(query)
    after = memory()
    searcher.close()
    return {
        "own_bytes": after["own"] - before["own"],
        "file_bytes": after["files"] - before["files"],
    }


def _queries_apart(run: Setting) -> tuple[BenchQuery, ...]:
    """The queries, drawn in another process: drawing takes memory that would hide what follows."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(make_queries, run.size, run.work).result()


if __name__ == "__main__":
    sys.exit(main())
