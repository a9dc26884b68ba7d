"""How long the pages of tables take over 43 forces in three rounds: p50 and p95 of each address.

    python -m benchmarks.run_tables

The reports are those that the tests count again (``tests/register_samples.py``). Each address is
asked for over a socket of this machine, one request after the other; the first of all, which reads
every document, is told apart. The server shares the process with who asks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.common import middle, percentile
from peelsearch.indexing import build
from peelsearch.vocabulary import load_vocabulary
from peelsearch.webapp import Server
from tests.register_samples import reports, write
from tools.serving import running

ADDRESSES = (
    "/judgments",
    "/judgments?round=2021-22",
    "/judgments?force=kent",
    "/judgments?all-forces=yes",
    "/judgments.csv",
    "/judgments.docx",
    "/api/v1/judgments",
    "/register",
    "/register?kind=ask&force=kent",
    "/register?deadline=unresolved",
    "/responses",
    "/coverage",
    "/forces/kent",
)
REQUESTS = 30


def main() -> int:
    """Build, ask, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--requests", type=int, default=REQUESTS, help=f"default {REQUESTS}")
    requests = options.parse_args().requests
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = load_vocabulary()
        documents = write(Path(folder) / "reports", reports(vocabulary))
        index = Path(folder) / "index"
        made = build([documents], index=index, vocabulary=vocabulary)
        print(f"{made.documents} reports, {made.passages:,} passages; milliseconds")
        server = Server(index, port=0)
        cold = _first(server)
        print(f"{'first request, nothing read':32} {cold:8.1f}")
        with running(server):
            _measure(server.address, requests)
    return 0


def _first(server: Server) -> float:
    """The matrix before the server has read anything in the background."""
    started = time.perf_counter()
    server.app.test_client().get(ADDRESSES[0])
    return 1_000 * (time.perf_counter() - started)


def _measure(address: str, requests: int) -> None:
    where = urlsplit(address)
    connection = HTTPConnection(where.hostname or "", where.port)
    print(f"{'address':32} {'p50':>8} {'p95':>8} {'bytes':>10}")
    for target in ADDRESSES:
        taken, size = [], 0
        for _ in range(requests):
            started = time.perf_counter()
            connection.request("GET", target)
            answer = connection.getresponse()
            size = len(answer.read())
            taken.append(1_000 * (time.perf_counter() - started))
            if answer.status != 200:
                raise SystemExit(f"{target}: status {answer.status}")
        print(f"{target:32} {middle(taken):8.1f} {percentile(taken, 0.95):8.1f} {size:10,}")
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
