"""Running the site for others: its end, its log, its password, slow clients, a path of its own."""

from __future__ import annotations

import base64
import http.client
import re
import shutil
import socket
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from commands import Terminal
from peelsearch.cli.serve import CLEAR_TEXT, OPEN_TO_ALL
from peelsearch.errors import SettingError
from peelsearch.webapp import Server, Serving, create_app, login_set, wsgi
from peelsearch.webapp.around import under
from tools.serving import running

LOGIN = "reader:a pass:word"


def connected(server: Server) -> socket.socket:
    where = urlsplit(server.address)
    return socket.create_connection((where.hostname or "", where.port or 0), timeout=20)


def fetch(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def basic(login: str) -> str:
    return "Basic " + base64.b64encode(login.encode()).decode()


# --- slow clients and the end -----------------------------------------------------------------


def test_a_request_that_arrives_byte_by_byte_holds_up_no_other(seeds_index: Path) -> None:
    with running(Server(seeds_index, port=0, serving=Serving(arriving=1.0))) as server:
        slow = [connected(server) for _ in range(20)]
        try:
            for one in slow:
                one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            end = time.monotonic() + 20
            while slow and time.monotonic() < end:
                for one in list(slow):
                    try:
                        one.sendall(b"a")
                    except OSError:
                        one.close()
                        slow.remove(one)
                assert fetch(f"{server.address}search?q=force")[0] == 200
                time.sleep(0.05)
            assert not slow, "they keep their connections for as long as they send anything"
        finally:
            for one in slow:
                one.close()


def test_a_client_may_take_its_time_between_requests(seeds_index: Path) -> None:
    with running(Server(seeds_index, port=0, serving=Serving(arriving=0.4))) as server:
        client = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=20)
        client.connect()
        first = client.sock
        for _ in range(3):
            client.request("GET", "/healthz")
            response = client.getresponse()
            assert (response.status, client.sock) == (200, first), "the same connection"
            response.read()
            time.sleep(0.6)
        client.close()


def test_a_stop_finishes_what_is_being_answered(seeds_index: Path) -> None:
    """An answer that is being made, and one larger than a socket takes at once, arrive whole."""
    server = Server(seeds_index, port=0)
    began, size = threading.Event(), 8_000_000

    @server.app.get("/slow")
    def slow() -> str:
        began.set()
        time.sleep(0.5)
        return "x" * size

    thread = threading.Thread(target=server.run)
    thread.start()
    with connected(server) as client, connected(server) as idle:
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert began.wait(20)
        server.stop()
        received = b"".join(iter(lambda: client.recv(1 << 20), b""))
        assert idle.recv(10) == b"", "a connection without a request is closed"
    thread.join(20)
    assert not thread.is_alive()
    assert received.startswith(b"HTTP/1.1 200")
    assert len(received.partition(b"\r\n\r\n")[2]) == size
    with pytest.raises(OSError):  # noqa: PT011 - refused, in the system's words
        connected(server)


# --- the log ----------------------------------------------------------------------------------


def test_the_log_has_a_line_for_each_request(seeds_index: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with running(Server(seeds_index, port=0, serving=Serving(access_log=str(log)))) as server:
        fetch(f"{server.address}search?q=stop+and+search&grade=good")
        fetch(f"{server.address}nothing%0d%0a2026-01-01T00:00:00%20127.0.0.1%20GET%20/forged")
        fetch(f"{server.address}api/v1/search?q=%22%0a")
    lines = log.read_text("utf-8").splitlines()
    form = re.compile(r"\S+T\S+ 127\.0\.0\.1 GET (\S+) (\d{3}) (?:\d+|-) \d+\.\d ms")
    found = [form.fullmatch(line) for line in lines]
    assert [match and match[2] for match in found] == ["200", "404", "400"], lines
    assert found[0] is not None
    assert found[0][1] == "/search?q=stop+and+search&grade=good"
    assert "%0D%0A" in lines[1]


def test_a_log_that_can_be_written_no_longer_fails_no_request(
    seeds_index: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    with running(
        Server(seeds_index, port=0, serving=Serving(access_log=str(folder / "access.log")))
    ) as server:
        shutil.rmtree(folder)
        assert fetch(f"{server.address}search?q=force")[0] == 200
        folder.mkdir()
        assert fetch(f"{server.address}search?q=force")[0] == 200
    assert len((folder / "access.log").read_text("utf-8").splitlines()) == 1


def test_without_being_asked_nothing_is_logged(
    seeds_index: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with running(Server(seeds_index, port=0, serving=Serving())) as server:
        fetch(f"{server.address}search?q=secret")
    assert capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_is_an_error_at_the_start(
    seeds_index: Path, tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match="cannot be written"):
        Server(seeds_index, port=0, serving=Serving(access_log=str(tmp_path / "no" / "log")))


# --- the password -----------------------------------------------------------------------------

EVERYWHERE = ("", "search?q=force", "api/v1/search?q=force", "healthz", "static/style.css", "none")


def test_with_a_login_nothing_is_shown_without_it(seeds_index: Path) -> None:
    wrong = (
        {},
        {"Authorization": basic("reader:other")},
        {"Authorization": basic("reader")},
        {"Authorization": basic(f"{LOGIN} ")},
        {"Authorization": "Basic ///"},
        {"Authorization": "Bearer x"},
        {"Authorization": basic(LOGIN).replace("Basic", "Digest")},
    )
    with running(Server(seeds_index, port=0, serving=Serving(login=LOGIN))) as server:
        for address in EVERYWHERE:
            for headers in wrong:
                status, text = fetch(f"{server.address}{address}", **headers)
                assert (status, text) == (401, "This site asks for a name and a password.\n")
        right = {"Authorization": basic(LOGIN)}
        assert fetch(f"{server.address}search?q=force", **right)[0] == 200
        assert fetch(f"{server.address}none", **right)[0] == 404


def test_a_tag_does_not_open_what_a_password_closes(seeds_index: Path) -> None:
    open_client = create_app(seeds_index).test_client()
    tag = open_client.get("/search?q=force").headers["ETag"]
    closed = create_app(seeds_index, login=LOGIN).test_client()
    response = closed.get("/search?q=force", headers={"If-None-Match": tag})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert "ETag" not in response.headers


def test_a_login_comes_from_a_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "login"
    file.write_text(f"{LOGIN}\n", "utf-8")
    assert login_set({"login": "", "login_file": str(file)}) == LOGIN
    assert login_set({"login": LOGIN, "login_file": ""}) == LOGIN
    assert login_set({"login": "", "login_file": ""}) == ""


@pytest.mark.parametrize("text", ["", "secret", ":secret", "name:", "name:secret\nmore"])
def test_a_login_that_cannot_be_used_is_not_quoted(text: str, tmp_path: Path) -> None:
    file = tmp_path / "login"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingError) as caught:
        login_set({"login": "", "login_file": str(file)})
    assert "secret" not in f"{caught.value.message}{caught.value.hint}"
    with pytest.raises(SettingError):
        login_set({"login": "", "login_file": str(tmp_path / "none")})


# --- a path of its own, other machines, other servers -------------------------------------------


def test_under_a_path_links_stay_below_it(seeds_index: Path) -> None:
    with running(Server(seeds_index, port=0, serving=Serving(prefix="/peel/"))) as server:
        assert server.address.endswith("/peel/")
        # A proxy may have taken the path off.
        for address in (server.address, server.address.replace("/peel/", "/")):
            status, page = fetch(f"{address}search?q=force")
            assert status == 200
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
            assert links
            assert [link for link in links if not link.startswith("/peel/")] == []
        assert fetch(server.address.rstrip("/"))[0] == 200


@pytest.mark.parametrize("prefix", ["peel", "//other.example", "/a?b", "/a b", "https://x"])
def test_what_is_no_path_is_refused(prefix: str) -> None:
    with pytest.raises(SettingError):
        under(Flask(__name__), prefix)


@pytest.mark.parametrize(
    ("host", "said"),
    [("0.0.0.0", OPEN_TO_ALL), ("::", OPEN_TO_ALL), ("127.0.0.1", ""), ("localhost", "")],  # noqa: S104
)
def test_answering_other_machines_is_warned_of(
    host: str, said: str, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without an index the command ends before it listens.
    nothing = ("--index", str(tmp_path / "none"))
    _, _, errors = terminal("serve", "--host", host, *nothing)
    assert errors.startswith(said)
    assert ("Other machines" in errors) == bool(said)
    monkeypatch.setenv("PEELSEARCH_LOGIN", LOGIN)
    _, _, errors = terminal("serve", "--host", host, *nothing)
    assert errors.startswith(CLEAR_TEXT if said else "")
    assert LOGIN not in errors


def test_other_servers_get_the_same_site(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("INDEX", str(seeds_index)), ("PREFIX", "/peel"), ("LOGIN", LOGIN)):
        monkeypatch.setenv(f"PEELSEARCH_{name}", value)
    answer: list[str] = []
    for headers in ({}, {"HTTP_AUTHORIZATION": basic(LOGIN)}):
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/peel/healthz",
            "SERVER_NAME": "x",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            **headers,
        }
        found = wsgi.application()(environ, lambda status, *_: answer.append(status))  # type: ignore[arg-type,func-returns-value]
        assert b"".join(found)
    assert [status[:3] for status in answer] == ["401", "200"]
