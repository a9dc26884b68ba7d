"""What no browser sends, over real sockets: refused plainly, and the server goes on."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import Server
from tools.serving import running

# Stands in a file beside the index and the documents, which no address may show.
HIDDEN = "zebra-crossing-of-the-night"
END = b"\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def server(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(seeds_index, folder / "index")
    (folder / "secret.txt").write_text(HIDDEN, "utf-8")
    (folder / "index" / "secret.txt").write_text(HIDDEN, "utf-8")
    with running(Server(folder / "index", port=0)) as server:
        yield server


def sent(server: Server, data: bytes) -> bytes:
    """All that comes back for these bytes."""
    where = urlsplit(server.address)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=20) as client:
        # A server that has heard enough answers and closes before all of it was sent.
        with suppress(OSError):
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
        try:
            return b"".join(iter(lambda: client.recv(1 << 20), b""))
        except ConnectionError:
            return b""


def status(answer: bytes) -> int:
    head = answer.split(b"\r\n", 1)[0].split()
    return int(head[1]) if len(head) > 1 and head[0].startswith(b"HTTP/") else 0


def plain(answer: bytes) -> bool:
    """Whether nothing of the program, or of the machine's files, is in an answer."""
    hidden = (b"Traceback", b'File "', b".py", HIDDEN.encode(), b"root:x:")
    return not any(word in answer for word in hidden)


REFUSED = {
    "no HTTP": b"hello\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(64)) + b"\r\n\r\n",
    "spaces in the address": b"GET /search?q=a b HTTP/1.1" + END,
    "no address": b"GET  HTTP/1.1" + END,
    "null byte in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    "bare line end": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\n\r\n",
    "space before the colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "no length": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "unknown coding": b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: cow\r\n\r\n",
    "bad chunk": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "large header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    "long address": b"GET /search?q=" + b"a" * 70_000 + b" HTTP/1.1" + END,
    "large body": b"POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nabc",
    "body": b"POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    "unknown method": b"COOK /search HTTP/1.1" + END,
    "tracing": b"TRACE / HTTP/1.1" + END,
    "a proxy": b"CONNECT example.org:443 HTTP/1.1" + END,
    "up": b"GET /../secret.txt HTTP/1.1" + END,
    "up from static": b"GET /static/../../secret.txt HTTP/1.1" + END,
    "up, escaped": b"GET /static/%2e%2e/%2e%2e/secret.txt HTTP/1.1" + END,
    "up, twice escaped": b"GET /static/%252e%252e%252fsecret.txt HTTP/1.1" + END,
    "up, backwards": b"GET /static/..\\..\\secret.txt HTTP/1.1" + END,
    "whole path": b"GET /static//etc/passwd HTTP/1.1" + END,
    "document up": b"GET /documents/..%2f..%2fsecret.txt HTTP/1.1" + END,
    "document in the index": b"GET /documents/secret.txt HTTP/1.1" + END,
    "API up": b"GET /api/v1/documents/..%2fsecret.txt HTTP/1.1" + END,
    "API up, long": b"GET /api/v1/documents/%2e%2e/secret.txt/sections HTTP/1.1" + END,
    "force up": b"GET /forces/..%2f..%2fsecret.txt HTTP/1.1" + END,
    "null byte": b"GET /static/style.css%00.txt HTTP/1.1" + END,
    "null byte in a document": b"GET /documents/%00 HTTP/1.1" + END,
    "bad UTF-8 in a path": b"GET /documents/%ff%fe HTTP/1.1" + END,
    "bad UTF-8 in the API": b"GET /api/v1/forces/%c3%28 HTTP/1.1" + END,
    "page of letters": b"GET /api/v1/search?q=force&page=%ff HTTP/1.1" + END,
    "huge page": b"GET /api/v1/search?q=force&limit=" + b"9" * 5_000 + b" HTTP/1.1" + END,
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_answered_is_refused(data: bytes, server: Server) -> None:
    answer = sent(server, data)
    # A server may close on what is too large before it has all arrived.
    assert (
        status(answer) // 100 == 4
        or (answer == b"" and len(data) > 60_000)
        or (status(answer) == 501 and b"Transfer-Encoding" in data)
    )
    assert plain(answer), answer
    if data.startswith(b"GET /api/"):
        body = answer.partition(b"\r\n\r\n")[2]
        assert json.loads(body).keys() == {"error", "hint"}


ANSWERED = {
    "bad UTF-8 in a query": b"GET /search?q=%ff%fe+force HTTP/1.1" + END,
    "bad UTF-8, not escaped": b"GET /search?q=\xff\xfe HTTP/1.1" + END,
    "half a character": b"GET /search?q=%ed%a0%80 HTTP/1.1" + END,
    "overlong dots": b"GET /search?q=%c0%ae%c0%ae%2fsecret HTTP/1.1" + END,
    "controls": b"GET /api/v1/search?q=a%00%07%1bforce HTTP/1.1" + END,
    "line ends to a redirect": b"GET /search?q=a%0d%0aSet-Cookie:x=1&force= HTTP/1.1" + END,
    "line ends to a table": b"GET /register?force=a%0d%0aX-Evil:1&theme= HTTP/1.1" + END,
    "line ends to a force": b"GET /forces/Kent%20Police?as-of=%0d%0aX-Evil:1 HTTP/1.1" + END,
    "another host": b"GET /search?q=a&force= HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: "
    b"evil.example\r\nConnection: close\r\n\r\n",
    "two slashes": b"GET //evil.example/?q=a&force= HTTP/1.1" + END,
    "whole address": b"GET http://evil.example/search?q=force HTTP/1.1" + END,
    "odd tags": b'GET /search?q=force HTTP/1.1\r\nHost: x\r\nIf-None-Match: "\xff, W/, ,"""\r\n'
    b"Connection: close\r\n\r\n",
    "odd login": b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic \xff\r\n"
    b"Connection: close\r\n\r\n",
    "odd range": b"GET /static/style.css HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1,z\r\n"
    b"Connection: close\r\n\r\n",
    "many values": b"GET /search?" + b"force=x&" * 5_000 + b"q=a HTTP/1.1" + END,
    "deep query": b"GET /search?q=" + b"(" * 5_000 + b" HTTP/1.1" + END,
    "formula": b"GET /search.csv?q=%3Dcmd HTTP/1.1" + END,
    "odd feed": b"GET /search.atom?q=%3C%2Ftitle%3E%00%ff%ef%bf%be HTTP/1.1" + END,
    "line ends to a feed": b"GET /register.atom?force=kent&as-of=%0d%0aX-Evil:1 HTTP/1.1" + END,
    "odd scheme": b"GET /search.atom?q=a HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: a:b\r\n"
    b"Connection: close\r\n\r\n",
    "odd host": b'GET /search.atom?q=a HTTP/1.1\r\nHost: "><x\r\nConnection: close\r\n\r\n',
}


@pytest.mark.parametrize("data", ANSWERED.values(), ids=ANSWERED)
def test_what_is_odd_is_answered_without_harm(data: bytes, server: Server) -> None:
    answer = sent(server, data)
    assert 200 <= status(answer) < 500
    assert plain(answer)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nset-cookie" not in head
    assert b"\r\nx-evil" not in head
    # Redirects stay on the site, whatever host a request names.
    assert b"evil.example" not in head


def test_the_server_goes_on(server: Server) -> None:
    for data in REFUSED.values():
        sent(server, data)
    assert status(sent(server, b"GET /search?q=force HTTP/1.1" + END)) == 200


# Printable and not, with what means something in HTTP more often than by chance.
BYTES = st.lists(
    st.one_of(
        st.binary(max_size=20),
        st.sampled_from(
            [b"/", b"..", b"%2e", b"%00", b"%ff", b"?", b"&", b"q=", b"\r\n", b" ", b":"]
        ),
    ),
    max_size=12,
).map(b"".join)


@given(path=BYTES, header=BYTES)
@settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_any_bytes_are_refused_or_answered(server: Server, path: bytes, header: bytes) -> None:
    answer = sent(server, b"GET /" + path + b" HTTP/1.1\r\nHost: x\r\nX: " + header + END[9:])
    assert plain(answer)
    assert status(answer) < 500


HOSTILE = (
    'Report\n\n<script>alert(1)</script> "onmouseover=alert(2) javascript:alert(3) \u202eevil '
    '=HYPERLINK("x") force\n\n'
)
# A tenth of the largest that was tried by hand: 10 MB take half a minute of any machine's time.
LARGE = 1_000_000


@pytest.mark.parametrize("word", ["a" * LARGE, "marmalade " * (LARGE // 10)], ids=["one", "same"])
def test_a_large_word_and_hostile_text_are_shown_as_text(
    word: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text(f"{HOSTILE}{word}\n", "utf-8")
    build([tmp_path / "documents"], index=tmp_path / "index", vocabulary=vocabulary)
    with running(Server(tmp_path / "index", port=0)) as server:
        found = json.loads(body(server, b"/api/v1/documents"))
        identifier = found["documents"][0]["id"].encode()
        document = b"/documents/" + identifier
        for address in (b"/search?q=force", b"/search?q=marmalade", document, b"/"):
            page = sent(server, b"GET " + address + b" HTTP/1.1" + END)
            assert status(page) == 200
            assert b"<script>alert" not in page
            assert b"Content-Security-Policy: default-src 'none'" in page
        marked = body(server, document + b"?q=marmalade")
        assert marked.count(b"<mark>") == word.count("marmalade")
        assert json.loads(body(server, b"/api/v1" + document))["text"] == f"{HOSTILE}{word}\n"
        api = sent(server, b"GET /api/v1" + document + b" HTTP/1.1" + END)
        assert b"Content-Type: application/json" in api
        assert "\n=HYPERLINK" not in body(server, b"/search.csv?q=force").decode()
        feed = etree.fromstring(body(server, b"/search.atom?q=force"))
        (summary,) = feed.iter("{http://www.w3.org/2005/Atom}summary")
        assert '<script>alert(1)</script> "onmouseover=alert(2) javascript:' in (summary.text or "")


def body(server: Server, address: bytes) -> bytes:
    return sent(server, b"GET " + address + b" HTTP/1.1" + END).partition(b"\r\n\r\n")[2]
