"""Rows of the register as records that the template lays out: everything worded and linked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelsearch.model import NOT_STATED, Document
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import Entry, Expectation, Place, Repeat
from peelsearch.render import words
from peelsearch.render.force import finding_facts
from peelsearch.render.register import (
    OUTCOMES,
    SOURCES,
    STATES,
    also_words,
    deadline_words,
    is_bare,
)
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.search_page import Choice

# A quotation is folded away beyond so many characters, where its headline says what it is about.
LONG = 400
# An empty line, or a line that begins a point of a list, begins a paragraph of a quotation.
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[-*•–] )")


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A document that holds the words: whose they are there, its name and date, the headings."""

    source: str
    document: Choice
    date: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepeatView:
    """The sentence that this was asked for before, and what is said of it since."""

    said: Choice
    outcome: str
    outcome_said: Choice | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A finding. ``quote`` are all its words, by paragraph, ``folded`` where they are many: then
    the ``headline`` is shown. ``noted`` is what people note of it."""

    id: str
    name: str
    facts: tuple[str, ...]
    forces: tuple[Choice, ...]
    headline: str
    href: str
    quote: tuple[str, ...]
    folded: bool
    deadline: str
    noted: str
    repeat: RepeatView | None
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """What a report expects of a force outside its findings."""

    said: Choice
    facts: tuple[str, ...]
    forces: tuple[Choice, ...]
    repeat: RepeatView | None
    place: PlaceView


def row_view(entry: Entry, vocabulary: Vocabulary, paths: Paths, noted: str = "") -> RowView:
    """A finding in words and links."""
    place = entry.place
    quote = paragraphs(place.said.quote)
    headline = shown(entry.headline)
    return RowView(
        id=entry.id,
        name=entry.reference,
        facts=(*finding_facts(entry, vocabulary), *_graded(entry.grade, vocabulary)),
        forces=_forces(entry.force, vocabulary, paths),
        headline=headline,
        href=paths.said(place.document, place.said),
        quote=quote,
        folded=len(place.said.quote) > LONG and not is_bare(entry) and quote != (headline,),
        deadline=deadline_words(entry) or (STATES[entry.state] if entry.ask else ""),
        noted=noted,
        repeat=_repeat(entry.repeat, place.document, paths) if entry.repeat else None,
        places=tuple(_place(entry, one, paths) for one in entry.places),
    )


def expectation_view(one: Expectation, vocabulary: Vocabulary, paths: Paths) -> ExpectationView:
    """An expectation in words and links."""
    theme = (vocabulary.label("theme", one.theme),) if one.theme != NOT_STATED else ()
    said = _said(one.document, one.said, paths)
    document = Choice(shown(one.document.title), "")
    return ExpectationView(
        said=said,
        facts=(*theme, *_graded(one.grade, vocabulary)),
        forces=_forces(one.force, vocabulary, paths),
        repeat=_repeat(one.repeat, one.document, paths) if one.repeat else None,
        place=PlaceView(
            "", document, _dated(one.document), _below(one.document, one.headings, said.label)
        ),
    )


def paragraphs(quote: str) -> tuple[str, ...]:
    """A quotation as people read it, each paragraph and point of a list by itself."""
    return tuple(part for part in map(shown, _PARAGRAPH.split(quote)) if part)


def _graded(grade: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    said = words.graded(grade, vocabulary)
    return (said,) if said else ()


def _forces(forces: tuple[str, ...], vocabulary: Vocabulary, paths: Paths) -> tuple[Choice, ...]:
    return tuple(
        Choice(vocabulary.label("force", force), paths.force(force))
        for force in forces
        if force != NOT_STATED
    )


def _said(document: Document, said: Quotation, paths: Paths) -> Choice:
    return Choice(shown(said.quote), paths.said(document, said))


def _repeat(repeat: Repeat, document: Document, paths: Paths) -> RepeatView:
    outcome = repeat.outcome_said
    return RepeatView(
        _said(document, repeat.said, paths),
        OUTCOMES[repeat.outcome],
        _said(document, outcome, paths) if outcome else None,
    )


def _place(entry: Entry, place: Place, paths: Paths) -> PlaceView:
    return PlaceView(
        SOURCES[place.source].capitalize(),
        Choice(also_words(entry, place), paths.said(place.document, place.said)),
        _dated(place.document),
        _below(place.document, place.headings, shown(entry.headline)),
    )


def _below(document: Document, headings: tuple[str, ...], own: str) -> tuple[str, ...]:
    """The headings above words; the first is often the title itself, the last often the words."""
    known = {shown(document.title), own}
    return tuple(heading for heading in map(shown, headings) if heading not in known)


def _dated(document: Document) -> str:
    return words.date(document.date) or "undated"
