"""How fast documents are read: for each format MB a second, for PDF also pages a second.

    .venv/bin/python benchmarks/reading.py FOLDER

The first table is one process, the fastest of some readings of each file, median over the files.
The last lines are what a build does: all files through the reading processes, from their start on,
and the memory of the largest process. Run it on a quiet machine. Target: 100 PDF pages a second
on two cores, under 600 MB.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peelsearch.documents import READERS, extract, skip_reason
from peelsearch.documents.sniffing import sniff
from peelsearch.errors import ReadingError
from peelsearch.indexing.reading import Understood, Wanted
from peelsearch.indexing.workers import Job, Readers
from peelsearch.vocabulary import load_vocabulary

MEGABYTE = 1_000_000
SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Speed:
    """One file, read in this process."""

    megabytes: float
    pages: int
    seconds: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="documents, searched to the bottom")
    parser.add_argument("--runs", type=int, default=3, help="readings of each file (default 3)")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    files = [path for path in files if skip_reason(path) is None]
    if not files:
        print(f"There is no document in {options.folder}.")
        return 2
    pages = print_formats(files, options.runs)
    print_build(files, pages)
    return 0


def print_formats(files: Sequence[Path], runs: int) -> int:
    """A line for each format; the pages of all files."""
    found: dict[str, list[Speed]] = defaultdict(list)
    for path in files:
        data = path.read_bytes()
        speed = measured(data, path.name, runs)
        if speed is not None:
            found[sniff(data, path.name) or ""].append(speed)
    print("format      files   MB/s   pages/s")
    for name in READERS:
        speeds = found.get(name, [])
        if speeds:
            rate = statistics.median(speed.megabytes / speed.seconds for speed in speeds)
            pages = statistics.median(speed.pages / speed.seconds for speed in speeds)
            shown = f"{pages:8.0f}" if any(speed.pages > 1 for speed in speeds) else "       -"
            print(f"{name:<10} {len(speeds):>6} {rate:>6.2f}  {shown}")
    return sum(speed.pages for speeds in found.values() for speed in speeds)


def measured(data: bytes, name: str, runs: int) -> Speed | None:
    """The fastest reading of a file; None for one that cannot be read."""
    best, pages = float("inf"), 0
    for _ in range(runs):
        started = time.perf_counter()
        try:
            read = extract(data, name)
        except ReadingError:
            return None
        best = min(best, time.perf_counter() - started)
        pages = max((block.page or 1 for block in read.blocks), default=1)
    return Speed(len(data) / MEGABYTE, pages, best)


def print_build(files: Sequence[Path], pages: int) -> None:
    """All files as a build reads and understands them."""
    started = time.perf_counter()
    understood = 0
    with Readers(load_vocabulary(), seconds=SECONDS) as readers:
        for outcome in readers.read([Job(Wanted(path), apart=True) for path in files]):
            understood += isinstance(outcome, Understood)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(path.stat().st_size for path in files) / MEGABYTE
    print(
        f"\nread and understood in processes: {understood} of {len(files)} files in {seconds:.1f} s"
    )
    print(f"  {pages / seconds:.0f} pages/s, {size / seconds:.2f} MB/s")
    print(f"  largest reading process {peak:.0f} MB, this one {own:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
