"""The article in a web page: what belongs to the site, or is hidden, is cut away.

Sites mark their navigation by elements and roles that browsers know, and by names of classes that
most of them share. A rule by name alone never takes away most of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = "etree._Element"

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# No words for readers, wherever they stand.
_DROPPED = (
    "script style noscript template iframe object embed svg canvas math audio video map button "
    "select option datalist input textarea dialog nav head link meta progress"
).split()
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog alert menu menubar toolbar tablist "
    "complementary".split()
)
# Beside the article; inside it they are parts of it.
_OUTER = frozenset(("header", "footer", "aside"))
_NAMES = frozenset(
    "cookie cookies consent gdpr breadcrumb breadcrumbs navbar navigation nav menu sitenav skip "
    "skiplink sidebar pagination pager share sharing social addthis newsletter subscribe advert "
    "advertisement ads banner sr-only visually-hidden visuallyhidden screen-reader-text "
    "screen-reader element-invisible offscreen print-hidden no-print footer masthead feedback "
    "related signup".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*")
# A rule by name or style that would take more than this of the text has misunderstood the page.
_MOST = 0.5
# An element for the article is believed if it holds so much of the text.
_ENOUGH = 0.3
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)


def main_content(root: Element) -> Element:
    """The element that holds the article, without what is not part of it. Changes the tree."""
    body = next(root.iter("body"), root)
    _remove(list(body.iter(*_DROPPED)))
    total = _size(body)
    _remove([e for e in body.iter() if _is_hidden(e) and _size(e) <= _MOST * total])
    content = _article(body)
    total = _size(content)
    _remove([e for e in content.iter() if e is not content and _is_beside(e, content, total)])
    return content


def text_of(element: Element) -> str:
    """The words in an element; blocks and line breaks in it part words."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner is not element and inner.tag not in _INLINE:
            parts.append(" ")
        if event == "start":
            parts.append(inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
    return " ".join("".join(parts).split())


def _article(body: Element) -> Element:
    """The one element that says it holds the article, if it holds enough of the page."""
    enough = _ENOUGH * _size(body)
    mains = [e for e in body.iter() if e.tag == "main" or e.get("role") == "main"]
    for found in (mains, list(body.iter("article"))):
        large = [element for element in found if _size(element) >= enough]
        outer = [e for e in large if not any(up in large for up in e.iterancestors())]
        if len(outer) == 1:
            return outer[0]
    return body


def _is_hidden(element: Element) -> bool:
    hidden = element.get("hidden")
    return (
        (hidden is not None and hidden.casefold() != "until-found")
        or element.get("aria-hidden", "").casefold() == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
        or element.get("role", "").casefold() in _ROLES
    )


def _is_beside(element: Element, content: Element, total: int) -> bool:
    """Whether the element belongs to the site and not to the article."""
    if element.tag in _OUTER and content.tag in ("body", "html"):
        inside = any(up.tag in ("article", "main", "section") for up in element.iterancestors())
        titled = element.tag == "header" and next(element.iter("h1"), None) is not None
        return not inside and not titled and _size(element) <= _MOST * total
    if element.tag in HEADINGS or not any(name in _NAMES for name in _names(element)):
        return False
    # A "banner" with the page's title in it is none of an advertiser.
    titled = next(element.iter("h1"), None) is not None
    return not titled and _size(element) <= _MOST * total


def _names(element: Element) -> Iterator[str]:
    """The names in class and id, whole and each word of them: "cookie-banner" is three."""
    for value in (element.get("class", ""), element.get("id", "")):
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", value).replace("_", "-").lower()
        for token in _TOKEN.findall(spaced):
            yield token
            yield from token.split("-")


def _remove(elements: list[Element]) -> None:
    """Take elements out of the tree; the text after each stays where it was."""
    for element in elements:
        parent = element.getparent()
        if parent is None:
            continue
        tail, before = element.tail, element.getprevious()
        if tail and before is not None:
            before.tail = (before.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail
        parent.remove(element)


def _size(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())
