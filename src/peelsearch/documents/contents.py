"""Contents lists: where they end. A document must work as well without one."""

from __future__ import annotations

import re
from bisect import bisect_right

from peelsearch.documents.outline import CONTENTS, Found, Mark, Reading
from peelsearch.documents.units import Unit
from peelsearch.vocabulary import fold

_ENTRY = re.compile(r"(?P<title>\S.{1,200}?)[\s.…·_]+(?P<page>\d{1,4}|[ivxl]{1,6})")
_PAGE = re.compile(r"\d{1,4}")
# Entries that a hard wrap ran together: "Overall summary 1 Our judgments 1 Important ...".
_RUN_TOGETHER = re.compile(r"(?<=\S)[\s.…·]+\d{1,4}\s+(?=['‘“\"]?[A-Z])")
_FEWEST_RUN_TOGETHER = 3
_LOOK = 2_000
# A list without a heading of its own needs so many entries to be one.
_FEWEST_ENTRIES = 4


def contents_list(reading: Reading, index: int) -> Found | None:
    """A contents list, with or without the word "Contents" over it."""
    kind = reading.vocabulary.kind.headed(reading.units[index].text)
    if kind is not None and kind.id == CONTENTS:
        return reading.whole(index, CONTENTS, kind.level), _end(reading, index + 1)
    following = reading.units[index : index + _FEWEST_ENTRIES]
    if len(following) == _FEWEST_ENTRIES and all(_title(unit) for unit in following):
        label = reading.vocabulary.kind[CONTENTS].headings[0]
        unit = reading.units[index]
        return Mark(index, label, CONTENTS, 1, unit.start), _end(reading, index)
    return None


def _title(unit: Unit) -> str | None:
    """The title of an entry with a page number."""
    if len(unit.text) > 220:
        return None
    match = _ENTRY.fullmatch(unit.text)
    return match["title"] if match else None


def _first_title(unit: Unit) -> str:
    cut = _RUN_TOGETHER.search(unit.text[:_LOOK])
    return unit.text[: cut.start()] if cut else (_title(unit) or unit.text)


def _end(reading: Reading, start: int) -> int:
    """The index after the list: where its first entry comes again as a heading, or entries end."""
    if start >= len(reading.units):
        return start
    first = fold(_first_title(reading.units[start]))
    places = reading.places.get(first, [])
    later = bisect_right(places, start)
    again = later < len(places)
    end = places[later] if again else len(reading.units)
    index = start
    while index < end and _belongs(reading, index, titled_later=again):
        index += 1
    return index


def _belongs(reading: Reading, index: int, *, titled_later: bool) -> bool:
    unit = reading.units[index]
    if _title(unit) or _PAGE.fullmatch(unit.text):
        return True
    if unit.ends_sentence:
        return False
    if len(_RUN_TOGETHER.findall(unit.text[:_LOOK])) >= _FEWEST_RUN_TOGETHER:
        return True
    after = reading.after(index)
    # The first part of a wrapped entry, or an entry of a list without page numbers.
    return len(unit.text) <= 220 and (
        titled_later
        or (after is not None and (_PAGE.fullmatch(after.text) or _title(after)) is not None)
    )
