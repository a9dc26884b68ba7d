"""The facets: one row each. Schema, command-line options, sidebar, API and docs iterate over it.

A new facet is a row here and a value in ``passages.py``; nothing else names facets one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from peelsearch.errors import UnknownValueError
from peelsearch.model import NOT_STATED, Filters
from peelsearch.records import dataclass
from peelsearch.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to filter and count passages.

    ``name`` is used in queries, JSON, URLs and the index; ``option`` on the command line.
    ``table`` is the vocabulary table of its values, None for values that stand for themselves.
    ``counted`` facets are shown with counts; others can only be filtered by.
    """

    name: str
    option: str
    label: str
    table: str | None
    help: str
    multivalued: bool = False
    counted: bool = True


FACETS: tuple[Facet, ...] = (
    Facet("force", "--force", "Force", "force", "Force that the document inspects.", True),
    Facet("theme", "--theme", "Theme", "theme", "Area of policing that is judged."),
    Facet("grade", "--grade", "Theme graded", "grade", "Grade of the theme it stands in."),
    Facet("kind", "--kind", "Kind", "kind", "Kind of section or finding; 'ask' for all asks."),
    Facet("type", "--doc-type", "Document type", "type", "Type of the document."),
    Facet("round", "--round", "Inspection round", "round", "Inspection round of the document."),
    Facet("year", "--year", "Year", None, "Year of the document's date."),
    Facet(
        "mentions", "--mentions", "Mentions", "force", "Force that the passage names.", True, False
    ),
)
FACETS_BY_NAME: Mapping[str, Facet] = {facet.name: facet for facet in FACETS}
# The labels of values that stand for themselves.
_PLAIN = {NOT_STATED: "Not stated"}
COUNTED = tuple(facet for facet in FACETS if facet.counted)


def title(name: str, vocabulary: Vocabulary) -> str:
    """What people call the facet itself; the vocabulary may have a word of its own."""
    return vocabulary.facet_label(name, FACETS_BY_NAME[name].label)


def label(facet: Facet, value: str, vocabulary: Vocabulary) -> str:
    """What people call a value of the facet."""
    return labels(facet, vocabulary).get(value, value)


def worded(filters: Filters, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """What people call each facet of the filters and the values that are chosen."""
    return tuple(
        (
            title(name, vocabulary),
            " or ".join(label(FACETS_BY_NAME[name], value, vocabulary) for value in values),
        )
        for name, values in filters
    )


def labels(facet: Facet, vocabulary: Vocabulary) -> Mapping[str, str]:
    """What people call the facet's values; any other value is its own label."""
    return _PLAIN if facet.table is None else vocabulary.table(facet.table).labels


def order(facet: Facet, vocabulary: Vocabulary) -> Mapping[str, int]:
    """Where the facet's values belong, for facets with an order of their own (grade, round)."""
    if facet.name not in ("grade", "round") or facet.table is None:
        return {}
    return vocabulary.table(facet.table).orders


def resolve(typed: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Filters:
    """Typed (facet name, value) pairs as filters, in table order, each value once.

    Raises UnknownValueError for a value that the vocabulary does not know, and KeyError for a
    name that is no facet.
    """
    chosen: dict[str, dict[str, None]] = {}
    for name, value in typed:
        facet = FACETS_BY_NAME[name]
        values = (
            vocabulary.resolve(facet.table, value) if facet.table else (_year(value, vocabulary),)
        )
        chosen.setdefault(name, {}).update(dict.fromkeys(values))
    return tuple((f.name, tuple(chosen[f.name])) for f in FACETS if f.name in chosen)


def _year(typed: str, vocabulary: Vocabulary) -> str:
    text = typed.strip()
    if text.isascii() and text.isdigit() and len(text) == 4:
        return text
    if text.casefold().replace(" ", "-") == NOT_STATED:
        return NOT_STATED
    entry = vocabulary.round.typed(text)
    hint = (
        f"{entry.label} is an inspection round: use round:{entry.id}."
        if entry
        else "A year has four digits: year:2022."
    )
    raise UnknownValueError(f'"{typed}" is not a year.', hint=hint)
