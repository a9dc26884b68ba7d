"""Every benchmark in turn, then the report: what `make bench` runs.

    python -m benchmarks.run_all --sizes 1000 10000 100000 --work FOLDER

Without options it goes over 1,000 and 10,000 passages, which takes some minutes; 100,000 takes
more than half an hour, most of it for stock Whoosh's index. Any part can be run alone
(`python -m benchmarks.run_queries --size 10000`), and takes its place in the next report.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.common import ROOT, default_work

SIZES = [1_000, 10_000]
# The sections by name, and their scripts with options. Building comes first: the others use its
# indexes.
SECTIONS: dict[str, list[str]] = {
    "build": ["run_build"],
    "queries": ["run_queries"],
    "queries-body": ["run_queries", "--body-only"],
    "updates": ["run_updates"],
    "memory": ["run_memory"],
    "cold": ["run_cold"],
    "site": ["run_site"],
}


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=default_work(), help="folder for what is made")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages")
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--output", type=Path, help="report (default benchmarks/RESULTS.md)")
    options = parser.parse_args()
    work = options.work.resolve()
    for size in options.sizes:
        for section in options.sections:
            script, *more = SECTIONS[section]
            print(f"--- {section}, {size:,} passages")
            run(script, "--size", str(size), "--work", str(work), *more)
    output = ["--output", str(options.output.resolve())] if options.output else []
    run("report", "--work", str(work), *output)
    return 0


def run(script: str, *arguments: str) -> None:
    """Run one script of this folder; a failure ends everything."""
    command = [sys.executable, "-m", f"benchmarks.{script}", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
