"""A citation on the site: the same words as the command's, found from the document, copied."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from peelsearch.cli import run
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import check_markup, links, page
from tools.chromium import resize


def fields(markup: str) -> list[str]:
    return [html.unescape(words) for words in re.findall(r"<textarea[^>]*>([^<]*)<", markup)]


def first_citation(client: FlaskClient) -> str:
    """The address of the first citation that a document of the seeds links to."""
    hit = links(page(client, "/search?q=digital+triage+vans"), "/documents/")[0]
    return links(page(client, hit.partition("#")[0]), "/cite/")[0]


def squeezed(words: str) -> str:
    return " ".join(words.split())


def test_the_page_has_the_words_of_the_command(
    client: FlaskClient, seeds_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = first_citation(client)
    markup = page(client, address)
    check_markup(markup)
    for shown, form in zip(fields(markup), ("text", "markdown", "bibtex"), strict=True):
        command = ["cite", address.rpartition("/")[2], "--index", str(seeds_index)]
        assert run([*command, "--format", form]) == 0
        assert squeezed(shown) == squeezed(capsys.readouterr().out)


def test_it_leads_back_to_the_words(client: FlaskClient) -> None:
    address = first_citation(client)
    (back,) = links(page(client, address), "/documents/")
    assert back.endswith(f"#{address.rpartition('/')[2]}")
    assert "The quotation is marked" in page(client, back.partition("#")[0])


def test_every_passage_that_opens_a_section_can_be_cited(client: FlaskClient) -> None:
    hit = links(page(client, "/search?q=digital+triage+vans"), "/documents/")[0]
    addresses = links(page(client, hit.partition("#")[0]), "/cite/")
    assert len(addresses) > 50
    assert len(set(addresses)) == len(addresses)
    for address in addresses[::10]:
        assert len(fields(page(client, address))) == 3


def test_an_id_that_is_none_is_said(client: FlaskClient) -> None:
    assert "No passage or finding" in page(client, "/cite/nothing", status=404)


def test_hostile_words_are_words(tmp_path: Path, vocabulary: Vocabulary) -> None:
    attack = "</textarea><script>alert(1)</script> {{7*7}}"
    (tmp_path / "a.txt").write_text(f"Marmalade {attack}\n\nOranges {attack}.\n", "utf-8")
    build([tmp_path / "a.txt"], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    hit = links(page(client, "/search?q=oranges"), "/documents/")[0]
    markup = page(client, links(page(client, hit.partition("#")[0]), "/cite/")[0])
    check_markup(markup)
    assert attack in fields(markup)[0]


@pytest.mark.parametrize("width", [1440, 360])
def test_it_is_copied(browser: Chrome, site: str, client: FlaskClient, width: int) -> None:
    resize(browser, width, 900)
    browser.get(site.rstrip("/") + first_citation(client))
    browser.find_element(By.CSS_SELECTOR, "button.copy[data-of=as-markdown]").click()
    wanted = browser.find_element(By.ID, "as-markdown").get_property("value")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width  # type: ignore[no-untyped-call]
    box = browser.find_element(By.ID, "q")
    box.send_keys(Keys.CONTROL, "v")
    assert squeezed(box.get_property("value")) == squeezed(wanted)
