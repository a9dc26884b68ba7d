"""The page in a real browser: mouse and keyboard, wide and narrow, light and dark.

Scripts are switched off here: all of this works without. ``test_scripts.py`` has what they add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tools.chromium import resize

WIDE, NARROW = 1440, 360


@pytest.fixture
def page(plain_browser: Chrome, site: str) -> Iterator[Chrome]:
    """The start page, wide; in the end the browser must not have complained."""
    browser = plain_browser
    resize(browser, WIDE, 900)
    browser.get(site)
    yield browser
    complaints = [
        entry
        for entry in browser.get_log("browser")  # type: ignore[no-untyped-call]
        if "status of 4" not in entry["message"]
    ]
    assert complaints == []


def heading(page: Chrome) -> str:
    return page.find_element(By.TAG_NAME, "h1").text


def until(page: Chrome, condition: Callable[[Chrome], bool]) -> None:
    """Wait for the condition. Between two pages the driver may fail to answer at all."""
    WebDriverWait(page, 10, ignored_exceptions=(WebDriverException,)).until(condition)


def go(page: Chrome, fragment: str) -> None:
    """Wait until the address holds the fragment and the page is there."""
    ready = "return document.readyState"
    until(
        page,
        lambda shown: fragment in shown.current_url and shown.execute_script(ready) == "complete",
    )


def click(page: Chrome, selector: str) -> None:
    """Click with the mouse where the element is on the screen.

    The filters stand in a folded element that wide pages unfold by style, which Selenium's own
    click does not know.
    """
    element = page.find_element(By.CSS_SELECTOR, selector)
    ActionChains(page).scroll_to_element(element).move_to_element(element).click().perform()


def search(page: Chrome, words: str) -> None:
    box = page.find_element(By.ID, "q")
    box.clear()
    box.send_keys(words, Keys.ENTER)
    go(page, f"q={quote_plus(words)}")


def test_search_filter_open_and_back(page: Chrome) -> None:
    search(page, "force contact centre")
    assert heading(page) == "14 passages in 1 document"
    click(page, "input[value='requires-improvement']")
    click(page, ".apply button")
    go(page, "grade=requires-improvement")
    assert heading(page) == "8 passages in 1 document"
    assert "graded otherwise" in page.find_element(By.CSS_SELECTOR, ".summary").text

    page.find_element(By.CSS_SELECTOR, ".found h2 a").click()
    go(page, "/documents/")
    target = page.find_element(By.CSS_SELECTOR, ":target")
    marks = [mark.text for mark in target.find_elements(By.TAG_NAME, "mark")]
    assert set(marks) & {"force contact centre", "FCC"}
    top = page.execute_script("return arguments[0].getBoundingClientRect().top", target)  # type: ignore[no-untyped-call]
    assert 0 <= top < 300

    page.back()
    assert heading(page) == "8 passages in 1 document"
    page.find_element(By.CSS_SELECTOR, ".chips a").click()
    until(page, lambda shown: heading(shown) == "14 passages in 1 document")


def test_the_next_page_goes_on_where_the_first_ends(page: Chrome) -> None:
    search(page, "victims")
    first = len(page.find_elements(By.CSS_SELECTOR, ".found li h2"))
    page.find_element(By.CSS_SELECTOR, "a[rel=next]").click()
    go(page, "page=2")
    assert first == 10
    assert page.find_element(By.CSS_SELECTOR, ".found ol").get_attribute("start") == "11"


def test_the_keyboard_alone_is_enough(page: Chrome) -> None:
    """The box has the focus at the start; the first stop after it is the button; skipping works."""
    page.switch_to.active_element.send_keys("digital triage vans", Keys.ENTER)
    go(page, "digital")
    body = page.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to main content"
    page.switch_to.active_element.send_keys(Keys.ENTER)
    go(page, "#main")
    for _ in range(60):
        page.switch_to.active_element.send_keys(Keys.TAB)
        focused = page.switch_to.active_element
        if "/documents/" in (focused.get_attribute("href") or ""):
            break
    focused.send_keys(Keys.ENTER)
    go(page, "/documents/")


GRADE = "What grade did Bedfordshire get for investigating crime?"
LIST = "What are the areas for improvement?"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (GRADE, "Answer"),
        ("Who is the mayor of Luton?", "The documents do not answer this; the closest passage:"),
        ("Where is the xylophone zyzzyva?", "Not in these documents."),
    ],
)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_question_has_a_named_card_above_its_hits(
    page: Chrome, width: int, question: str, said: str
) -> None:
    resize(page, width, 800)
    search(page, question)
    card = page.find_element(By.CSS_SELECTOR, ".answer")
    assert (card.aria_role, card.accessible_name) == ("region", said)
    assert card.find_element(By.TAG_NAME, "h2").text == said
    found = page.find_element(By.CSS_SELECTOR, ".found")
    assert bottom(page, card) <= found.rect["y"]
    assert found.rect["y"] - bottom(page, card) < 150
    assert page.find_element(By.CSS_SELECTOR, ".summary").rect["y"] < card.rect["y"]
    assert fits(page, width)


def test_the_quotation_is_marked_where_its_link_leads(page: Chrome) -> None:
    search(page, GRADE)
    quotation = page.find_element(By.CSS_SELECTOR, ".answer blockquote").text
    assert page.find_element(By.CSS_SELECTOR, ".answer mark").text == "requires improvement"
    page.find_element(By.CSS_SELECTOR, ".answer a").click()
    go(page, "/documents/")
    marks = page.find_elements(By.TAG_NAME, "mark")
    assert [mark.text for mark in marks] == [quotation]
    assert page.find_elements(By.CSS_SELECTOR, ":target mark") == marks
    assert page.find_element(By.ID, "q").get_attribute("value") == GRADE
    page.back()
    go(page, "search?")
    assert page.find_element(By.CSS_SELECTOR, ".answer blockquote").text == quotation


def test_further_quotations_unfold_with_the_keyboard(page: Chrome) -> None:
    """The card comes first behind the page's head; what is folded opens where it stands."""
    search(page, LIST)
    top = page.find_element(By.CSS_SELECTOR, ".answer blockquote").rect
    folded = page.find_element(By.CSS_SELECTOR, ".answer details blockquote")
    assert not folded.is_displayed()
    page.find_element(By.CSS_SELECTOR, "header nav a:last-child").send_keys(Keys.TAB)
    stops = []
    for _ in range(3):
        focused = page.switch_to.active_element
        described = page.find_element(By.ID, focused.get_attribute("aria-describedby") or "")
        stops.append(described.text)
        focused.send_keys(Keys.TAB)
    shown = page.find_elements(By.CSS_SELECTOR, ".answer > figure blockquote")
    assert stops == [quotation.text for quotation in shown]
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert folded.is_displayed()
    assert page.find_element(By.CSS_SELECTOR, ".answer blockquote").rect == top


def test_filters_stay_beside_the_card_and_apply_to_it(page: Chrome) -> None:
    search(page, LIST)
    box, card = (page.find_element(By.CSS_SELECTOR, name).rect for name in (".filters", ".answer"))
    assert box["x"] + box["width"] < card["x"]
    assert abs(box["y"] - card["y"]) < 5
    click(page, "input[name=theme][value='vulnerable-people']")
    click(page, ".apply button")
    go(page, "theme=")
    assert "1 area for improvement" in page.find_element(By.CSS_SELECTOR, ".answer").text
    assert len(page.find_elements(By.CSS_SELECTOR, ".answer blockquote")) == 1


def bottom(page: Chrome, element: WebElement) -> float:
    script = "return arguments[0].getBoundingClientRect().bottom + scrollY"
    return float(page.execute_script(script, element))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "search?q=force+contact+centre&grade=good",
        "search?q=force&group=document",
        "search?q=burglry",
        "search?q=officer~9",
        f"search?q={quote_plus(LIST)}",
        f"search?q={quote_plus('Where is ' + 'x' * 200 + '?')}",
        "judgments",
        "judgments?force=bedfordshire&sort=grade",
        "register",
        "register?deadline=unresolved&kind=ask",
        "responses",
        "forces/" + "x" * 90,
    ],
)
def test_nothing_is_wider_than_the_screen(
    page: Chrome, site: str, address: str, width: int
) -> None:
    resize(page, width, 800)
    page.get(site + address)
    assert fits(page, width)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_document_fits_the_screen(page: Chrome, site: str, width: int) -> None:
    resize(page, width, 800)
    page.get(site + "search?q=judgments")
    page.find_element(By.CSS_SELECTOR, ".found h2 a").click()
    go(page, "/documents/")
    assert fits(page, width)


def fits(page: Chrome, width: int) -> bool:
    script = "return document.documentElement.scrollWidth"
    return int(page.execute_script(script)) <= width  # type: ignore[no-untyped-call]


def test_every_field_has_a_name_and_every_page_its_landmarks(page: Chrome) -> None:
    search(page, "force")
    fields = page.find_elements(By.CSS_SELECTOR, "input:not([type=hidden]), button")
    visible = "return arguments[0].checkVisibility()"
    shown = [field for field in fields if page.execute_script(visible, field)]  # type: ignore[no-untyped-call]
    assert len(shown) > 20
    assert [field.get_attribute("name") for field in shown if not field.accessible_name] == []
    for landmark in ("header", "main", "form[role=search]"):
        assert len(page.find_elements(By.CSS_SELECTOR, landmark)) == 1
    assert page.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en-GB"
    assert page.title.startswith("force – ")


def test_text_contrast_is_enough_in_light_and_dark(page: Chrome, site: str) -> None:
    script = """
    const channel = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 };
    const rgb = c => c.match(/[\\d.]+/g).map(Number);
    const light = c => {
      const [r, g, b] = rgb(c).map(channel);
      return .2126 * r + .7152 * g + .0722 * b };
    const ground = e => {
      for (; e; e = e.parentElement) {
        const c = getComputedStyle(e).backgroundColor, p = rgb(c);
        if (p.length < 4 || p[3] > 0) return c }
      return 'rgb(255, 255, 255)' };
    let least = 21;
    for (const e of document.querySelectorAll('main *, header *')) {
      if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
      if (!e.getClientRects().length) continue;
      const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
      least = Math.min(least, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
    }
    return least"""
    for scheme in ("light", "dark"):
        page.execute_cdp_cmd(  # type: ignore[no-untyped-call]
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
        )
        for address in (
            "search?q=force+contact+centre&grade=good",
            "search?q=" + quote_plus(GRADE),
            "judgments",
            "register?kind=ask",
            "responses",
            "coverage",
            "forces/bedfordshire",
        ):
            page.get(site + address)
            assert page.execute_script(script) >= 4.5, scheme  # type: ignore[no-untyped-call]


def test_without_scripts_a_link_leads_from_match_to_match(page: Chrome) -> None:
    search(page, "force contact centre")
    page.find_element(By.CSS_SELECTOR, ".found h2 a").click()
    go(page, "/documents/")
    assert not page.find_element(By.CSS_SELECTOR, ".matches").is_displayed()
    links = page.find_elements(By.CSS_SELECTOR, ".passage:has(mark) .next a")
    matched = page.find_elements(By.CSS_SELECTOR, ".passage:has(mark)")
    assert len(links) == len(matched) - 1
    links[0].click()
    go(page, "#")
    assert page.find_element(By.CSS_SELECTOR, ":target") == matched[1]
