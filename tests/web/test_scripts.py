"""What the page's script adds, in a real browser: results at once, keys, matches one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from tools.chromium import resize
from tools.serving import served

TICKED = "input[value='requires-improvement']"


@pytest.fixture(params=[1440, 360])
def page(browser: Chrome, site: str, request: pytest.FixtureRequest) -> Iterator[Chrome]:
    """A page of results, wide and narrow; in the end the browser must not have complained."""
    resize(browser, request.param, 900)
    browser.get(f"{site}search?q=force+contact+centre")
    yield browser
    complaints = [
        entry
        for entry in browser.get_log("browser")  # type: ignore[no-untyped-call]
        if "status of 4" not in entry["message"]
    ]
    assert complaints == []


def one(page: Chrome, selector: str) -> WebElement:
    return page.find_element(By.CSS_SELECTOR, selector)


def until(page: Chrome, condition: Callable[[Chrome], bool]) -> None:
    WebDriverWait(page, 10, ignored_exceptions=(WebDriverException,)).until(condition)


def shows(page: Chrome, heading: str) -> None:
    until(page, lambda shown: one(shown, "h1").text == heading)


def press(page: Chrome, *keys: str) -> WebElement:
    """Press keys wherever the focus is; what has it then."""
    ActionChains(page).send_keys(*keys).perform()
    return page.switch_to.active_element


def tick(page: Chrome, selector: str) -> None:
    """Tick or untick a filter with the mouse, unfolding the filters where they are folded."""
    summary = one(page, ".filters > summary")
    if summary.is_displayed() and one(page, ".filters").get_attribute("open") is None:
        summary.click()
    field = one(page, selector)
    ActionChains(page).scroll_to_element(field).move_to_element(field).click().perform()


def stays(page: Chrome) -> None:
    """Leave a sign that a new page would not have."""
    page.execute_script("window.same = true")  # type: ignore[no-untyped-call]


def stayed(page: Chrome) -> bool:
    return bool(page.execute_script("return window.same === true"))  # type: ignore[no-untyped-call]


def test_results_change_as_a_filter_is_ticked(page: Chrome) -> None:
    stays(page)
    tick(page, TICKED)
    shows(page, "8 passages in 1 document")
    assert "grade=requires-improvement" in page.current_url
    assert one(page, TICKED).is_selected()
    assert page.switch_to.active_element == one(page, TICKED)
    assert one(page, "#status").get_attribute("textContent") == "8 passages in 1 document"
    assert not one(page, ".apply button").is_displayed()
    tick(page, TICKED)
    shows(page, "14 passages in 1 document")
    assert "grade" not in page.current_url
    assert stayed(page)


def test_the_page_is_the_one_that_its_address_gives(page: Chrome) -> None:
    tick(page, TICKED)
    shows(page, "8 passages in 1 document")
    changed = one(page, "#main").get_attribute("innerHTML")
    hidden = one(page, "#search").get_attribute("innerHTML")
    title = page.title
    page.get(page.current_url)
    assert _without_folds(one(page, "#main")) == _plain(changed)
    assert one(page, "#search").get_attribute("innerHTML").split() == hidden.split()
    assert page.title == title


def _without_folds(element: WebElement) -> str:
    return _plain(element.get_attribute("innerHTML"))


def _plain(markup: str | None) -> str:
    return " ".join((markup or "").replace(' open=""', "").split())


def test_back_and_forward_show_what_was_there(page: Chrome) -> None:
    stays(page)
    tick(page, TICKED)
    shows(page, "8 passages in 1 document")
    page.back()
    shows(page, "14 passages in 1 document")
    assert not one(page, TICKED).is_selected()
    page.forward()
    shows(page, "8 passages in 1 document")
    assert one(page, TICKED).is_selected()
    assert stayed(page)


def test_a_date_that_cannot_be_read_is_said(page: Chrome) -> None:
    tick(page, "input[name=since]")
    press(page, "next year", Keys.TAB)
    until(page, lambda shown: "next year" in one(shown, "main").text)
    assert "like 2022" in one(page, "main").text


def test_a_search_goes_on_from_what_was_ticked(page: Chrome) -> None:
    tick(page, TICKED)
    shows(page, "8 passages in 1 document")
    box = one(page, "#q")
    box.clear()
    box.send_keys("victims", Keys.ENTER)
    until(page, lambda shown: "q=victims" in shown.current_url)
    assert "grade=requires-improvement" in page.current_url


def test_keys_lead_to_the_box_through_the_hits_and_into_one(page: Chrome) -> None:
    box = one(page, "#q")
    assert press(page, "/") == box
    assert box.get_attribute("value") == "force contact centre"
    hits = page.find_elements(By.CSS_SELECTOR, ".found h2 a")
    assert press(page, Keys.ARROW_DOWN) == hits[0]
    assert press(page, Keys.ARROW_DOWN, Keys.ARROW_DOWN) == hits[2]
    assert press(page, Keys.ARROW_UP) == hits[1]
    assert press(page, Keys.ARROW_UP, Keys.ARROW_UP) == box
    target = hits[1].get_attribute("href") or ""
    press(page, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    until(page, lambda shown: shown.current_url == target)


def choose(page: Chrome, name: str, value: str) -> WebElement:
    """Choose a value of a field of a table, unfolding the filters where they are folded.

    The driver's own ways of choosing do not know folds that style opens.
    """
    field = reach(page, name)
    page.execute_script(  # type: ignore[no-untyped-call]
        "arguments[0].value = arguments[1];"
        "arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
        field,
        value,
    )
    return field


def reach(page: Chrome, name: str) -> WebElement:
    """A field of a table, with the focus, which the keyboard brought there."""
    summary = one(page, ".narrowing > summary")
    if summary.is_displayed() and one(page, ".narrowing").get_attribute("open") is None:
        summary.click()
    one(page, "#q").send_keys("")
    for _ in range(40):
        focused = page.switch_to.active_element
        if focused.get_attribute("name") == name:
            return focused
        press(page, Keys.TAB)
    raise AssertionError(name)


def total(page: Chrome, words: str) -> None:
    until(page, lambda shown: one(shown, ".total").text.startswith(words))


TABLES = (
    ("judgments", "theme", "responding", "1 judgment of 1 force"),
    ("register", "theme", "responding", "4 findings"),
    ("register", "expectations", "yes", "6 other expectations"),
    ("responses", "force", "bedfordshire", "1 letter, 3 asks"),
)


@pytest.mark.parametrize(("table", "name", "value", "said"), TABLES)
def test_a_table_changes_as_a_filter_is_chosen(
    page: Chrome, site: str, table: str, name: str, value: str, said: str
) -> None:
    page.get(f"{site}{table}")
    before = one(page, ".total").text
    stays(page)
    field = choose(page, name, value)
    until(page, lambda shown: f"{name}={value}" in shown.current_url)
    assert "=&" not in page.current_url
    assert one(page, ".total").text.startswith(said)
    # The field is the same one, so that a name can be typed into it letter by letter.
    assert page.switch_to.active_element == field
    assert one(page, "#status").get_attribute("textContent") == one(page, ".total").text
    assert "(1 selected)" in (one(page, ".narrowing > summary").get_attribute("textContent") or "")
    assert not one(page, ".narrow-to button").is_displayed()
    changed = without_form(page)
    head = one(page, "head").get_attribute("innerHTML")
    assert stayed(page)
    # Back, and on again.
    page.back()
    total(page, before)
    assert chosen(page, name) == ""
    page.forward()
    total(page, said)
    assert stayed(page)
    # It is the page that its address gives.
    page.refresh()
    assert without_form(page) == changed
    assert _plain(one(page, "head").get_attribute("innerHTML")) == _plain(head)
    assert chosen(page, name) == value


def chosen(page: Chrome, name: str) -> str:
    return str(one(page, f".narrow-to [name='{name}']").get_property("value"))


def without_form(page: Chrome) -> str:
    """The page's main part without the fields, which keep what is chosen in themselves."""
    markup: str = page.execute_script(  # type: ignore[no-untyped-call]
        "const main = document.getElementById('main').cloneNode(true);"
        "main.querySelector('.narrow-to').remove(); return main.innerHTML"
    )
    return _plain(markup)


def test_a_name_is_typed_into_a_field_of_a_table(page: Chrome, site: str) -> None:
    """Each letter chooses; what it loads does not take the field away under the next letter."""
    page.get(f"{site}register")
    field = reach(page, "theme")
    press(page, "Pre")
    until(page, lambda shown: "theme=" in shown.current_url)
    press(page, "venting")
    assert page.switch_to.active_element == field
    assert chosen(page, "theme") == "prevention"
    until(page, lambda shown: shown.current_url.endswith("theme=prevention&sort=document"))


def test_a_day_is_asked_for_once(page: Chrome, site: str) -> None:
    page.get(f"{site}register")
    stays(page)
    choose(page, "theme", "responding")
    total(page, "4 findings")
    reach(page, "as-of")
    press(page, "2024-02-01", Keys.ENTER)
    until(page, lambda shown: "as-of=2024-02-01" in shown.current_url)
    assert "1 February 2024" in one(page, ".total").text
    press(page, Keys.ENTER)
    page.back()
    until(page, lambda shown: "as-of" not in shown.current_url)
    total(page, "4 findings")
    page.back()
    until(page, lambda shown: shown.current_url == f"{site}register")
    assert stayed(page)


def test_what_a_table_cannot_use_is_said(page: Chrome, site: str) -> None:
    page.get(f"{site}register")
    choose(page, "theme", "responding")
    total(page, "4 findings")
    reach(page, "as-of")
    press(page, "soon", Keys.ENTER)
    until(page, lambda shown: "soon" in one(shown, ".message").text)
    assert page.switch_to.active_element == one(page, "main")
    page.back()
    total(page, "4 findings")


def test_folded_words_stay_folded_as_a_table_changes(page: Chrome, site: str) -> None:
    page.get(f"{site}register")
    one(page, ".lines details summary").click()
    choose(page, "sort", "deadline")
    until(page, lambda shown: "sort=deadline" in shown.current_url)
    assert page.find_elements(By.CSS_SELECTOR, ".lines details[open]") == []


@pytest.mark.parametrize("table", ["judgments", "register", "responses"])
def test_without_scripts_a_table_has_a_button(plain_browser: Chrome, site: str, table: str) -> None:
    resize(plain_browser, 1440, 900)
    plain_browser.get(f"{site}{table}")
    reach(plain_browser, "force")
    press(plain_browser, "Bedf")
    assert "force" not in plain_browser.current_url
    button = one(plain_browser, ".narrow-to button")
    ActionChains(plain_browser).move_to_element(button).click().perform()
    until(plain_browser, lambda shown: "force=bedfordshire" in shown.current_url)
    assert one(plain_browser, ".chips").text


def test_a_long_list_of_values_is_searched_where_it_stands(
    browser: Chrome, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Twenty forces, each with a document about the same words."""
    forces = vocabulary.force.entries[:20]
    for number, force in enumerate(forces):
        (tmp_path / f"{number}.txt").write_text(
            f"PEEL 2021/22\n\nAn inspection of {force.label}\n\nMarmalade is adequate.\n", "utf-8"
        )
    build([tmp_path], index=tmp_path / "index", vocabulary=vocabulary)
    resize(browser, 1440, 900)
    with served(tmp_path / "index") as address:
        browser.get(f"{address}search?q=marmalade")
        # The driver's own click does not know folds that style opens.
        summary, field = one(browser, "fieldset details summary"), one(browser, ".within input")
        ActionChains(browser).move_to_element(summary).click().perform()
        ActionChains(browser).scroll_to_element(field).move_to_element(field).click().perform()
        items = browser.find_elements(By.CSS_SELECTOR, "fieldset details li")
        assert len(items) > 10
        wanted = items[-1]
        name = wanted.find_element(By.TAG_NAME, "span").get_property("textContent").strip()
        press(browser, name.upper())
        assert [item for item in items if not item.get_property("hidden")] == [wanted]
        press(browser, "zzz")
        assert all(item.get_property("hidden") for item in items)
        assert not one(browser, ".within .hint").get_property("hidden")
        press(browser, *[Keys.BACKSPACE] * (len(name) + 3))
        assert not any(item.get_property("hidden") for item in items)
        # It is no field of the search.
        assert browser.current_url == f"{address}search?q=marmalade"


def test_a_question_mark_lists_the_keys_and_escape_closes_them(page: Chrome) -> None:
    press(page, "?")
    assert one(page, "#keys").is_displayed()
    assert "to the search box" in one(page, "#keys").text
    press(page, Keys.ESCAPE)
    assert not one(page, "#keys").is_displayed()
    one(page, "#q").send_keys("?")
    assert not one(page, "#keys").is_displayed()


def test_matches_are_gone_through_one_by_one(page: Chrome) -> None:
    one(page, ".found h2 a").click()
    until(page, lambda shown: "/documents/" in shown.current_url)
    marks = page.find_elements(By.CSS_SELECTOR, ".text mark")
    inside = page.find_elements(By.CSS_SELECTOR, ".text :target mark")
    assert one(page, ".matches output").text == f"{len(marks)} marked"
    one(page, ".matches .on").click()
    here = marks.index(inside[0])
    assert one(page, ".matches output").text == f"{here + 1} of {len(marks)}"
    press(page, "n")
    assert one(page, "mark.current") == marks[(here + 1) % len(marks)]
    top = page.execute_script(  # type: ignore[no-untyped-call]
        "return document.querySelector('mark.current').getBoundingClientRect().top"
    )
    assert 0 <= top < 900
    press(page, "p", "p")
    assert one(page, "mark.current") == marks[here - 1]
    assert not any(link.is_displayed() for link in page.find_elements(By.CLASS_NAME, "next"))
