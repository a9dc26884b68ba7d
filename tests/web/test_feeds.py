"""The feeds: what RFC 4287 asks of them, what stands in them, where their links lead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from letter_samples import LETTER, SECOND
from peelsearch.indexing import build
from peelsearch.model import Document
from peelsearch.render.atom import Entry, feed, last_changed
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import Server, Serving, create_app
from table_pages import links, page
from tools.serving import running

ATOM = "{http://www.w3.org/2005/Atom}"
ALLOWED = {"id", "title", "updated", "link", "author", "published", "summary", "content"}
FEEDS = (
    "/search.atom",
    "/search.atom?q=force",
    "/search.atom?q=vetting&sort=date&limit=3&page=9",
    "/search.atom?force=bedfordshire&grade=good",
    "/search.atom?q=xylophones",
    "/register.atom",
    "/register.atom?theme=responding&page=7&sort=deadline",
    "/register.atom?expectations=yes",
    "/register.atom?since=2030",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path


def indexed(folder: Path, vocabulary: Vocabulary, **texts: str) -> FlaskClient:
    """The site over these documents, written at the start of 2020."""
    for name, text in texts.items():
        ending = "md" if text.startswith("---") else "txt"
        path = folder / "documents" / f"{name}.{ending}"
        path.write_text(text, "utf-8")
        os.utime(path, (1_577_836_800, 1_577_836_800))
    build([folder / "documents"], index=folder / "index", vocabulary=vocabulary)
    return create_app(folder / "index").test_client()


def fed(client: FlaskClient, address: str) -> etree._Element:
    """The feed at an address, which keeps the rules."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/atom+xml"
    return checked(response.data)


def checked(data: bytes) -> etree._Element:
    """The feed, after what RFC 4287 requires of one with plain text."""
    root = etree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    listed = entries(root)
    for element in (root, *listed):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        for name in ("published", "summary", "content"):
            assert len(element.findall(f"{ATOM}{name}")) <= 1, name
        for child in element:
            if child.tag != f"{ATOM}entry":
                assert child.tag.removeprefix(ATOM) in ALLOWED
        assert said(element, "id").startswith("urn:uuid:")
        for name in ("updated", "published"):
            if element.find(f"{ATOM}{name}") is not None:
                moment(said(element, name))
        for link in element.findall(f"{ATOM}link"):
            assert link.get("href")
        assert len(linked(element, "alternate")) <= 1
    for entry in listed:
        if linked(entry, "alternate"):
            assert entry.find(f"{ATOM}summary") is not None
        else:
            assert entry.find(f"{ATOM}content") is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    ids = [said(element, "id") for element in (root, *listed)]
    assert len(set(ids)) == len(ids)
    return root


def entries(root: etree._Element) -> list[etree._Element]:
    return root.findall(f"{ATOM}entry")


def said(element: etree._Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def linked(element: etree._Element, relation: str) -> list[str]:
    found = element.findall(f"{ATOM}link[@rel='{relation}']")
    return [link.get("href", "") for link in found]


def moment(text: str) -> datetime:
    """A date and time as RFC 3339 writes it: the letter between, and a zone."""
    assert text[10] == "T"
    found = datetime.fromisoformat(text)
    assert found.tzinfo is not None
    return found


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_keeps_the_rules_and_knows_its_own_address(
    address: str, client: FlaskClient
) -> None:
    root = fed(client, address)
    (own,) = linked(root, "self")
    assert urlsplit(own).netloc == "localhost"
    # The feed that it names is the same one.
    assert client.get(own).data == client.get(address).data
    (shown,) = linked(root, "alternate")
    assert client.get(shown).status_code == 200
    for entry in entries(root):
        (where,) = linked(entry, "alternate")
        where, _, anchor = where.partition("#")
        assert f'id="{anchor}"' in client.get(where).text


def test_a_search_that_finds_nothing_is_an_empty_feed(client: FlaskClient) -> None:
    for address in ("/search.atom", "/search.atom?q=xylophones", "/register.atom?since=2030"):
        assert entries(fed(client, address)) == []


def test_a_feed_holds_passages_where_the_page_lists_documents(client: FlaskClient) -> None:
    grouped = entries(fed(client, "/search.atom?q=force&group=document"))
    plain = entries(fed(client, "/search.atom?q=force"))
    assert [said(one, "id") for one in grouped] == [said(one, "id") for one in plain]
    assert plain


def test_what_cannot_be_read_is_a_problem_in_words(client: FlaskClient) -> None:
    for address in (
        "/search.atom?q=%22",
        "/search.atom?force=nowhere",
        "/search.atom?since=soon",
        "/register.atom?deadline=never",
        "/register.atom?kind=nonsense",
    ):
        assert "<h1" in page(client, address, status=400)
    assert client.get("/judgments.atom").status_code == 404


def test_the_newest_documents_come_first(folder: Path, vocabulary: Vocabulary) -> None:
    texts = {
        name: f"---\ntitle: {name}\ndate: {date}\n---\n\nA report\n\nMarmalade {name} keeps.\n"
        for name, date in (("b", "2021-05-01"), ("a", "2023"), ("d", "2023-09-21"), ("e", "2019"))
    }
    client = indexed(folder, vocabulary, c="A report\n\nMarmalade keeps.\n", **texts)
    listed = entries(fed(client, "/search.atom?q=marmalade"))
    assert [said(entry, "published") for entry in listed] == [
        "2023-09-21T00:00:00Z",
        "",
        "2021-05-01T00:00:00Z",
        "",
        "",
    ]
    # Where no full day is known, the file's time counts.
    assert [said(entry, "updated")[:10] for entry in listed] == [
        "2023-09-21",
        "2020-01-01",
        "2021-05-01",
        "2020-01-01",
        "2020-01-01",
    ]


def test_findings_are_those_of_the_register(client: FlaskClient) -> None:
    rows = client.get("/api/v1/register").get_json()["entries"]
    listed = entries(fed(client, "/register.atom"))
    assert len(listed) == len(rows) == 17
    dates = sorted((row["document"]["date"] or "" for row in rows), reverse=True)
    titles = [said(entry, "title") for entry in listed]
    assert {row["reference"] for row in rows} == {title.partition(" – ")[0] for title in titles}
    names = {row["reference"]: row["document"]["date"] or "" for row in rows}
    assert [names[title.partition(" – ")[0]] for title in titles] == dates
    few = client.get("/api/v1/register?theme=responding").get_json()["entries"]
    assert len(entries(fed(client, "/register.atom?theme=responding"))) == len(few) < len(rows)


def test_an_entry_is_known_by_its_words_wherever_its_file_lies(
    folder: Path, vocabulary: Vocabulary
) -> None:
    addresses = ("/search.atom?q=force", "/register.atom")

    def ids(client: FlaskClient) -> list[list[str]]:
        return [[said(e, "id") for e in entries(fed(client, where))] for where in addresses]

    first = ids(indexed(folder, vocabulary, a=LETTER))
    assert all(first)
    (folder / "documents" / "a.txt").rename(folder / "documents" / "renamed.txt")
    second = ids(indexed(folder, vocabulary))
    assert second == first
    third = ids(indexed(folder, vocabulary, b=SECOND))
    assert all(set(old) < set(new) for old, new in zip(first, third, strict=True))


def test_a_feed_is_no_longer_than_a_feed(folder: Path, vocabulary: Vocabulary) -> None:
    text = "PEEL 2021/22\n\nAn inspection of Kent Police\n\n" + "".join(
        f"## Part {n}\n\nArea for improvement\n\nThe force should keep marmalade {n}.\n\n"
        for n in range(60)
    )
    client = indexed(folder, vocabulary, a=text)
    assert len(entries(fed(client, "/search.atom?q=marmalade"))) == 50
    found = client.get("/api/v1/register").get_json()["total"]
    assert found > 50
    assert len(entries(fed(client, "/register.atom"))) == 50


def test_words_that_stand_twice_are_one_entry(folder: Path, vocabulary: Vocabulary) -> None:
    jam = "---\ndate: 2023-09-21\n---\n\n# A report\n\n## Jam\n\nMarmalade keeps.\n\n## Else\n\n"
    client = indexed(folder, vocabulary, a=f"{jam}One.\n", b=f"{jam}Two.\n")
    assert client.get("/api/v1/search?q=marmalade").get_json()["total"] == 2
    assert len(entries(fed(client, "/search.atom?q=marmalade"))) == 1


def test_hostile_text_is_text(folder: Path, vocabulary: Vocabulary) -> None:
    text = (
        "PEEL <script>alert(1)</script> & ]]> \u202ereport\n\n"
        '"><link rel="self" href="javascript:alert(1)"/> marmalade \x0b\x07 <!-- &lt; \ufffe it.\n'
        "The force keeps it for a year.\n"
    )
    client = indexed(folder, vocabulary, a=text)
    data = client.get("/search.atom?q=marmalade").data
    root = checked(data)
    (entry,) = entries(root)
    assert "<script>alert(1)</script> & ]]> report" in said(entry, "title")
    assert '"><link rel="self" href="javascript:alert(1)"/> marmalade' in said(entry, "summary")
    assert "\u202e".encode() not in data
    odd = fed(client, "/search.atom?q=%3C/title%3E+%E2%80%AE%ED%A0%80%00%0b%C2%85+marmalade")
    assert len(linked(odd, "self")) == 1


def test_the_page_names_its_feed(client: FlaskClient) -> None:
    for shown, expected in (
        (
            "/search?q=force&sort=date&grade=good&page=1&group=document",
            "/search.atom?q=force&grade=good",
        ),
        ("/register?force=bedfordshire&sort=deadline", "/register.atom?force=bedfordshire"),
        ("/register?expectations=yes", "/register.atom?expectations=yes"),
    ):
        markup = page(client, shown)
        start = expected.partition("?")[0]
        # Once for feed readers in the head, once for people.
        assert links(markup, start) == [expected, expected]
        assert 'type="application/atom+xml"' in markup.partition("</head>")[0]
    for shown in ("/", "/judgments", "/coverage", "/forces/bedfordshire"):
        assert "atom" not in page(client, shown)


def test_links_begin_as_readers_reach_the_site(client: FlaskClient) -> None:
    below = client.get(
        "/search.atom?q=force", headers={"Host": "docs.example:8443"}, base_url="https://x/peel"
    )
    root = checked(below.data)
    (own,) = linked(root, "self")
    assert own == "https://docs.example:8443/peel/search.atom?q=force"
    for entry in entries(root):
        (where,) = linked(entry, "alternate")
        assert where.startswith("https://docs.example:8443/peel/documents/")
    for host in ("", "a b", 'evil"><x', "evil/?", "a@b", "[::1", "é.example"):
        odd = client.get("/search.atom?q=force", headers={"Host": host})
        assert linked(checked(odd.data), "self") == ["/search.atom?q=force"]


@pytest.fixture(scope="module")
def served(seeds_index: Path) -> Iterator[Server]:
    with running(Server(seeds_index, port=0, serving=Serving(prefix="/peel"))) as server:
        yield server


def test_a_proxy_beside_the_site_can_say_that_it_serves_https(served: Server) -> None:
    def own(**headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = Request(f"{served.address}search.atom?q=force", headers=named)  # noqa: S310
        with urlopen(asked, timeout=20) as answer:  # noqa: S310
            return linked(checked(answer.read()), "self")[0]

    assert own() == f"{served.address}search.atom?q=force"
    secure = own(Host="docs.example", X_Forwarded_Proto="https", X_Forwarded_Host="evil.example")
    assert secure == "https://docs.example/peel/search.atom?q=force"


TEXTS = st.text(st.characters(), max_size=30)


@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=4, unique_by=lambda r: r[0]))
@settings(max_examples=200, derandomize=True, database=None, deadline=None)
def test_whatever_the_words_the_feed_is_well_formed(
    rows: list[tuple[str, str, str, str]],
) -> None:
    listed = [Entry(key, title, summary, "", link) for key, title, summary, link in rows]
    made = feed("key", "".join(row[1] for row in rows), "2024-01-31T10:00:00Z", listed)
    root = etree.fromstring(made)
    assert len(entries(root)) == len(rows)


@given(
    where=st.sampled_from(["/search.atom", "/register.atom"]),
    query=st.dictionaries(
        st.sampled_from(["q", "force", "grade", "kind", "since", "sort", "page", "expectations"]),
        st.one_of(TEXTS, st.sampled_from(["force", "good", "ask", "2022", "yes", "bedfordshire"])),
    ),
)
@settings(max_examples=150, derandomize=True, database=None, deadline=None)
def test_any_address_is_a_feed_or_a_problem_in_words(
    client: FlaskClient, where: str, query: dict[str, str]
) -> None:
    written = urlencode(query, errors="replace")
    response = client.get(f"{where}?{written}")
    if response.status_code == 200:
        checked(response.data)
    else:
        assert response.status_code == 400
        assert "<h1" in response.text


@given(
    date=st.one_of(
        st.none(), st.dates().map(str), st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True)
    ),
    written=st.integers(-(2**63), 2**63),
)
@settings(max_examples=200, derandomize=True, database=None, deadline=None)
def test_nothing_is_newer_than_the_index(date: str | None, written: int) -> None:
    taken = "2024-01-31T10:00:00+00:00"
    document = Document("id", "title", "path", (), "peel", date, None)
    found = moment(last_changed(document, written, taken))
    assert datetime(1, 1, 1, tzinfo=UTC) <= found <= moment(taken)
