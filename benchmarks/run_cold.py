"""How long one search takes as a user types it: the whole command, from its start to its end.

    python -m benchmarks.run_cold --size 10000

The console command, a script that does the same on stock Whoosh, and a bare interpreter run in
turn, so that a slow spell of the machine falls on all; medians of so many runs of each. Files are
in the system's cache, as they are from the second search on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.common import ROOT, Setting, middle, parser, setting
from benchmarks.peers import OURS
from benchmarks.peers.whoosh_stock import PEER as STOCK
from benchmarks.run_build import build_missing

RUNS = 15
# Words of the seeds that stand together in many passages of any corpus.
WORDS = ("domestic", "abuse")


def main() -> int:
    """Measure, print and keep the figures."""
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=RUNS, help=f"default {RUNS}")
    chosen = options.parse_args()
    chosen.peers = [OURS.name, STOCK.name]
    run = setting(chosen)
    build_missing(run)
    commands = _commands(run)
    # As installed: the interpreter finds its bytecode.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(run.work / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(chosen.runs + 1):
        for name, command in commands.items():
            taken = seconds(command, environment)
            if turn:  # the first brings files into the cache
                times[name].append(taken)
    medians = {name: middle(taken) for name, taken in times.items()}
    bare = medians["bare interpreter"]
    for name, taken in medians.items():
        print(f"{name:<22} {taken * 1_000:7.0f} ms, {(taken - bare) * 1_000:7.0f} ms beyond bare")
    run.save("cold", {"seconds": medians, "runs": chosen.runs, "words": WORDS})
    return 0


def _commands(run: Setting) -> dict[str, list[str]]:
    program = str(Path(sys.executable).with_name("peelsearch"))
    script = str(ROOT / "benchmarks" / "cold_whoosh.py")
    return {
        "bare interpreter": [sys.executable, "-c", "pass"],
        "peelsearch search": [program, "search", *WORDS, "--index", str(run.index(OURS))],
        "stock Whoosh script": [sys.executable, script, str(run.index(STOCK)), *WORDS],
    }


def seconds(command: list[str], environment: Mapping[str, str]) -> float:
    """Wall-clock time of one run of ``command``, which must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
