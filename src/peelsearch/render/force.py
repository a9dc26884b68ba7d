"""A force's sheet as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peelsearch.model import NOT_STATED, Document
from peelsearch.model.force import (
    ForceFinding,
    ForceGrade,
    ForceLetter,
    ForceSheet,
    Mention,
)
from peelsearch.model.papers import Tracker, TrackerRow
from peelsearch.model.quotations import Located
from peelsearch.model.register import Entry
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.judgments import (
    cell_words,
    quotation_json,
    round_words,
    warning_json,
    warning_words,
)
from peelsearch.render.register import (
    addressee_words,
    also_words,
    body_words,
    deadline_words,
    entry_json,
    repeat_words,
    with_notes,
)
from peelsearch.render.responses import days_words, report_words, response_json, state_words
from peelsearch.render.sheets import shown
from peelsearch.render.style import Style
from peelsearch.render.tracker import noted_words, unjoined_json, unjoined_words
from peelsearch.vocabulary import Vocabulary

NOTHING = "No document of this corpus is about this force or mentions it."
GENERAL = "Asks to all forces, in documents about none of them"
NO_ROUND = "Grades of documents that state no round"
NOT_YET = "Not yet reported"
UNDATED = "Undated"
MENTIONING = "Other documents that mention it"

# --- JSON -------------------------------------------------------------------------------------


def force_json(sheet: ForceSheet, tracker: Tracker | None = None) -> dict[str, Any]:
    """Every line with the place of its words."""
    noted = tracker.noted if tracker else None
    return {
        "force": sheet.force,
        "round": sheet.round,
        "grades": [_grade_json(one) for one in sheet.grades],
        "pending": [_grade_json(one) for one in sheet.pending],
        "unplaced": [_grade_json(one) for one in sheet.unplaced],
        "earlier_rounds": list(sheet.earlier),
        "unreported_rounds": list(sheet.unreported),
        "asks": [_finding_json(one, noted) for one in sheet.asks],
        "general_asks": [_finding_json(one, noted) for one in sheet.general],
        "practices": [_finding_json(one, noted) for one in sheet.practices],
        "letters": [_letter_json(one) for one in sheet.letters],
        "law": sheet.law,
        "days": sheet.days,
        "documents": [document_json(document) for document in sheet.documents],
        "undated": [document_json(document) for document in sheet.undated],
        "mentions": [
            {"passages": one.passages, **_located_json(one.place)} for one in sheet.mentions
        ],
        "warnings": [warning_json(warning) for warning in sheet.warnings],
        "as_of": sheet.as_of,
        "fingerprint": sheet.fingerprint,
        **({"tracker": unjoined_json(tracker)} if tracker else {}),
    }


def _located_json(place: Located) -> dict[str, Any]:
    return {
        "document": document_json(place.document),
        "headings": list(place.headings),
        "page": place.page,
        **quotation_json(place.said),
    }


def _grade_json(one: ForceGrade) -> dict[str, Any]:
    return {
        "theme": one.cell.area.theme,
        "label": one.cell.area.label,
        "pillar": one.cell.area.pillar,
        "round": one.round,
        "state": one.cell.state,
        "grades": list(one.cell.grades),
        "places": [
            {
                "grade": found.grade,
                "evidence": found.evidence.value,
                **_located_json(found.place),
            }
            for found in one.places
        ],
        "carried_over": [_located_json(place) for place in one.carried],
    }


def _finding_json(one: ForceFinding, noted: Mapping[str, TrackerRow] | None) -> dict[str, Any]:
    found = {
        **entry_json(one.entry),
        "page": one.places[0].page,
        "places": [_located_json(place) for place in one.places],
    }
    return with_notes(found, one.entry, noted)


def _letter_json(one: ForceLetter) -> dict[str, Any]:
    found = response_json(one.response)
    for ask, reply in zip(found["asks"], one.replies, strict=True):
        ask["reply"] = _located_json(reply) if reply else None
    return {**found, "published_said": _located_json(one.published) if one.published else None}


# --- words ------------------------------------------------------------------------------------


def place_words(place: Located, *, title: bool = True, passage: bool = True) -> str:
    """Where words stand: document, the headings above them (not its title again), page, passage."""
    headings = place.headings
    if len(headings) > 1 and place.said.quote.startswith(headings[-1]):
        # Words that begin with their own heading stand under those before it.
        headings = headings[:-1]
    if title and headings[:1] == (place.document.title,):
        headings = headings[1:]
    parts = [
        shown(place.document.title) if title else "",
        " › ".join(map(shown, headings)),
        f"page {place.page}" if place.page else "",
        (place.said.passage or f"{place.document.id} {place.said.start}-{place.said.end}")
        if passage
        else "",
    ]
    return " · ".join(part for part in parts if part)


def grade_words(one: ForceGrade, sheet: ForceSheet, vocabulary: Vocabulary) -> str:
    """The grade, or that it is yet to be reported."""
    said = cell_words(one.cell, vocabulary)
    return f"{said}, pending" if one in sheet.pending else said


def pending_words(one: ForceGrade, sheet: ForceSheet, vocabulary: Vocabulary) -> str:
    """A theme that is not yet reported, and what is said of it."""
    return f"{shown(one.cell.area.label)}: {grade_words(one, sheet, vocabulary).lower()}"


def titled_findings(sheet: ForceSheet) -> tuple[tuple[str, tuple[ForceFinding, ...]], ...]:
    """Asks, asks to all and practices, each with the heading above them."""
    as_of = f"deadlines as of {words.date(sheet.as_of)}"
    return (
        (f"{words.count(len(sheet.asks), 'ask')}, {as_of}", sheet.asks),
        (f"{GENERAL}: {len(sheet.general)}", sheet.general),
        (words.count(len(sheet.practices), "practice"), sheet.practices),
    )


def letter_title(one: ForceLetter, vocabulary: Vocabulary) -> str:
    """The heading above a letter."""
    return f"Letter: {document_words(one.response.letter, vocabulary)}"


def finding_facts(entry: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What stands behind a finding's reference: its kind, theme and addressee."""
    theme = vocabulary.label("theme", entry.theme) if entry.theme != NOT_STATED else ""
    said = (vocabulary.label("kind", entry.kind), theme, addressee_words(entry, vocabulary))
    return tuple(filter(None, said))


def document_words(document: Document, vocabulary: Vocabulary) -> str:
    """A document with its type, date and round."""
    said = [
        shown(document.title),
        vocabulary.label("type", document.type),
        words.date(document.date) or "no date stated",
        round_words(document.round or NOT_STATED, vocabulary),
    ]
    return " · ".join(said)


def missing_words(sheet: ForceSheet, vocabulary: Vocabulary) -> Iterator[str]:
    """Rounds of which the corpus holds no report of the force."""
    for name in sheet.unreported:
        yield f"No report in this corpus: {round_words(name, vocabulary)}"


def earlier_words(sheet: ForceSheet, vocabulary: Vocabulary) -> str:
    """Which rounds were reported before; empty for none."""
    if not sheet.earlier:
        return ""
    names = earlier_rounds(sheet, vocabulary)
    return f"Grades of earlier rounds: {names} (peelsearch judgments --force {sheet.force})"


def earlier_rounds(sheet: ForceSheet, vocabulary: Vocabulary) -> str:
    """The names of the rounds that were reported before; empty for none."""
    return ", ".join(round_words(name, vocabulary) for name in sheet.earlier)


def mention_words(one: Mention) -> str:
    """The document, how often it names the force, and its first words."""
    date = words.date(one.place.document.date) or "no date stated"
    return f"{shown(one.place.document.title)} · {date} · {words.count(one.passages, 'passage')}"


# --- text -------------------------------------------------------------------------------------


def force_text(
    sheet: ForceSheet, style: Style, vocabulary: Vocabulary, tracker: Tracker | None = None
) -> str:
    """A block for each part that has lines, each line with its place."""
    lines = [style.bold(vocabulary.label("force", sheet.force))]
    if sheet.empty:
        lines += ["", NOTHING]
    lines += [style.wrap(f"Note: {warning_words(found)}", "") for found in sheet.warnings]
    lines += [style.wrap(f"Note: {said}", "") for said in unjoined_words(tracker)]
    for title, body in _parts(sheet, style, vocabulary, tracker.noted if tracker else {}):
        if body:
            lines += ["", style.bold(title), *body]
    lines += ["", style.dim(f"Made of: {sheet.fingerprint}")]
    return "\n".join(lines) + "\n"


def _parts(
    sheet: ForceSheet, style: Style, vocabulary: Vocabulary, noted: Mapping[str, TrackerRow]
) -> Iterator[tuple[str, list[str]]]:
    name = round_words(sheet.round or NOT_STATED, vocabulary)
    grades = list(_grade_lines(sheet.grades, sheet, style, vocabulary))
    if earlier := earlier_words(sheet, vocabulary):
        grades.append(style.wrap(earlier, "  "))
    yield f"Grades, {name}", grades
    unplaced = _grade_lines(sheet.unplaced, sheet, style, vocabulary)
    yield NO_ROUND, list(unplaced)
    missing = [pending_words(one, sheet, vocabulary) for one in sheet.pending]
    missing += missing_words(sheet, vocabulary)
    yield NOT_YET, [style.wrap(line, "  ") for line in missing]
    for title, found in titled_findings(sheet):
        lines = (_finding_lines(one, style, vocabulary, noted) for one in found)
        yield title, [line for finding in lines for line in finding]
    for letter in sheet.letters:
        yield letter_title(letter, vocabulary), list(_letter_lines(letter, sheet, style))
    held = [style.wrap(document_words(one, vocabulary), "  ") for one in sheet.documents]
    yield words.count(len(held), "document"), held
    undated = [style.wrap(document_words(one, vocabulary), "  ") for one in sheet.undated]
    yield UNDATED, undated
    mentioned = [line for one in sheet.mentions for line in _mention_lines(one, style)]
    yield MENTIONING, mentioned


def _grade_lines(
    grades: Sequence[ForceGrade], sheet: ForceSheet, style: Style, vocabulary: Vocabulary
) -> Iterator[str]:
    for one in grades:
        said = style.bold(grade_words(one, sheet, vocabulary))
        yield style.wrap(f"{shown(one.cell.area.label)}: {said}", "  ")
        for found in one.places if len(one.cell.grades) > 1 else one.places[:1]:
            yield style.wrap(f"“{shown(found.place.said.quote)}”", "    ")
            yield style.wrap(style.dim(place_words(found.place, title=False)), "    ")
        for place in one.carried:
            yield style.wrap(f"Carried over: “{shown(place.said.quote)}”", "    ")


def _finding_lines(
    one: ForceFinding, style: Style, vocabulary: Vocabulary, noted: Mapping[str, TrackerRow]
) -> Iterator[str]:
    entry = one.entry
    yield style.wrap(" · ".join((entry.reference, *finding_facts(entry, vocabulary))), "  ")
    yield style.wrap(finding_body(one), "    ")
    if entry.place.deadline is not None:
        yield style.wrap(f"Deadline {deadline_words(entry)}", "    ")
    if entry.repeat is not None:
        yield style.wrap(repeat_words(entry.repeat), "    ")
    yield style.wrap(style.dim(place_words(one.places[0], title=False)), "    ")
    for place in entry.also:
        yield style.wrap(f"Also in {also_words(entry, place)} ({place.said.passage})", "    ")
    if notes := noted_words(noted.get(entry.id)):
        yield style.wrap(f"Tracker: {notes}", "    ")


def finding_body(one: ForceFinding) -> str:
    """The headline, or all words where that is no more than a label."""
    return body_words(one.entry)


def _letter_lines(one: ForceLetter, sheet: ForceSheet, style: Style) -> Iterator[str]:
    yield style.wrap(f"Answers: {report_words(one.response)}", "  ")
    yield style.wrap(days_words(one.response, sheet.days, sheet.law), "  ")
    before = None
    for ask, reply in zip(one.response.asks, one.replies, strict=True):
        yield style.wrap(f"{ask.entry.reference}: {state_words(ask, one.response)}", "  - ")
        if reply is not None and reply != before:
            yield style.wrap(f"“{shown(reply.said.quote)}”", "    ")
            yield style.wrap(style.dim(place_words(reply, title=False)), "    ")
        before = reply


def _mention_lines(one: Mention, style: Style) -> Iterator[str]:
    yield style.wrap(mention_words(one), "  ")
    yield style.wrap(f"“{shown(one.place.said.quote)}”", "    ")
    yield style.wrap(style.dim(place_words(one.place, title=False)), "    ")
