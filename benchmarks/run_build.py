"""How fast each engine indexes the same passages, what memory it takes, and how large it gets.

    python -m benchmarks.run_build --size 10000

Each engine builds in a process of its own, from passages that are in memory before the clock
starts; the analysis of their words is part of the time, and the same for all. The indexes stay in
the work folder for the other runs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from typing import Any

from benchmarks.common import ROOT, Setting, folder_bytes, memory, parser, setting
from benchmarks.corpus import corpus
from benchmarks.peers import OURS
from benchmarks.peers.protocol import Peer, analysed

MEGABYTE = 1_000_000
CHILD = "--in-this-process"


def main() -> int:
    """Build with every engine, print and keep the figures."""
    options = parser(__doc__)
    options.add_argument(CHILD, action="store_true", help="build here; for this script itself")
    options.add_argument(
        "--missing-only", action="store_true", help="build what is not there, measure nothing"
    )
    chosen = options.parse_args()
    run = setting(chosen)
    if chosen.in_this_process:
        (peer,) = run.peers
        print(json.dumps(build_here(run, peer)))
        return 0
    if chosen.missing_only:
        build_missing(run)
        return 0
    sum(1 for _ in corpus(run.size, run.work))
    rows = {}
    for peer in run.peers:
        rows[peer.name] = build_apart(run, peer)
        print(_line(peer.label, rows[peer.name]))
    run.save("build", {"engines": rows})
    return 0


def build_missing(run: Setting) -> None:
    """Build the indexes that are not there yet."""
    for peer in run.peers:
        if not run.index(peer).exists():
            print(f"building the index of {peer.label}, {run.size:,} passages")
            build_apart(run, peer)


def build_apart(run: Setting, peer: Peer) -> dict[str, Any]:
    """Build in a process of its own; the figures that it gives."""
    command = [sys.executable, "-m", "benchmarks.run_build", CHILD, "--peers", peer.name]
    command += ["--size", str(run.size), "--work", str(run.work)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def build_here(run: Setting, peer: Peer) -> dict[str, Any]:
    """Build in this process. What is there is replaced once the new index is complete."""
    documents = list(corpus(run.size, run.work))
    part = run.index(peer).with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    before = memory()
    started = time.perf_counter()
    peer.build(part, documents)
    seconds = time.perf_counter() - started
    after = memory()
    shutil.rmtree(run.index(peer), ignore_errors=True)
    part.rename(run.index(peer))
    return {
        "seconds": seconds,
        "passages_per_second": run.size / seconds,
        "peak_bytes": after["peak"] - before["resident"],
        "index_bytes": folder_bytes(run.index(peer)),
        "analysis_seconds": _analysis_seconds(run) if peer is OURS else None,
    }


def _analysis_seconds(run: Setting) -> float:
    """The time that the analysis alone takes, its memory of words warm."""
    started = time.perf_counter()
    for made in corpus(run.size, run.work):
        for passage in made.passages:
            analysed(passage)
    return time.perf_counter() - started


def _line(label: str, row: dict[str, Any]) -> str:
    return (
        f"{label:<14} {row['passages_per_second']:>8,.0f} passages/s"
        f" {row['peak_bytes'] / MEGABYTE:>8,.0f} MB {row['index_bytes'] / MEGABYTE:>8,.0f} MB index"
    )


if __name__ == "__main__":
    sys.exit(main())
