"""The page of a force: nothing but what its sheet says, each line with a link to its words."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import docx
import pypdfium2
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from commands import Terminal
from letter_samples import LETTER, NATIONAL, SECOND, made
from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.forces import force_sheet
from peelsearch.indexing import build
from peelsearch.model.force import ForceSheet
from peelsearch.model.quotations import Located
from peelsearch.render.force import force_json
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import (
    WORD,
    check_markup,
    links,
    marked,
    page,
    section,
    squeezed,
    text,
    without_own_script,
)
from tools.chromium import resize

AS_OF = "2024-02-01"
ADDRESS = f"/forces/bedfordshire?as-of={AS_OF}"


@pytest.fixture(scope="module")
def sheet(corpus: Corpus, vocabulary: Vocabulary) -> ForceSheet:
    """What the seeds say of Bedfordshire."""
    return force_sheet(corpus, vocabulary, ExtractMemory(), "bedfordshire", AS_OF)


def shown_places(sheet: ForceSheet) -> Iterator[Located]:
    """The places that the page links to, in its order, each grade once."""
    for grade in (*sheet.grades, *sheet.unplaced):
        yield from (one.place for one in grade.places[: 1 if len(grade.cell.grades) < 2 else None])
        yield from grade.carried
    for finding in (*sheet.asks, *sheet.general, *sheet.practices):
        yield from finding.places
    for letter in sheet.letters:
        yield from (place for place in (letter.published, *letter.replies) if place)
    yield from (mention.place for mention in sheet.mentions)


def check_links(client: FlaskClient, markup: str, sheet: ForceSheet) -> int:
    """Each line leads to its words, which are marked there; how many lines there are."""
    parts = "".join(re.findall(r'<section class="part".*?</section>', markup, re.DOTALL))
    found = [link for link in links(parts, "/documents/") if "quote=" in link]
    wanted = list(shown_places(sheet))
    assert [urlsplit(link).path for link in found] == [
        f"/documents/{quote(place.document.id)}" for place in wanted
    ]
    for link, place in zip(found, wanted, strict=True):
        assert marked(client, link) == squeezed(place.said.quote)
    return len(found)


def test_each_line_leads_to_its_words(client: FlaskClient, sheet: ForceSheet) -> None:
    markup = page(client, ADDRESS)
    check_markup(markup)
    assert check_links(client, markup, sheet) > 30


def test_the_page_counts_what_the_sheet_holds(client: FlaskClient, sheet: ForceSheet) -> None:
    markup = page(client, ADDRESS)
    for name, found in (("asks", sheet.asks), ("practices", sheet.practices)):
        part = section(markup, name)
        assert re.findall(r"<h3><bdi>(.*?)</bdi>", part) == [
            one.entry.reference.replace("'", "&#39;") for one in found
        ]
    assert "13 asks, deadlines as of 1 February 2024" in text(section(markup, "asks"))
    assert "4 practices" in text(section(markup, "practices"))
    grades = section(markup, "grades")
    assert grades.count('<th scope="row">') == len(sheet.grades) == 11
    assert grades.count(">Good</td>") == 4
    assert grades.count(">Reported separately, pending</td>") == len(sheet.pending) == 2
    assert text(section(markup, "not-yet")) == (
        "Not yet reported Disrupting serious organised crime: reported separately, pending "
        "Vetting and counter corruption: reported separately, pending"
    )
    assert section(markup, "documents").count('<th scope="row">') == len(sheet.documents) == 3
    assert section(markup, "undated").count('<th scope="row">') == len(sheet.undated) == 1


def test_deadlines_and_the_letter_read_as_the_command_says_them(client: FlaskClient) -> None:
    markup = page(client, ADDRESS)
    asks, letter = text(section(markup, "asks")), text(section(markup, "letter-1"))
    assert asks.count("31 January 2024; date passed, completion not known") == 2
    assert "“By January 4”; deadline unresolved." in asks
    assert "date ahead" in text(page(client, "/forces/bedfordshire?as-of=2024-01-30"))
    assert "its report is not in this corpus" in letter
    assert "31 August 2023" in letter
    assert "(day 77)" in letter
    assert letter.count("general reply") == 3
    assert "overdue" not in text(markup)


def test_a_letter_after_its_report_and_what_is_asked_of_all(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Rows with several places link to each; forces that are not named have their page too."""
    files = {"a.txt": LETTER, "b.txt": SECOND, "c.txt": NATIONAL}
    held = made(tmp_path, files, vocabulary)
    client = create_app(tmp_path / "index").test_client()
    for force in ("bedfordshire", "kent", "essex"):
        sheet = force_sheet(held, vocabulary, ExtractMemory(), force, AS_OF)
        markup = page(client, f"/forces/{force}?as-of={AS_OF}")
        check_links(client, markup, sheet)
    assert "Also in" in page(client, "/forces/kent")
    assert "Asks to all forces" in text(section(page(client, "/forces/essex"), "all-forces"))


@pytest.mark.parametrize("force", ["essex", "bedfordshire"])
def test_earlier_rounds_are_named_and_linked(
    many: Corpus, vocabulary: Vocabulary, force: str
) -> None:
    sheet = force_sheet(many, vocabulary, ExtractMemory(), force, AS_OF)
    client = create_app(many.folder).test_client()
    markup = page(client, f"/forces/{force}?as-of={AS_OF}")
    assert check_links(client, markup, sheet) > 10
    assert sheet.earlier
    for name in sheet.earlier:
        assert vocabulary.label("round", name) in text(section(markup, "grades"))
    link = next(one for one in links(markup, "/judgments?"))
    assert link == f"/judgments?force={force}"
    page(client, link)


def test_a_force_without_documents_has_a_page_that_says_so(client: FlaskClient) -> None:
    markup = page(client, "/forces/kent")
    check_markup(markup)
    assert "No document of this corpus is about this force or mentions it." in text(markup)
    assert '<a href="/coverage">See what is held and what is missing</a>' in markup
    assert "No report in this corpus: PEEL 2021/22" in text(section(markup, "not-yet"))


@pytest.mark.parametrize("ending", ["", ".csv", ".md", ".docx"])
def test_another_name_of_the_force_is_the_same_force(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/forces/beds%20police{ending}?as-of={AS_OF}")
    if not ending:
        assert response.status_code == 302
        assert response.headers["Location"] == ADDRESS
        return
    own = client.get(f"/forces/bedfordshire{ending}?as-of={AS_OF}")
    assert response.status_code == own.status_code == 200
    assert response.headers["Content-Disposition"] == own.headers["Content-Disposition"]
    assert f"filename=bedfordshire{ending}" in own.headers["Content-Disposition"]
    if ending != ".docx":
        assert response.data == own.data


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/forces/bedfordshre", 404, 'No force is called "bedfordshre". Did you mean Bedfordshire'),
        ("/forces/zzzz", 404, "Coverage lists the forces"),
        ("/forces/good", 404, '"good" is not a force: it is a grade (Good). Coverage lists'),
        ("/forces/not-stated", 404, "is no force. Coverage lists"),
        ("/forces/bedfordshre.csv", 404, "Did you mean Bedfordshire Police ,"),
        ("/forces/", 404, "no page at this address"),
        ("/forces/kent/essex", 404, "no page at this address"),
        ("/forces/" + "x" * 5_000, 404, "No force is called"),
        ("/forces/kent?as-of=soon", 400, '"soon" is not a day. Write it like 2024-01-31.'),
        ("/forces/kent.csv?as-of=2024", 400, '"2024" is not a day.'),
    ],
)
def test_bad_addresses_are_pages_that_help(
    client: FlaskClient, address: str, status: int, words: str
) -> None:
    markup = page(client, address, status=status)
    assert words in text(markup)
    assert len(text(markup)) < 1_000
    for link in links(markup, "/forces/"):
        page(client, link)


def test_the_api_gives_the_commands_object(
    client: FlaskClient, sheet: ForceSheet, terminal: Terminal
) -> None:
    found = client.get(f"/api/v1{ADDRESS}").get_json()
    assert found == force_json(sheet)
    assert found == terminal.json("force", "Bedfordshire", "--as-of", AS_OF)
    response = client.get("/api/v1/forces/bedfordshre")
    assert response.status_code == 404
    assert response.get_json() == {
        "error": 'No force is called "bedfordshre".',
        "hint": "Did you mean bedfordshire (Bedfordshire Police) or hertfordshire (Hertfordshire "
        "Constabulary) or staffordshire (Staffordshire Police)?",
    }


def test_the_page_links_to_its_files(client: FlaskClient, sheet: ForceSheet) -> None:
    markup = re.search(r'<p class="exports">.*?</p>', page(client, ADDRESS), re.DOTALL)
    assert markup is not None
    found = links(markup[0], "/")
    types = ["text/csv", "text/markdown", WORD, "application/json"]
    data = {}
    for link, kind in zip(found, types, strict=True):
        response = client.get(link)
        assert response.mimetype == kind
        assert f"as-of={AS_OF}" in link
        data[kind] = response.data
    rows = list(csv.DictReader(io.StringIO(data["text/csv"].decode())))
    assert sum(row["part"] == "ask" for row in rows) == 13
    assert {row["fingerprint"] for row in rows} == {sheet.fingerprint}
    assert data["text/markdown"].decode().startswith("# Bedfordshire Police\n")
    assert len(docx.Document(io.BytesIO(data[WORD])).tables) >= 5


def test_what_documents_contain_is_shown_as_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)> {{7*7}}"
    (tmp_path / "b.txt").write_text(
        f"Notes {attack}\n\nKent Police and Bedfordshire Police {attack} met.\n", "utf-8"
    )
    (tmp_path / "a.txt").write_text(
        LETTER.replace("Recommendation 3", f"Recommendation 3 {attack}"), "utf-8"
    )
    build([tmp_path], index=tmp_path / "index", vocabulary=vocabulary)
    client = create_app(tmp_path / "index").test_client()
    for address in ("/forces/bedfordshire", "/forces/kent"):
        markup = page(client, address)
        check_markup(markup)
        assert "&lt;script&gt;alert(1)" in markup
    markup = page(client, "/forces/" + quote(attack, safe=""), status=404)
    check_markup(markup)


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=60), day=st.text(max_size=20))
def test_any_name_and_day_is_a_page(client: FlaskClient, name: str, day: str) -> None:
    address = "/forces/" + quote(name, safe="", errors="replace")
    response = client.get(address, query_string={"as-of": day})
    assert response.status_code in (200, 302, 308, 400, 404)
    if response.status_code not in (302, 308):
        assert "<script" not in without_own_script(response.text)


def test_a_document_links_to_its_force(client: FlaskClient) -> None:
    document = links(page(client, ADDRESS), "/documents/")[0].partition("?")[0]
    assert '<a href="/forces/bedfordshire">Bedfordshire Police</a>' in page(client, document)


def test_the_page_prints_whole_and_fits_the_screen(browser: Chrome, site: str) -> None:
    """On paper: every line and no form, navigation or link to files."""
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    for width in (360, 1440):
        resize(browser, width, 800)
        browser.get(site.rstrip("/") + ADDRESS)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width  # type: ignore[no-untyped-call]
    paper = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(browser.print_page())))
    said = " ".join(" ".join(leaf.get_textpage().get_text_bounded().split()) for leaf in paper)
    names = [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".lines h3")]
    assert len(names) == 20
    for name in names:
        assert squeezed(name) in squeezed(said)
    for words in ("Bedfordshire Police is good at operating efficiently.", "Made of: documents=3"):
        assert squeezed(words) in squeezed(said)
    for words in ("Apply", "Take this table away", "Register", "On this page"):
        assert words not in said
    browser.find_element(By.CSS_SELECTOR, "#asks ~ ol .said a").click()
    assert browser.find_elements(By.CSS_SELECTOR, ":target mark")
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
