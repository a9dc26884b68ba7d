"""The register of findings as JSON, text and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peelsearch.extracts.addressees import NOBODY
from peelsearch.model import NOT_STATED, Source
from peelsearch.model.papers import Tracker, TrackerRow
from peelsearch.model.register import (
    DeadlineState,
    DueDate,
    Entry,
    Expectation,
    Outcome,
    Place,
    Register,
    Repeat,
)
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.judgments import hint_json, hint_words, quotation_json, undated_note
from peelsearch.render.sheets import shown
from peelsearch.render.style import Style
from peelsearch.render.tracker import noted_json, noted_words, unjoined_json, unjoined_words
from peelsearch.vocabulary import Vocabulary

STATES = {
    DeadlineState.UNRESOLVED: "deadline unresolved",
    DeadlineState.AHEAD: "date ahead",
    DeadlineState.MAY_HAVE_PASSED: "date may have passed, completion not known",
    DeadlineState.PASSED: "date passed, completion not known",
    DeadlineState.NONE: "no date stated",
}
SOURCES = {Source.ORIGINAL: "original", Source.QUOTED: "quoted"}
OUTCOMES = {
    Outcome.NOT_IMPROVED: "says: not improved",
    Outcome.ADDRESSED: "says: addressed",
    Outcome.NOT_SAID: "does not say what became of it",
}

# --- JSON -------------------------------------------------------------------------------------


def register_json(register: Register, tracker: Tracker | None = None) -> dict[str, Any]:
    """The findings, with what is noted of them, and apart from them the other expectations."""
    noted = tracker.noted if tracker else None
    return {
        "entries": [with_notes(entry_json(e), e, noted) for e in register.entries],
        "total": len(register.entries),
        "expectations": [_expectation_json(one) for one in register.expectations],
        "as_of": register.as_of,
        "undated": register.undated,
        "hints": [hint_json(hint) for hint in register.hints],
        "fingerprint": register.fingerprint,
        **({"tracker": unjoined_json(tracker)} if tracker else {}),
    }


def with_notes(
    found: dict[str, Any], entry: Entry, noted: Mapping[str, TrackerRow] | None
) -> dict[str, Any]:
    """A finding's object with what is noted of it; as it is where there is no tracker."""
    return found if noted is None else {**found, "tracker": noted_json(noted.get(entry.id))}


def entry_json(entry: Entry) -> dict[str, Any]:
    """A finding with its places."""
    place = entry.place
    return {
        "id": entry.id,
        "reference": entry.reference,
        "kind": entry.kind,
        "number": entry.number,
        "source": place.source.value,
        "force": list(entry.force) or [NOT_STATED],
        "theme": entry.theme,
        "grade": entry.grade,
        "addressee": list(entry.addressee),
        "headline": entry.headline,
        "quote": place.said.quote,
        "deadline": _deadline_json(place.deadline),
        "deadline_state": entry.state.value,
        "repeat": _repeat_json(entry.repeat),
        "document": document_json(place.document),
        "headings": list(place.headings),
        "start": place.said.start,
        "end": place.said.end,
        "also": [_place_json(other) for other in entry.also],
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "document": document_json(place.document),
        "source": place.source.value,
        "force": list(place.force) or [NOT_STATED],
        "headings": list(place.headings),
        "deadline": _deadline_json(place.deadline),
        **quotation_json(place.said),
    }


def _deadline_json(deadline: DueDate | None) -> dict[str, Any] | None:
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "date": deadline.date,
        "earliest": deadline.earliest,
        "basis": deadline.basis,
        "hint": deadline.hint,
        "start": deadline.start,
        "end": deadline.end,
    }


def _repeat_json(repeat: Repeat | None) -> dict[str, Any] | None:
    if repeat is None:
        return None
    outcome = repeat.outcome_said
    return {
        **quotation_json(repeat.said),
        "outcome": repeat.outcome.value,
        "outcome_said": quotation_json(outcome) if outcome else None,
    }


def _expectation_json(one: Expectation) -> dict[str, Any]:
    return {
        "force": list(one.force),
        "theme": one.theme,
        "grade": one.grade,
        "document": document_json(one.document),
        "headings": list(one.headings),
        "heading": one.heading,
        **quotation_json(one.said),
        "repeat": _repeat_json(one.repeat),
    }


# --- words ------------------------------------------------------------------------------------


def addressee_words(entry: Entry, vocabulary: Vocabulary) -> str:
    """Whom a finding asks; empty for what asks nobody."""
    if entry.addressee == (NOBODY,):
        return ""
    return ", ".join(addressee_label(name, vocabulary) for name in entry.addressee)


def addressee_label(name: str, vocabulary: Vocabulary) -> str:
    """What people call an addressee."""
    known = vocabulary.addressee.get(name)
    if known is not None:
        return known.label
    return "Addressee not stated" if name == NOT_STATED else vocabulary.label("force", name)


def is_bare(entry: Entry) -> bool:
    """Whether the headline is no more than a name with a number ("Recommendation 6")."""
    return bool(entry.number) and len(shown(entry.headline).split()) < 4


def body_words(entry: Entry) -> str:
    """The headline, or all words where that is no more than a label."""
    return shown(entry.place.said.quote if is_bare(entry) else entry.headline)


def deadline_words(entry: Entry) -> str:
    """The deadline with its date, what that rests on, and how it stands; empty without one."""
    return _deadline_words(entry, f"; {STATES[entry.state]}")


def due_words(entry: Entry) -> str:
    """The same without how it stands, for papers that outlive the day."""
    return _deadline_words(entry, "")


def _deadline_words(entry: Entry, state: str) -> str:
    deadline = entry.place.deadline
    if deadline is None:
        return ""
    date = ""
    if deadline.date is not None:
        between = f"{words.date(deadline.earliest)} to " * (deadline.earliest != deadline.date)
        date = f": {between}{words.date(deadline.date)}"
    said = f"“{shown(deadline.text)}”{date}{state}. {deadline.basis}"
    return f"{said} {deadline.hint[:1].upper()}{deadline.hint[1:]}.".removesuffix(" .")


def also_words(entry: Entry, place: Place) -> str:
    """Another document with the same words; with its deadline where it writes another."""
    title = shown(place.document.title)
    own, other = entry.place.deadline, place.deadline
    if other is None or (own is not None and own.text == other.text):
        return title
    return f"{title}, which writes “{shown(other.text)}”"


def repeat_words(repeat: Repeat) -> str:
    """The sentence that this was asked for before, and what it says became of it."""
    return f"Asked before: “{shown(repeat.said.quote)}” ({OUTCOMES[repeat.outcome]})"


# --- text -------------------------------------------------------------------------------------


def register_text(
    register: Register, style: Style, vocabulary: Vocabulary, tracker: Tracker | None = None
) -> str:
    """A paragraph for each finding, then how many other expectations there are."""
    lines = [
        style.bold(words.count(len(register.entries), "finding") + f", {as_of_words(register)}")
    ]
    if register.undated:
        lines.append(undated_note(register.undated))
    lines += [style.wrap(f"Note: {hint_words(hint, vocabulary)}", "") for hint in register.hints]
    lines += [style.wrap(f"Note: {said}", "") for said in unjoined_words(tracker)]
    noted = tracker.noted if tracker else {}
    for entry in register.entries:
        lines += ["", *_entry_text(entry, style, vocabulary, noted.get(entry.id))]
    if register.expectations:
        count = words.count(len(register.expectations), "other expectation")
        lines += ["", f"{count} outside these findings: --expectations lists them."]
    lines += ["", style.dim(f"Made of: {register.fingerprint}")]
    return "\n".join(lines) + "\n"


def as_of_words(register: Register) -> str:
    """The day that deadlines are held to."""
    return f"deadlines as of {words.date(register.as_of)}"


def _entry_text(
    entry: Entry, style: Style, vocabulary: Vocabulary, noted: TrackerRow | None
) -> Iterator[str]:
    yield style.bold(entry.reference) + f" · {vocabulary.label('kind', entry.kind)}"
    said = [
        vocabulary.label("theme", entry.theme) if entry.theme != NOT_STATED else "",
        words.graded(entry.grade, vocabulary),
        addressee_words(entry, vocabulary),
        "quoted in a letter" if entry.place.source.value == "quoted" else "",
    ]
    yield style.wrap(" · ".join(part for part in said if part), "  ")
    yield style.wrap(body_words(entry), "  ")
    if entry.place.deadline is not None:
        yield style.wrap(f"Deadline {deadline_words(entry)}", "  ")
    if entry.repeat is not None:
        yield style.wrap(repeat_words(entry.repeat), "  ")
    for place in entry.also:
        yield style.wrap(f"Also in {also_words(entry, place)} ({place.said.passage})", "  ")
    if notes := noted_words(noted):
        yield style.wrap(f"Tracker: {notes}", "  ")
    yield style.dim(f"  {entry.id}")


def expectations_text(register: Register, style: Style, vocabulary: Vocabulary) -> str:
    """What reports expect of a force outside their findings."""
    lines = [style.bold(words.count(len(register.expectations), "other expectation"))]
    for one in register.expectations:
        force = ", ".join(vocabulary.label("force", force) for force in one.force)
        where = [force, shown(one.document.title), *map(shown, one.headings)]
        lines += ["", style.wrap(f"“{shown(one.said.quote)}”", "")]
        lines.append(style.wrap(" › ".join(where), "  "))
        if one.repeat is not None:
            lines.append(style.wrap(repeat_words(one.repeat), "  "))
        lines.append(style.dim(f"  {one.said.passage}"))
    lines += ["", style.dim(f"Made of: {register.fingerprint}")]
    return "\n".join(lines) + "\n"
