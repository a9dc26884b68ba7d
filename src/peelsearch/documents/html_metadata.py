"""What a web page says about itself: its title and when it was published.

A date of change is none of publication, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelsearch.documents.html_content import Element, text_of

_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "datepublished",
    "publication_date",
    "publish_date",
    "pubdate",
    "date",
)
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_PUBLISHED = re.compile(r"publi|posted|entry-date|issued", re.IGNORECASE)

_CHANGED = re.compile(r"modif|updat", re.IGNORECASE)


def read_metadata(root: Element) -> tuple[tuple[str, str], ...]:
    """Title and date, each empty if the page does not say. Call it before the tree is cut."""
    return (("title", _title(root)), ("date", next(_dates(root), "")))


def _title(root: Element) -> str:
    """The only first-level heading; else the title for sharing, else that of the window."""
    headings = [text for element in root.iter("h1") if (text := text_of(element))]
    if len(headings) == 1:
        return headings[0]
    shared = _meta(root).get("og:title", "")
    window = next(root.iter("title"), None)
    return shared or (text_of(window) if window is not None else "")


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        value = " ".join(element.get("content", "").split())
        for key in ("property", "name", "itemprop"):
            name = element.get(key, "").casefold()
            if name and value:
                found.setdefault(name, value)
    return found


def _dates(root: Element) -> Iterator[str]:
    """What may be the date of publication, the surest first."""
    meta = _meta(root)
    yield from (meta[name] for name in _DATE_NAMES if name in meta)
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            match = _LINKED_DATA.search(script.text or "")
            if match:
                yield match[1]
    times = list(root.iter("time"))
    for element in times:
        marks = f"{element.get('itemprop', '')} {element.get('class', '')}"
        alone = len(times) == 1 and not _CHANGED.search(marks)
        if alone or element.get("pubdate") is not None or _PUBLISHED.search(marks):
            yield element.get("datetime") or text_of(element)
