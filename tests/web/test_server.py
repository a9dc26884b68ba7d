"""The running site: where it listens, how it stops, what it does without an index."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command(seeds_index: Path, number: signal.Signals) -> None:
    program = "from peelsearch.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--index", str(seeds_index)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode()
        assert "http://127.0.0.1:" in said
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, b"")


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

    monkeypatch.setattr("peelsearch.webapp.app.search", fail)
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
