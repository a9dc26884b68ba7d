"""What the site answers to eight clients at once: requests a second and p99, every answer checked.

    python -m benchmarks.run_site --size 10000

`peelsearch serve` runs in processes of its own on a free port of this machine, the clients are
threads of another, so all share the processors. What each address must answer is worked out here
before, by searching without the site.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.common import Setting, memory, parser, percentile, setting
from benchmarks.corpus import sample
from benchmarks.peers import OURS
from benchmarks.queries import BenchQuery, Prefix, draw
from benchmarks.run_build import build_missing
from peelsearch.analysis import stem, words
from peelsearch.corpus import open_corpus
from peelsearch.model import AllOf, AnyOf, Passage, Phrase, Stem
from peelsearch.render.contract import results_json
from peelsearch.search import SearchOptions, search

CLIENTS = 8
REQUESTS = 2_000
ADDRESSES = 100
STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked for, and what must be in the answer."""

    target: str
    total: int
    passages: tuple[str, ...]
    documents: tuple[str, ...]


def main() -> int:
    """Measure, print and keep the figures; 1 when an answer was wrong."""
    options = parser(__doc__)
    options.add_argument("--clients", type=int, default=CLIENTS, help=f"default {CLIENTS}")
    options.add_argument("--requests", type=int, default=REQUESTS, help=f"default {REQUESTS:,}")
    chosen = options.parse_args()
    chosen.peers = [OURS.name]
    run = setting(chosen)
    build_missing(run)
    result: dict[str, Any] = {"clients": chosen.clients}
    asked = addresses(run)
    with serving(run.index(OURS)) as (host, port, process):
        for name, path in (("api", "/api/v1/search"), ("pages", "/search")):
            result[name] = row = load(host, port, path, asked, chosen.clients, chosen.requests)
            print(
                f"{name:<6} {row['per_second']:7.0f} a second, p50 {row['p50_ms']:6.1f} ms,"
                f" p99 {row['p99_ms']:6.1f} ms, {row['wrong']} wrong of {row['requests']}"
            )
        result["server_own_bytes"] = sum(
            memory(one)["own"] for one in (process, *children(process))
        )
    run.save("site", result)
    return int(bool(result["api"]["wrong"] or result["pages"]["wrong"]))


def addresses(run: Setting) -> list[Address]:
    """Searches as people type them, with what the library answers to each."""
    passages = sample(run.size, run.work, 2_000)
    written = _written_words(passages)
    opened = open_corpus(run.index(OURS))
    found: list[Address] = []
    for query in draw(passages):
        typed = _typed(query, written)
        if typed is None or len(found) == ADDRESSES:
            continue
        options = SearchOptions(filters=query.filters)
        wanted = json.loads(
            json.dumps(results_json(search(opened, opened.vocabulary, typed, options)))
        )
        pairs = [("q", typed), *((name, v) for name, values in query.filters for v in values)]
        found.append(
            Address(
                urlencode(pairs),
                wanted["total"],
                tuple(hit["passage"] for hit in wanted["hits"]),
                tuple(hit["document"]["id"] for hit in wanted["hits"]),
            )
        )
    opened.close()
    return found


def _written_words(passages: Sequence[Passage]) -> dict[str, str]:
    """A word for each stem."""
    return {stem(word): word for passage in passages for word in words(passage.text)}


def _typed(query: BenchQuery, written: dict[str, str]) -> str | None:
    """The query as it is typed; None for one that the query language has no form for."""
    match query.match:
        case Stem(one):
            return written[one]
        case AllOf(parts):
            return " ".join(written[part.stem] for part in parts if isinstance(part, Stem))
        case AnyOf(parts):
            return " OR ".join(written[part.stem] for part in parts if isinstance(part, Stem))
        case Phrase(phrase):
            return f'"{" ".join(phrase)}"'
        case Prefix(prefix):
            return f"{prefix}*"
    return None


@contextmanager
def serving(index: Path) -> Iterator[tuple[str, int, int]]:
    """The site over an index, as a child process: host, port and process id."""
    program = str(Path(sys.executable).with_name("peelsearch"))
    command = [program, "serve", "--index", str(index), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            link = re.search(r"https?://\S+", line)
            if link is None:
                raise SystemExit(f"The site did not start: {line}")
            address = urlsplit(link.group())
            yield address.hostname or "", address.port or 0, process.pid
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def children(process: int) -> list[int]:
    """The processes that a process has started: the site's other ones, and their tracker."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
    return [int(pid) for pid in listed.split()]


def load(
    host: str, port: int, path: str, asked: Sequence[Address], clients: int, requests: int
) -> dict[str, Any]:
    """So many requests by so many clients at once, each over a connection that it keeps."""
    local = threading.local()

    def one(number: int) -> tuple[float, bool]:
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection(host, port)
        address = asked[number % len(asked)]
        started = time.perf_counter()
        local.connection.request("GET", f"{path}?{address.target}")
        response = local.connection.getresponse()
        body = response.read()
        taken = time.perf_counter() - started
        return taken, response.status == 200 and right(body, address, path)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(one, range(len(asked))))  # once unmeasured
        started = time.perf_counter()
        answers = list(pool.map(one, range(requests)))
        seconds = time.perf_counter() - started
    times = [taken for taken, _ in answers]
    return {
        "requests": requests,
        "per_second": requests / seconds,
        "p50_ms": percentile(times, 0.5) * 1_000,
        "p99_ms": percentile(times, 0.99) * 1_000,
        "wrong": sum(not right for _, right in answers),
    }


def right(body: bytes, address: Address, path: str) -> bool:
    """Whether the answer is the one to this search: its total and its hits, in order."""
    if path.startswith("/api"):
        found = json.loads(body)
        passages = tuple(hit["passage"] for hit in found["hits"])
        return found["total"] == address.total and passages == address.passages
    page = body.decode()
    place = 0
    for document in address.documents:
        place = page.find(f"/documents/{document}", place) + 1
        if not place:
            return False
    return not address.total or f"{address.total:,}" in page


if __name__ == "__main__":
    sys.exit(main())
