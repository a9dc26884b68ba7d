"""The card above the hits of a question, and the API's answer."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pages import page, text

from peelsearch.cli import run
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import without_own_script

GRADE = "What grade did Bedfordshire get for investigating crime?"
LIST = "What are the areas for improvement?"
CLOSEST = "Who is the mayor of Luton?"
NOWHERE = "Where is the xylophone zyzzyva?"


def address(question: str, rest: str = "") -> str:
    return f"/search?q={quote_plus(question)}{rest}"


def card(client: FlaskClient, question: str, rest: str = "") -> str:
    """The card's markup; empty without one."""
    markup = page(client, address(question, rest))
    found = re.search(r'<section class="answer.*?</section>', markup, re.DOTALL)
    return found[0] if found else ""


def quotations(markup: str) -> list[str]:
    return [
        html.unescape(re.sub("<[^>]+>", "", found))
        for found in re.findall("<blockquote[^>]*>(.*?)</blockquote>", markup)
    ]


def test_an_answer_stands_above_the_hits(client: FlaskClient) -> None:
    markup = page(client, address(GRADE))
    assert markup.index('class="answer answer"') < markup.index('class="filters"')
    shown = card(client, GRADE)
    assert "Bedfordshire Police <mark>requires improvement</mark> at investigating crime." in shown
    words = text(shown)
    assert words.startswith("Answer ")
    assert "Limited to force: Bedfordshire Police; theme: Investigating crime." in words
    assert "The inspectorate" in words
    assert "PEEL 2021/22 – An inspection of Bedfordshire Police" in words
    assert "theme graded Requires improvement" in words


@pytest.mark.parametrize("question", [GRADE, LIST, "What does FCC stand for?"])
def test_the_link_marks_the_quotation_in_its_document(client: FlaskClient, question: str) -> None:
    shown = card(client, question)
    links = re.findall(r'<a href="([^"]+)" aria-describedby="answer-(\d+)"', shown)
    assert len(links) == len(quotations(shown)) > 0
    for (link, rank), quotation in zip(links, quotations(shown), strict=True):
        assert f'<blockquote id="answer-{rank}">' in shown
        found, _, anchor = html.unescape(link).partition("#")
        document = page(client, found)
        passage = re.search(rf'<div id="{re.escape(anchor)}".*?</section>', document, re.DOTALL)
        assert passage is not None
        marked = " ".join(re.findall("<mark>(.*?)</mark>", passage[0]))
        assert html.unescape(marked) == quotation
        assert document.count("<mark>") == passage[0].count("<mark>")
        assert "The quotation is marked" in document


@pytest.mark.parametrize(
    "change",
    ["quote=gone:0-10", "quote=:", "quote=%00", "quote={id}:10-10", "quote={id}:9-99999999", "x=1"],
)
def test_a_link_to_no_quotation_marks_the_words_instead(client: FlaskClient, change: str) -> None:
    link = re.search(r'<a href="([^"]+)" aria', card(client, GRADE))
    assert link is not None
    found, _, anchor = html.unescape(link[1]).partition("#")
    document = page(client, re.sub("quote=[^&]*", change.format(id=anchor), found))
    assert "The quotation is marked" not in document
    assert "is marked in" in document


def test_a_list_is_shown_in_part_and_the_rest_folded(client: FlaskClient) -> None:
    shown = card(client, LIST)
    before, _, folded = shown.partition("<details>")
    assert (len(quotations(before)), len(quotations(folded))) == (3, 7)
    assert "7 more quotations" in text(folded)
    assert "<mark>" not in shown


def test_a_long_list_is_cut_and_says_so(tmp_path: Path, vocabulary: Vocabulary) -> None:
    recommendations = "".join(
        f"Recommendation {number}\n\nForces should keep marmalade of kind {number}.\n\n"
        for number in range(1, 31)
    )
    (tmp_path / "a.txt").write_text(f"Dear HMICFRS\n\n1 May 2023\n\n{recommendations}", "utf-8")
    build([tmp_path / "a.txt"], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    shown = card(client, "Which recommendations are there?")
    assert len(quotations(shown)) == 20
    assert "17 more quotations" in text(shown)
    assert text(shown).endswith("The first 20 of 30 are shown.")
    found = client.get("/api/v1/ask?q=Which+recommendations+are+there&limit=1000").get_json()
    assert (found["total"], len(found["answers"])) == (30, 30)


def test_what_is_only_close_is_one_quotation_with_nothing_marked(client: FlaskClient) -> None:
    shown = card(client, CLOSEST)
    assert 'class="answer closest"' in shown
    assert text(shown).startswith("The documents do not answer this; the closest passage: No")
    assert "“mayor”" in text(shown) or '"mayor"' in text(shown)
    assert len(quotations(shown)) == 1
    assert "<mark>" not in shown
    assert "<details>" not in shown


def test_nothing_is_said_with_the_words_that_are_nowhere(client: FlaskClient) -> None:
    shown = card(client, NOWHERE)
    assert 'class="answer none"' in shown
    assert text(shown) == 'Not in these documents. No passage holds "xylophone", "zyzzyva".'


def test_the_filters_that_are_chosen_limit_the_card(client: FlaskClient) -> None:
    shown = card(client, LIST, "&theme=responding&kind=AFI")
    assert len(quotations(shown)) == 4
    assert "theme: Responding to the public" in text(shown)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("stop and search", ""),
        ('"' + GRADE + '"', ""),
        (GRADE, "&page=2"),
    ],
)
def test_there_is_no_card(client: FlaskClient, question: str, rest: str) -> None:
    assert not card(client, question, rest)


@pytest.mark.parametrize("rest", ["&since=2030", "&until=2001"])
def test_dates_limit_the_card(client: FlaskClient, rest: str) -> None:
    assert quotations(card(client, GRADE))
    assert not quotations(card(client, GRADE, rest))


def test_the_hits_of_a_question_are_those_of_its_search(client: FlaskClient) -> None:
    shown = page(client, address(GRADE))
    hits = client.get("/api/v1/search", query_string={"q": GRADE}).get_json()
    links = re.findall(r'<h2><a href="/documents/[^"#]+#([^"]+)"', shown)
    assert links == [hit["passage"] for hit in hits["hits"]]


@pytest.mark.parametrize(
    "question", ["How long is " + "a " * 600 + "?", "What is " + "word " * 150 + "?"]
)
def test_a_question_that_cannot_be_read_has_the_searchs_message(
    client: FlaskClient, question: str
) -> None:
    shown = page(client, address(question), status=400)
    assert 'class="answer' not in shown
    assert "at most" in text(shown)


def test_what_a_document_contains_is_shown_as_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)> &lt;b&gt; {{7+7}}"
    (tmp_path / "a.txt").write_text(
        f"Dear HMICFRS {attack}\n\n1 May 2023\n\nRecommendation 1 {attack}\n\n"
        f"The marmalade is made of {attack} oranges.\n",
        "utf-8",
    )
    build([tmp_path / "a.txt"], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    question = f"What is the marmalade made of {attack}?"
    shown = card(client, "What is the marmalade made of?")
    assert f"made of {attack} oranges." in quotations(shown)[0]
    link = re.search(r'<a href="([^"]+)" aria', shown)
    assert link is not None
    for markup in (
        page(client, address("What is the marmalade made of?")),
        page(client, address(question)),
        page(client, address(f"Where is {attack} zyzzyva?")),
        page(client, html.unescape(link[1]).partition("#")[0]),
    ):
        assert "<script" not in without_own_script(markup)
        assert "<img" not in markup
        assert "<b>" not in markup


def test_the_api_gives_the_same_object_as_the_command(
    client: FlaskClient, seeds_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = {"q": LIST, "theme": "Responding to the public", "limit": "2"}
    given_ = client.get("/api/v1/ask", query_string=query).get_json()
    options = ["--theme", "responding", "--limit", "2", "--index", str(seeds_index), "--json"]
    assert run(["ask", LIST, *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (given_["total"], len(given_["answers"])) == (4, 2)
    assert {**given_, "took_ms": 0} == {**printed, "took_ms": 0}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "The question is empty."),
        ("q=%3F", "no word"),
        ("q=" + "a+" * 2_000, "characters long"),
        ("q=who&limit=0", "limit"),
        ("q=who&limit=1001", "limit"),
        ("q=who&force=Bedfordshre", "Bedfordshre"),
        ("q=who&until=soon", "until"),
    ],
)
def test_what_cannot_be_asked_is_an_object_that_helps(
    client: FlaskClient, query: str, message: str
) -> None:
    response = client.get(f"/api/v1/ask?{query}")
    assert response.status_code == 400
    found = response.get_json()
    assert set(found) == {"error", "hint"}
    assert message in found["error"]


@settings(max_examples=100, deadline=None)
@given(question=st.text(max_size=80), more=st.sampled_from(["?", "", " is the force?"]))
def test_any_question_is_answered_or_refused(client: FlaskClient, question: str, more: str) -> None:
    asked = {"q": question + more}
    assert client.get("/search", query_string=asked).status_code in (200, 302, 400)
    response = client.get("/api/v1/ask", query_string=asked)
    assert response.status_code in (200, 400)
    assert response.get_json().keys() >= ({"state"} if response.status_code == 200 else {"error"})
