"""Builds that are killed, each in a copy of this process: ``python killed_builds.py < jobs``.

A job is a line of JSON: the index folder, the paths and options of the build, and when to end it:
``operation`` (a number), ``after`` (seconds) or neither; with ``helper`` it is the process that
helps the build that is ended then. The answer is a line too: the exit status, the seconds it took
and the processes that it had at the time. Importing takes longer than building, so everything is
imported once, and forked.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """Do the jobs, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        # What a first build loads late is loaded now.
        Path(name, "docs").mkdir()
        Path(name, "docs", "letter.txt").write_text("Letter\n\nCafé, forces.\n")
        build([Path(name, "docs")], index=Path(name, "index"), vocabulary=VOCABULARY)
    for line in sys.stdin:
        job = json.loads(line)
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                run(job)
                status = 0
            finally:
                os._exit(status)
        helpers = []
        if "after" in job:
            time.sleep(job["after"])
            helpers = children(child)
            for process in helpers if job.get("helper") else [child]:
                os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = time.monotonic() - started
        sys.stdout.write(json.dumps([os.waitstatus_to_exitcode(status), seconds, helpers]) + "\n")
        sys.stdout.flush()


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in listed.split()]


def run(job: dict[str, Any]) -> None:
    """One build."""
    index = Path(job["index"])
    writer.BATCH = job.get("batch", writer.BATCH)
    operations = Operations(index, deadly=job.get("operation", -1))
    operations.install()
    build(
        [Path(path) for path in job.get("paths", [])],
        index=index,
        vocabulary=VOCABULARY,
        rebuild=job.get("rebuild", False),
    )
    if "trace" in job:
        Path(job["trace"]).write_text(json.dumps(operations.done))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from injection import Operations
    from safety_samples import VOCABULARY

    from peelsearch.engine import writer
    from peelsearch.indexing import build

    main()
