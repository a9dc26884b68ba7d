"""A force's sheet as tables for spreadsheets and papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from peelsearch.model import NOT_STATED, Document
from peelsearch.model.force import ForceFinding, ForceGrade, ForceLetter, ForceSheet
from peelsearch.model.papers import Tracker, TrackerRow
from peelsearch.model.quotations import Located
from peelsearch.render import words
from peelsearch.render.force import (
    GENERAL,
    MENTIONING,
    NO_ROUND,
    NOT_YET,
    NOTHING,
    UNDATED,
    earlier_words,
    grade_words,
    letter_title,
    missing_words,
    place_words,
)
from peelsearch.render.judgments import round_words, warning_words
from peelsearch.render.register import addressee_words, also_words, deadline_words
from peelsearch.render.responses import days_words, report_words, state_words
from peelsearch.render.sheets import Export, Sheet, Value, shown
from peelsearch.render.tracker import (
    TRACKER_COLUMNS,
    noted_cells,
    noted_literal,
    unjoined_words,
)
from peelsearch.vocabulary import Vocabulary

COLUMNS = (
    "part",
    "what",
    "kind",
    "theme",
    "state",
    "grade",
    "addressee",
    "deadline_text",
    "deadline_earliest",
    "deadline_date",
    "deadline_basis",
    "quote",
    "round",
    "date",
    "document",
    "title",
    "headings",
    "page",
    "passage",
    "start",
    "end",
    "also",
)
_ALL = (*COLUMNS, *TRACKER_COLUMNS)
_Row = tuple[Value, ...]

# --- one table --------------------------------------------------------------------------------


def force_csv_sheet(
    sheet: ForceSheet, vocabulary: Vocabulary, tracker: Tracker | None = None
) -> Sheet:
    """Every line of every part as one table; ``part`` tells them apart."""
    columns = _ALL if tracker else COLUMNS
    rows = _rows(sheet, vocabulary, tracker.noted if tracker else {})
    return Sheet(
        vocabulary.label("force", sheet.force), columns, tuple(row[: len(columns)] for row in rows)
    )


def _rows(
    sheet: ForceSheet, vocabulary: Vocabulary, noted: Mapping[str, TrackerRow]
) -> Iterator[_Row]:
    for one in (*sheet.grades, *sheet.unplaced):
        yield _grade_row("pending" if one in sheet.pending else "grade", one)
    for name in sheet.unreported:
        yield _row("no report", round_words(name, vocabulary), round=name)
    for part, found in (
        ("ask", sheet.asks),
        ("ask to all forces", sheet.general),
        ("practice", sheet.practices),
    ):
        yield from (_finding_row(part, one, noted) for one in found)
    for letter in sheet.letters:
        yield from _letter_rows(letter)
    for document in sheet.documents:
        part = "undated document" if document in sheet.undated else "document"
        yield _row(part, document.title, kind=document.type, document=document)
    for mention in sheet.mentions:
        said = words.count(mention.passages, "passage")
        yield _row("mention", said, place=mention.place)


def _row(
    part: str,
    what: str,
    *,
    place: Located | None = None,
    document: Document | None = None,
    notes: TrackerRow | None = None,
    **values: Value,
) -> _Row:
    """A row of the table: a line's own values and where its words stand."""
    document = place.document if place else document
    if document is not None:
        values |= {
            "round": document.round or NOT_STATED,
            "date": document.date,
            "document": document.id,
            "title": document.title,
        }
    if place is not None:
        values |= {
            "quote": place.said.quote,
            "headings": " > ".join(place.headings),
            "page": place.page,
            "passage": place.said.passage,
            "start": place.said.start,
            "end": place.said.end,
        }
    values |= {"part": part, "what": what}
    values |= zip(TRACKER_COLUMNS, noted_cells(notes), strict=True)
    return tuple(values.get(name) for name in _ALL)


def _grade_row(part: str, one: ForceGrade) -> _Row:
    cell = one.cell
    return _row(
        part,
        cell.area.label,
        place=one.places[0].place if one.places else None,
        theme=cell.area.theme,
        state=cell.state,
        grade=" ".join(cell.grades),
        round=one.round,
        also=" · ".join(f"{found.grade}: {found.place.said.quote}" for found in one.places[1:]),
    )


def _finding_row(part: str, one: ForceFinding, noted: Mapping[str, TrackerRow]) -> _Row:
    entry, deadline = one.entry, one.entry.place.deadline
    return _row(
        part,
        entry.reference,
        place=one.places[0],
        kind=entry.kind,
        theme=entry.theme,
        state=entry.state.value if entry.ask else None,
        grade=entry.grade,
        addressee=" ".join(entry.addressee),
        deadline_text=deadline.text if deadline else None,
        deadline_earliest=deadline.earliest if deadline else None,
        deadline_date=deadline.date if deadline else None,
        deadline_basis=deadline.basis if deadline else None,
        also=" ".join(place.said.passage for place in one.places[1:]),
        notes=noted.get(entry.id),
    )


def _letter_rows(one: ForceLetter) -> Iterator[_Row]:
    """The letter and its report, then what it says to each ask."""
    response = one.response
    said = one.published
    yield _row(
        "letter", report_words(response), place=said, document=response.letter, kind="letter"
    )
    for ask, reply in zip(response.asks, one.replies, strict=True):
        yield _row(
            "reply",
            ask.entry.reference,
            place=reply,
            document=response.letter,
            kind=ask.entry.kind,
            state=ask.state.value,
            addressee=" ".join(ask.entry.addressee),
        )


# --- tables to read ---------------------------------------------------------------------------


def force_export(
    sheet: ForceSheet, vocabulary: Vocabulary, tracker: Tracker | None = None
) -> Export:
    """A table for each part that has lines."""
    notes = [NOTHING] if sheet.empty else []
    notes += [warning_words(warning) for warning in sheet.warnings]
    notes += unjoined_words(tracker)
    notes.append(f"Deadlines as of {words.date(sheet.as_of)}.")
    sheets = (
        *_grade_sheets(sheet, vocabulary),
        _findings("Asks", sheet.asks, vocabulary, tracker),
        _findings(GENERAL, sheet.general, vocabulary, tracker),
        _findings("Practices", sheet.practices, vocabulary, tracker),
        *(_letter_sheet(one, sheet, vocabulary) for one in sheet.letters),
        *_document_sheets(sheet, vocabulary),
    )
    return Export(
        vocabulary.label("force", sheet.force),
        tuple(notes),
        tuple(one for one in sheets if one.rows or one.notes),
        sheet.fingerprint,
    )


def _grade_sheets(sheet: ForceSheet, vocabulary: Vocabulary) -> Iterator[Sheet]:
    columns = ("Area", "Grade", "Words", "Place")
    earlier = tuple(filter(None, (earlier_words(sheet, vocabulary),)))
    if sheet.round is not None:
        title = f"Grades, {round_words(sheet.round, vocabulary)}"
        yield Sheet(title, columns, _grades(sheet.grades, sheet, vocabulary), earlier)
    yield Sheet(NO_ROUND, columns, _grades(sheet.unplaced, sheet, vocabulary))
    yield Sheet(
        NOT_YET,
        columns,
        _grades(sheet.pending, sheet, vocabulary),
        tuple(missing_words(sheet, vocabulary)),
    )


def _grades(
    grades: Iterable[ForceGrade], sheet: ForceSheet, vocabulary: Vocabulary
) -> tuple[_Row, ...]:
    """A row for each area; both places where two grades are stated."""
    rows = []
    for one in grades:
        places = [found.place for found in one.places]
        places = places if len(one.cell.grades) > 1 else places[:1]
        rows.append(
            (
                one.cell.area.label,
                grade_words(one, sheet, vocabulary),
                " / ".join(shown(place.said.quote) for place in (*places, *one.carried)),
                " / ".join(place_words(place) for place in places),
            )
        )
    return tuple(rows)


def _findings(
    title: str,
    found: Iterable[ForceFinding],
    vocabulary: Vocabulary,
    tracker: Tracker | None,
) -> Sheet:
    columns = ("Reference", "Kind", "Theme", "To", "Words", "Deadline", "Place")
    noted = tracker.noted if tracker else {}
    rows = tuple(
        (
            one.entry.reference,
            vocabulary.label("kind", one.entry.kind),
            vocabulary.label("theme", one.entry.theme),
            addressee_words(one.entry, vocabulary),
            one.entry.place.said.quote,
            deadline_words(one.entry),
            "; also in ".join(
                (
                    place_words(one.places[0]),
                    *(also_words(one.entry, other) for other in one.entry.also),
                )
            ),
            *((noted_literal(noted.get(one.entry.id)),) if tracker else ()),
        )
        for one in found
    )
    return Sheet(title, (*columns, *(("Tracker",) if tracker else ())), rows)


def _letter_sheet(one: ForceLetter, sheet: ForceSheet, vocabulary: Vocabulary) -> Sheet:
    response = one.response
    rows = tuple(
        (
            ask.entry.reference,
            addressee_words(ask.entry, vocabulary),
            state_words(ask, response),
            reply.said.quote if reply else None,
            place_words(reply, title=False) if reply else None,
        )
        for ask, reply in zip(response.asks, one.replies, strict=True)
    )
    return Sheet(
        letter_title(one, vocabulary),
        ("Ask", "To", "State", "Words of the letter", "Place"),
        rows,
        (f"Answers: {report_words(response)}", days_words(response, sheet.days, sheet.law)),
    )


def _document_sheets(sheet: ForceSheet, vocabulary: Vocabulary) -> Iterator[Sheet]:
    columns = ("Title", "Type", "Date", "Round", "Id")
    for title, documents in (("Documents", sheet.documents), (UNDATED, sheet.undated)):
        rows = tuple(
            (
                one.title,
                vocabulary.label("type", one.type),
                words.date(one.date) or "No date stated",
                round_words(one.round or NOT_STATED, vocabulary),
                one.id,
            )
            for one in documents
        )
        yield Sheet(title, columns, rows)
    yield Sheet(
        MENTIONING,
        ("Title", "Date", "Passages", "Words", "Place"),
        tuple(
            (
                one.place.document.title,
                words.date(one.place.document.date) or "No date stated",
                one.passages,
                one.place.said.quote,
                place_words(one.place, title=False),
            )
            for one in sheet.mentions
        ),
    )
