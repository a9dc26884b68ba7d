"""How fast PDFs are read: pages and megabytes a second on one core, median over the files.

The target is 100 pages a second on two cores, so 50 on one. Run it on a quiet machine:

    .venv/bin/python benchmarks/pdf_reading.py FOLDER
"""

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

from peelsearch.documents.pdf import read_pdf
from peelsearch.errors import ReadingError

TARGET_PAGES = 50.0
MEGABYTE = 1_000_000


def main() -> int:
    """Measure and print; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder with PDFs, searched to the bottom")
    parser.add_argument("--runs", type=int, default=3, help="readings of each file (default 3)")
    options = parser.parse_args()
    pages: list[float] = []
    megabytes: list[float] = []
    for path in sorted(options.folder.rglob("*.pdf")):
        measured = speed(path.read_bytes(), options.runs)
        if measured:
            pages.append(measured[0])
            megabytes.append(measured[1])
    if not pages:
        print(f"There is no PDF in {options.folder} that can be read.")
        return 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"files         {len(pages)}")
    print(f"pages/second  {statistics.median(pages):.0f} (target {TARGET_PAGES:.0f})")
    print(f"MB/second     {statistics.median(megabytes):.2f}")
    print(f"peak memory   {peak:.0f} MB")
    return int(statistics.median(pages) < TARGET_PAGES)


def speed(data: bytes, runs: int) -> tuple[float, float] | None:
    """Pages and megabytes a second of the fastest reading; None for a file that is not read."""
    best = float("inf")
    count = 0
    for _ in range(runs):
        started = time.perf_counter()
        try:
            read = read_pdf(data)
        except ReadingError:
            return None
        best = min(best, time.perf_counter() - started)
        count = max((block.page or 1 for block in read.blocks), default=1)
    return count / best, len(data) / MEGABYTE / best


if __name__ == "__main__":
    sys.exit(main())
