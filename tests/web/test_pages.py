"""The site's pages as a client sees them: content, links, statuses, headers."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import without_own_script


def page(client: FlaskClient, address: str, *, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.text
    return response.text


def text(markup: str) -> str:
    """What the markup reads like."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_the_start_page_says_what_is_indexed(client: FlaskClient) -> None:
    shown = text(page(client, "/"))
    assert "3 documents, 100 passages" in shown
    assert "An inspection of Bedfordshire Police" in shown
    assert "digital triage vans" in shown


def test_a_search_shows_hits_with_their_place_and_marks(client: FlaskClient) -> None:
    markup = page(client, "/search?q=stop+and+search")
    shown = text(markup)
    assert "9 passages in 3 documents" in shown
    assert "theme graded Good" in shown
    assert "<mark>stop and search</mark>" in markup
    assert "8 with this phrase, 1 with the words apart" in shown


def test_a_hit_leads_to_its_passage_with_the_matches_marked(client: FlaskClient) -> None:
    markup = page(client, "/search?q=digital+triage+vans")
    link = re.search(r'<h2><a href="(/documents/[^"]+)"', markup)
    assert link is not None
    address, _, anchor = html.unescape(link[1]).partition("#")
    document = page(client, address)
    passage = re.search(rf'<div id="{re.escape(anchor)}".*?</section>', document, re.DOTALL)
    assert passage is not None
    assert "<mark>digital triage vans</mark>" in passage[0]


def test_a_passage_without_the_phrase_has_its_words_marked(client: FlaskClient) -> None:
    """The document holds the phrase elsewhere; that does not take the marks from this passage."""
    markup = page(client, "/search?q=use+of+force&limit=50")
    link = re.findall(r'<h2><a href="(/documents/[^"]+)"', markup)[5]
    address, _, anchor = html.unescape(link).partition("#")
    passage = re.search(
        rf'<div id="{re.escape(anchor)}".*?</section>', page(client, address), re.DOTALL
    )
    assert passage is not None
    assert "<mark>" in passage[0]


def test_a_filter_typed_in_the_query_is_not_missed_in_the_document(client: FlaskClient) -> None:
    markup = page(client, "/search?q=kind:recommendation")
    link = re.search(r'<h2><a href="(/documents/[^"]+)"', markup)
    assert link is not None
    assert "Nothing in this document matches" not in page(client, html.unescape(link[1]))
    assert re.search(r'value="recommendation" checked disabled', markup)


def test_facets_are_multi_select_with_exact_counts(client: FlaskClient) -> None:
    both = page(client, "/search?kind=area-for-improvement&grade=good&grade=adequate")
    assert "3 passages in 1 document" in text(both)
    boxes = dict(
        re.findall(
            r'name="grade" value="([^"]+)"[^>]*>.*?<span class="count">(\d+)</span>',
            both,
            re.DOTALL,
        )
    )
    assert boxes == {"good": "2", "adequate": "1", "requires-improvement": "7"}
    assert len(re.findall(r'name="grade" value="[^"]+" checked', both)) == 2


def test_chips_remove_one_value_each(client: FlaskClient) -> None:
    markup = page(client, "/search?q=force&grade=good&kind=AFI")
    links = re.findall(r'<li><a href="([^"]+)"><span class="hidden">Remove', markup)
    assert [html.unescape(link) for link in links] == [
        "/search?q=force&grade=good" if "kind" in wanted else "/search?q=force&kind=" + kind
        for wanted, kind in (("grade", "area-for-improvement"), ("kind", ""))
    ]


def test_pages_sort_and_limit_are_in_the_address(client: FlaskClient) -> None:
    first = page(client, "/search?q=force&limit=25&sort=date")
    assert "page=2" in first
    second = text(page(client, "/search?q=force&limit=25&sort=date&page=2"))
    assert "26 to 50 of" in second
    assert "this is the last" in text(page(client, "/search?q=force&page=999"))


def test_empty_fields_leave_the_address(client: FlaskClient) -> None:
    response = client.get("/search?q=force&since=&until=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/search?q=force"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/search?q=x&force=Bedfordshre", 400, "bedfordshire"),
        ("/search?q=officer~9", 400, "at most 2"),
        ("/search?q=" + "(" * 3_000, 400, "3,000 characters"),
        ("/search?q=x&page=0", 400, "whole number"),
        ("/search?q=x&limit=1001", 400, "1,000"),
        ("/search?q=x&since=soon", 400, "2022-04-15"),
        ("/search?q=((", 400, "no word to search for"),
        ("/documents/none", 404, "no document"),
        ("/nowhere", 404, "page"),
    ],
)
def test_bad_addresses_are_pages_that_help(
    client: FlaskClient, address: str, status: int, words: str
) -> None:
    shown = text(page(client, address, status=status))
    assert words in shown
    assert "Traceback" not in shown


def test_zero_results_offer_a_way_on(client: FlaskClient) -> None:
    shown = text(page(client, "/search?q=burglry&grade=inadequate"))
    assert "Did you mean burglary" in shown
    assert "Search without" in shown


def test_every_response_has_the_security_headers(client: FlaskClient) -> None:
    for address in ("/", "/search?q=force", "/nowhere", "/healthz", "/static/style.css"):
        with client.get(address) as response:
            headers = response.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers


def test_health_tells_the_commit(client: FlaskClient) -> None:
    found = client.get("/healthz").get_json()
    assert (found["status"], found["documents"], found["passages"]) == ("ok", 3, 100)


def test_the_api_gives_the_same_object_as_the_command(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=stop+and+search&limit=3").get_json()
    assert (found["total"], len(found["hits"])) == (9, 3)
    response = client.get("/api/v1/search?q=officer~9")
    assert response.status_code == 400
    assert set(response.get_json()) == {"error", "hint"}


def test_what_a_document_contains_is_shown_as_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    (tmp_path / "a.txt").write_text(
        f"Dear HMICFRS {attack}\n\n1 May 2023\n\nRecommendation 1\n\n"
        f"Marmalade {attack} {{{{7*7}}}}\n",
        "utf-8",
    )
    build([tmp_path / "a.txt"], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    found = page(client, "/search?q=marmalade")
    link = re.search(r'href="(/documents/[^"]+)"', found)
    assert link is not None
    for markup in (
        page(client, "/"),
        found,
        page(client, html.unescape(link[1]).partition("#")[0]),
        page(client, "/search?q=" + quote(f'marmalade "{attack}"')),
        page(client, "/search?q=x&force=" + quote(attack), status=400),
    ):
        assert "<script" not in without_own_script(markup)
        assert "<img" not in markup
    assert "&lt;script&gt;" in found
    assert "{{7*7}}" in html.unescape(found)


def test_a_new_build_is_picked_up_and_a_missing_index_is_said(
    tmp_path: Path, vocabulary: Vocabulary, seeds_index: Path
) -> None:
    folder = tmp_path / "index"
    client = create_app(folder).test_client()
    assert client.get("/healthz").status_code == 503
    assert "peelsearch index" in text(page(client, "/search?q=force", status=503))
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("Dear HMICFRS\n\nThe first letter.\n", "utf-8")
    build([documents], index=folder, vocabulary=vocabulary)
    assert "1 passage in 1 document" in text(page(client, "/search?q=letter"))
    shutil.copy(next(Path(__file__).parents[2].glob("seeds/000*.txt")), documents)
    build([], index=folder, vocabulary=vocabulary)
    assert "in 2 documents" in text(page(client, "/search?q=letter+OR+recommendation"))
    assert seeds_index.is_dir()


queries = st.one_of(
    st.text(max_size=80),
    st.text(alphabet='"*~-:()ORforce grade:good\x00\ud7ff𝕏é', max_size=80),
)


@settings(max_examples=150, deadline=None)
@given(query=queries)
def test_any_query_is_a_page(client: FlaskClient, query: str) -> None:
    response = client.get("/search", query_string={"q": query})
    assert response.status_code in (200, 302, 400)
    if response.status_code != 302:
        assert "<script" not in without_own_script(response.text)


def test_rows_that_follow_each_other_are_one_table(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Readers of PDF and web pages give each row as a block of its own."""
    (tmp_path / "a.html").write_text(
        "<html><body><main><h1>A report</h1><p>These are the counts of marmalade.</p>"
        "<table><tr><td>Kent</td><td>3</td></tr><tr><td>Essex</td><td>4</td></tr></table>"
        "<ul><li>one</li><li>two</li></ul></main></body></html>",
        "utf-8",
    )
    build([tmp_path / "a.html"], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    link = re.search(r'href="(/documents/[^"#]+)', page(client, "/search?q=marmalade"))
    assert link is not None
    shown = page(client, html.unescape(link[1]))
    assert (shown.count("<table>"), shown.count("<tr>")) == (1, 2)
    assert re.search(r"<ul><li>one</li><li>two</li></ul>", shown)
