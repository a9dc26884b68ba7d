"""What the tests of the pages of tables share: reading a page, following its links."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(client: FlaskClient, address: str, *, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.text
    return response.text


def text(markup: str) -> str:
    """What the markup reads like."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def section(markup: str, identifier: str) -> str:
    """The part of a page whose heading has the id; empty where there is none."""
    found = re.search(
        rf'<section[^>]* aria-labelledby="{identifier}">.*?</section>', markup, re.DOTALL
    )
    return found[0] if found else ""


def links(markup: str, start: str) -> list[str]:
    """The addresses that begin so, in order."""
    found = re.findall(rf'href="({re.escape(start)}[^"]*)"', markup)
    return [html.unescape(link) for link in found]


def marked(client: FlaskClient, address: str) -> str:
    """The words that are marked where a link leads, all of them in the passage that it names."""
    where, _, anchor = address.partition("#")
    markup = page(client, where)
    assert f'id="{anchor}"' in markup
    return squeezed(" ".join(re.findall(r"<mark>(.*?)</mark>", markup, re.DOTALL)))


def squeezed(words: str) -> str:
    """Letters and digits alone: a page lays lines and the marks of lists out in its own way."""
    return "".join(re.findall(r"\w", html.unescape(words)))


class Balance(HTMLParser):
    """Notes each end tag that closes something else than was opened last, and all attributes."""

    VOID = frozenset("meta link input br img hr".split())

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def without_own_script(markup: str) -> str:
    """The page without the one script that every page names, which must be there once."""
    rest, count = re.subn(
        r'<script src="/static/page\.js\?v=[0-9a-f]+" defer></script>', "", markup
    )
    assert count == 1
    return rest


def check_markup(markup: str) -> None:
    """Nested rightly; no script but the site's; tables have captions, their heads a scope."""
    markup = without_own_script(markup)
    read = Balance()
    read.feed(markup)
    assert (read.wrong, read.open) == ([], [])
    assert not read.tags & {"script", "style", "img", "iframe"}
    assert not {name for name in read.attributes if name == "style" or name.startswith("on")}
    assert markup.count("<table") == markup.count("<caption")
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", markup))
