"""Every page under axe-core: no violation, wide and narrow, light and dark."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.selenium import Axe
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from pdf_samples import report
from peelsearch.corpus import open_corpus
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import Serving
from table_pages import links, page
from tools.chromium import chromium, resize
from tools.serving import served

QUESTION = "How+many+areas+for+improvement+does+Bedfordshire+have%3F"
PAGES = (
    "",
    "search?q=domestic+abuse",
    "search?q=police&grade=good",
    "search?q=police&group=document",
    "search?q=zzzyyx",
    f"search?q={QUESTION}",
    "judgments",
    "judgments?force=bedfordshire",
    "register",
    "responses",
    "coverage",
    "forces/bedfordshire",
    "forces/atlantis",
    "register?since=x",
)


@pytest.fixture(scope="module", params=[False, True], ids=["light", "dark"])
def shown(installed: None, request: pytest.FixtureRequest) -> Iterator[Chrome]:  # noqa: ARG001
    with chromium(width=1440, dark=request.param) as driver:
        yield driver


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> tuple[str, ...]:
    """The pages above, a document with matches and a citation."""
    found = re.search(r'href="/(documents/[^"]+)"', page(client, "/search?q=digital+triage+vans"))
    assert found
    document = html.unescape(found[1])
    cited = links(page(client, "/" + document.partition("#")[0]), "/cite/")[0]
    return (*PAGES, document, cited.lstrip("/"))


@pytest.mark.parametrize("width", [1440, 360])
def test_no_page_has_a_violation(
    shown: Chrome, site: str, pages: tuple[str, ...], width: int
) -> None:
    resize(shown, width, 900)
    axe = Axe()
    found = {}
    for address in pages:
        shown.get(site + address)
        violations = axe.run(shown)["violations"]
        if violations:
            found[address] = [
                (one["id"], [node["target"] for node in one["nodes"]]) for one in violations
            ]
    assert found == {}


@pytest.mark.parametrize("width", [1440, 360])
def test_a_document_with_its_file_has_none(
    shown: Chrome, tmp_path: Path, vocabulary: Vocabulary, width: int
) -> None:
    report(tmp_path / "report.pdf")
    build([tmp_path / "report.pdf"], index=tmp_path / "index", vocabulary=vocabulary)
    (identifier,) = open_corpus(tmp_path / "index").documents
    resize(shown, width, 900)
    with served(tmp_path / "index", Serving(files=True)) as site:
        shown.get(f"{site}documents/{identifier}?q=burglary")
        assert Axe().run(shown)["violations"] == []
        assert shown.find_elements(By.LINK_TEXT, "page 3")
        (tmp_path / "report.pdf").write_bytes(b"%PDF-other")
        shown.get(f"{site}documents/{identifier}/file")
        assert "changed" in shown.find_element(By.CLASS_NAME, "message").text
        assert Axe().run(shown)["violations"] == []


def test_the_list_of_keys_has_none_either(shown: Chrome, site: str) -> None:
    shown.get(site)
    shown.execute_script("document.getElementById('keys').showModal()")  # type: ignore[no-untyped-call]
    assert Axe().run(shown)["violations"] == []


def test_axe_would_find_one(shown: Chrome, site: str) -> None:
    shown.get(site)
    shown.execute_script("document.querySelector('label').remove()")  # type: ignore[no-untyped-call]
    assert [one["id"] for one in Axe().run(shown)["violations"]] == ["label"]
