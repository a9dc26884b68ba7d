"""The pages as text browsers and screen readers give them: words apart, in order, all said."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome

from table_pages import links, page, text
from tools.chromium import resize

QUESTION = "How+many+areas+for+improvement+does+Bedfordshire+have%3F"
PAGES = (
    "/",
    "/search?q=domestic+abuse",
    "/search?q=police&grade=good&page=2",
    "/search?q=police&group=document",
    "/search?q=zzzyyx",
    f"/search?q={QUESTION}",
    "/judgments",
    "/judgments?force=bedfordshire",
    "/register",
    "/register?expectations=yes",
    "/responses",
    "/coverage",
    "/forces/bedfordshire",
    "/forces/atlantis",
    "/register?since=x",
)
# What a text browser begins a new line or field for. A mark may end within a word.
APART = frozenset(
    "address article aside blockquote body br button caption dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header html hr input label legend li "
    "link main meta nav ol option p script section select style summary table tbody td th thead "
    "title tr ul".split()
)


class Reading(HTMLParser):
    """Words that run into one another where one element ends and another begins."""

    def __init__(self) -> None:
        super().__init__()
        self.run: list[str] = []
        self._before = " "
        self._crossed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._cross(tag)

    def handle_endtag(self, tag: str) -> None:
        self._cross(tag)

    def _cross(self, tag: str) -> None:
        if tag in APART:
            self._before = " "
        elif tag != "mark":
            self._crossed = tag

    def handle_data(self, data: str) -> None:
        if self._crossed and self._before[-1].isalnum() and data[0].isalnum():
            self.run.append(f"{self._before[-20:]}|{data[:20]}")
        self._before, self._crossed = data, ""


def run_together(markup: str) -> list[str]:
    reading = Reading()
    reading.feed(markup)
    return reading.run


@pytest.fixture(scope="module")
def documents(client: FlaskClient) -> list[str]:
    """The pages of the documents, with matches."""
    return [f"{one}?q=force" for one in links(page(client, "/"), "/documents/")]


def test_words_of_neighbours_do_not_run_together(client: FlaskClient, documents: list[str]) -> None:
    assert documents
    cited = links(page(client, documents[0]), "/cite/")[:1]
    for address in (*PAGES, *documents, *cited):
        assert run_together(client.get(address).text) == [], address


def test_words_that_run_together_are_seen() -> None:
    assert run_together("<p><span>Good</span><span>Kent</span></p>") == ["Good|Kent"]
    assert run_together("<p>Good</p><p>Kent</p><p><mark>vet</mark>ting, <b>a</b> b</p>") == []


def test_a_link_leads_past_what_stands_before_the_words(
    client: FlaskClient, documents: list[str]
) -> None:
    for address, name, before in (
        ("/search?q=force", "Skip to results", '<details class="filters">'),
        (documents[0], "Skip the outline", '<nav class="outline"'),
    ):
        markup = page(client, address)
        link = re.search(rf'<a class="skip" href="#(\w+)">{name}</a>', markup)
        assert link
        target = markup.index(f'id="{link[1]}"')
        assert markup.index("<h1") < link.start() < markup.index(before) < target
        assert markup.count(f'id="{link[1]}"') == 1


def test_what_is_chosen_is_said(client: FlaskClient) -> None:
    assert "Newest first (chosen)" in text(page(client, "/search?q=force&sort=date"))
    assert "Relevance (chosen)" in text(page(client, "/search?q=force"))


def tree(browser: Chrome) -> list[dict[str, Any]]:
    """What Chromium tells screen readers of the page, in order."""
    browser.execute_cdp_cmd("Accessibility.enable", {})
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [node for node in nodes if not node["ignored"]]


def role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


def name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", ""))


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("address", ["judgments", "judgments?force=bedfordshire", "coverage"])
def test_a_matrix_is_a_table_to_a_screen_reader(
    browser: Chrome, site: str, client: FlaskClient, address: str, width: int
) -> None:
    """Its name, the name of each column and row, and words in each cell."""
    resize(browser, width, 900)
    browser.get(site + address)
    markup = page(client, f"/{address}")
    nodes = tree(browser)
    roles = [role(node) for node in nodes]
    tables = re.findall(r"<table.*?</table>", markup, re.DOTALL)
    assert roles.count("table") == len(tables) > 0
    captions = [text(one) for one in re.findall(r"<caption.*?</caption>", markup, re.DOTALL)]
    assert [name(node) for node in nodes if role(node) == "table"] == captions
    for one, count in (
        ("columnheader", len(re.findall(r'<th scope="col', markup))),
        ("rowheader", len(re.findall(r'<th scope="row"', markup))),
        ("cell", len(re.findall(r"<td", markup))),
    ):
        named = [name(node) for node in nodes if role(node) == one]
        assert len(named) == count > 0
        assert all(named), one


def test_grades_are_told_in_words(browser: Chrome, site: str) -> None:
    """Not by colour: the words of a cell are those of the grade's own scale."""
    resize(browser, 1440, 900)
    browser.get(f"{site}judgments?round=2021-22")
    cells = [name(node) for node in tree(browser) if role(node) == "cell"]
    scale = {"Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"}
    others = {"Ungraded", "Reported separately"}
    assert set(cells) <= scale | others
    assert {"Outstanding", "Good", "Requires improvement"} <= set(cells)


def test_rows_of_cards_stay_a_table(browser: Chrome, site: str) -> None:
    """Narrow pages lay rows out as cards, which must not take the table's roles away."""
    resize(browser, 360, 900)
    browser.get(f"{site}responses")
    nodes = tree(browser)
    heads = [name(node) for node in nodes if role(node) == "columnheader"]
    assert heads == ["Ask", "To", "Reply", "Words of the letter"]
    assert [role(node) for node in nodes].count("rowheader") == 3
    assert [role(node) for node in nodes].count("cell") == 9
