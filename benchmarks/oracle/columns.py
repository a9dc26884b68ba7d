"""What the reader keeps of one commit in memory: facet sets, and where each passage stands.

Passages are numbered as Whoosh numbers them. Everything is read when first needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.oracle import bitsets
from benchmarks.oracle.whoosh_parts import TermNotFound
from peelsearch.engine.fields import DATE, DOCUMENT, START, facet_field
from peelsearch.model import NOT_STATED


@dataclass(frozen=True, slots=True)
class Places:
    """For each passage number: its place in document order, its date's rank, its document.

    Rank 0 is the newest date; undated passages have the last rank. Documents are numbered.
    """

    position: tuple[int, ...]
    date_rank: tuple[int, ...]
    document: tuple[int, ...]


def live(leaves: Any, size: int) -> int:
    """The passages that are not deleted."""
    numbers = (offset + number for leaf, offset in leaves for number in leaf.all_doc_ids())
    return bitsets.from_numbers(numbers, size)


def facet_sets(leaves: Any, size: int, name: str) -> Mapping[str, int]:
    """Each value of a facet with the set of passages that have it."""
    numbers: dict[str, list[int]] = defaultdict(list)
    field = facet_field(name)
    for leaf, offset in leaves:
        for term in lexicon(leaf, field):
            ids = leaf.postings(field, term).all_ids()
            numbers[term.decode()].extend(offset + number for number in ids)
    return {value: bitsets.from_numbers(found, size) for value, found in numbers.items() if found}


def lexicon(leaf: Any, field: str) -> Iterator[Any]:
    """The terms of a field as bytes; none when no passage of the segment has the field."""
    return iter(leaf.lexicon(field)) if field in leaf.indexed_field_names() else iter(())


def posted(leaves: Any, field: str, term: str) -> Iterator[int]:
    """The passages that have exactly this value in a field."""
    for leaf, offset in leaves:
        try:
            matcher = leaf.postings(field, term)
        except TermNotFound:
            continue
        for number in matcher.all_ids():
            yield offset + number


def places(leaves: Any) -> Places:
    """Where the passages stand, deleted ones included."""
    documents = _column(leaves, DOCUMENT)
    starts = _column(leaves, START)
    dates = _column(leaves, DATE)
    in_order = sorted(range(len(documents)), key=lambda n: (documents[n], starts[n]))
    position = [0] * len(in_order)
    for place, number in enumerate(in_order):
        position[number] = place
    newest = sorted(set(dates) - {NOT_STATED}, reverse=True)
    ranks = {date: rank for rank, date in enumerate([*newest, NOT_STATED])}
    numbers = {name: number for number, name in enumerate(dict.fromkeys(documents))}
    return Places(
        tuple(position),
        tuple(ranks[date] for date in dates),
        tuple(numbers[name] for name in documents),
    )


def _column(leaves: Any, field: str) -> list[Any]:
    values: list[Any] = []
    for leaf, _ in leaves:
        column = leaf.column_reader(field)
        values.extend(column[number] for number in range(leaf.doc_count_all()))
    return values
