"""Quotations and citation ids in a piece of text: where quotation marks open and close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelsearch.analysis import words
from peelsearch.citations.quoted import read_quotation
from peelsearch.records import dataclass

# Shorter ones are names and turns of phrase.
FEWEST_WORDS = 5
_PAIRS = {"“": "”", "«": "»", "„": "“", "‘": "’", '"': '"', "'": "'"}
_MARK = re.compile(r"[\"'“”„‘’«»]")
_OPENS_AFTER = frozenset(" \t\n\r\f\u00a0([{—–-/>|*_,:;“‘\"'«„")
# The slug of a file name, digits of its place, those of the passage, its number if it repeats.
_ID = re.compile(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*-[0-9a-f]{8}(?:-\d{1,4})?(?![\w]|-[\w])")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": " ", "\u200b": " "})


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between quotation marks: ``text[start:end]``, without them."""

    start: int
    end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    at: int


def ids(text: str) -> Iterator[tuple[str, int]]:
    """What can be an id of a document or passage, and where it stands."""
    for match in _ID.finditer(text.translate(_HYPHENS)):
        yield match.group(), match.start()


def quotations(text: str) -> list[Marked]:
    """The quotations of five words or more, in the order in which they begin; they can nest."""
    found = [one for one in _marked(text) if long_enough(text[one.start : one.end])]
    return sorted(found, key=lambda one: (one.start, -one.end))


def stray(text: str) -> int | None:
    """Where a quotation that began in an earlier paragraph is closed; None where none is."""
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        if _opens(text, at, mark):
            return None
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if mark in "'’" and text[at + 1 :].strip(" .,;:)\n"):
            # An apostrophe; a single mark closes a paragraph only at its end.
            continue
        if before and not before.isspace() and not after.isalnum():
            return at
    return None


def long_enough(text: str) -> bool:
    """Whether a quotation has the words to be checked."""
    return len(words(text)) >= FEWEST_WORDS and read_quotation(text).words >= FEWEST_WORDS


def _marked(text: str) -> Iterator[Marked]:
    opened: list[_Open] = []
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        depth = _closes(text, at, mark, opened)
        if depth is not None:
            for lost in opened[depth + 1 :]:
                yield from _unclosed(text, lost, at)
            yield Marked(opened[depth].at + 1, at)
            del opened[depth:]
        elif _opens(text, at, mark):
            again = next((n for n, one in enumerate(opened) if one.mark == mark), None)
            if again is not None:
                for lost in opened[again:]:
                    yield from _unclosed(text, lost, at)
                del opened[again:]
            opened.append(_Open(mark, at))
    for lost in opened:
        yield from _unclosed(text, lost, len(text))


def _unclosed(text: str, lost: _Open, end: int) -> Iterator[Marked]:
    """A quotation that nothing closes; a straight single mark within a line is an apostrophe."""
    if lost.mark != "'" or not text[: lost.at].strip():
        yield Marked(lost.at + 1, end, closed=False)


def _opens(text: str, at: int, mark: str) -> bool:
    if mark not in _PAIRS:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "“«„":
        return True
    return (not before or before in _OPENS_AFTER) and bool(after) and not after.isspace()


def _closes(text: str, at: int, mark: str, opened: list[_Open]) -> int | None:
    """Which of the open marks this one closes; None where it closes none."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "\"'’" and (not before or before.isspace() or after.isalnum()):
        return None
    for depth in range(len(opened) - 1, -1, -1):
        if _PAIRS[opened[depth].mark] == mark:
            if mark in "'’" and _possessive(text, at, mark):
                return None
            return depth
    return None


def _possessive(text: str, at: int, mark: str) -> bool:
    """Whether "forces' " is a possessive: a later mark closes, before another one opens."""
    if text[at - 1 : at].lower() != "s" or text[at + 1 : at + 2] != " ":
        return False
    opening = "'" if mark == "'" else "‘"
    for match in re.finditer(f"[{opening}{mark}]", text[at + 1 :]):
        place = at + 1 + match.start()
        before, after = text[place - 1], text[place + 1 : place + 2]
        if match.group() == opening and before in _OPENS_AFTER and after.isalnum():
            return False
        if match.group() == mark and not before.isspace() and not after.isalnum():
            return True
    return False
