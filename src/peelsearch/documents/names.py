"""Names of the vocabulary where they stand in running text: forces, themes, offices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from peelsearch.vocabulary import Vocabulary, fold

_GAP = r"[\s\u2010\u2011-]+"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, with the id of what it names."""

    id: str
    start: int
    end: int


def forces_named(text: str, vocabulary: Vocabulary) -> list[Named]:
    """The forces that a text names, in order, each as often as it is named.

    A place counts only beside a word that makes it a force ("Cambridgeshire and Hertfordshire
    constabularies") or beside an office ("Police and Crime Commissioner for Bedfordshire").
    """
    names = _force_names(vocabulary)
    found: list[Named] = []
    for match in names.pattern.finditer(text):
        whole = names.by_name.get(fold(match.group()))
        if whole is not None:
            found.append(Named(whole, match.start(), match.end()))
            continue
        for place in names.places.finditer(match.group()):
            identifier = names.by_place[fold(place.group())]
            base = match.start()
            found.append(Named(identifier, base + place.start(), base + place.end()))
    return found


def force_of_line(text: str, vocabulary: Vocabulary) -> str | None:
    """The force whose name or place is the whole line: "Kent" on a title page.

    Abbreviations (DCP) are for typing; they mean too many things in a text.
    """
    entry = vocabulary.force.typed(text)
    if entry is None or (text in entry.short and text.isupper()) or fold(text) == "":
        return None
    return entry.id


@dataclass(frozen=True)
class _ForceNames:
    pattern: re.Pattern[str]
    places: re.Pattern[str]
    by_name: dict[str, str]
    by_place: dict[str, str]


@lru_cache(maxsize=8)
def _force_names(vocabulary: Vocabulary) -> _ForceNames:
    by_name = {
        fold(name): entry.id for entry in reversed(vocabulary.force.entries) for name in entry.names
    }
    shorts = [(short, entry.id) for entry in vocabulary.force for short in entry.short]
    # Abbreviations (DCP) are for typing; they mean too many things in a text.
    places = {short: identifier for short, identifier in shorts if not short.isupper()}
    place = _any(places)
    office = _any(vocabulary.offices, ignore_case=True)
    words = _any(vocabulary.force_words, ignore_case=True)
    lead_in = _any(vocabulary.force_lead_ins, ignore_case=True)
    listed = rf"{place}(?:(?:,|,?\s+(?:and|&))\s+{place}){{0,8}}(?:\s+\([A-Z]{{2,6}}\))?"
    names = [name for entry in vocabulary.force for name in entry.names]
    pattern = "|".join(
        (
            _any(names),
            rf"{listed}\s+{words}",
            rf"{place}(?:['’]s?)?\s+{office}",
            rf"{office}\s+(?:for|of)\s+{place}",
            rf"{lead_in}\s+(?:the\s+)?{place}",
        )
    )
    initials = {name[0] for name in (*names, *places)}
    before = (*vocabulary.offices, *vocabulary.force_lead_ins)
    initials |= {letter for name in before for letter in (name[0].upper(), name[0].lower())}
    begins = "".join(sorted(map(re.escape, initials)))
    return _ForceNames(
        re.compile(rf"\b(?=[{begins}])(?:{pattern})\b" if begins else r"(?!)"),
        re.compile(rf"\b{place}\b"),
        by_name,
        {fold(name): identifier for name, identifier in places.items()},
    )


def _any(names: Iterable[str], *, ignore_case: bool = False) -> str:
    """One of the names, the longest first; "and" or "&", white space or hyphens between words."""
    written = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        words = [re.escape(word) for word in name.split()]
        joined = _GAP.join("(?:and|&)" if word in ("and", "&") else word for word in words)
        written.append(joined.replace(r"\-", _GAP).replace("'", "['’]"))
    if not written:
        return r"(?!)"
    return f"(?{'i' if ignore_case else ''}:{'|'.join(written)})"


def themes_named(text: str, vocabulary: Vocabulary) -> str | None:
    """The theme of whose names or topics the text holds the longest."""
    padded = f" {fold(text)} "
    best: tuple[int, str] | None = None
    for entry in vocabulary.theme:
        for name in (*entry.names, *entry.topics):
            # Abbreviations are words of their own only in capitals.
            held = (
                re.search(rf"\b{re.escape(name)}\b", text)
                if name.isupper()
                else f" {fold(name)} " in padded
            )
            if held and (best is None or len(name) > best[0]):
                best = (len(name), entry.id)
    return best[1] if best else None


@lru_cache(maxsize=8)
def _office_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"\b{_any(vocabulary.offices, ignore_case=True)}\b")


def names_office(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text names an office that answers for a force."""
    return _office_pattern(vocabulary).search(text) is not None


def is_signatory(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line says what somebody is who signs for the inspectorate."""
    folded = fold(text)
    return len(text) <= 150 and any(
        folded == fold(name) or folded.startswith(fold(name) + " ")
        for name in vocabulary.signatories
    )
