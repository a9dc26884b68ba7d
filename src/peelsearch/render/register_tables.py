"""The register of findings as tables for spreadsheets and papers."""

from __future__ import annotations

from peelsearch.model import NOT_STATED
from peelsearch.model.papers import Tracker
from peelsearch.model.register import Entry, Register
from peelsearch.render import words
from peelsearch.render.judgments import hint_words, undated_note
from peelsearch.render.register import (
    addressee_words,
    also_words,
    deadline_words,
    repeat_words,
)
from peelsearch.render.sheets import Export, Sheet, Value
from peelsearch.render.tracker import (
    TRACKER_COLUMNS,
    noted_cells,
    noted_literal,
    unjoined_words,
)
from peelsearch.vocabulary import Vocabulary

COLUMNS = (
    "id",
    "reference",
    "kind",
    "number",
    "source",
    "force",
    "theme",
    "theme_graded",
    "addressee",
    "headline",
    "quote",
    "deadline_text",
    "deadline_earliest",
    "deadline_date",
    "deadline_basis",
    "deadline_hint",
    "deadline_state",
    "repeat",
    "repeat_outcome",
    "round",
    "date",
    "document",
    "title",
    "headings",
    "start",
    "end",
    "also",
)
EXPECTATION_COLUMNS = (
    "force",
    "theme",
    "theme_graded",
    "quote",
    "round",
    "date",
    "document",
    "title",
    "headings",
    "start",
    "end",
)


def register_sheet(register: Register, tracker: Tracker | None = None) -> Sheet:
    """A row for each finding, with every field and what is noted of it."""
    if tracker is None:
        return Sheet("Findings", COLUMNS, tuple(_row(entry) for entry in register.entries))
    noted = tracker.noted
    rows = tuple((*_row(e), *noted_cells(noted.get(e.id))) for e in register.entries)
    return Sheet("Findings", (*COLUMNS, *TRACKER_COLUMNS), rows, unjoined_words(tracker))


def expectations_sheet(register: Register) -> Sheet:
    """A row for each other expectation."""
    rows = tuple(
        (
            " ".join(one.force),
            one.theme,
            one.grade,
            one.said.quote,
            one.document.round or NOT_STATED,
            one.document.date,
            one.document.id,
            one.document.title,
            " > ".join(one.headings),
            one.said.start,
            one.said.end,
        )
        for one in register.expectations
    )
    return Sheet("Other expectations", EXPECTATION_COLUMNS, rows)


def _row(entry: Entry) -> tuple[Value, ...]:
    place, deadline, repeat = entry.place, entry.place.deadline, entry.repeat
    due = (
        (deadline.text, deadline.earliest, deadline.date, deadline.basis, deadline.hint)
        if deadline
        else (None,) * 5
    )
    return (
        entry.id,
        entry.reference,
        entry.kind,
        entry.number,
        place.source.value,
        " ".join(entry.force) or NOT_STATED,
        entry.theme,
        entry.grade,
        " ".join(entry.addressee),
        entry.headline,
        place.said.quote,
        *due,
        entry.state.value,
        repeat.said.quote if repeat else None,
        repeat.outcome.value if repeat else None,
        place.document.round or NOT_STATED,
        place.document.date,
        place.document.id,
        place.document.title,
        " > ".join(place.headings),
        place.said.start,
        place.said.end,
        " ".join(other.said.passage for other in entry.also),
    )


def register_export(
    register: Register, vocabulary: Vocabulary, tracker: Tracker | None = None
) -> Export:
    """The findings for people to read, then the other expectations."""
    columns = (
        "Reference",
        "Kind",
        "Theme",
        "Graded",
        "To",
        "Words",
        "Deadline",
        "Repeat",
        "Also in",
        *(("Tracker",) if tracker else ()),
    )
    noted = tracker.noted if tracker else {}
    rows = tuple(
        (
            *_read_row(entry, vocabulary),
            *((noted_literal(noted.get(entry.id)),) if tracker else ()),
        )
        for entry in register.entries
    )
    notes = (
        f"Deadlines as of {words.date(register.as_of)}.",
        undated_note(register.undated),
        *(hint_words(hint, vocabulary) for hint in register.hints),
        *unjoined_words(tracker),
    )
    expected = Sheet(
        "Other expectations",
        ("Force", "Theme", "Words", "Document"),
        tuple(
            (
                ", ".join(vocabulary.label("force", force) for force in one.force),
                vocabulary.label("theme", one.theme),
                one.said.quote,
                one.document.title,
            )
            for one in register.expectations
        ),
        ("What reports say that a force should do, outside their findings; not counted there.",),
    )
    return Export(
        "Register of findings",
        tuple(note for note in notes if note),
        (Sheet("Findings", columns, rows), expected),
        register.fingerprint,
    )


def _read_row(entry: Entry, vocabulary: Vocabulary) -> tuple[Value, ...]:
    return (
        entry.reference,
        vocabulary.label("kind", entry.kind),
        vocabulary.label("theme", entry.theme),
        vocabulary.label("grade", entry.grade),
        addressee_words(entry, vocabulary),
        entry.place.said.quote,
        deadline_words(entry),
        repeat_words(entry.repeat) if entry.repeat else "",
        "; ".join(also_words(entry, place) for place in entry.also),
    )
