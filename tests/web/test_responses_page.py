"""What letters say to each ask, in the browser."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from commands import Terminal
from letter_samples import LETTER, NATIONAL, SECOND, STUB, made
from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.model.responses import Responses
from peelsearch.register import responses
from peelsearch.render.responses import responses_json
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import check_markup, links, marked, page, section, squeezed, text
from tools.chromium import resize

MORE = """
Recommendation 5

By January 2024, forces should publish what they measure of their performance and how they do so.
"""


@pytest.fixture(scope="module")
def found(corpus: Corpus, vocabulary: Vocabulary) -> Responses:
    """What the letters of the seeds say."""
    return responses(corpus, vocabulary, ExtractMemory(), ())


def test_the_seed_letter_replies_in_general(client: FlaskClient, found: Responses) -> None:
    markup = page(client, "/responses")
    check_markup(markup)
    shown = text(markup)
    assert "1 letter, 3 asks" in shown
    assert shown.count("general reply; report not in this corpus") == 3
    assert "31 August 2023" in shown
    assert "(day 77); publication date of the comments not known" in shown
    assert " late" not in shown.casefold()
    (response,) = found.responses
    addresses = links(section(markup, "letter-1").partition("<tbody")[2], "/documents/")
    assert len(addresses) == 6
    for ask, (asked, reply) in zip(
        response.asks, zip(addresses[::2], addresses[1::2], strict=True), strict=True
    ):
        assert marked(client, asked) == squeezed(ask.entry.place.said.quote)
        assert ask.said is not None
        assert marked(client, reply) == squeezed(ask.said.quote)


def test_the_words_of_asks_are_shown_where_their_headline_is_a_number(
    client: FlaskClient, found: Responses
) -> None:
    letter = section(page(client, "/responses"), "letter-1")
    assert text(letter).count("The same words as above") == 2
    for ask in found.responses[0].asks:
        assert squeezed(ask.entry.place.said.quote) in squeezed(text(letter))


def test_what_a_letter_does_not_mention_is_said_where_its_report_is_held(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    files = {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL + MORE}
    corpus = made(tmp_path, files, vocabulary)
    client = create_app(corpus.folder).test_client()
    markup = page(client, "/responses")
    shown = text(markup)
    assert "2 letters, 8 asks" in shown
    assert shown.count("general reply") == 6
    assert shown.count("not mentioned No words") == 2
    assert "not in this corpus" not in shown
    for name, day in (("letter-1", 77), ("letter-2", 89)):
        letter = section(markup, name)
        assert f"(day {day})" in letter
        (report,) = (one.id for one in corpus.documents.values() if one.type == "national-report")
        assert f"/documents/{report}" in links(letter.partition("<table")[0], "/documents/")
    (kent,) = (page(client, "/responses?force=kent"),)
    assert "1 letter, 4 asks" in text(kent)


def test_a_report_that_only_a_catalogue_knows_is_named_as_not_held(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    corpus = made(tmp_path, {"a.txt": LETTER, "catalogue.toml": STUB}, vocabulary)
    shown = text(page(create_app(corpus.folder).test_client(), "/responses"))
    assert "Police performance: Getting a grip (not in this corpus)" in shown


def test_hostile_text_is_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    letter = LETTER.replace("are assured with", f"are {evil} assured with").replace(
        "reduce the risk of", f"reduce {evil} the risk of"
    )
    corpus = made(tmp_path, {"a.txt": letter}, vocabulary)
    markup = page(create_app(corpus.folder).test_client(), "/responses")
    check_markup(markup)
    assert markup.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_files_and_the_api_hold_the_same(
    client: FlaskClient, found: Responses, terminal: Terminal
) -> None:
    assert client.get("/api/v1/responses").json == responses_json(found)
    assert client.get("/api/v1/responses").json == terminal.json("responses")
    sheet = list(csv.DictReader(io.StringIO(client.get("/responses.csv").text)))
    assert [row["state"] for row in sheet] == ["general-reply"] * 3
    assert client.get("/responses.docx").status_code == 200
    assert client.get("/responses.md").text.startswith("# Responses")


def test_a_force_without_letters_is_said(client: FlaskClient) -> None:
    markup = page(client, "/responses?force=kent")
    assert "0 letters, 0 asks" in text(markup)
    assert 'href="/coverage"' in markup
    assert 'class="message"' in page(client, "/responses?force=nowhere", status=400)


def test_narrow_screens_show_every_cell(browser: Chrome, site: str) -> None:
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    for width in (360, 1440):
        resize(browser, width, 800)
        browser.get(f"{site.rstrip('/')}/responses")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width  # type: ignore[no-untyped-call]
        cells = browser.find_elements(By.CSS_SELECTOR, "tbody th, tbody td")
        assert len(cells) == 12
        assert all(0 <= cell.rect["x"] <= width - cell.rect["width"] for cell in cells)
    browser.find_element(By.CSS_SELECTOR, "td.words a").click()
    assert browser.find_elements(By.CSS_SELECTOR, ":target mark")
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
