"""How values read on a page: dates, numbers, grades. Plain British English, no markup."""

from __future__ import annotations

from peelsearch.model import (
    NOT_STATED,
    REPORTED_SEPARATELY,
    UNGRADED,
    Passage,
    SearchResults,
)
from peelsearch.vocabulary import Vocabulary

MONTHS = (
    "January February March April May June July August September October November December".split()
)


def date(value: str | None) -> str:
    """An ISO date as people write it, as precise as it is; empty when there is none."""
    if not value:
        return ""
    year, *rest = value.split("-")
    if not rest or not all(part.isdigit() for part in rest) or not 1 <= int(rest[0]) <= 12:
        return value
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 passage", "1,203 passages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def grade(value: str, vocabulary: Vocabulary) -> str:
    """A grade, always as that of the theme: a criticism can stand in a theme graded good."""
    if value == NOT_STATED:
        return ""
    label = vocabulary.label("grade", value)
    if value in (UNGRADED, REPORTED_SEPARATELY):
        return f"theme {label[:1].lower()}{label[1:]}"
    return f"theme graded {label}"


def labels(passage: Passage, name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The labels of a passage's values of a facet that has a vocabulary table; none if missing."""
    values = passage.facets.get(name, ())
    return tuple(vocabulary.label(name, value) for value in values if value != NOT_STATED)


def summary(results: SearchResults) -> str:
    """How much was found: "23 passages in 2 documents"."""
    if not results.total:
        return "Nothing found"
    passages = count(results.total, "passage")
    return f"{passages} in {count(results.documents, 'document')}"


def more(results: SearchResults) -> str:
    """How closely the passages hold the words; empty when there is nothing to tell apart."""
    found = results.more
    hold = [
        f"{number:,} {words}"
        for number, words in (
            (found.phrase, "with the words as a phrase"),
            (found.apart, "with all the words" + (" apart" if found.phrase is not None else "")),
        )
        if number is not None
    ]
    if found.some:
        listed = results.total > (found.phrase or 0) + (found.apart or 0)
        hold.append(f"{found.some:,} {'' if listed else 'more '}with only some of the words")
    return ", ".join(hold)
