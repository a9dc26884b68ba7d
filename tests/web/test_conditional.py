"""ETag: what has not changed is not sent again, and what has is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from letter_samples import LETTER, SECOND
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import conditional, create_app
from peelsearch.webapp.app import SITE
from peelsearch.webapp.site import Site

ADDRESSES = (
    "/",
    "/search?q=force",
    "/search.csv?q=force",
    "/search.atom?q=force",
    "/register.atom",
    "/judgments",
    "/register",
    "/register.csv",
    "/responses",
    "/coverage",
    "/forces/bedfordshire",
    "/api/v1/search?q=force",
    "/api/v1/ask?q=what+is+the+grade",
    "/api/v1/documents",
    "/api/v1/register",
    "/api/v1/openapi.json",
)


def again(client: FlaskClient, address: str, tag: str) -> int:
    """The status when a client says that it has the answer with this tag."""
    return client.get(address, headers={"If-None-Match": tag}).status_code


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_client_has_is_not_sent_again(address: str, client: FlaskClient) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]
    assert first.status_code == 200
    assert tag.startswith('W/"')
    second = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == tag
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again(client, address, '"other"') == 200
    assert again(client, address, "*") == 200
    assert again(client, address, 'nonsense, "') == 200


def test_each_answer_has_a_tag_of_its_own(client: FlaskClient) -> None:
    tags = [client.get(address).headers["ETag"] for address in ADDRESSES]
    assert len(set(tags)) == len(tags)
    elsewhere = client.get("/register.atom", headers={"Host": "docs.example"})
    assert elsewhere.headers["ETag"] not in tags, "it names the host"
    below = client.get("/", environ_overrides={"SCRIPT_NAME": "/peel"})
    assert below.headers["ETag"] != client.get("/").headers["ETag"], "its links lead elsewhere"


def test_what_is_no_answer_has_no_tag(client: FlaskClient, tmp_path: Path) -> None:
    for address in ("/search?q=%22", "/documents/none", "/api/v1/search", "/healthz", "/nothing"):
        assert "ETag" not in client.get(address).headers, address
    nothing = create_app(tmp_path / "none").test_client().get("/")
    assert nothing.status_code == 503
    assert "ETag" not in nothing.headers


def test_a_commit_changes_the_tag_and_the_answer(tmp_path: Path, vocabulary: Vocabulary) -> None:
    documents, index = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    (documents / "a.txt").write_text(LETTER, "utf-8")
    build([documents], index=index, vocabulary=vocabulary)
    client = create_app(index).test_client()
    address = "/api/v1/documents"
    first = client.get(address)
    tag = first.headers["ETag"]
    assert again(client, address, tag) == 304
    (documents / "b.txt").write_text(SECOND, "utf-8")
    build([], index=index, vocabulary=vocabulary)
    second = client.get(address, headers={"If-None-Match": tag})
    assert second.status_code == 200
    assert len(second.get_json()["documents"]) == len(first.get_json()["documents"]) + 1
    assert second.headers["ETag"] != tag


def test_an_index_made_anew_has_other_tags(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Its commits are counted from the start, so the number alone would be the same."""
    documents, index = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    tags = set()
    for text in (LETTER, SECOND):
        shutil.rmtree(index, ignore_errors=True)
        (documents / "a.txt").write_text(text, "utf-8")
        build([documents], index=index, vocabulary=vocabulary)
        tags.add(create_app(index).test_client().get("/search?q=force").headers["ETag"])
    assert len(tags) == 2


def test_another_day_changes_the_tag(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get("/register").headers["ETag"]
    monkeypatch.setattr(conditional, "today", lambda: "2001-01-01")
    assert again(client, "/register", tag) == 200


def test_what_pages_show_beside_the_index_changes_the_tag(seeds_index: Path) -> None:
    app = create_app(seeds_index)
    site: Site = app.extensions[SITE]
    said = ["first"]
    site.beside.append(lambda: said[0])
    client = app.test_client()
    tag = client.get("/register").headers["ETag"]
    assert again(client, "/register", tag) == 304
    said[0] = "second"
    assert again(client, "/register", tag) == 200


def test_only_reading_is_conditional(client: FlaskClient) -> None:
    tag = client.get("/search?q=force").headers["ETag"]
    head = client.head("/search?q=force", headers={"If-None-Match": tag})
    assert (head.status_code, head.data) == (304, b"")
    assert client.post("/search?q=force", headers={"If-None-Match": tag}).status_code == 405
