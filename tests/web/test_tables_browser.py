"""The pages of tables in a real browser: over 43 forces, by keyboard, unfolded, on paper."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from peelsearch.corpus import Corpus
from register_samples import Report
from table_pages import squeezed
from tools.chromium import resize
from tools.serving import served

WIDE, NARROW = 1440, 360
TABLES = ("judgments", "register", "responses", "coverage")


@pytest.fixture(scope="module")
def many_site(many: Corpus) -> Iterator[str]:
    """The running site over the generated reports."""
    with served(many.folder) as address:
        yield address


@pytest.fixture
def page(browser: Chrome) -> Iterator[Chrome]:
    """The browser, wide; in the end it must not have complained."""
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    resize(browser, WIDE, 900)
    yield browser
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def script(page: Chrome, source: str, *values: object) -> Any:
    return page.execute_script(source, *values)  # type: ignore[no-untyped-call]


def go(page: Chrome, fragment: str) -> None:
    """Wait until the address holds the fragment and the page is there."""
    WebDriverWait(page, 10, ignored_exceptions=(WebDriverException,)).until(
        lambda shown: (
            (fragment in shown.current_url and script(shown, "return document.readyState"))
            == "complete"
        )
    )


def tab_to(page: Chrome, name: str) -> WebElement:
    """The field of that name, reached with the keyboard alone."""
    for _ in range(40):
        focused = page.switch_to.active_element
        if focused.get_attribute("name") == name:
            return focused
        focused.send_keys(Keys.TAB)
    raise AssertionError(name)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("table", [*TABLES, "judgments?force=kent", "forces/kent"])
def test_wide_tables_scroll_in_their_own_box(
    page: Chrome, many_site: str, table: str, width: int
) -> None:
    resize(page, width, 800)
    page.get(many_site + table)
    assert script(page, "return document.documentElement.scrollWidth") <= width
    for box in page.find_elements(By.CSS_SELECTOR, ".wide"):
        assert box.get_attribute("tabindex") == "0"
        assert (box.aria_role, bool(box.accessible_name)) == ("group", True)


def test_the_first_column_stays_while_the_matrix_is_scrolled(page: Chrome, many_site: str) -> None:
    resize(page, NARROW, 800)
    page.get(f"{many_site}judgments?round=2021-22")
    box = page.find_element(By.CSS_SELECTOR, ".wide")
    head = box.find_element(By.CSS_SELECTOR, "tbody th")
    before = head.rect["x"]
    script(page, "arguments[0].scrollLeft = 400", box)
    assert script(page, "return arguments[0].scrollLeft", box) == 400
    assert head.rect["x"] == pytest.approx(before, abs=2)


def test_the_heads_stay_while_a_long_matrix_is_scrolled(page: Chrome, many_site: str) -> None:
    page.get(f"{many_site}judgments?round=2021-22")
    box = page.find_element(By.CSS_SELECTOR, ".wide")
    assert box.rect["height"] < 900
    head = box.find_elements(By.CSS_SELECTOR, "thead th")[2]
    before = head.rect["y"]
    script(page, "arguments[0].scrollTop = 500", box)
    assert script(page, "return arguments[0].scrollTop", box) == 500
    assert head.rect["y"] == pytest.approx(before, abs=2)
    link = box.find_elements(By.CSS_SELECTOR, "tbody td a")[30]
    script(page, "arguments[0].focus()", link)
    assert link.rect["y"] > head.rect["y"] + head.rect["height"]


def test_filters_are_chosen_with_the_keyboard(page: Chrome, many_site: str) -> None:
    """On a wide page they stand open, though they are folded on a narrow one."""
    page.get(f"{many_site}judgments")
    tab_to(page, "force").send_keys("Kent")
    tab_to(page, "theme").send_keys("Responding")
    tab_to(page, "since").send_keys("2022", Keys.ENTER)
    go(page, "since=2022")
    asked = parse_qs(urlsplit(page.current_url).query)
    wanted = {"force": ["kent"], "theme": ["responding"], "since": ["2022"], "sort": ["force"]}
    assert asked == wanted
    chips = [" ".join(c.text.split()) for c in page.find_elements(By.CSS_SELECTOR, ".chips a")]
    assert [chip.removesuffix(" ×") for chip in chips] == [
        "Remove Force: Kent Police",
        "Remove Theme: Responding to the public",
        "Remove Since: 2022",
        "Clear all filters",
    ]
    page.find_element(By.CSS_SELECTOR, ".chips a.clear").click()
    go(page, "judgments?sort=force")


def test_filters_unfold_on_a_narrow_page(page: Chrome, many_site: str) -> None:
    resize(page, NARROW, 800)
    page.get(f"{many_site}register")
    field = page.find_element(By.CSS_SELECTOR, ".narrow-to select[name=deadline]")
    assert not field.is_displayed()
    page.find_element(By.CSS_SELECTOR, ".narrowing > summary").click()
    assert field.is_displayed()
    field.send_keys("Deadline unresolved")
    go(page, "deadline=unresolved")
    assert "Filters (1 selected)" in page.find_element(By.CSS_SELECTOR, ".narrowing").text
    states = page.find_elements(By.CSS_SELECTOR, ".deadline")
    assert len(states) == 100
    assert all("deadline unresolved" in state.text for state in states)


def test_a_conflict_unfolds_to_its_quotations(
    page: Chrome, many_site: str, many_reports: list[Report]
) -> None:
    page.get(f"{many_site}judgments")
    planted = sum(len(report.conflicts) for report in many_reports)
    cells = page.find_elements(By.CSS_SELECTOR, "td.conflict")
    assert len(cells) == planted
    cell = cells[0]
    assert not cell.find_element(By.TAG_NAME, "blockquote").is_displayed()
    cell.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    quoted = cell.find_elements(By.TAG_NAME, "blockquote")
    assert [one.is_displayed() for one in quoted] == [True, True]
    words = quoted[1].find_element(By.TAG_NAME, "a").text.strip("“”")
    quoted[1].find_element(By.TAG_NAME, "a").click()
    go(page, "/documents/")
    marks = page.find_elements(By.CSS_SELECTOR, ":target mark")
    assert squeezed(" ".join(mark.text for mark in marks)) == squeezed(words)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_has_a_name_and_the_page_is_told_in_the_navigation(
    page: Chrome, many_site: str, table: str
) -> None:
    page.get(many_site + table)
    # What a dialog holds has a name once it is shown.
    shown = ":not(dialog *)"
    # The button is for pages without scripts.
    kinds = ":is(input:not([type=hidden]), select, button:not(.narrow-to button))"
    fields = page.find_elements(By.CSS_SELECTOR, f"{kinds}{shown}")
    assert [field.get_attribute("name") for field in fields if not field.accessible_name] == []
    (current,) = page.find_elements(By.CSS_SELECTOR, "header nav [aria-current=page]")
    assert current.text.casefold() == table
    assert len(page.find_elements(By.CSS_SELECTOR, "header, main, h1")) == 3
    # Colour is never alone: every cell has words.
    empty = "return [...document.querySelectorAll('td')].filter(c => !c.textContent.trim()).length"
    assert script(page, empty) == 0


def printed(page: Chrome) -> tuple[str, set[bool]]:
    """The words on paper, and whether its leaves lie."""
    found = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})  # type: ignore[no-untyped-call]
    paper = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(found["data"])))
    words = squeezed(" ".join(leaf.get_textpage().get_text_bounded() for leaf in paper))
    return words, {leaf.get_width() > leaf.get_height() for leaf in paper}


def test_the_matrix_is_printed_with_all_columns_and_quotations(
    page: Chrome, many_site: str
) -> None:
    page.get(f"{many_site}judgments?round=2023-25")
    said, lying = printed(page)
    heads = [th.text for th in page.find_elements(By.CSS_SELECTOR, ".matrix thead th")]
    assert len(heads) > 8
    assert [head for head in heads if squeezed(head) not in said] == []
    quoted = [
        str(one.get_attribute("textContent"))
        for one in page.find_elements(By.CSS_SELECTOR, "td.conflict blockquote a")
    ]
    assert len(quoted) >= 2
    assert [one for one in quoted if squeezed(one) not in said] == []
    assert lying == {True}
    assert "Bothquotations" not in said
    assert "Takethistableaway" not in said


def test_the_register_is_printed_with_all_words(page: Chrome, site: str) -> None:
    page.get(f"{site}register?kind=ask")
    said, lying = printed(page)
    quoted = [
        str(one.get_attribute("textContent"))
        for one in page.find_elements(By.CSS_SELECTOR, ".lines .said a")
    ]
    assert len(quoted) == 13
    assert [one for one in quoted if squeezed(one) not in said] == []
    assert lying == {False}
    assert "Allitswords" not in said
