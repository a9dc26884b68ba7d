"""The register in the browser: every finding with its words, none counted twice."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import docx
import pytest
from flask.testing import FlaskClient

from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.model.register import Register
from peelsearch.register import RegisterOptions, register
from peelsearch.render.register import register_json
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import WORD, check_markup, links, marked, page, section, squeezed, text

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


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=AFI", 10),
        ("kind=ask", 13),
        ("kind=recommendation", 3),
        ("addressee=chief-constables", 1),
        ("source=quoted", 5),
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


def test_files_and_the_api_hold_the_same(client: FlaskClient, found: Register) -> None:
    api = client.get(f"/api/v1/register?as-of={AS_OF}")
    assert api.json == register_json(found)
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
