"""Many clients while the index is built again: no failed request, no answer that mixes commits."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from letter_samples import LETTER
from peelsearch.corpus import open_corpus
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from register_samples import Report, write
from tools.serving import served

CLIENTS = 16
BUILDS = 3
# A build follows the one before after this, and the clients go on so long after the last.
PAUSE = 1.5
ADDRESSES = (
    "api/v1/search?q=force",
    "api/v1/search?kind=ask&sort=date&limit=50",
    "api/v1/ask?q=What+are+the+areas+for+improvement?",
    "api/v1/register?as-of=2024-02-01",
    "api/v1/documents",
    "search?q=letter",
    "judgments",
)


def untimed(address: str, body: bytes) -> Any:
    """What of an answer depends on the commit alone."""
    if not address.startswith("api"):
        return body
    found = json.loads(body)
    found.pop("took_ms", None)
    return json.dumps(found, sort_keys=True)


def answers_now(index: Path) -> dict[str, Any]:
    """The right answers for the newest commit."""
    client = create_app(index).test_client()
    return {one: untimed(one, client.get(f"/{one}").data) for one in ADDRESSES}


def test_clients_get_right_answers_while_the_index_is_built_again(
    tmp_path: Path, vocabulary: Vocabulary, many_reports: list[Report]
) -> None:
    index = tmp_path / "index"
    reports = write(tmp_path / "reports", many_reports[:12])
    build([reports], index=index, vocabulary=vocabulary)
    right = [answers_now(index)]
    found: list[tuple[str, int, Any]] = []
    ended = threading.Event()

    def ask(number: int) -> None:
        tags: dict[str, tuple[str, Any]] = {}
        while not ended.is_set():
            address = ADDRESSES[number % len(ADDRESSES)]
            number += 1
            found.append((address, *fetch(site + address, address, tags)))

    with served(index) as site, ThreadPoolExecutor(CLIENTS) as clients:
        asking = [clients.submit(ask, number) for number in range(CLIENTS)]
        try:
            for number in range(BUILDS):
                time.sleep(PAUSE)
                (reports / f"letter-{number}.txt").write_text(f"{LETTER}\nNo. {number}\n", "utf-8")
                build([], index=index, vocabulary=vocabulary)
                right.append(answers_now(index))
            time.sleep(PAUSE)
        finally:
            ended.set()
        for one in asking:
            one.result()
        last = {address: fetch(site + address, address, {})[1] for address in ADDRESSES}
    assert [status for _, status, _ in found if status not in {200, 304}] == []
    assert 304 in {status for _, status, _ in found}
    expected = {address: [answers[address] for answers in right] for address in ADDRESSES}
    assert [one[:2] for one in found if one[2] not in expected[one[0]]] == []
    assert last == right[-1]
    assert open_corpus(index).generation == BUILDS + 1


def fetch(url: str, address: str, tags: dict[str, tuple[str, Any]]) -> tuple[int, Any]:
    """Status and answer, which with 304 is the one that came with the tag."""
    request = urllib.request.Request(url)  # noqa: S310
    if address in tags:
        request.add_header("If-None-Match", tags[address][0])
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            answer = untimed(address, response.read())
            tags[address] = response.headers["ETag"], answer
            return response.status, answer
    except urllib.error.HTTPError as error:
        with error:
            return error.code, tags[address][1] if error.code == 304 else error.read()
