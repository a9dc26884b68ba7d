"""From a file to its structure: which reader, then the same rules for every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from peelsearch.documents.acronyms import read_acronyms
from peelsearch.documents.findings import read_findings
from peelsearch.documents.implicit import with_implicit_findings
from peelsearch.documents.judgments import read_judgments, read_prose_judgments
from peelsearch.documents.labels import (
    COMMISSIONER_LETTER,
    FORCE_REPORT,
    LETTER,
    PRESS_RELEASE,
    describe,
    document_type,
    press_release_mark,
)
from peelsearch.documents.letters import read_letter
from peelsearch.documents.outline import Reading
from peelsearch.documents.pdf import read_pdf
from peelsearch.documents.plain_text import read_plain_text
from peelsearch.documents.report import read_report
from peelsearch.documents.running import without_running_blocks
from peelsearch.documents.sections import build_parts
from peelsearch.documents.stated import stated_sources
from peelsearch.documents.tables import table_cells
from peelsearch.documents.units import read_units
from peelsearch.errors import ReadingError
from peelsearch.model import ExtractedText, Judgment, StructuredDocument
from peelsearch.vocabulary import Vocabulary

Reader = Callable[[bytes], ExtractedText]
"""Reads the bytes of a file. Raises ReadingError with the reason if it cannot."""

READERS: Mapping[str, Reader] = MappingProxyType({".pdf": read_pdf, ".txt": read_plain_text})
"""The reader for each suffix. After it nothing knows the format."""

CATALOGUE = "catalogue.toml"


def skip_reason(path: Path) -> str | None:
    """Why a file is no document, in words; None for one that is to be read."""
    if path.name.startswith("."):
        return "It is a hidden file."
    if path.stem.casefold() == "readme":
        return "It is a README file, about the folder and not a document in it."
    if path.name.casefold() == CATALOGUE:
        return "It is the catalogue, about the documents and not one of them."
    if path.suffix.casefold() not in READERS:
        known = ", ".join(READERS)
        kind = f"Files of type {path.suffix}" if path.suffix else "Files without a suffix"
        return f"{kind} are not read; what is read: {known}."
    return None


def read_document(path: Path, vocabulary: Vocabulary) -> StructuredDocument:
    """The structure of a file. Raises ReadingError with the reason if it cannot be read."""
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        raise ReadingError(skip_reason(path) or "Files of this type are not read.")
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadingError(f"The file cannot be opened: {reason}.") from error
    if not data:
        raise ReadingError("The file is empty.")
    extracted = reader(data)
    if not extracted.text.strip("\ufeff\u200b \t\r\n\f\v\u00a0\0"):
        raise ReadingError("There is nothing but white space in it.")
    return structure(extracted, vocabulary, name=path.name)


def structure(extracted: ExtractedText, vocabulary: Vocabulary, *, name: str) -> StructuredDocument:
    """What a text is and how it is built: description, sections, findings, judgments.

    ``name`` is the title of last resort. Raises ReadingError when there is nothing to index.
    """
    extracted = without_running_blocks(extracted, vocabulary)
    reading = Reading(
        read_units(extracted, stands_alone=lambda text: _stands_alone(text, vocabulary)), vocabulary
    )
    if not any(char.isalnum() for unit in reading.units for char in unit.text):
        raise ReadingError("There are no words in it to index.")
    metadata = dict(extracted.metadata)
    text = extracted.text
    kind = document_type(reading, metadata)
    _mark_sections(reading, kind)
    description = describe(reading, kind, metadata, text)
    entry = vocabulary.type.get(kind)
    quoting = entry is not None and entry.quoting
    cells = (
        ()
        if quoting
        else (
            *table_cells(text, reading.units, vocabulary),
            *stated_sources(text, reading.units, vocabulary),
        )
    )
    prose = _grade_press_release(reading, text) if kind == PRESS_RELEASE else ()
    parts = build_parts(
        text,
        reading.units,
        reading.marks,
        vocabulary,
        forces=description.forces,
        quoting=quoting,
        cells=cells,
    )
    sections = tuple(part.section for part in parts)
    judgments = read_judgments(text, parts, cells, vocabulary, forces=description.forces)
    return StructuredDocument(
        text=text,
        description=replace(description, title=description.title or name),
        sections=sections,
        findings=read_findings(text, sections, vocabulary, quoting=quoting),
        judgments=prose or (() if quoting else judgments),
        acronyms=read_acronyms(unit.text for unit in reading.units),
    )


def _stands_alone(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a paragraph without a stop is complete: a grade, a label, a theme."""
    if len(text) > 150:
        return False
    return bool(
        vocabulary.grade.named(text)
        or vocabulary.kind.headed(text)
        or vocabulary.theme.named(text)
        or vocabulary.known_heading(text)
    )


def _mark_sections(reading: Reading, kind: str) -> None:
    if kind in (LETTER, COMMISSIONER_LETTER):
        read_letter(reading)
    elif kind == PRESS_RELEASE:
        reading.add(press_release_mark(reading))
    else:
        read_report(reading, headed_by_form=kind != FORCE_REPORT)
        reading.marks = with_implicit_findings(reading)


def _grade_press_release(reading: Reading, text: str) -> tuple[Judgment, ...]:
    """The judgments of a press release. One that gives a single one is about it as a whole."""
    judgments = read_prose_judgments(text, reading.units, reading.vocabulary)
    if len(judgments) == 1:
        judged = judgments[0]
        reading.marks[0] = replace(reading.marks[0], theme=judged.theme, grade=judged.grade)
    return judgments
