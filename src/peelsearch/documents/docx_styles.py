"""What the styles of a Word file say of a paragraph: heading, list item, contents, bold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = "etree._Element"

_HEADING = re.compile(r"heading\s*([1-9])$", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number)", re.IGNORECASE)
_OFF = frozenset(("0", "false", "off", "none"))
_BODY_LEVEL = 9
# Styles that are based on one another in circles, or nearly, end here.
_DEEPEST = 20
# Sizes are given in half points; Word's own default is 10 points.
_DEFAULT_SIZE = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style with what it inherits."""

    title: bool = False
    level: int | None = None
    listed: bool = False
    bold: bool = False
    size: int = _DEFAULT_SIZE
    hidden: bool = False


PLAIN = Style()


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.default = PLAIN
        if root is None:
            return
        defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        base = _with_run(PLAIN, defaults)
        for element in root.iterchildren(qn("w:style")):
            self._elements[element.get(qn("w:styleId"), "")] = element
        self._base = base
        default = next(
            (
                name
                for name, element in self._elements.items()
                if element.get(qn("w:type")) == "paragraph"
                and element.get(qn("w:default"), "0") not in _OFF
            ),
            None,
        )
        self.default = self._style(default, 0) if default else base

    def of(self, paragraph: Element) -> Style:
        """What holds of a paragraph: its style, and what it says itself."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return self.default
        name = _value(properties, "w:pStyle")
        style = self._style(name, 0) if name in self._elements else self.default
        return _with_paragraph(style, properties)

    def run(self, run: Element, paragraph: Style) -> Style:
        """What holds of a run of letters in a paragraph."""
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return paragraph
        element = self._elements.get(_value(properties, "w:rStyle") or "")
        if element is not None:
            paragraph = _with_run(paragraph, element.find(qn("w:rPr")))
        return _with_run(paragraph, properties)

    def _style(self, name: str | None, depth: int) -> Style:
        element = self._elements.get(name or "")
        if element is None or name is None or depth > _DEEPEST:
            return self._base
        if name not in self._known:
            parent = _value(element, "w:basedOn")
            style = self._style(parent, depth + 1) if parent else self._base
            style = _with_run(style, element.find(qn("w:rPr")))
            properties = element.find(qn("w:pPr"))
            style = _with_name(style, (_value(element, "w:name") or name).casefold())
            if properties is not None:
                style = _with_paragraph(style, properties)
            self._known[name] = style
        return self._known[name]


def _value(parent: Element, name: str) -> str | None:
    child = parent.find(qn(name))
    return None if child is None else child.get(qn("w:val"), "")


def _with_name(style: Style, name: str) -> Style:
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else style.level
    listed = style.listed or _LIST.match(name) is not None
    return Style(name == "title", level, listed, style.bold, style.size, style.hidden)


def _with_paragraph(style: Style, properties: Element) -> Style:
    level, listed = style.level, style.listed
    outline = _value(properties, "w:outlineLvl")
    if outline is not None and outline.isdigit():
        level = int(outline) + 1 if int(outline) < _BODY_LEVEL else None
    numbering = properties.find(qn("w:numPr"))
    if numbering is not None:
        listed = _value(numbering, "w:numId") != "0"
    return Style(style.title, level, listed, style.bold, style.size, style.hidden)


def _with_run(style: Style, properties: Element | None) -> Style:
    if properties is None:
        return style
    bold, size, hidden = style.bold, style.size, style.hidden
    given = _value(properties, "w:b")
    if given is not None:
        bold = given.casefold() not in _OFF
    given = _value(properties, "w:vanish")
    if given is not None:
        hidden = given.casefold() not in _OFF
    given = _value(properties, "w:sz")
    if given and given.isdigit():
        size = int(given)
    return Style(style.title, style.level, style.listed, bold, size, hidden)
