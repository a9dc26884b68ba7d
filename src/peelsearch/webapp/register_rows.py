"""Rows of the register as records that the template lays out: everything worded and linked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelsearch.model import NOT_STATED, Document
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import DeadlineState, Entry, Expectation, Place, Repeat
from peelsearch.render import words
from peelsearch.render.register import (
    OUTCOMES,
    SOURCES,
    STATES,
    DeadlineWords,
    addressee_words,
    deadline_parts,
    is_bare,
    other_deadline,
)
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths

# Quotations of more characters are folded away where a headline says what they are about.
LONG = 400
NOBODY = "Asks nobody"
# An empty line, or a line that begins a point of a list, begins a paragraph of a quotation.
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[-*•–] )")


@dataclass(frozen=True, slots=True)
class Link:
    """Words with the page that they lead to, if there is one."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A document that holds the words: whose words there, since when, and what it writes else."""

    source: str
    title: str
    href: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class RepeatView:
    """The sentence that this was asked for before, and what is said of it since."""

    said: Link
    outcome: str
    outcome_said: Link | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """A finding. ``folded`` quotations stand below the headline; others say all themselves."""

    id: str
    reference: str
    kind: str
    forces: tuple[Link, ...]
    theme: str
    grade: str
    addressee: str
    headline: str
    href: str
    quote: tuple[str, ...]
    folded: bool
    deadline: DeadlineWords | None
    state: str
    unresolved: bool
    repeat: RepeatView | None
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """What a report expects of a force outside its findings. ``headings`` stand above it."""

    forces: tuple[Link, ...]
    theme: str
    grade: str
    said: Link
    headings: tuple[str, ...]
    repeat: RepeatView | None
    place: PlaceView


def entry_view(entry: Entry, vocabulary: Vocabulary, paths: Paths) -> EntryView:
    """A finding in words and links."""
    place = entry.place
    headline, quote = shown(entry.headline), shown(place.said.quote)
    bare = is_bare(entry)
    return EntryView(
        id=entry.id,
        reference=entry.reference,
        kind=vocabulary.label("kind", entry.kind),
        forces=_forces(entry.force, vocabulary, paths),
        theme=vocabulary.label("theme", entry.theme),
        grade=vocabulary.label("grade", entry.grade),
        addressee=addressee_words(entry, vocabulary) or NOBODY,
        headline=headline if headline != quote else "",
        href=paths.said(place.document, place.said),
        quote=paragraphs(place.said.quote),
        folded=len(quote) > LONG and not bare and headline != quote,
        deadline=deadline_parts(entry),
        state=STATES[entry.state],
        unresolved=entry.state is DeadlineState.UNRESOLVED,
        repeat=_repeat(entry.repeat, place.document, paths) if entry.repeat else None,
        places=tuple(_place(one, other_deadline(entry, one), paths) for one in entry.places),
    )


def expectation_view(one: Expectation, vocabulary: Vocabulary, paths: Paths) -> ExpectationView:
    """An expectation in words and links."""
    return ExpectationView(
        forces=_forces(one.force, vocabulary, paths),
        theme=vocabulary.label("theme", one.theme),
        grade=vocabulary.label("grade", one.grade),
        said=_link(one.document, one.said, paths),
        headings=tuple(map(shown, one.headings)),
        repeat=_repeat(one.repeat, one.document, paths) if one.repeat else None,
        place=PlaceView(
            "",
            shown(one.document.title),
            paths.said(one.document, one.said),
            _dated(one.document),
            "",
        ),
    )


def paragraphs(quote: str) -> tuple[str, ...]:
    """A quotation as people read it, each paragraph and point of a list by itself."""
    parts = (shown(part) for part in _PARAGRAPH.split(quote))
    return tuple(part for part in parts if part)


def _forces(forces: tuple[str, ...], vocabulary: Vocabulary, paths: Paths) -> tuple[Link, ...]:
    known = [Link(vocabulary.label("force", one), paths.force(one)) for one in forces]
    return tuple(known) or (Link(vocabulary.label("force", NOT_STATED), ""),)


def _link(document: Document, said: Quotation, paths: Paths) -> Link:
    return Link(shown(said.quote), paths.said(document, said))


def _repeat(repeat: Repeat, document: Document, paths: Paths) -> RepeatView:
    outcome = repeat.outcome_said
    return RepeatView(
        _link(document, repeat.said, paths),
        OUTCOMES[repeat.outcome],
        _link(document, outcome, paths) if outcome else None,
    )


def _place(place: Place, note: str, paths: Paths) -> PlaceView:
    document = place.document
    return PlaceView(
        SOURCES[place.source],
        shown(document.title),
        paths.said(document, place.said),
        _dated(document),
        note,
    )


def _dated(document: Document) -> str:
    return words.date(document.date) or "undated"
