"""The file of a document: sent as it was indexed, never another, never from elsewhere."""

from __future__ import annotations

import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from werkzeug.wrappers import Request, Response

from pdf_samples import long_section, report
from peelsearch.corpus import open_corpus
from peelsearch.errors import SettingError
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import Serving, create_app, files_served, wsgi
from tools.serving import served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of a PDF, a text and a web page with a script."""
    found = tmp_path / "corpus"
    (found / "reports").mkdir(parents=True)
    report(found / "reports" / "force report.pdf")
    (found / "letter.txt").write_text("Dear Sir,\n\nBurglary is down in Kent.\n", "utf-8")
    (found / "page.html").write_text(
        "<html><body><h1>A page</h1><p>Burglary is up in Kent.</p><script>alert(1)</script>",
        "utf-8",
    )
    return found


@pytest.fixture
def index(tmp_path: Path, folder: Path, vocabulary: Vocabulary) -> Path:
    where = tmp_path / "index"
    assert build([folder], index=where, vocabulary=vocabulary).documents == 3
    return where


class Client(FlaskClient):
    """Takes what is sent whole, as a server does, so that files are closed."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        return super().open(*arguments, buffered=True, **named)


def client_of(index: Path) -> FlaskClient:
    """Requests to a site that serves files."""
    app = create_app(index, files=True)
    app.test_client_class = Client
    return app.test_client()


@pytest.fixture
def files(index: Path) -> FlaskClient:
    return client_of(index)


def address(index: Path, ending: str) -> str:
    """The address of the document whose file has the ending."""
    documents = open_corpus(index).documents.values()
    (found,) = [d.id for d in documents if d.path.endswith(ending)]
    return f"/documents/{found}"


# --- what is sent -------------------------------------------------------------------------------


def test_a_pdf_is_sent_as_it_is(files: FlaskClient, index: Path, folder: Path) -> None:
    data = (folder / "reports" / "force report.pdf").read_bytes()
    answer = files.get(address(index, ".pdf") + "/file")
    assert answer.status_code == 200
    assert answer.data == data
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="force report.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'


@pytest.mark.parametrize("ending", [".html", ".txt"])
def test_anything_else_is_to_be_kept_and_never_run(
    ending: str, files: FlaskClient, index: Path
) -> None:
    answer = files.get(address(index, ending) + "/file")
    assert answer.status_code == 200
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_what_a_browser_has_is_not_sent_again(files: FlaskClient, index: Path) -> None:
    where = address(index, ".pdf") + "/file"
    whole = files.get(where)
    again = files.get(where, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert files.get(where, headers={"If-None-Match": '"other"'}).status_code == 200
    head = files.head(where)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))


def test_a_part_is_sent_where_a_part_is_asked_for(files: FlaskClient, index: Path) -> None:
    where = address(index, ".pdf") + "/file"
    whole = files.get(where)
    part = files.get(where, headers={"Range": "bytes=5-14"})
    assert (part.status_code, part.data) == (206, whole.data[5:15])
    assert part.headers["Content-Range"] == f"bytes 5-14/{len(whole.data)}"
    end = files.get(where, headers={"Range": "bytes=-4"})
    assert end.data == whole.data[-4:]
    beyond = files.get(where, headers={"Range": "bytes=99999999-"})
    assert (beyond.status_code, beyond.mimetype) == (416, "text/html")
    assert "no such part" in beyond.text
    # A part of a file that has changed meanwhile would not fit.
    other = files.get(where, headers={"Range": "bytes=5-14", "If-Range": '"other"'})
    assert (other.status_code, other.data) == (200, whole.data)


def test_odd_names_stay_names(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names = ('a"b;c.txt', "línea – 警察.txt", "line\nbreak.txt", "back\\slash.txt")
    for number, name in enumerate(names):
        (folder / name).write_text(f"Burglary number {number} is down.\n", "utf-8")
    build([folder], index=tmp_path / "index", vocabulary=vocabulary)
    client = client_of(tmp_path / "index")
    for identifier in open_corpus(tmp_path / "index").documents:
        answer = client.get(f"/documents/{identifier}/file")
        assert answer.status_code == 200
        assert "\n" not in answer.headers["Content-Disposition"]
        assert answer.data.startswith(b"Burglary number")


# --- what is not --------------------------------------------------------------------------------


def gone(path: Path) -> None:
    path.unlink()


def changed(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def changed_in_place(path: Path) -> None:
    """The size and time that were recorded, but other bytes."""
    held = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    os.utime(path, ns=(held.st_atime_ns, held.st_mtime_ns))


def a_link_out(path: Path) -> None:
    """The very bytes, but they lie elsewhere."""
    outside = path.parents[1] / "outside"
    outside.mkdir(exist_ok=True)
    shutil.move(path, outside / "moved")
    path.symlink_to(outside / "moved")


def a_link_up(path: Path) -> None:
    a_link_out(path)
    path.unlink()
    path.symlink_to(Path("..") / "outside" / "moved")


def a_link_to_secrets(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("happened", "status", "said"),
    [
        (gone, 404, "cannot be found"),
        (changed, 409, "has changed"),
        (changed_in_place, 409, "has changed"),
        (a_link_out, 404, "lies outside"),
        (a_link_up, 404, "lies outside"),
        (a_link_to_secrets, 404, "lies outside"),
        (a_loop, 404, "cannot be found"),
        (a_folder, 404, "cannot be found"),
        (a_pipe, 404, "cannot be found"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_any_other_file_is_a_plain_page(
    happened: Callable[[Path], None],
    status: int,
    said: str,
    files: FlaskClient,
    index: Path,
    folder: Path,
) -> None:
    where = address(index, ".txt")
    happened(folder / "letter.txt")
    answer = files.get(where + "/file")
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert said in answer.text
    assert "letter.txt" in answer.text
    for secret in ("root:", str(folder), "Traceback"):
        assert secret not in answer.text
    # The text as it was read stays.
    assert "Burglary is down in Kent" in files.get(where).text


def test_a_folder_that_became_a_link_out_serves_nothing(
    files: FlaskClient, index: Path, folder: Path, tmp_path: Path
) -> None:
    shutil.move(folder / "reports", tmp_path / "reports")
    (folder / "reports").symlink_to(tmp_path / "reports")
    answer = files.get(address(index, ".pdf") + "/file")
    assert answer.status_code == 404
    assert "lies outside" in answer.text


def test_a_link_within_the_folder_is_served(files: FlaskClient, index: Path, folder: Path) -> None:
    shutil.move(folder / "letter.txt", folder / "reports" / "moved")
    (folder / "letter.txt").symlink_to(folder / "reports" / "moved")
    assert files.get(address(index, ".txt") + "/file").status_code == 200


def test_no_address_leads_anywhere_else(files: FlaskClient, index: Path, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret", "utf-8")
    known = address(index, ".txt")
    for path in (
        "/documents/../file",
        "/documents/..%2F..%2Fsecret.txt/file",
        "/documents/%2Fetc%2Fpasswd/file",
        f"{known}/file/../../../secret.txt",
        f"{known}/..%2F..%2Fsecret.txt",
        f"{known}/file/",
        f"{known}/file%00",
        "/documents/none/file",
    ):
        answer = files.get(path)
        assert answer.status_code == 404, path
        assert b"secret" not in answer.data
        assert b"root:" not in answer.data
    assert files.post(f"{known}/file").status_code == 405


# --- whether it is served, and the links --------------------------------------------------------


def test_nothing_is_served_unless_it_was_asked_for(index: Path) -> None:
    client = create_app(index).test_client()
    where = address(index, ".pdf")
    answer = client.get(where + "/file")
    assert answer.status_code == 404
    assert "does not serve original files" in answer.text
    page = client.get(where).text
    assert "/file" not in page
    assert "page 2" in page


@pytest.mark.parametrize(
    ("setting", "only_here", "expected"),
    [
        ("here", True, True),
        ("here", False, False),
        ("yes", False, True),
        ("no", True, False),
    ],
)
def test_who_is_served(setting: str, only_here: bool, expected: bool) -> None:
    assert files_served(setting, only_here=only_here) is expected


def test_a_setting_that_is_none_is_said() -> None:
    with pytest.raises(SettingError, match="files"):
        files_served("maybe", only_here=True)


def test_other_servers_serve_them_only_when_told(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEELSEARCH_INDEX", str(index))
    where = address(index, ".pdf") + "/file"
    for setting, expected in (("here", 404), ("yes", 200)):
        monkeypatch.setenv("PEELSEARCH_FILES", setting)
        found = Request.from_values(where)
        answer = Response.from_app(wsgi.application(), found.environ, buffered=True)
        assert answer.status_code == expected


def test_pages_of_a_pdf_are_linked_and_those_of_nothing_else(
    files: FlaskClient, index: Path
) -> None:
    where = address(index, ".pdf")
    page = files.get(where).text
    found = re.findall(rf'href="{re.escape(where)}/file#page=([0-9]+)">page ([0-9]+)<', page)
    assert [one for one, _ in found] == [other for _, other in found]
    assert {"1", "2", "3"} <= {one for one, _ in found}
    assert page.count(f'href="{where}/file"') == 1
    text = files.get(address(index, ".txt")).text
    assert "#page=" not in text
    assert f'href="{address(index, ".txt")}/file"' in text


def test_links_are_below_the_prefix(files: FlaskClient, index: Path) -> None:
    where = address(index, ".pdf")
    page = files.get(where, environ_overrides={"SCRIPT_NAME": "/peel"}).text
    assert f'href="/peel{where}/file"' in page


def test_a_page_is_sent_again_where_files_are_served_now(index: Path) -> None:
    where = address(index, ".pdf")
    before = create_app(index).test_client().get(where)
    after = client_of(index)
    known = {"If-None-Match": before.headers["ETag"]}
    assert after.get(where, headers=known).status_code == 200


@pytest.mark.parametrize(
    ("options", "status"),
    [((), 200), (("--prefix", "/peel"), 404), (("--prefix", "/peel", "--files", "yes"), 200)],
)
def test_the_command_serves_this_machine(
    options: tuple[str, ...], status: int, index: Path
) -> None:
    code = "from peelsearch.cli import main; main()"
    command = [sys.executable, "-u", "-c", code, "serve", "--port", "0", "--index", str(index)]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://\S+/", server.stdout.readline())
            assert found
            asked = found[0].rstrip("/") + address(index, ".pdf") + "/file"
            try:
                with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
                    assert answer.read(5) == b"%PDF-"
                    got = answer.status
            except urllib.error.HTTPError as error:
                with error:
                    got = error.code
            assert got == status
        finally:
            server.terminate()


def test_chromium_opens_the_page_of_a_passage(browser: Chrome, index: Path) -> None:
    with served(index, Serving(files=True)) as site:
        where = site.rstrip("/") + address(index, ".pdf")
        browser.get(where)
        link = browser.find_element(By.LINK_TEXT, "page 2")
        assert html.unescape(link.get_attribute("href") or "") == f"{where}/file#page=2"
        link.click()
        assert browser.current_url == f"{where}/file#page=2"
        script = "return document.contentType"
        assert browser.execute_script(script) == "application/pdf"  # type: ignore[no-untyped-call]


def test_every_page_of_a_long_section_is_marked_where_it_begins(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    folder, where = tmp_path / "pages", tmp_path / "index"
    folder.mkdir()
    long_section(folder / "long.pdf", 12)
    build([folder], index=where, vocabulary=vocabulary)
    (document,) = open_corpus(where).documents
    page = create_app(where, files=True).test_client().get(f"/documents/{document}").text
    text = re.sub("<[^>]+>", " ", page[page.index("<article") :])
    marks = re.findall(r"page (\d+)|experience number (\d+)", text)
    assert ["".join(mark) for mark in marks] == [str(n) for n in range(1, 13) for _ in range(2)]
    assert re.findall(r"#page=(\d+)", page) == [str(n) for n in range(1, 13)]
