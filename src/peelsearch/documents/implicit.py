"""Findings that have no headline: listed under their label, as older reports list them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelsearch.documents.headlines import asks
from peelsearch.documents.outline import Mark, Reading
from peelsearch.documents.units import Unit
from peelsearch.model import BlockKind

_SENTENCE = re.compile(r".{10,280}?[.!?:](?=\s|$)")
_LONGEST_NAME = 160
_MARKER = re.compile(r"(?P<number>\(?\d{1,3}[.)])(?=\s)|[^\w\s(\"'‘“]")
# What introduces a list that is no item itself.
_PARAGRAPH = "paragraph"


def with_implicit_findings(reading: Reading) -> list[Mark]:
    """The marks, and one for each finding that stands under a label without a headline."""
    kinds = reading.vocabulary.kind
    marks: list[Mark] = []
    for place, mark in enumerate(reading.marks):
        marks.append(mark)
        after = reading.marks[place + 1] if place + 1 < len(reading.marks) else None
        member = kinds.get(mark.members or "")
        if member is None or not member.finding or (after and after.kind == mark.members):
            continue
        end = after.unit if after else len(reading.units)
        own = range(mark.unit + 1, end)
        marks += [
            _mark(reading, index, mark, kind=member.id)
            for index in _starts(
                reading.units,
                own,
                together=member.carries is not None,
                listed=kinds[mark.kind].listed,
            )
        ]
    return marks


def _starts(units: Sequence[Unit], own: range, *, together: bool, listed: bool) -> Iterator[int]:
    """Where findings begin in the text under a label.

    A concern is one text. Otherwise each paragraph that asks for something is a finding with the
    list below it, and each item is one where nothing introduces the list; where the label says
    that it lists them, an item need not ask in words. An item can introduce a list with other
    marks.
    """
    if together:
        yield from own[:1]
        return
    introduced: str | None = None
    for index in own:
        unit = units[index]
        if unit.kind is BlockKind.PARAGRAPH:
            introduced = _PARAGRAPH if unit.text.endswith(":") and asks(unit.text) else None
            if asks(unit.text):
                yield index
        elif unit.kind is BlockKind.ITEM and introduced in (None, _marker(unit.text)):
            introduced = _marker(unit.text) if unit.text.endswith(":") else None
            if listed or asks(unit.text):
                yield index


def _marker(text: str) -> str:
    """What marks an item of a list: its sign, one for all numbers, nothing."""
    found = _MARKER.match(text)
    if found is None:
        return ""
    return "number" if found["number"] else found.group()


def _mark(reading: Reading, index: int, group: Mark, *, kind: str) -> Mark:
    unit = reading.units[index]
    text = re.sub(r"^\W+", "", unit.text)
    sentence = _SENTENCE.match(text)
    name = (sentence.group() if sentence else text)[:_LONGEST_NAME].rstrip(".:; ")
    return Mark(index, name, kind, group.level + 1, unit.start, under=group.unit)
