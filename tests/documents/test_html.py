"""Web pages: the article, and nothing of the site around it."""

from __future__ import annotations

import pytest

from peelsearch.documents import extract
from peelsearch.documents.html_text import read_html
from peelsearch.errors import ReadingError


def read(body: str, head: str = "") -> list[tuple[str, int | None, str]]:
    """The blocks of a page: kind, level and text."""
    page = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    extracted = read_html(page.encode())
    return [(b.kind.value, b.level, extracted.text[b.start : b.end]) for b in extracted.blocks]


def texts(body: str) -> list[str]:
    return [text for _, _, text in read(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A</h1><h3>B <em>c</em></h3>", [("heading", 1, "A"), ("heading", 3, "B c")]),
        ("<div role=heading aria-level=4>A</div>", [("heading", 4, "A")]),
        ("one <b>two</b><p>three\n four</p>five", ["one two", "three four", "five"]),
        ("one<br>two<br><br>three", ["one two", "three"]),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>", ["- a", "- b c"]),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["- a", "- b", "- c"]),
        (
            "<ul><li><h3>A</h3><p>text</p></li></ul>",
            [("heading", 3, "A"), ("paragraph", None, "text")],
        ),
        ("<table><tr><th>a<th>b<tr><td>c<td>d<br>e</table>", ["a\tb", "c\td e"]),
        (
            "<table><tr><td colspan=2>a<td>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>",
            ["a\t\tb", "c\td\te", "\tf\tg"],
        ),
        (
            "<table><tr><td><h2>A</h2><p>b</p></td><td>c</td></tr></table>",
            [("heading", 2, "A"), ("paragraph", None, "b"), ("paragraph", None, "c")],
        ),
        (
            "<dl><dt>Published<dd>27 July 2022<dt>By:<dd>a<dd>b</dl>",
            ["Published: 27 July 2022", "By: a b"],
        ),
        ("<pre>one\ntwo\n\nthree</pre>", ["one two", "three"]),
        ("a<script>x</script>b<style>y</style><noscript>z</noscript>", ["ab"]),
        ("soft\u00adhyphen &amp; &lt;tag&gt;", ["softhyphen & <tag>"]),
    ],
)
def test_elements_make_blocks(body: str, expected: list[object]) -> None:
    found = read(body)
    wanted = [text if isinstance(text, tuple) else ("", None, text) for text in expected]
    assert [text for _, _, text in found] == [text for _, _, text in wanted]
    for block, (kind, level, _) in zip(found, wanted, strict=True):
        assert not kind or block[:2] == (kind, level)


ARTICLE = "<p>" + "Words of the article. " * 20 + "</p>"


@pytest.mark.parametrize(
    "around",
    [
        "<nav><p>site</p></nav>",
        "<header><p>site</p></header>",
        "<footer><p>site</p></footer>",
        "<aside><p>site</p></aside>",
        "<div class='cookie-banner'><p>site</p></div>",
        "<div id='cookieConsent'><p>site</p></div>",
        "<div role=navigation><p>site</p></div>",
        "<ol class='govuk-breadcrumbs__list'><li>site</li></ol>",
        "<p hidden>site</p>",
        "<p aria-hidden=true>site</p>",
        "<p style='color: red; display:none'>site</p>",
        "<span class='visually-hidden'>site</span>",
        "<form><button>site</button><select><option>site</option></select></form>",
        "<ul class='share-links'><li>site</li></ul>",
        "<!-- site -->",
        "<svg><text>site</text></svg>",
    ],
)
def test_the_site_around_an_article_is_left_out(around: str) -> None:
    assert texts(around + ARTICLE + around) == texts(ARTICLE)
    assert texts(f"{around}<main>{ARTICLE}</main>{around}") == texts(ARTICLE)


def test_main_and_article_are_preferred() -> None:
    assert texts(f"<p>site</p><main>{ARTICLE}</main>") == texts(ARTICLE)
    assert texts(f"<p>site</p><article>{ARTICLE}</article>") == texts(ARTICLE)
    two = f"<article>{ARTICLE}</article><article>{ARTICLE}</article>"
    assert texts(f"<h1>Both</h1>{two}")[0] == "Both"


def test_a_name_alone_never_takes_most_of_a_page() -> None:
    assert texts(f"<div class='menu'>{ARTICLE}</div>") == texts(ARTICLE)
    assert texts(f"<div style='display: none'>{ARTICLE}</div>") == texts(ARTICLE)
    assert texts(f"<div class='banner'><h1>The title</h1></div>{ARTICLE}")[0] == "The title"


@pytest.mark.parametrize(
    ("head", "body", "title", "date"),
    [
        ("<title>Window</title>", "<h1>Heading</h1>", "Heading", ""),
        ("<title>Window</title>", "", "Window", ""),
        ("<title>W</title><meta property='og:title' content='Shared'>", "", "Shared", ""),
        ("<meta property='article:published_time' content='2022-07-27'>", "", "", "2022-07-27"),
        ("<meta name='DCTERMS.issued' content='2022-07-27'>", "", "", "2022-07-27"),
        ("<meta property='article:modified_time' content='2023-01-01'>", "", "", ""),
        ("", "<time datetime='2022-07-27'>27 July</time>", "", "2022-07-27"),
        (
            "",
            "<time datetime=2020-01-01>a</time><time pubdate datetime=2022-07-27>b</time>",
            "",
            "2022-07-27",
        ),
        ("", "<time datetime=2020-01-01>a</time><time datetime=2021-01-01>b</time>", "", ""),
        (
            '<script type=\'application/ld+json\'>{"datePublished": "2022-07-27"}</script>',
            "",
            "",
            "2022-07-27",
        ),
    ],
)
def test_title_and_date_are_metadata(head: str, body: str, title: str, date: str) -> None:
    extracted = read_html(
        f"<html><head>{head}</head><body>{body}<p>text</p></body></html>".encode()
    )
    found = dict(extracted.metadata)
    assert (found.get("title", ""), found.get("date", "")) == (title, date)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", ""),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1252", "utf-8"),
        ("cp1252", "no-such-code"),
        ("cp1252", ""),
        ("utf-16", "utf-16"),
        ("utf-16-le", ""),
    ],
)
def test_the_encoding_is_found(encoding: str, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>Café – £1m</p></body></html>"
    assert read_html(page.encode(encoding)).text == "Café – £1m"


def test_other_code_pages_are_read_as_declared() -> None:
    page = "<html><meta http-equiv=Content-Type content='text/html; charset=shift_jis'><p>日本語"
    assert read_html(page.encode("shift_jis")).text == "日本語"


def test_a_page_that_nests_without_end_is_refused() -> None:
    with pytest.raises(ReadingError, match="nested too deep"):
        read_html(b"<html><body>" + b"<div>" * 100_000 + b"text")
    assert "text" in read_html(b"<html><body>" + b"<div>" * 1_500 + b"text").text


@pytest.mark.parametrize("cut", [30, 200, 700])
def test_a_truncated_page_is_read_as_far_as_it_goes(cut: int) -> None:
    page = b"<html><body>" + ARTICLE.encode() + b"</body></html>"
    assert "article".startswith(read_html(page[:cut]).text.split()[-1].strip(".")[:1].lower()) or (
        read_html(page[:cut]).text.startswith("Words")
    )


def test_a_page_without_words_has_a_reason() -> None:
    with pytest.raises(ReadingError, match="no text in the web page"):
        extract(b"<html><body><script>x()</script></body></html>", "page.html")
