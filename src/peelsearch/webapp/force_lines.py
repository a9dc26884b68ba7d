"""The lines of a force's page: what they say, and the links to the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from peelsearch.model.force import (
    ForceFinding,
    ForceGrade,
    ForceLetter,
    ForceSheet,
    GradePlace,
    Mention,
)
from peelsearch.model.papers import TrackerRow
from peelsearch.model.quotations import Located
from peelsearch.render import words
from peelsearch.render.force import (
    finding_body,
    finding_facts,
    grade_words,
    place_words,
)
from peelsearch.render.register import addressee_words, also_words, deadline_words, repeat_words
from peelsearch.render.responses import state_words
from peelsearch.render.sheets import shown
from peelsearch.render.tracker import noted_words
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.judgment_grids import cell_tone
from peelsearch.webapp.paths import Paths

AGAIN = "The same words as above"


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Words with the link to where they stand. ``label`` says what they state, may be empty.

    ``quoted`` where they are the document's own, from the first to the last.
    """

    label: str
    words: str
    quoted: bool
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class GradeView:
    """A theme or pillar with its grade and the words that state it."""

    label: str
    pillar: bool
    text: str
    tone: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """A line: its name, facts about it, the words, then notes and the other places."""

    name: str
    facts: tuple[str, ...]
    said: tuple[PlaceView, ...]
    deadline: str = ""
    noted: str = ""
    repeat: str = ""
    also: tuple[PlaceView, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes the lines of one sheet."""

    sheet: ForceSheet
    vocabulary: Vocabulary
    paths: Paths
    noted: Mapping[str, TrackerRow]

    def grade(self, one: ForceGrade) -> GradeView:
        """A cell. Several grades are shown with the words of each, one grade with its first."""
        places = one.places if len(one.cell.grades) > 1 else one.places[:1]
        return GradeView(
            label=shown(one.cell.area.label),
            pillar=one.cell.area.pillar,
            text=grade_words(one, self.sheet, self.vocabulary),
            tone=cell_tone(one.cell, self.vocabulary),
            places=(
                *(self._graded(found, named=len(places) > 1) for found in places),
                *(self._place(place, label="Carried over") for place in one.carried),
            ),
        )

    def _graded(self, found: GradePlace, *, named: bool) -> PlaceView:
        label = self.vocabulary.label("grade", found.grade) if named else ""
        return self._place(found.place, label=label)

    def finding(self, one: ForceFinding) -> LineView:
        """A row of the register."""
        entry = one.entry
        others = zip(entry.also, one.places[1:], strict=True)
        return LineView(
            name=entry.reference,
            facts=finding_facts(entry, self.vocabulary),
            said=(self._place(one.places[0], words=finding_body(one)),),
            deadline=deadline_words(entry),
            noted=noted_words(self.noted.get(entry.id)),
            repeat=repeat_words(entry.repeat) if entry.repeat else "",
            also=tuple(
                self._place(located, words=also_words(entry, place)) for place, located in others
            ),
        )

    def replies(self, one: ForceLetter) -> Iterator[LineView]:
        """What a letter says to each ask. A reply to several is written out once."""
        before = None
        for ask, reply in zip(one.response.asks, one.replies, strict=True):
            said: tuple[PlaceView, ...] = ()
            if reply is not None:
                said = (self._place(reply, words=AGAIN if reply == before else ""),)
            to = addressee_words(ask.entry, self.vocabulary)
            facts = (state_words(ask, one.response), f"to {to}" if to else "")
            yield LineView(ask.entry.reference, tuple(filter(None, facts)), said)
            before = reply

    def published(self, one: ForceLetter) -> tuple[PlaceView, ...]:
        """The letter's words for when its report was published."""
        return (self._place(one.published),) if one.published else ()

    def mention(self, one: Mention) -> LineView:
        """A document that names the force, with the first words that do."""
        document = one.place.document
        facts = (
            words.date(document.date) or "no date stated",
            words.count(one.passages, "passage"),
        )
        return LineView(shown(document.title), facts, (self._place(one.place, titled=False),))

    def _place(
        self, place: Located, *, label: str = "", words: str = "", titled: bool = True
    ) -> PlaceView:
        return PlaceView(
            label,
            words or shown(place.said.quote),
            not words,
            place_words(place, title=titled, passage=False),
            self.paths.said(place.document, place.said),
        )
