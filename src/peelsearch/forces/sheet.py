"""A force's sheet put together from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory, quotes_others
from peelsearch.forces.mentions import mentions
from peelsearch.forces.places import Places
from peelsearch.judgments import JudgmentOptions, comparison_warnings, judgments
from peelsearch.model import NOT_STATED, REPORTED_SEPARATELY, Document, Evidence
from peelsearch.model.force import ForceFinding, ForceGrade, ForceLetter, ForceSheet, GradePlace
from peelsearch.model.judgments import Cell, JudgmentRow, Matrix
from peelsearch.model.quotations import Located, Quotation
from peelsearch.model.register import Entry
from peelsearch.model.responses import Response
from peelsearch.register import RegisterOptions, register, responses
from peelsearch.vocabulary import Vocabulary

# Whom an ask must name so that it is everybody's.
_EVERYBODY = frozenset(("all-forces", "chief-constables", "commissioners"))


def force_sheet(
    corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory, force: str, as_of: str
) -> ForceSheet:
    """What the corpus says of a force (its id); deadlines are held to ``as_of``, an ISO day."""
    places = Places(corpus)
    options = JudgmentOptions(filters=(("force", (force,)),))
    matrix = judgments(corpus, vocabulary, memory, options)
    reported = _reported(matrix)
    newest = _newest(matrix, reported)
    grades = _grades(matrix, newest, places)
    unplaced = _grades(matrix, NOT_STATED, places)
    # Asks to all forces stand in documents that are about none.
    wanted = RegisterOptions(as_of, filters=(("force", (force, NOT_STATED)),))
    found = register(corpus, vocabulary, memory, wanted)
    own = [entry for entry in found.entries if force in (*entry.force, *entry.addressee)]
    letters = responses(corpus, vocabulary, memory, (force,))
    documents = _documents(corpus, force, vocabulary)
    shown = [newest or NOT_STATED, *([NOT_STATED] if unplaced else [])]
    return ForceSheet(
        force=force,
        round=newest,
        grades=grades,
        pending=tuple(_pending(grades, unplaced)),
        unplaced=unplaced,
        earlier=tuple(reported[reported.index(newest) + 1 :]) if newest else (),
        unreported=_unreported(matrix, corpus, vocabulary),
        asks=_findings((entry for entry in own if entry.ask), places),
        general=_findings((e for e in found.entries if _to_everybody(e) and e not in own), places),
        practices=_findings((entry for entry in own if not entry.ask), places),
        letters=tuple(_letter(one, places) for one in letters.responses),
        law=letters.law,
        days=letters.days,
        documents=documents,
        undated=tuple(document for document in documents if document.date is None),
        mentions=mentions(corpus, force, vocabulary),
        warnings=comparison_warnings(corpus, vocabulary, shown),
        as_of=as_of,
        fingerprint=found.fingerprint,
    )


def _reported(matrix: Matrix) -> list[str]:
    """The rounds of which there is a report, the newest first."""
    return [
        table.round
        for table in matrix.rounds
        if table.round != NOT_STATED and any(line.reported for line in table.lines)
    ]


def _newest(matrix: Matrix, reported: Sequence[str]) -> str | None:
    """The newest round with a judgment, for a document can be of a round and judge nothing."""
    judged = {row.document.round for row in matrix.rows}
    return next((name for name in reported if name in judged), next(iter(reported), None))


def _unreported(matrix: Matrix, corpus: Corpus, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The rounds that force reports of the corpus are of, without one of this force."""
    inspected = {
        found.document.round
        for found in corpus.manifest.documents
        if found.forces and not quotes_others(found.document, vocabulary)
    }
    reported = _reported(matrix)
    return tuple(
        table.round
        for table in matrix.rounds
        if table.round in inspected and table.round not in reported
    )


def _documents(corpus: Corpus, force: str, vocabulary: Vocabulary) -> tuple[Document, ...]:
    """All that is about the force: reports before letters, the newest first, undated last."""
    held = [found.document for found in corpus.manifest.documents if force in found.forces]
    held.sort(key=lambda document: document.date or "", reverse=True)
    held.sort(key=lambda document: quotes_others(document, vocabulary))
    return tuple(held)


# --- grades -----------------------------------------------------------------------------------


def _grades(matrix: Matrix, name: str | None, places: Places) -> tuple[ForceGrade, ...]:
    """The cells of a round with their words; of documents without a round only what they state."""
    return tuple(
        ForceGrade(cell, table.round, tuple(_stated(cell, places)), tuple(_carried(cell, places)))
        for table in matrix.rounds
        if table.round == name
        for line in table.lines
        for cell in line.cells
        if cell.rows or name != NOT_STATED
    )


def _stated(cell: Cell, places: Places) -> Iterable[GradePlace]:
    """Every place that states a grade of the cell, each once, the newest document first."""
    seen: set[tuple[str, int]] = set()
    for document, evidence, grade, said in (found for row in cell.rows for found in _places(row)):
        if (document.id, said.start) not in seen:
            seen.add((document.id, said.start))
            yield GradePlace(grade, evidence, places.located(document, said))


def _places(row: JudgmentRow) -> Iterable[tuple[Document, Evidence, str, Quotation]]:
    yield row.document, row.evidence, row.grade, row.said
    for other in row.also:
        yield other.document, other.evidence, other.grade, other.said


def _carried(cell: Cell, places: Places) -> Iterable[Located]:
    return (places.located(row.document, row.carried) for row in cell.rows if row.carried)


def _pending(grades: Sequence[ForceGrade], unplaced: Sequence[ForceGrade]) -> Iterable[ForceGrade]:
    """What the newest report leaves to another one that the corpus does not hold."""
    elsewhere = {one.cell.area.theme for one in unplaced if one.cell.state != REPORTED_SEPARATELY}
    return (
        one
        for one in grades
        if one.cell.state == REPORTED_SEPARATELY and one.cell.area.theme not in elsewhere
    )


# --- findings and letters ---------------------------------------------------------------------


def _to_everybody(entry: Entry) -> bool:
    """Whether it is an ask of a document about no force to all of them."""
    about_none = any(not place.force for place in entry.places)
    return entry.ask and about_none and not _EVERYBODY.isdisjoint(entry.addressee)


def _findings(entries: Iterable[Entry], places: Places) -> tuple[ForceFinding, ...]:
    return tuple(
        ForceFinding(
            entry,
            tuple(places.located(one.document, one.said, one.headings) for one in entry.places),
        )
        for entry in entries
    )


def _letter(response: Response, places: Places) -> ForceLetter:
    letter, said = response.letter, response.published_said
    return ForceLetter(
        response,
        places.located(letter, said) if said else None,
        tuple(places.located(letter, ask.said) if ask.said else None for ask in response.asks),
    )
