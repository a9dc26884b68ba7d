"""Web pages to our linear text: the article alone, with its headings, lists and tables.

What belongs to the site and not to the article is cut away before (``html_content``); title and
date come from ``html_metadata``. The tree is walked without recursion: pages nest as they like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from peelsearch.documents.encoding import checked, decode, decode_marked
from peelsearch.documents.html_content import HEADINGS, Element, main_content, text_of
from peelsearch.documents.html_metadata import read_metadata
from peelsearch.documents.html_tables import has_rows, read_rows
from peelsearch.documents.limits import too_deep
from peelsearch.documents.linear import Linear, cleaned
from peelsearch.errors import ReadingError
from peelsearch.model import ExtractedText

# Everything else stands within a line.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr html legend li main menu nav ol p section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_LISTS = frozenset(("ul", "ol", "menu", "dir", "dl"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4_096
# What browsers read under these names.
_CALLED = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_SPACES = re.compile(r"\s+")


def read_html(data: bytes) -> ExtractedText:
    """The article of a page as linear text, with the page's title and date as metadata."""
    root = _parsed(decode_page(data))
    metadata = read_metadata(root)
    content = main_content(root)
    walk = _Walk()
    events = etree.iterwalk(content, events=("start", "end"))
    for event, element in events:
        if event == "end":
            walk.end(element)
        elif walk.start(element):
            events.skip_subtree()
        if event == "end" and element is not content:
            walk.say(element.tail)
    walk.flush()
    return walk.linear.finished(metadata)


def decode_page(data: bytes) -> str:
    """The page as text: by its mark, as UTF-8, as it says, or as it seems."""
    marked = decode_marked(data)
    if marked is not None:
        return marked
    try:
        text = data.decode("utf-8")
        if not text.isascii():
            # No other text happens to be valid UTF-8; pages saved again keep their old label.
            return checked(text)
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if declared is not None:
        name = declared[1].decode("ascii", "replace").lower()
        try:
            return checked(data.decode(_CALLED.get(name, name)))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _parsed(text: str) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(f"It cannot be understood as a web page: {error}.") from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise too_deep()
    if root is None:
        raise ReadingError("There is nothing in the page.")
    return root


@dataclass
class _Walk:
    """Where in the page we are. Text gathers until a block ends.

    ``items`` tells, for each list item that is open, whether all its text is one unit.
    """

    linear: Linear = field(default_factory=Linear)
    text: list[str] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    begins_item: bool = False

    def start(self, element: Element) -> bool:
        """An element begins; its text is taken. True when all that is in it was taken."""
        tag = str(element.tag)
        level = _level(element, tag)
        if level is not None:
            self.flush()
            self.linear.heading(text_of(element), level)
            return True
        if tag == "table" and has_rows(element):
            self.flush()
            for cells in read_rows(element):
                self.linear.row(cells)
            return True
        if tag == "dl" and not _has_structure(element):
            self.flush()
            self._define(element)
            return True
        if tag == "pre":
            self.flush()
            self.linear.paragraph("".join(element.itertext()))
            return True
        self._open(element, tag)
        self.say(element.text)
        return False

    def _open(self, element: Element, tag: str) -> None:
        if tag == "br":
            self.text.append("\n")
        elif tag == "li":
            self.flush()
            self.items.append(not _has_structure(element))
            self.begins_item = self.items[-1]
        elif tag in _BLOCKS:
            self._part(tag)

    def end(self, element: Element) -> None:
        """An element ends."""
        tag = str(element.tag)
        if tag == "li" and self.items:
            self.flush()
            self.items.pop()
        elif tag in _BLOCKS:
            self._part(tag)

    def _part(self, tag: str) -> None:
        """A block begins or ends. Paragraphs of a list item stay one unit."""
        if self.items and self.items[-1] and tag not in _LISTS:
            self.text.append(" ")
        else:
            self.flush()

    def say(self, text: str | None) -> None:
        """Text of the page; line ends of its source mean nothing."""
        if text:
            self.text.append(_SPACES.sub(" ", text))

    def flush(self) -> None:
        """Make a block of the text gathered so far."""
        text = "".join(self.text)
        self.text = []
        if not text.strip():
            return
        if self.begins_item:
            self.linear.item(text)
        else:
            self.linear.paragraph(text)
        self.begins_item = False

    def _define(self, definitions: Element) -> None:
        """Each term with its definitions as one paragraph: "Published: 27 July 2022"."""
        parts: list[str] = []
        defined = False
        for element in definitions.iter("dt", "dd"):
            if element.getparent().tag in ("dt", "dd"):
                # Not closed in the source: it is in the text of the one around it.
                continue
            if element.tag == "dt" and defined:
                self.linear.paragraph(" ".join(parts))
                parts, defined = [], False
            text = cleaned(text_of(element))
            if element.tag == "dd":
                defined = True
            elif text and text[-1] not in ":.?!":
                text += ":"
            parts.append(text)
        self.linear.paragraph(" ".join(parts))


def _level(element: Element, tag: str) -> int | None:
    """The level of a heading."""
    if tag in HEADINGS:
        return int(tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level", "")
        return int(level) if level.isdigit() and 0 < len(level) < 3 else 2
    return None


def _has_structure(element: Element) -> bool:
    """Whether headings or tables stand in it, so that it is no simple list."""
    return next(element.iter(*HEADINGS, "table"), None) is not None
