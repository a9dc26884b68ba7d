"""From a file to its structure: which reader, then the same rules for every format."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from peelsearch.documents.acronyms import read_acronyms
from peelsearch.documents.basis import read_basis
from peelsearch.documents.catalogue import CATALOGUE, from_front_matter, joined
from peelsearch.documents.findings import read_findings
from peelsearch.documents.formats import READERS, is_plain, reader, suffix_format
from peelsearch.documents.implicit import with_implicit_findings
from peelsearch.documents.judgments import read_judgments, read_prose_judgments
from peelsearch.documents.labels import (
    COMMISSIONER_LETTER,
    FORCE_REPORT,
    LETTER,
    PRESS_RELEASE,
    describe,
    document_type,
    mark_press_release,
)
from peelsearch.documents.letters import read_letter
from peelsearch.documents.limits import MAX_FILE_BYTES, check_blocks, check_size
from peelsearch.documents.outline import Reading
from peelsearch.documents.report import read_report
from peelsearch.documents.running import without_running_blocks
from peelsearch.documents.sections import build_parts
from peelsearch.documents.sniffing import CONTAINERS, HEAD, foreign_reason, sniff
from peelsearch.documents.stated import stated_sources
from peelsearch.documents.tables import table_cells
from peelsearch.documents.units import read_units
from peelsearch.errors import ReadingError
from peelsearch.model import (
    Block,
    Description,
    ExtractedText,
    Judgment,
    Stated,
    StructuredDocument,
)
from peelsearch.vocabulary import Vocabulary

_NOTHING = "\ufeff\u200b \t\r\n\f\v\u00a0\0"


def skip_reason(path: Path) -> str | None:
    """Why a file is no document, in words; None for one that is to be read.

    A file is to be read if its suffix is one of the table's, or its content of a type that only
    documents have. What merely is text may be anything: a program, a list of numbers.
    """
    if path.name.startswith("."):
        return "It is a hidden file."
    if path.stem.casefold() == "readme":
        return "It is a README file, about the folder and not a document in it."
    if path.name.casefold() == CATALOGUE:
        return "It is the catalogue, about the documents and not one of them."
    if suffix_format(path.name) is not None:
        return None
    try:
        data = _beginning(path)
    except OSError:
        data = b""
    found = sniff(data, path.name)
    if found is not None and not is_plain(found):
        return None
    known = ", ".join(suffix for row in READERS.values() for suffix in row.suffixes)
    kind = f"Files of type {path.suffix}" if path.suffix else "Files without a suffix"
    return foreign_reason(data, path.name) or f"{kind} are not read; what is read: {known}."


def _beginning(path: Path) -> bytes:
    """So much of a file as tells its type: the beginning, or all of an archive."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head.startswith(CONTAINERS) and path.stat().st_size <= MAX_FILE_BYTES:
            head += file.read()
    return head


def read_document(
    path: Path, vocabulary: Vocabulary, *, stated: Stated | None = None
) -> StructuredDocument:
    """The structure of a file. Raises ReadingError with the reason if it cannot be read."""
    extracted = extract(read_bytes(path), path.name)
    return structure(extracted, vocabulary, name=path.name, stated=stated)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, if there are not too many. Raises ReadingError."""
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadingError(f"The file cannot be opened: {reason}.") from error


def extract(data: bytes, name: str) -> ExtractedText:
    """The text and blocks of a file's bytes; ``name`` only settles what content leaves open.

    Raises ReadingError with the reason if there is nothing that can be read.
    """
    if not data:
        raise ReadingError("The file is empty.")
    found = sniff(data, name)
    if found is None:
        raise ReadingError(
            foreign_reason(data, name) or "It is a binary file of a type that is not known."
        )
    extracted = reader(found)(data)
    check_blocks(len(extracted.blocks))
    if not extracted.text.strip(_NOTHING):
        raise ReadingError(
            "There is nothing but white space in it."
            if is_plain(found)
            else f"There is no text in the {READERS[found].name}."
        )
    return extracted


def structure(
    extracted: ExtractedText, vocabulary: Vocabulary, *, name: str, stated: Stated | None = None
) -> StructuredDocument:
    """What a text is and how it is built: description, sections, findings, judgments.

    ``name`` is the title of last resort; what is ``stated``, here or in front matter, wins over
    what the text says. Raises ReadingError when there is nothing to index.
    """
    extracted = without_running_blocks(extracted, vocabulary)
    reading = Reading(
        read_units(extracted, stands_alone=lambda text: _stands_alone(text, vocabulary)), vocabulary
    )
    if not any(char.isalnum() for unit in reading.units for char in unit.text):
        raise ReadingError("There are no words in it to index.")
    description = _described(reading, extracted, stated)
    built = _built(reading, extracted.text, description)
    return replace(
        built,
        description=replace(description, title=description.title or name),
        pages=tuple(_page_starts(extracted.blocks)),
    )


def _page_starts(blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Where the first block of each page begins, with the page."""
    last = 0
    for block in blocks:
        if block.page and block.page > last:
            last = block.page
            yield block.start, last


def _described(reading: Reading, extracted: ExtractedText, stated: Stated | None) -> Description:
    """Mark the document's sections, as its type has them, and describe it."""
    metadata = dict(extracted.metadata)
    own, remarks = from_front_matter(dict(extracted.front_matter), reading.vocabulary)
    said = joined(stated, own)
    kind = str(said["type"][0]) if "type" in said else document_type(reading, metadata)
    _mark_sections(reading, kind)
    description = describe(reading, kind, metadata, extracted.text)
    description = replace(description, basis=read_basis(reading, description, metadata))
    return replace(_corrected(description, said), remarks=remarks)


def _built(reading: Reading, text: str, description: Description) -> StructuredDocument:
    """Sections, findings and judgments from the marks."""
    vocabulary, units = reading.vocabulary, reading.units
    entry = vocabulary.type.get(description.type)
    quoting = entry is not None and entry.quoting
    cells = [*table_cells(text, units, vocabulary), *stated_sources(text, units, vocabulary)]
    if quoting:
        # The grades in a letter are quoted from elsewhere.
        cells = []
    release = description.type == PRESS_RELEASE
    prose = _grade_press_release(reading, text) if release else ()
    parts = build_parts(
        text,
        units,
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
        description=description,
        sections=sections,
        findings=read_findings(text, sections, vocabulary, quoting=quoting),
        judgments=prose or (() if quoting else judgments),
        acronyms=read_acronyms(unit.text for unit in units),
    )


def _corrected(description: Description, said: Mapping[str, tuple[object, str]]) -> Description:
    """The description with what was stated in place of what was read."""
    basis = {**dict(description.basis), **{key: place for key, (_, place) in said.items()}}
    fields = {"force": "forces"}
    values = {fields.get(key, key): value for key, (value, _) in said.items()}
    changed = replace(description, **values, basis=tuple(basis.items()))  # type: ignore[arg-type]
    if "date" in said:
        changed = replace(changed, date_basis=f"stated in {said['date'][1]}")
    mentions = tuple(force for force in description.mentions if force not in changed.forces)
    return replace(changed, mentions=mentions)


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
        mark_press_release(reading)
    else:
        read_report(reading, headed_by_form=kind != FORCE_REPORT)
        reading.marks = with_implicit_findings(reading)


def _grade_press_release(reading: Reading, text: str) -> tuple[Judgment, ...]:
    """The judgments of a press release. A part that gives a single one is about it as a whole."""
    judgments = read_prose_judgments(text, reading.units, reading.vocabulary)
    starts = [reading.units[mark.unit].start for mark in reading.marks]
    by_part: dict[int, list[Judgment]] = {}
    for judgment in judgments:
        by_part.setdefault(bisect_right(starts, judgment.sources[0].start) - 1, []).append(judgment)
    for place, found in by_part.items():
        if len(found) == 1:
            mark = reading.marks[place]
            reading.marks[place] = replace(mark, theme=found[0].theme, grade=found[0].grade)
    return judgments
