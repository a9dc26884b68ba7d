"""Small phrases that every interface says the same way."""

from __future__ import annotations

from peelsearch.model import NOT_STATED, REPORTED_SEPARATELY, UNGRADED, SearchResults
from peelsearch.vocabulary import Vocabulary

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 passage", "1,204 passages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def date(iso: str | None) -> str:
    """A date as precise as it is known: "April 2022"; empty without one."""
    if iso is None:
        return ""
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, _MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def graded(grade: str, vocabulary: Vocabulary) -> str:
    """What is said of a passage's grade, which is its theme's; nothing when none is stated."""
    if grade == NOT_STATED:
        return ""
    theme = vocabulary.facet_label("theme", "theme").lower()
    if grade == UNGRADED:
        return f"{theme} ungraded"
    if grade == REPORTED_SEPARATELY:
        return f"{theme} reported separately"
    said = vocabulary.facet_label("grade", "theme graded").lower()
    return f"{said} {vocabulary.label('grade', grade)}"


def total(results: SearchResults) -> str:
    """How much was found: "23 passages in 2 documents"."""
    if not results.total:
        return "No passage found"
    return f"{count(results.total, 'passage')} in {count(results.documents, 'document')}"


def more(results: SearchResults) -> str:
    """How closely the passages hold the words; nothing where there is nothing to tell apart."""
    found = results.more
    together = (found.phrase or 0) + (found.apart or 0)
    beyond = "" if results.total > together else " more"
    parts = (
        (found.phrase, "with this phrase"),
        (found.apart, "with the words apart" if found.phrase is not None else "with all of this"),
        (found.some, f"{beyond} with only some of it".strip()),
    )
    return ", ".join(f"{number:,} {said}" for number, said in parts if number)
