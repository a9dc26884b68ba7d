"""Atom feeds (RFC 4287) of what documents say."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as day
from xml.etree import ElementTree as Xml

from peelsearch.model import Document, Hit
from peelsearch.render import words
from peelsearch.snippets import readable

MIME = "application/atom+xml"
_SPACE = "http://www.w3.org/2005/Atom"
# Names of entries and feeds, which must never change: version 5 identifiers under one of our own.
_OURS = uuid.UUID("5f0b4c1e-6f0c-5d0e-9a53-6d4e1b7a2c11")
# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What turns text around would do so beyond the entry, in a reader's list of many feeds.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. ``key`` is what it is known by for ever; ``link`` is empty where no site is.

    Moments are as RFC 3339 writes them; without one of its own an entry has the feed's.
    """

    key: str
    title: str
    summary: str
    published: str
    link: str = ""
    updated: str = ""


def hit_entry(hit: Hit, key: str, link: str = "", updated: str = "") -> Entry:
    """A hit as an entry: its heading and document, its snippet."""
    heading = hit.passage.headings[-1] if hit.passage.headings else hit.document.title
    return document_entry(hit.document, key, heading, hit.snippet.text, link, updated)


def document_entry(
    document: Document, key: str, name: str, said: str, link: str = "", updated: str = ""
) -> Entry:
    """Words of a document as an entry, under a name of theirs."""
    date = words.date(document.date) or "undated"
    return Entry(
        key=key,
        title=f"{readable(name)} – {readable(document.title)}, {date}",
        summary=readable(said),
        published=_moment(document.date or ""),
        link=link,
        updated=updated,
    )


def last_changed(document: Document, written_ns: int, taken: str) -> str:
    """When the words of a document came about, as far as that is known: its day, else when its
    file was written. ``taken``, the time of the index, is the latest that it can be."""
    moment = _moment(document.date or "") or _written(written_ns)
    latest = datetime.fromisoformat(taken)
    return moment if moment and datetime.fromisoformat(moment) <= latest else taken


def feed(
    key: str,
    title: str,
    updated: str,
    entries: Iterable[Entry],
    link: str = "",
    page: str = "",
) -> bytes:
    """The feed. ``updated`` is when the index was made, ``link`` the feed's own address, ``page``
    that of the page that shows the same."""
    Xml.register_namespace("", _SPACE)
    root = Xml.Element(f"{{{_SPACE}}}feed")
    _put(root, "id", _identifier(f"feed {key}"))
    _put(root, "title", title)
    _put(root, "updated", updated)
    if link:
        _link(root, link, "self")
    if page:
        _link(root, page, "alternate")
    author = Xml.SubElement(root, f"{{{_SPACE}}}author")
    _put(author, "name", "peelsearch")
    for entry in entries:
        _entry(root, entry, updated)
    body: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _entry(root: Xml.Element, entry: Entry, updated: str) -> None:
    element = Xml.SubElement(root, f"{{{_SPACE}}}entry")
    _put(element, "id", _identifier(f"entry {entry.key}"))
    _put(element, "title", entry.title)
    _put(element, "updated", entry.updated or updated)
    if entry.published:
        _put(element, "published", entry.published)
    if entry.link:
        _link(element, entry.link, "alternate")
    # Without a link an entry must have content.
    _put(element, "summary" if entry.link else "content", entry.summary)


def _put(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_SPACE}}}{name}").text = _TURNING.sub("", _clean(text))


def _link(parent: Xml.Element, address: str, relation: str) -> None:
    given = {"rel": relation, "href": _clean(address)}
    Xml.SubElement(parent, f"{{{_SPACE}}}link", given)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _identifier(key: str) -> str:
    return uuid.uuid5(_OURS, key.encode("utf-8", "replace").decode()).urn


def _moment(date: str) -> str:
    """The first moment of a day, empty where only a month or a year is known."""
    try:
        return f"{day.fromisoformat(date)}T00:00:00Z"
    except ValueError:
        return ""


def _written(time_ns: int) -> str:
    """When a file was written, empty for what no clock says."""
    try:
        return datetime.fromtimestamp(max(0, time_ns) // 10**9, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""
