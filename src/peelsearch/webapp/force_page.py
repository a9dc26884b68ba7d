"""What the documents say of one force, as one page that can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from peelsearch.errors import NoSuchPageError, UnknownValueError
from peelsearch.forces import force_sheet
from peelsearch.model import NOT_STATED, Document
from peelsearch.model.force import ForceLetter, ForceSheet
from peelsearch.render import words
from peelsearch.render.force import (
    MENTIONING,
    NO_ROUND,
    NOT_YET,
    NOTHING,
    UNDATED,
    earlier_rounds,
    force_json,
    letter_title,
    missing_words,
    pending_words,
    titled_findings,
)
from peelsearch.render.force_tables import force_csv_sheet, force_export
from peelsearch.render.judgments import round_words
from peelsearch.render.responses import days_words, report_words
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.force_lines import GradeView, Lines, LineView, PlaceView
from peelsearch.webapp.judgment_grids import SaidView, warning_view
from peelsearch.webapp.notes import Noted
from peelsearch.webapp.paths import FORCES, Paths, force_address
from peelsearch.webapp.table_form import AS_OF, TableForm, table_form
from peelsearch.webapp.tables import Asked, Table, TablePage

# No name of a force is longer; what an address holds may be.
MAX_NAME = 100
KNOWN_FORCES = "Coverage lists the forces that documents are about."


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document about the force."""

    title: str
    href: str
    type: str
    date: str
    round: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the page under its heading; it has grades, lines, documents or notes alone.

    ``short`` is what the list of parts calls it. ``said`` are words that stand before its lines.
    """

    id: str
    short: str
    title: str
    notes: tuple[str, ...] = ()
    said: tuple[PlaceView, ...] = ()
    grades: tuple[GradeView, ...] = ()
    lines: tuple[LineView, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    earlier: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.notes or self.grades or self.lines or self.documents or self.earlier)


@dataclass(frozen=True, slots=True)
class ForceView:
    """The page. ``nothing`` says that no document speaks of the force, empty where one does.

    ``earlier`` is the address of the judgments of all rounds; ``noted`` is said of people's notes.
    """

    form: TableForm
    force: str
    nothing: str
    warnings: tuple[SaidView, ...]
    noted: tuple[str, ...]
    parts: tuple[PartView, ...]
    earlier: str
    fingerprint: str


def make(asked: Asked) -> Table:
    """The sheet of the force that the path names, as of the day that the address states."""
    vocabulary, force = asked.vocabulary, asked.identifier
    as_of = asked.state.day(AS_OF[0])
    sheet = force_sheet(asked.corpus, vocabulary, asked.memory, force, as_of)
    noted = asked.noted()
    tracker = noted.tracker
    return Table(
        view=lambda: force_view(sheet, asked, noted),
        json=lambda: force_json(sheet, tracker),
        sheet=lambda: force_csv_sheet(sheet, vocabulary, tracker),
        export=lambda: force_export(sheet, vocabulary, tracker),
        fingerprint=sheet.fingerprint,
    )


def named(vocabulary: Vocabulary, typed: str) -> str:
    """The id of the force that is called so. Raises NoSuchPageError with the nearest ones."""
    typed = " ".join(typed.split())[:MAX_NAME]
    try:
        found = vocabulary.resolve("force", typed)[0]
    except UnknownValueError as error:
        near = [name for name in error.suggestions if name in vocabulary.force]
        raise NoSuchPageError(
            error.message,
            hint=error.hint if near else KNOWN_FORCES,
            near=tuple((vocabulary.label("force", name), force_address(name)) for name in near),
        ) from None
    if found == NOT_STATED:
        raise NoSuchPageError(f'"{typed}" is no force.', hint=KNOWN_FORCES)
    return found


PAGE = TablePage(FORCES, "force.html", (AS_OF[0],), make, named)


def force_view(sheet: ForceSheet, asked: Asked, noted: Noted) -> ForceView:
    """The page in words and links, without the parts that have nothing to say."""
    judgments = urlencode({"force": sheet.force})
    rows = noted.tracker.noted if noted.tracker else {}
    lines = Lines(sheet, asked.vocabulary, asked.paths, rows)
    return ForceView(
        form=table_form(asked, asked.state, (), (), (AS_OF,)),
        force=asked.vocabulary.label("force", sheet.force),
        nothing=NOTHING if sheet.empty else "",
        warnings=tuple(warning_view(warning, asked.paths) for warning in sheet.warnings),
        noted=noted.said,
        parts=tuple(part for part in _parts(lines) if not part.empty),
        earlier=f"{asked.paths.table('judgments')}?{judgments}",
        fingerprint=sheet.fingerprint,
    )


def _parts(lines: Lines) -> Iterator[PartView]:
    sheet, vocabulary, paths = lines.sheet, lines.vocabulary, lines.paths
    yield PartView(
        "grades",
        "Grades",
        f"Grades, {round_words(sheet.round or NOT_STATED, vocabulary)}",
        grades=tuple(map(lines.grade, sheet.grades)),
        earlier=earlier_rounds(sheet, vocabulary),
    )
    yield PartView(
        "no-round", "No round stated", NO_ROUND, grades=tuple(map(lines.grade, sheet.unplaced))
    )
    missing = [pending_words(one, sheet, vocabulary) for one in sheet.pending]
    missing += missing_words(sheet, vocabulary)
    yield PartView("not-yet", NOT_YET, NOT_YET, notes=tuple(missing))
    names = (("asks", "Asks"), ("all-forces", "Asks to all forces"), ("practices", "Practices"))
    for (name, short), (title, found) in zip(names, titled_findings(sheet), strict=True):
        yield PartView(name, short, title, lines=tuple(map(lines.finding, found)))
    for number, letter in enumerate(sheet.letters, 1):
        yield _letter(letter, number, lines)
    for name, short, title, documents in (
        (
            "documents",
            "Documents",
            words.count(len(sheet.documents), "document"),
            sheet.documents,
        ),
        ("undated", UNDATED, UNDATED, sheet.undated),
    ):
        listed = tuple(_document(one, vocabulary, paths) for one in documents)
        yield PartView(name, short, title, documents=listed)
    yield PartView(
        "mentions", "Mentions", MENTIONING, lines=tuple(map(lines.mention, sheet.mentions))
    )


def _letter(one: ForceLetter, number: int, lines: Lines) -> PartView:
    response, sheet = one.response, lines.sheet
    return PartView(
        f"letter-{number}",
        f"Letter of {words.date(response.letter.date)}" if response.letter.date else "Letter",
        letter_title(one, lines.vocabulary),
        notes=(
            f"Answers: {report_words(response)}",
            days_words(response, sheet.days, sheet.law),
        ),
        said=lines.published(one),
        lines=tuple(lines.replies(one)),
    )


def _document(one: Document, vocabulary: Vocabulary, paths: Paths) -> DocumentLine:
    return DocumentLine(
        shown(one.title),
        paths.document(one.id),
        vocabulary.label("type", one.type),
        words.date(one.date) or "No date stated",
        round_words(one.round or NOT_STATED, vocabulary),
    )
