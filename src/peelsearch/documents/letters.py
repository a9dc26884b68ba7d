"""The sections of letters: an opening, what is quoted, what the sender says to it, a signature.

A letter's headings are few, so its parts are told by whose words they are. ``RULES`` stand in
their order; the first that recognises a unit wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from peelsearch.documents.dates import dated_line
from peelsearch.documents.names import forces_named, names_office
from peelsearch.documents.outline import (
    FRONT_MATTER,
    NARRATIVE,
    RESPONSE,
    SIGNATURE,
    Found,
    Mark,
    Reading,
    Rule,
    apply_rules,
)
from peelsearch.documents.report import prefixed
from peelsearch.documents.units import Unit
from peelsearch.model import BlockKind

_SALUTATION = re.compile(r"Dear\s+(?P<addressee>\S.{0,120}?)[,:]?", re.DOTALL)
_CLOSING = re.compile(
    r"(?:yours\s+(?:sincerely|faithfully|truly|ever)|(?:kind|kindest|best|warm)\s+(?:regards|wishes)"
    r"|regards|sincerely)[,.]?(?:\s|$)",
    re.IGNORECASE,
)
_OPENED = "'‘“\""
_CLOSED = re.compile(r"['’”\"][.,;]?$")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_SHOULD = re.compile(r"\bshould\b")
# Within so many units a letter has said "Dear ...".
_SALUTATION_WITHIN = 25
# A shorter paragraph without a stop is a line of an address or a footer, no statement.
_STATEMENT = 60
# The first clause of a paragraph is its name.
_CLAUSE = re.compile(r".{20,160}?(?=[,;:]\s|[.!?:]$|[.!?]\s)")


def salutation(units: Sequence[Unit]) -> int | None:
    """The index of the unit that says "Dear ..."; None in what is no letter."""
    for index, unit in enumerate(units[:_SALUTATION_WITHIN]):
        if len(unit.text) <= 140 and _SALUTATION.fullmatch(unit.text):
            return index
    return None


def addressee(unit: Unit) -> str:
    """Whom a salutation speaks to."""
    match = _SALUTATION.fullmatch(unit.text)
    return match["addressee"] if match else ""


def closing(units: Sequence[Unit]) -> int | None:
    """The index of the unit that begins the signature."""
    for index in range(len(units) - 1, -1, -1):
        if len(units[index].text) <= 160 and _CLOSING.match(units[index].text):
            return index
    return None


def read_letter(reading: Reading) -> None:
    """Mark the sections of a letter."""
    unit = reading.units[0]
    reading.closing = closing(reading.units)
    reading.add(Mark(0, opening_name(reading.units), FRONT_MATTER, 1, unit.end))
    start = (salutation(reading.units) or 0) + 1
    apply_rules(reading, RULES, start)


def opening_name(units: Sequence[Unit]) -> str:
    """What a letter is called: to whom, and when."""
    at = salutation(units)
    name = f"Letter to {addressee(units[at])}" if at is not None else "Letter"
    found = next((d for unit in units[: (at or 0) + 1] if (d := dated_line(unit.text))), None)
    return f"{name}, {found.words}" if found else name


# --- rules ----------------------------------------------------------------------------------


def _closing(reading: Reading, index: int) -> Found | None:
    """From "Yours sincerely" on everything is one signature."""
    if index != reading.closing:
        return None
    return reading.whole(index, SIGNATURE, 2), len(reading.units)


def _finding(reading: Reading, index: int) -> Found | None:
    """A quoted finding: "Recommendation 2", "Promising practice: ..."."""
    found = prefixed(reading, index)
    if found is None:
        return None
    mark, following = found
    return replace(mark, level=2), following


def _heading(reading: Reading, index: int) -> Found | None:
    """A theme's or a label's name as a paragraph of its own, or what the format marks."""
    unit = reading.units[index]
    if unit.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or len(unit.text) > 150:
        return None
    kind = reading.vocabulary.kind.headed(unit.text)
    if kind is not None and kind.id == RESPONSE:
        return reading.whole(index, RESPONSE, 2), index + 1
    known = reading.vocabulary.theme.named(unit.text) or reading.vocabulary.known_heading(unit.text)
    if known is None and kind is None and unit.kind is not BlockKind.HEADING:
        return None
    return reading.whole(index, NARRATIVE, 2), index + 1


def _response(reading: Reading, index: int) -> Found | None:
    """The sender's own words after a quoted recommendation, which nothing separates from it."""
    last = reading.marks[-1]
    kind = reading.vocabulary.kind.get(last.kind)
    if kind is None or not kind.ask or index <= last.unit + 1:
        return None
    if not speaks_for_sender(reading, index):
        return None
    label = reading.vocabulary.kind[RESPONSE].label
    return Mark(index, label, RESPONSE, 2, reading.units[index].start), index + 1


def speaks_for_sender(reading: Reading, index: int) -> bool:
    """Whether a paragraph is the sender's: it names the office, the force, or "I" and "we".

    A recommendation also names offices, but to say what they should do.
    """
    unit = reading.units[index]
    if unit.kind is not BlockKind.PARAGRAPH or _SHOULD.search(unit.text):
        return False
    if not unit.ends_sentence and len(unit.text) < _STATEMENT:
        return False
    return bool(
        names_office(unit.text, reading.vocabulary)
        or _FIRST_PERSON.search(unit.text)
        or forces_named(unit.text, reading.vocabulary)
    )


def _after_quotation(reading: Reading, index: int) -> Found | None:
    """The first paragraph after a quotation that opened with a section's heading and was closed."""
    last = reading.marks[-1]
    if last.name[:1] not in _OPENED or index <= last.unit + 1:
        return None
    unit, before = reading.units[index], reading.units[index - 1]
    if unit.kind is not BlockKind.PARAGRAPH or not _CLOSED.search(before.text):
        return None
    if not unit.ends_sentence and len(unit.text) < _STATEMENT:
        return None
    clause = _CLAUSE.match(unit.text)
    name = clause.group() if clause else unit.text[:160]
    return Mark(index, name, NARRATIVE, 2, unit.end), index + 1


RULES: tuple[Rule, ...] = (_closing, _finding, _after_quotation, _response, _heading)
