"""Where each thing that is known of a document was read, in words that a person can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peelsearch.documents.dates import dated_line, inspected, published
from peelsearch.documents.labels import COMMISSIONER_LETTER, LETTER
from peelsearch.documents.letters import closing, salutation
from peelsearch.documents.names import forces_named
from peelsearch.documents.outline import Reading
from peelsearch.documents.units import Unit
from peelsearch.model import Description
from peelsearch.vocabulary import Vocabulary, fold

# What is known of a document, in the order in which it is told.
FIELDS = ("title", "type", "date", "round", "force")
_METADATA = "the file's own metadata"
_LONGEST = 80


def read_basis(
    reading: Reading, description: Description, metadata: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """(field, where it was read) of every field that the text or the file told."""
    found = {
        "title": _title(reading, description, metadata),
        "type": _type(reading, description, metadata),
        "date": _date(reading.units, description, metadata),
        "round": "the title" if description.round else "",
        "force": _forces(reading, description),
    }
    return tuple((field, found[field]) for field in FIELDS if found[field])


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"}"'


def _is_letter(description: Description) -> bool:
    return description.type in (LETTER, COMMISSIONER_LETTER)


def _title(reading: Reading, description: Description, metadata: Mapping[str, str]) -> str:
    if _is_letter(description):
        return "whom it greets, and its date"
    if description.title == metadata.get("title", "").strip():
        return _METADATA
    first = reading.units[0]
    return "the first lines" if description.title.startswith(first.text[:20]) else "the headings"


def _type(reading: Reading, description: Description, metadata: Mapping[str, str]) -> str:
    if _is_letter(description):
        greeting = reading.units[salutation(reading.units) or 0].text
        signed = closing(reading.units)
        signature = f" and {_quoted(reading.units[signed].text)}" if signed is not None else ""
        return f"{_quoted(greeting)}{signature}"
    entry = reading.vocabulary.type.get(description.type)
    title = f" {fold(' '.join((description.title, metadata.get('title', ''))))} "
    named = [name for name in (entry.titles if entry else ()) if f" {fold(name)} " in title]
    if named:
        return f"{_quoted(max(named, key=len))} in the title"
    return "its headings and wording" if entry and (entry.clues or entry.round) else ""


def _date(units: Sequence[Unit], description: Description, metadata: Mapping[str, str]) -> str:
    if description.date is None:
        return ""
    what = f"{description.date_basis}: " if description.date_basis else ""
    for unit in units:
        dates = (read(unit.text) for read in (published, dated_line, inspected))
        if any(found is not None and found.iso == description.date for found in dates):
            return what + _quoted(unit.text)
    return what + (_METADATA if metadata.get("date") else "the text")


def _forces(reading: Reading, description: Description) -> str:
    if not description.forces:
        return ""
    places = [("the title", description.title)]
    if _is_letter(description):
        signed, greeted = closing(reading.units), salutation(reading.units) or 0
        places.append(("the signature", _joined(reading.units[signed:] if signed else ())))
        places.append(("the letterhead", _joined(reading.units[:greeted])))
    for place, text in places:
        if _names(text, reading.vocabulary) >= set(description.forces):
            return place
    return "the force that it names most"


def _joined(units: Sequence[Unit]) -> str:
    return " ".join(unit.text for unit in units)


def _names(text: str, vocabulary: Vocabulary) -> set[str]:
    return {named.id for named in forces_named(text, vocabulary)}
