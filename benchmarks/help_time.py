"""How much longer `peelsearch --help` takes than a bare start of the interpreter.

The target is 0.15 s. The two commands are run in turn, so that a slow spell of the machine falls
on both, and what is printed is the median of the paired differences. Run it on a quiet machine:

    .venv/bin/python benchmarks/help_time.py
"""

import argparse
import statistics
import subprocess
import sys
import time

TARGET_SECONDS = 0.15
BARE = [sys.executable, "-c", "pass"]
ENTRY = "import sys; from peelsearch.cli import main; sys.argv = ['peelsearch', '--help']; main()"


def main() -> int:
    """Measure and print; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=31, help="pairs of runs (default 31)")
    runs = parser.parse_args().runs
    help_command = [sys.executable, "-c", ENTRY]
    for command in (BARE, help_command):  # once unmeasured: files come into the page cache
        seconds(command)
    pairs = [(seconds(BARE), seconds(help_command)) for _ in range(runs)]
    extra = statistics.median(help_time - bare for bare, help_time in pairs)
    print(f"bare interpreter   {statistics.median(bare for bare, _ in pairs):.3f} s")
    print(f"peelsearch --help  {statistics.median(help_time for _, help_time in pairs):.3f} s")
    print(f"extra              {extra:.3f} s (target {TARGET_SECONDS} s), median of {runs} pairs")
    return int(extra > TARGET_SECONDS)


def seconds(command: list[str]) -> float:
    """Wall-clock time of one run of `command`."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
