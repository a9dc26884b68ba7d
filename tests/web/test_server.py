"""The running site: where it listens, how it stops, what it does without an index."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from peelsearch.errors import IndexMissingError, SettingError
from peelsearch.webapp import Server, create_app, serve


def test_health_is_answered_over_a_socket(site: str) -> None:
    with urllib.request.urlopen(f"{site}healthz", timeout=10) as response:  # noqa: S310
        assert json.load(response)["status"] == "ok"
        assert response.headers["Cache-Control"] == "no-store"


def test_a_taken_port_is_an_error_that_says_what_to_do(site: str, seeds_index: Path) -> None:
    taken = urlsplit(site).port
    assert taken is not None
    with pytest.raises(SettingError) as caught:
        Server(seeds_index, port=taken)
    assert str(taken) in caught.value.message
    assert "--port" in caught.value.hint


def test_serving_without_an_index_is_an_error_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        serve(tmp_path / "none", port=0)


COMMAND = """
from peelsearch.cli import main
main()
"""
WITH_HELPERS = """
import sys
from pathlib import Path
from peelsearch.webapp import serve
serve(Path(sys.argv[-1]), port=0, processes=3, ready=lambda said: print(said, flush=True))
"""


@contextmanager
def command(index: Path, program: str = COMMAND) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """``peelsearch serve`` over an index: its address, and the process."""
    with subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", "0", "--index", str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline().decode())
            assert found is not None
            yield found.group(), process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command(seeds_index: Path, number: signal.Signals) -> None:
    with command(seeds_index) as (_, process):
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_helpers_answer_and_end_with_the_process_that_started_them(
    seeds_index: Path, number: signal.Signals
) -> None:
    with command(seeds_index, WITH_HELPERS) as (site, process):
        helpers = children(process.pid)
        assert len(helpers) >= 2
        process.send_signal(signal.SIGSTOP)
        with urllib.request.urlopen(f"{site}api/v1/search?q=force", timeout=20) as response:  # noqa: S310
            assert json.load(response)["total"] > 0
        process.send_signal(signal.SIGCONT)
        process.send_signal(number)
        process.wait(timeout=20)
        deadline = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in helpers):
            assert time.monotonic() < deadline, "a helper goes on alone"
            time.sleep(0.05)
        socket.create_server(("127.0.0.1", urlsplit(site).port)).close()


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [
        int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def test_more_clients_than_threads_all_get_their_own_answer(
    seeds_index: Path, client: FlaskClient
) -> None:
    queries = ("force", "use+of+force", "burglary&sort=date", "children&grade=inadequate") * 8
    addresses = [f"api/v1/search?q={query}" for query in queries]

    def ask(address: str) -> dict[str, object]:
        with urllib.request.urlopen(f"{site}{address}", timeout=20) as response:  # noqa: S310
            return untimed(json.load(response))

    with command(seeds_index) as (site, process):
        with ThreadPoolExecutor(16) as clients:
            answers = list(clients.map(ask, addresses))
        process.terminate()
        _, errors = process.communicate(timeout=20)
    wanted = {address: untimed(client.get(f"/{address}").get_json()) for address in addresses}
    assert answers == [wanted[address] for address in addresses]
    assert errors.decode() == "", "nothing is said about requests that wait for a thread"


def untimed(answer: dict[str, object]) -> dict[str, object]:
    """An answer of the API but for the time it took."""
    return {name: value for name, value in answer.items() if name != "took_ms"}


def test_a_page_without_an_index_says_how_to_build_one(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    for address in ("/", "/search?q=force", "/documents/none"):
        response = client.get(address)
        assert response.status_code == 503
        assert "peelsearch index" in response.text
    health = client.get("/healthz")
    assert (health.status_code, health.get_json()["status"]) == (503, "unavailable")
    assert client.get("/api/v1/search?q=force").status_code == 503


def test_a_request_that_is_too_long_is_refused(site: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{site}search?q={'x' * 70_000}", timeout=10)  # noqa: S310
    with caught.value as error:
        assert error.code == 431


def test_a_mistake_in_the_program_shows_no_traceback(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the program")

    for module in ("app", "api"):
        monkeypatch.setattr(f"peelsearch.webapp.{module}.search", fail)
    client = create_app(seeds_index).test_client()
    page = client.get("/search?q=force")
    assert page.status_code == 500
    assert "Something went wrong" in page.text
    assert "secret" not in page.text
    assert client.get("/api/v1/search?q=force").get_json().keys() == {"error", "hint"}


def test_pages_can_only_be_read(seeds_index: Path) -> None:
    response = create_app(seeds_index).test_client().post("/search", data={"q": "force"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
