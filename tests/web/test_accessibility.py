"""Every page under axe-core: no violation, wide and narrow, light and dark."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from axe_core_python.selenium import Axe
from flask.testing import FlaskClient
from selenium.webdriver import Chrome

from table_pages import links, page
from tools.chromium import chromium, resize

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


def test_the_list_of_keys_has_none_either(shown: Chrome, site: str) -> None:
    shown.get(site)
    shown.execute_script("document.getElementById('keys').showModal()")  # type: ignore[no-untyped-call]
    assert Axe().run(shown)["violations"] == []


def test_axe_would_find_one(shown: Chrome, site: str) -> None:
    shown.get(site)
    shown.execute_script("document.querySelector('label').remove()")  # type: ignore[no-untyped-call]
    assert [one["id"] for one in Axe().run(shown)["violations"]] == ["label"]
