"""Atom feeds (RFC 4287) of hits."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from peelsearch.model import Hit
from peelsearch.render import words
from peelsearch.snippets import readable

MIME = "application/atom+xml"
_SPACE = "http://www.w3.org/2005/Atom"
# Names of entries and feeds, which must never change: version 5 identifiers under one of our own.
_OURS = uuid.UUID("5f0b4c1e-6f0c-5d0e-9a53-6d4e1b7a2c11")
# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. ``key`` is what it is known by for ever; ``link`` is empty where no site is."""

    key: str
    title: str
    summary: str
    published: str
    link: str = ""


def hit_entry(hit: Hit, key: str, link: str = "") -> Entry:
    """A hit as an entry: its heading and document, its snippet."""
    heading = readable(hit.passage.headings[-1] if hit.passage.headings else hit.document.title)
    date = words.date(hit.document.date) or "undated"
    return Entry(
        key=key,
        title=f"{heading} – {readable(hit.document.title)}, {date}",
        summary=readable(hit.snippet.text),
        published=_moment(hit.document.date or ""),
        link=link,
    )


def feed(key: str, title: str, updated: str, entries: Iterable[Entry], link: str = "") -> bytes:
    """The feed. ``updated`` is a moment as RFC 3339 writes it, the same for all entries: when the
    index took them up."""
    Xml.register_namespace("", _SPACE)
    root = Xml.Element(f"{{{_SPACE}}}feed")
    _put(root, "id", _identifier(f"feed {key}"))
    _put(root, "title", title)
    _put(root, "updated", updated)
    if link:
        _link(root, link, "self")
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
    _put(element, "updated", updated)
    if entry.published:
        _put(element, "published", entry.published)
    if entry.link:
        _link(element, entry.link, "alternate")
    # Without a link an entry must have content.
    _put(element, "summary" if entry.link else "content", entry.summary)


def _put(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_SPACE}}}{name}").text = _FORBIDDEN.sub("\ufffd", text)


def _link(parent: Xml.Element, address: str, relation: str) -> None:
    Xml.SubElement(parent, f"{{{_SPACE}}}link", {"rel": relation, "href": address})


def _identifier(key: str) -> str:
    return uuid.uuid5(_OURS, key.encode("utf-8", "replace").decode()).urn


def _moment(date: str) -> str:
    """The first moment of a day, empty where only a month or a year is known."""
    return f"{date}T00:00:00Z" if len(date) == len("2022-04-15") else ""
