"""The register: the findings of all documents, joined, narrowed, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from peelsearch.corpus import Corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.extracts import (
    ExtractMemory,
    document_matches,
    extracts,
    may_speak_of,
    pillar_hints,
    quotes_others,
    within_dates,
)
from peelsearch.extracts.due import state
from peelsearch.model import NOT_STATED, Document, Filters, Source
from peelsearch.model.register import DeadlineState, Entry, Expectation, Register
from peelsearch.records import dataclass
from peelsearch.register.joining import joined
from peelsearch.register.naming import spoken_names
from peelsearch.vocabulary import Vocabulary

# For what shows no state of a deadline, whatever the day is.
ANY_DAY = "1970-01-01"


class RegisterOrder(StrEnum):
    """The order of entries. Unresolved deadlines come first in each."""

    DOCUMENT = "document"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class RegisterOptions:
    """What narrows and orders the register. ``as_of`` is the ISO day that deadlines are held to.

    ``filters`` may name force, theme, grade, kind, type, round and year; a row matches a force, a
    type, a round or a year if one of its places does. ``source`` is that of the row's first place,
    ``states`` are how its deadline stands on that day.
    """

    as_of: str
    filters: Filters = ()
    since: str | None = None
    until: str | None = None
    addressee: tuple[str, ...] = ()
    source: Source | None = None
    states: tuple[DeadlineState, ...] = ()
    order: RegisterOrder = RegisterOrder.DOCUMENT


def register(
    corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory, options: RegisterOptions
) -> Register:
    """The findings under the filters.

    Letters are read whatever the filters, so that a row is the same row under any of them.
    """
    documents = corpus.manifest.documents
    names = spoken_names(documents, vocabulary)
    read = extracts(
        corpus,
        vocabulary,
        memory,
        lambda found: (
            may_speak_of(found, options.filters) or quotes_others(found.document, vocabulary)
        ),
    )
    entries = [
        replace(
            entry,
            reference=f"{names[found.document.id]} {entry.reference}",
            state=state(entry.place.deadline, options.as_of) if entry.ask else DeadlineState.NONE,
        )
        for found in read
        for entry in found.entries
    ]
    rows = [row for row in joined(entries, vocabulary) if _matches(row, options)]
    rows.sort(key=lambda row: _key(row, options.order, vocabulary))
    expected = [
        one for found in read for one in found.expectations if _expectation_matches(one, options)
    ]
    undated = sum(found.document.date is None for found in read)
    return Register(
        entries=tuple(rows),
        expectations=tuple(expected),
        as_of=options.as_of,
        fingerprint=corpus_fingerprint(documents, vocabulary),
        undated=undated if options.since or options.until else 0,
        hints=pillar_hints(read, options.filters, vocabulary),
    )


def _matches(row: Entry, options: RegisterOptions) -> bool:
    chosen = dict(options.filters)
    forces = {force for place in row.places for force in place.force or (NOT_STATED,)}
    return (
        (not options.addressee or not set(options.addressee).isdisjoint(row.addressee))
        and (options.source is None or row.place.source is options.source)
        and (not options.states or row.state in options.states)
        and row.kind in chosen.get("kind", (row.kind,))
        and row.theme in chosen.get("theme", (row.theme,))
        and row.grade in chosen.get("grade", (row.grade,))
        and not set(chosen.get("force", forces)).isdisjoint(forces)
        and _in_documents((place.document for place in row.places), options)
    )


def _in_documents(documents: Iterable[Document], options: RegisterOptions) -> bool:
    return any(
        document_matches(document, options.filters)
        and within_dates(document.date, options.since, options.until)
        for document in documents
    )


def _expectation_matches(one: Expectation, options: RegisterOptions) -> bool:
    """Whether it is under the filters; those on what only findings have leave findings alone."""
    chosen = dict(options.filters)
    return (
        "kind" not in chosen
        and not options.addressee
        and not options.states
        and options.source is not Source.QUOTED
        and one.theme in chosen.get("theme", (one.theme,))
        and one.grade in chosen.get("grade", (one.grade,))
        and not set(chosen.get("force", one.force)).isdisjoint(one.force)
        and _in_documents((one.document,), options)
    )


def _key(row: Entry, order: RegisterOrder, vocabulary: Vocabulary) -> tuple[object, ...]:
    place = row.place
    deadline = place.deadline
    forces, rounds = vocabulary.force.orders, vocabulary.round.orders
    date = deadline.date if deadline else None
    by_date = (date is None, date or "") if order is RegisterOrder.DEADLINE else ()
    return (
        row.state is not DeadlineState.UNRESOLVED,
        *by_date,
        min((forces.get(force, len(forces)) for force in place.force), default=-1),
        -rounds.get(place.document.round or "", -1),
        place.document.id,
        place.said.start,
    )
