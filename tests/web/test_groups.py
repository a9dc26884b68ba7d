"""Documents in place of passages on the search page: links, keys, with scripts and without."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from peelsearch.corpus import Corpus
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from peelsearch.webapp.home_page import LISTED
from tools.chromium import resize

ADDRESS = "search?q=force"


def links(text: str) -> dict[str, str]:
    """Addresses by their words."""
    found = re.findall(r'<a (?:rel="\w+" )?href="([^"]+)"[^>]*>(.*?)</a>', text)
    return {re.sub("<[^>]+>", "", words): html.unescape(href) for href, words in found}


def counts(text: str) -> list[str]:
    return re.findall(r'<span class="count">([0-9,]+)', text)


def heading(text: str) -> str:
    found = re.search("<h1>(.*?)</h1>", text)
    assert found
    return found[1]


def test_the_choice_is_a_link_and_counts_stay(client: FlaskClient) -> None:
    passages = client.get(f"/{ADDRESS}&limit=25&sort=date&grade=good").text
    chosen = links(passages)["Documents"]
    assert "group=document" in chosen
    documents = client.get(chosen).text
    assert heading(documents) == heading(passages)
    assert counts(documents) == counts(passages)
    back = links(documents)["Passages"]
    for kept in ("sort=date", "limit=25", "grade=good"):
        assert kept in chosen
        assert kept in back
    assert "group" not in back


def test_all_passages_of_a_document_are_a_search(client: FlaskClient) -> None:
    page = client.get("/search?q=force&group=document&grade=good").text
    rest = {words: href for words, href in links(page).items() if words.startswith("All ")}
    assert rest
    for words, href in rest.items():
        found = client.get(href).text
        number = words.split()[1]
        assert heading(found).startswith(f"{number} passages in 1 document")
        assert "Document: " in found
        assert "grade=good" in href
        # There is nothing to gather in one document.
        assert "Show:" not in found


def test_the_chip_names_the_document_and_takes_it_off(client: FlaskClient) -> None:
    page = client.get("/search?q=force&group=document").text
    href = next(href for words, href in links(page).items() if words.startswith("All "))
    chip = next(
        (words, off) for words, off in links(client.get(href).text).items() if "Document: " in words
    )
    assert "document=" not in chip[1]
    title = chip[0].split("Document: ")[1].removesuffix(" ×")
    assert "<h2><a href=" in page
    assert title in page


def test_what_cannot_be_used_is_said(client: FlaskClient) -> None:
    for address, status in (
        ("/search?q=force&group=force", 400),
        ("/search?q=force&document=nobody", 404),
        ("/search.csv?q=force&document=nobody", 404),
    ):
        answer = client.get(address)
        assert answer.status_code == status
        assert "Traceback" not in answer.text


def test_the_file_of_documents_has_their_passages(client: FlaskClient) -> None:
    rows = client.get("/search.csv?q=force&group=document").text
    hits = client.get("/api/v1/search?q=force&group=document").get_json()["hits"]
    assert rows.count("\n") >= len(hits) + 1
    assert all(hit["passage"] in rows for hit in hits)


# --- in a browser -------------------------------------------------------------------------------


def until(page: Chrome, condition: Callable[[Chrome], bool]) -> None:
    WebDriverWait(page, 10, ignored_exceptions=(WebDriverException,)).until(condition)


@pytest.mark.parametrize("width", [1440, 360])
def test_without_scripts(plain_browser: Chrome, site: str, width: int) -> None:
    page = plain_browser
    resize(page, width, 900)
    page.get(site + ADDRESS)
    page.find_element(By.LINK_TEXT, "Documents").click()
    until(page, lambda shown: "group=document" in shown.current_url)
    titles = [one.text for one in page.find_elements(By.CSS_SELECTOR, ".found > ol > li > h2")]
    assert len(titles) == len(set(titles)) >= 2
    assert int(page.execute_script("return document.documentElement.scrollWidth")) <= width  # type: ignore[no-untyped-call]
    # A search from the box goes on with documents.
    page.find_element(By.ID, "q").send_keys(" police", Keys.ENTER)
    until(page, lambda shown: "force+police" in shown.current_url)
    assert "group=document" in page.current_url


def test_with_scripts_a_filter_keeps_it_and_arrows_go_through_all_links(
    browser: Chrome, site: str
) -> None:
    resize(browser, 1440, 900)
    browser.get(f"{site}{ADDRESS}&group=document")
    ticked = "input[name=grade][value='requires-improvement']"
    field = browser.find_element(By.CSS_SELECTOR, ticked)
    ActionChains(browser).scroll_to_element(field).move_to_element(field).click().perform()
    until(browser, lambda shown: "grade=requires-improvement" in shown.current_url)
    assert "group=document" in browser.current_url
    assert browser.find_elements(By.CSS_SELECTOR, ".best h3")
    stops = [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".found :is(h2, h3) a")]
    browser.find_element(By.ID, "q").click()
    found = []
    for _ in stops:
        ActionChains(browser).send_keys(Keys.ARROW_DOWN).perform()
        found.append(browser.switch_to.active_element.text)
    assert found == stops


def test_pages_are_pages_of_documents(many: Corpus) -> None:
    client, seen = create_app(many.folder).test_client(), list[str]()
    address = "/search?q=force&group=document"
    first = client.get(address).text
    total = int(heading(first).split(" in ")[1].split()[0])
    pages = -(-total // 10)
    assert pages > 1
    for number in range(1, pages + 1):
        page = client.get(address).text
        last = min(number * 10, total)
        assert f"Documents {number * 10 - 9} to {last} of {total}" in page
        assert f'<ol start="{number * 10 - 9}">' in page
        assert heading(page) == heading(first)
        assert counts(page) == counts(first)
        seen += re.findall(r'<h2><a href="/documents/([^"?]+)', page)
        address = links(page).get("Next", "")
    assert address == ""
    assert len(seen) == len(set(seen)) == total


def test_the_start_page_leads_to_the_list_of_all_documents(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (tmp_path / "letters").mkdir()
    for number in range(LISTED + 5):
        dated = f"{number % 28 + 1} May {1990 + number}"
        text = f"{dated}\n\nDear all\n\nThis is letter {number} of many.\n"
        (tmp_path / "letters" / f"{number}.txt").write_text(text, "utf-8")
    build([tmp_path / "letters"], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    home = client.get("/").text
    assert home.count('<th scope="row">') == LISTED
    page, listed = links(home)["All documents, newest first"], list[str]()
    while page:
        text = client.get(page).text
        assert "Show:" not in text
        assert ".atom" not in text
        listed += re.findall(r'<h2><a href="(/documents/[^"]+)"', text)
        page = links(text).get("Next", "")
    assert len(set(listed)) == len(listed) == LISTED + 5
    assert listed[:LISTED] == re.findall(r'<th scope="row"><a href="([^"]+)"', home)
    assert client.get("/search.atom?group=document").status_code == 200


def test_few_documents_are_all_on_the_start_page(client: FlaskClient) -> None:
    assert "All documents" not in client.get("/").text
