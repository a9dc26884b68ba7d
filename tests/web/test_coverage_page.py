"""The page of what is held and missing: the counts of the table, and links to each thing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from flask.testing import FlaskClient
from lxml import html
from selenium.webdriver import Chrome

from commands import Terminal
from letter_samples import LETTER, STUB
from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.model import NOT_STATED
from peelsearch.model.coverage import Coverage
from peelsearch.register import coverage
from peelsearch.render.coverage import coverage_json, gaps
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from table_pages import WORD, check_markup, links, marked, page, squeezed, text
from tools.chromium import resize


def found_in(corpus: Corpus, vocabulary: Vocabulary) -> Coverage:
    return coverage(corpus, vocabulary, ExtractMemory(), "2024-02-01")


def check_counts(markup: str, found: Coverage, vocabulary: Vocabulary) -> list[str]:
    """Each cell stands under its round and type and holds its count; the links of those above 0."""
    (table,) = html.fromstring(markup).xpath('//section[@aria-labelledby="held"]//table')
    rounds = [
        head.text_content()
        for head in table.xpath("./thead/tr[1]/th[@colspan]")
        for _ in range(int(head.get("colspan")))
    ]
    types = [head.text_content() for head in table.xpath("./thead/tr[2]/th")]
    columns = list(zip(rounds, types, strict=True))
    assert len(set(columns)) == len(columns)
    wanted = Counter[tuple[str, str, str]]()
    for one in found.counts:
        name = (
            "Round not stated" if one.round == NOT_STATED else vocabulary.label("round", one.round)
        )
        key = vocabulary.label("force", one.force), name, vocabulary.label("type", one.type)
        wanted[key] = one.documents
    shown = Counter[tuple[str, str, str]]()
    found_links = []
    for line in table.xpath("./tbody/tr"):
        (head,) = line.xpath("./th")
        for column, cell in zip(columns, line.xpath("./td"), strict=True):
            number = int(cell.text_content())
            assert bool(cell.xpath("./a")) == (number > 0)
            found_links += cell.xpath("./a/@href")
            if number:
                shown[head.text_content(), *column] = number
    assert shown == wanted
    return found_links


def test_the_seeds_are_counted_and_their_gaps_lead_to_the_words(
    client: FlaskClient, corpus: Corpus, vocabulary: Vocabulary
) -> None:
    found = found_in(corpus, vocabulary)
    markup = page(client, "/coverage")
    check_markup(markup)
    assert "3 documents" in text(markup)
    assert len(check_counts(markup, found, vocabulary)) == 3
    shown = html.fromstring(markup)
    for name, listed in gaps(found):
        titled = shown.xpath(f'//section[h2[starts-with(., "{name}:")]]')
        if not listed:
            assert titled == []
            assert name.lower() in text(markup).partition("None of these:")[2]
            continue
        (part,) = titled
        assert part.xpath("./h2")[0].text_content() == f"{name}: {len(listed)}"
        addresses = part.xpath("./ul/li//a/@href")
        assert len(part.xpath("./ul/li")) == len(addresses) == len(listed)
        for gap, address in zip(listed, addresses, strict=True):
            assert gap.document is not None
            assert urlsplit(address).path == f"/documents/{gap.document.id}"
            if gap.said is not None:
                assert marked(client, address) == squeezed(gap.said.quote)
            else:
                page(client, address)
    assert "Unresolved deadlines: 1" in text(markup)
    assert "By January 4. Recommendation 2 and recommendation 3 beside it" in text(markup)


def test_every_count_of_many_forces_is_the_tables_and_its_search_finds_them(
    many: Corpus, vocabulary: Vocabulary
) -> None:
    found = found_in(many, vocabulary)
    client = create_app(many.folder).test_client()
    addresses = check_counts(page(client, "/coverage"), found, vocabulary)
    assert len(addresses) == len(found.counts) > 100
    for one, address in list(zip(found.counts, addresses, strict=True))[::25]:
        assert set(parse_qs(urlsplit(address).query)) == {"force", "type", "round"}
        assert one.documents == client.get(f"/api/v1{address}").get_json()["documents"]


@pytest.fixture
def gapped(tmp_path: Path, vocabulary: Vocabulary) -> FlaskClient:
    """A letter, a document that says nothing of itself, one that is not held, one that fails."""
    attack = "<script>alert(1)</script> {{7*7}}"
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "letter.txt").write_text(LETTER, "utf-8")
    (documents / "notes.txt").write_text(f"Some notes {attack}\n\nNothing of note.\n", "utf-8")
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    second = STUB.replace("Getting a grip", f"Getting <b>a</b> {attack}")
    (documents / "catalogue.toml").write_text(
        f'{STUB}link = "https://example.org/a?b=1&c=2"\n\n{second}link = "javascript:alert(1)"\n',
        "utf-8",
    )
    report = build([documents], index=tmp_path / "index", vocabulary=vocabulary)
    assert (report.documents, len(report.failed)) == (2, 1)
    return create_app(tmp_path / "index").test_client()


def test_what_is_not_held_and_what_failed_is_listed_as_text(gapped: FlaskClient) -> None:
    markup = page(gapped, "/coverage")
    check_markup(markup)
    shown = text(markup)
    assert "Documents without a force: 1 Some notes <script>alert(1)</script> {{7*7}}" in shown
    assert "Known but not held: 2 Police performance: Getting a grip" in shown
    assert "Failed files: 1" in shown
    assert "broken.pdf" in shown
    assert "Not stated 0 1" in shown.replace("Bedfordshire Police", "")
    assert links(markup, "https:") == ["https://example.org/a?b=1&c=2"]
    assert "javascript:" in shown
    assert links(markup, "javascript:") == []


def test_the_path_of_a_document_stays_with_who_keeps_it(
    gapped: FlaskClient, tmp_path: Path
) -> None:
    (notes,) = (
        item
        for item in html.fromstring(page(gapped, "/coverage")).xpath('//li[.//*="notes.txt"]')[:1]
    )
    assert str(tmp_path) not in notes.text_content()


def test_files_and_the_api_are_the_commands(
    client: FlaskClient, corpus: Corpus, vocabulary: Vocabulary, terminal: Terminal
) -> None:
    found = found_in(corpus, vocabulary)
    markup = re.search(r'<p class="exports">.*?</p>', page(client, "/coverage"), re.DOTALL)
    assert markup is not None
    data = {}
    kinds = ("text/csv", "text/markdown", WORD, "application/json")
    for link, kind in zip(links(markup[0], "/"), kinds, strict=True):
        response = client.get(link)
        assert response.mimetype == kind
        data[kind] = response
    answer = data["application/json"].get_json()
    assert answer == coverage_json(found) == terminal.json("coverage")
    rows = list(csv.DictReader(io.StringIO(data["text/csv"].text)))
    assert sum(int(row["documents"] or 0) for row in rows) == found.documents
    assert "filename=coverage.csv" in data["text/csv"].headers["Content-Disposition"]
    assert data["text/markdown"].text.startswith("# Coverage\n")
    assert len(docx.Document(io.BytesIO(data[WORD].data)).tables) == 6


@pytest.mark.parametrize("query", ["zyzzyva", "force -force", "zyzzyva&force=kent"])
def test_a_search_without_a_hit_leads_here(client: FlaskClient, query: str) -> None:
    markup = page(client, f"/search?q={query}")
    assert '<a href="/coverage">See what is held and what is missing</a>' in markup


def test_a_search_with_hits_does_not(client: FlaskClient, terminal: Terminal) -> None:
    assert "what is missing" not in page(client, "/search?q=force")
    code, found, _ = terminal("search", "zyzzyva")
    assert (code, found.count('"peelsearch coverage" says what is held')) == (1, 1)
    code, found, _ = terminal("search", "force")
    assert (code, "peelsearch coverage" in found) == (0, False)


def test_other_parameters_are_no_reason_to_fail(client: FlaskClient) -> None:
    assert page(client, "/coverage?force=nowhere&x=1") == page(client, "/coverage")
    response = client.get("/coverage?x=")
    assert (response.status_code, response.headers["Location"]) == (302, "/coverage")
    page(client, "/coverage.pdf", status=404)


def test_the_page_fits_the_screen(browser: Chrome, site: str) -> None:
    for width in (360, 1440):
        resize(browser, width, 800)
        browser.get(f"{site.rstrip('/')}/coverage")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width  # type: ignore[no-untyped-call]
