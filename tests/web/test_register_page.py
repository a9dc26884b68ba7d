"""The register in the browser: every finding with its words, none counted twice."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from commands import Terminal
from letter_samples import LETTER, NATIONAL, SECOND, made
from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.model.register import Register
from peelsearch.register import RegisterOptions, register
from peelsearch.render.register import register_json
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from register_samples import NUMBERS, Asked, Report
from table_pages import WORD, check_markup, links, marked, page, section, squeezed, text
from tools.chromium import resize

AS_OF = "2024-02-01"
ADDRESS = f"/register?as-of={AS_OF}"


@pytest.fixture(scope="module")
def found(corpus: Corpus, vocabulary: Vocabulary) -> Register:
    """The register of the seeds."""
    return register(corpus, vocabulary, ExtractMemory(), RegisterOptions(AS_OF))


def rows(markup: str) -> list[str]:
    """The findings of a page."""
    listed = re.search(r'<ol class="lines">(.*?)</ol>', markup, re.DOTALL)
    return re.findall(r'<li id=".*?</li>', listed[1], re.DOTALL) if listed else []


def test_each_finding_is_a_row_that_leads_to_its_words(
    client: FlaskClient, found: Register
) -> None:
    markup = page(client, ADDRESS)
    check_markup(markup)
    listed = rows(markup)
    assert len(listed) == len(found.entries) == 17
    assert "17 findings, deadlines as of 1 February 2024" in text(markup)
    for row, entry in zip(listed, found.entries, strict=True):
        assert entry.reference in text(row)
        assert squeezed(entry.place.said.quote) in squeezed(text(row))
        assert marked(client, links(row, "/documents/")[0]) == squeezed(entry.place.said.quote)


def test_every_place_and_the_sentence_of_a_repeat_lead_to_their_words(
    client: FlaskClient, found: Register
) -> None:
    repeats = 0
    for row, entry in zip(rows(page(client, ADDRESS)), found.entries, strict=True):
        said = [entry.place.said]
        if entry.repeat:
            repeats += 1
            outcome = entry.repeat.outcome_said
            said += [entry.repeat.said, *([outcome] if outcome else [])]
        said += [place.said for place in entry.places]
        for address, one in zip(links(row, "/documents/"), said, strict=True):
            assert marked(client, address) == squeezed(one.quote)
        assert ("Original: " if entry.place.source == "original" else "Quoted: ") in text(row)
        assert links(row, "/forces/") == ["/forces/bedfordshire"]
    assert repeats == 2


def test_long_words_are_folded_only_below_a_headline_that_says_something(
    client: FlaskClient, found: Register
) -> None:
    listed = rows(page(client, ADDRESS))
    folded = {
        entry.reference
        for row, entry in zip(listed, found.entries, strict=True)
        if "<details>" in row
    }
    assert len(folded) == 14
    assert not any("recommendation" in name for name in folded)
    (long,) = (one for one in found.entries if one.reference.endswith("recommendation 2"))
    assert len(long.place.said.quote) > 400


def test_a_finding_with_its_quotations_is_one_row(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL}
    corpus = made(tmp_path, files, vocabulary)
    client = create_app(corpus.folder).test_client()
    listed = rows(page(client, f"{ADDRESS}&kind=recommendation"))
    assert len(listed) == 3
    for row in listed:
        assert text(row).count("Original: ") == 1
        assert text(row).count("Quoted: ") == 2
        addresses = links(row, "/documents/")
        assert len({address.partition("?")[0] for address in addresses}) == 3
        assert all(marked(client, address) for address in addresses)
    assert any("which writes “By January 4”" in text(row) for row in listed)


def test_unresolved_deadlines_come_first_with_their_hint(client: FlaskClient) -> None:
    first, *others = map(text, rows(page(client, ADDRESS)))
    assert "“By January 4”; deadline unresolved" in first
    assert "By January 2024" in first
    assert sum("date passed, completion not known" in row for row in others) == 2
    assert all("overdue" not in row for row in (first, *others))


def test_other_expectations_stand_apart(client: FlaskClient, found: Register) -> None:
    apart = section(page(client, ADDRESS), "expectations")
    assert apart.count("<li>") == len(found.expectations) > 0
    for address, one in zip(links(apart, "/documents/"), found.expectations, strict=True):
        assert marked(client, address) == squeezed(one.said.quote)


def test_expectations_alone_are_no_findings(
    client: FlaskClient, found: Register, terminal: Terminal
) -> None:
    (every,) = (link for link in links(page(client, ADDRESS), "/register?") if "expect" in link)
    markup = page(client, every)
    check_markup(markup)
    assert rows(markup) == []
    assert f"{len(found.expectations)} other expectations" in text(markup)
    assert section(markup, "expectations").count("<li>") == len(found.expectations)
    (address,) = links(markup, "/register.csv")
    sheet = list(csv.DictReader(io.StringIO(client.get(address).text)))
    assert [row["quote"] for row in sheet] == [one.said.quote for one in found.expectations]
    (address,) = links(markup, "/api/v1/register")
    api = client.get(address).json
    assert api == register_json(replace(found, entries=()))
    assert api == terminal.json("register", "--expectations", "--as-of", AS_OF)
    # A filter by kind is one of findings.
    markup = page(client, f"{ADDRESS}&expectations=yes&kind=ask")
    assert "No other expectation is under these filters" in text(markup)


def test_expectations_below_findings_are_a_beginning(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Those that do not stand there are on the page of their own, all of them in its file."""
    sentences = "\n\n".join(
        f"The force should consider how it records matter {name} of its work." for name in NUMBERS
    )
    report = (
        "PEEL 2021/22 – An inspection of Kent Police\n\nPublished: April 2022\n\n"
        "Responding to the public\n\nKent Police is good at responding to the public.\n\n"
        f"Main findings\n\n{sentences}\n"
    )
    corpus = made(tmp_path, {"report.txt": report}, vocabulary)
    client = create_app(corpus.folder).test_client()
    markup = page(client, ADDRESS)
    assert "0 findings" in text(markup)
    below = section(markup, "expectations")
    assert below.count("<li>") == 20
    assert "24 other expectations" in text(below)
    (every,) = links(below, "/register?")
    alone = section(page(client, every), "expectations")
    assert [number for number in NUMBERS if f"matter {number} of" in text(alone)] == NUMBERS
    assert alone.count("<li>") == 24


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=AFI", 10),
        ("kind=ask", 13),
        ("kind=recommendation", 3),
        ("addressee=chief-constables", 1),
        ("source=quoted", 5),
        ("deadline=unresolved", 1),
        ("deadline=unresolved&deadline=date-passed-completion-not-known", 3),
        ("deadline=date-ahead", 0),
        ("theme=responding&kind=ask", 4),
        ("force=kent", 0),
    ],
)
def test_filters_keep_what_they_name(client: FlaskClient, query: str, count: int) -> None:
    markup = page(client, f"{ADDRESS}&{query}")
    assert len(rows(markup)) == count
    noun = "finding" if count == 1 else "findings"
    assert f"{count} {noun}, deadlines" in text(markup)
    if not count:
        assert 'href="/coverage"' in markup
    # The form holds what was chosen, so that applying it again changes nothing.
    name, value = query.split("&", maxsplit=1)[0].split("=")
    if value != "AFI" and count:
        assert re.search(rf'<option value="{value}" selected>', section_form(markup)), name


def section_form(markup: str) -> str:
    found = re.search(r'<form class="narrow-to".*?</form>', markup, re.DOTALL)
    assert found is not None
    return found[0]


def test_of_what_has_one_value_the_first_counts_and_is_shown(client: FlaskClient) -> None:
    markup = page(client, f"{ADDRESS}&source=quoted&source=original&addressee=Kent+Police")
    assert len(rows(markup)) == 0
    chips = re.search(r'<ul class="chips".*?</ul>', markup, re.DOTALL)
    assert chips is not None
    assert "Words of: Quoted in another document" in text(chips[0])
    assert "original" not in chips[0]
    assert "Addressee: Kent Police" in text(chips[0])
    assert re.search(r'<option value="kent" selected>', section_form(markup))


def test_links_to_files_have_no_page(client: FlaskClient) -> None:
    markup = page(client, f"{ADDRESS}&kind=AFI&page=2")
    assert links(markup, "/register.csv") == [f"/register.csv?kind=AFI&as-of={AS_OF}"]


def test_many_findings_are_shown_a_hundred_at_a_time(many: Corpus, vocabulary: Vocabulary) -> None:
    client = create_app(many.folder).test_client()
    every = register(many, vocabulary, ExtractMemory(), RegisterOptions(AS_OF)).entries
    address, seen, pages = ADDRESS, list[str](), 0
    while address:
        markup = page(client, address)
        seen += re.findall(r'<li id="([^"]+)"', markup)
        pages += 1
        following = re.search(r'<a href="([^"]+)" rel="next">', markup)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == [entry.id for entry in every]
    assert pages == -(-len(every) // 100) > 2
    assert rows(page(client, f"{ADDRESS}&page=999")) == rows(
        page(client, f"{ADDRESS}&page={pages}")
    )
    sheet = client.get(f"/register.csv?as-of={AS_OF}").text
    assert len(list(csv.DictReader(io.StringIO(sheet)))) == len(every)


def test_files_and_the_api_hold_the_same(
    client: FlaskClient, found: Register, terminal: Terminal
) -> None:
    api = client.get(f"/api/v1/register?as-of={AS_OF}")
    assert api.json == register_json(found)
    assert api.json == terminal.json("register", "--as-of", AS_OF)
    word = client.get(f"/register.docx?as-of={AS_OF}")
    assert word.mimetype == WORD
    cells = [
        cell.text
        for table in docx.Document(io.BytesIO(word.data)).tables
        for cell in table.columns[0].cells
    ]
    assert {entry.reference for entry in found.entries} <= set(cells)
    assert client.get(f"/register.md?as-of={AS_OF}").mimetype == "text/markdown"


@pytest.mark.parametrize(
    "query",
    [
        "as-of=tomorrow",
        "as-of=2024-02",
        "sort=worst",
        "source=mine",
        "addressee=nobody-known",
        "page=0",
        "page=x",
        "expectations=maybe",
        "kind=worries",
    ],
)
def test_what_cannot_be_used_is_said(client: FlaskClient, query: str) -> None:
    assert 'class="message"' in page(client, f"/register?{query}", status=400)
    assert set(client.get(f"/api/v1/register?{query}").json or ()) == {"error", "hint"}


def test_hostile_text_is_text(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script> "onload=x" =1+1'
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "report.txt").write_text(
        "PEEL 2021/22 – An inspection of Kent Police\n\nPublished: April 2022\n\n"
        "Responding to the public\n\nKent Police is good at responding to the public.\n\n"
        f"Areas for improvement\n\nThe force should improve {evil}\n\n"
        f"The force doesn't answer {evil} quickly enough. By January 2024, it should {evil}.\n"
    )
    build([tmp_path / "documents"], index=tmp_path / "index")
    client = create_app(tmp_path / "index").test_client()
    markup = page(client, "/register")
    check_markup(markup)
    assert len(rows(markup)) == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markup


def test_words_unfold_lead_on_and_stand_on_paper(browser: Chrome, site: str) -> None:
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    for width in (360, 1440):
        resize(browser, width, 800)
        for address in (ADDRESS, f"{ADDRESS}&expectations=yes"):
            browser.get(site.rstrip("/") + address)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width  # type: ignore[no-untyped-call]
    browser.get(site.rstrip("/") + ADDRESS)
    folded = browser.find_element(By.CSS_SELECTOR, ".lines details blockquote")
    words = folded.get_attribute("textContent") or ""
    assert not folded.is_displayed()
    # Paper has nothing to click: all words are on it, the headline once.
    paper = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(browser.print_page())))
    printed = " ".join(leaf.get_textpage().get_text_bounded() for leaf in paper)
    assert squeezed(words) in squeezed(printed)
    headline = browser.find_element(By.CSS_SELECTOR, ".headline").text
    assert squeezed(printed).count(squeezed(headline)) == 1
    assert "Apply" not in printed
    browser.find_element(By.CSS_SELECTOR, ".lines summary").click()
    assert folded.is_displayed()
    browser.find_element(By.CSS_SELECTOR, ".headline a").click()
    marks = browser.find_elements(By.CSS_SELECTOR, ":target mark")
    assert squeezed("".join(mark.text for mark in marks)) == squeezed(words)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("state", ["date-ahead", "unresolved", "no-date-stated"])
def test_counts_are_those_of_the_reports(
    many: Corpus, many_reports: list[Report], state: str
) -> None:
    """Counted again from what the generated reports were made of."""
    planted = Counter[tuple[str, str]]()
    for report in many_reports:
        for asked in report.asked:
            planted[report.force, stands(asked, AS_OF)] += 1
    client = create_app(many.folder).test_client()
    total = sum(count for (_, found), count in planted.items() if found == state)
    markup = page(client, f"{ADDRESS}&deadline={state}")
    assert f"{total} findings, deadlines as of 1 February 2024" in text(markup)
    assert len(rows(markup)) == min(total, 100) > 0
    for force in ("kent", "gwent", "surrey"):
        address = f"/register.csv?as-of={AS_OF}&deadline={state}&force={force}"
        listed = list(csv.DictReader(io.StringIO(client.get(address).text)))
        assert len(listed) == planted[force, state]
        assert {row["deadline_state"] for row in listed} <= {state}


def stands(asked: Asked, as_of: str) -> str:
    """How the deadline of a generated ask stands; none of them is a range around the day."""
    if asked.deadline is None:
        return "no-date-stated"
    _, earliest, latest = asked.deadline
    if earliest is None or latest is None:
        return "unresolved"
    return "date-ahead" if earliest >= as_of else "date-passed-completion-not-known"
