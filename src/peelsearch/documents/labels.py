"""What a document is, from its own text: type, title, date, round, forces. Nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from peelsearch.documents.acronyms import spells_out
from peelsearch.documents.dates import (
    date_in,
    dated_line,
    inspected,
    labels_date,
    published,
)
from peelsearch.documents.headlines import is_title
from peelsearch.documents.letters import closing, opening_name, salutation
from peelsearch.documents.names import force_of_line, forces_named, names_office
from peelsearch.documents.outline import FRONT_MATTER, Mark, Reading
from peelsearch.documents.stated import LONGEST_LINE, own_units, stated
from peelsearch.documents.units import Unit
from peelsearch.model import Description
from peelsearch.vocabulary import Vocabulary, fold

FORCE_REPORT = "force-report"
COMMISSIONER_LETTER = "commissioner-letter"
LETTER = "other-letter"
PRESS_RELEASE = "press-release"
OTHER = "other"

# A title page has so few lines, and a document's date stands so near to either end.
_TITLE_LINES = 6
_DATE_WITHIN = 12
_IMPRINT_WITHIN = 8
# Clues are phrases that other texts also use now and then; two of them are no accident.
_CLUES = 2
_CLUES_WITHIN = 30_000
# So many themes with a grade line make a report, whatever its title.
_GRADED_THEMES = 2
# A title may name an alliance; one that names more is about none in particular.
_MOST_FORCES = 3
# What a document's date is the date of.
PUBLISHED = "publication date"
AS_DATED = "as the document is dated"
INSPECTED = "last day of the inspection"
IN_METADATA = "in the file's metadata"
# The force that most of the names mean is the one a document is about.
_SHARE = 0.6


class Dated(NamedTuple):
    """A date in ISO form, and what it is the date of."""

    iso: str | None
    basis: str


def document_type(reading: Reading, metadata: Mapping[str, str]) -> str:
    """The type: a letter by its form, else by its title, its grades, its clues."""
    units, vocabulary = reading.units, reading.vocabulary
    if salutation(units) is not None:
        signed = closing(units)
        signature = " ".join(unit.text for unit in units[signed:]) if signed is not None else ""
        office = names_office(signature or _first_lines(units), vocabulary)
        return COMMISSIONER_LETTER if office else LETTER
    title = f"{metadata.get('title', '')} {_first_lines(units)}"
    padded = f" {fold(title)} "
    named = [
        (-len(fold(name)), entry.order, entry.id)
        for entry in vocabulary.type
        for name in entry.titles
        if f" {fold(name)} " in padded
    ]
    # The longest name says most: "PEEL: force press releases" are press releases.
    for _, _, identifier in sorted(named):
        if identifier != FORCE_REPORT or _names_force(units, title, vocabulary):
            return identifier
    if _graded_themes(reading) >= _GRADED_THEMES:
        return FORCE_REPORT
    return _by_clues(units, vocabulary)


def _names_force(units: Sequence[Unit], title: str, vocabulary: Vocabulary) -> bool:
    if forces_named(_cased(title), vocabulary):
        return True
    return next(_title_forces(units, vocabulary), None) is not None


def _first_lines(units: Sequence[Unit]) -> str:
    """The lines of the title page, as far as they look like one; at least the first."""
    lines: list[str] = []
    for unit in units[:_TITLE_LINES]:
        if lines and not is_title(unit):
            break
        lines.append(unit.text[:300])
    return " ".join(lines)


def _graded_themes(reading: Reading) -> int:
    grades = reading.vocabulary.grade
    vocabulary = reading.vocabulary
    count = sum(
        stated(unit.text, vocabulary) is not None
        for unit in own_units(reading.units, vocabulary)
        if len(unit.text) <= LONGEST_LINE
    )
    for unit, after in zip(reading.units, reading.units[1:], strict=False):
        if len(after.text) <= 60 and is_title(unit):
            grade = grades.named(after.text)
            count += grade is not None and not grade.state and not grades.named(unit.text)
    return count


def _by_clues(units: Sequence[Unit], vocabulary: Vocabulary) -> str:
    text, size = [], 0
    for unit in units:
        text.append(unit.text[:_CLUES_WITHIN])
        size += len(unit.text)
        if size > _CLUES_WITHIN:
            break
    folded = "\n".join(text).casefold()
    for entry in vocabulary.type:
        if sum(clue.casefold() in folded for clue in entry.clues) >= _CLUES:
            return entry.id
    return OTHER


def describe(reading: Reading, kind: str, metadata: Mapping[str, str], text: str) -> Description:
    """The description of a document whose headings are marked."""
    units, vocabulary = reading.units, reading.vocabulary
    title = _title(reading, kind, metadata)
    counted = Counter(named.id for named in forces_named(text, vocabulary))
    # A collection is about each of its forces in turn, and about none as a whole.
    forces = () if reading.force_lines else _forces(units, kind, title, counted, vocabulary)
    dated = _date(units, kind, metadata)
    return Description(
        title=title,
        type=kind,
        date=dated.iso,
        date_basis=dated.basis,
        round=_round(title, kind, vocabulary),
        forces=forces,
        mentions=tuple(force for force in counted if force not in forces),
    )


def _title(reading: Reading, kind: str, metadata: Mapping[str, str]) -> str:
    units = reading.units
    if kind in (LETTER, COMMISSIONER_LETTER):
        return opening_name(units)
    first = reading.marks[0]
    lines = [unit.text for unit in units if unit.end <= first.heading_end]
    if lines:
        words = " ".join(lines).split()
        # "PEEL 2021/22" says what a line that only spells out PEEL says again.
        told = [line for line in lines if not any(spells_out(line, word) for word in words)]
        return " – ".join(told or lines)
    return metadata.get("title", "").strip() or _shortened(units[0].text)


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"


def _date(units: Sequence[Unit], kind: str, metadata: Mapping[str, str]) -> Dated:
    """When the document was published, else dated, else when its inspection ended.

    A date that stands by itself counts near the beginning or the end; others are of other things.
    """
    at = salutation(units) if kind in (LETTER, COMMISSIONER_LETTER) else None
    near = [*units[: _DATE_WITHIN if at is None else at + 3], *units[-_IMPRINT_WITHIN:]]
    lines = list(_with_values(near))
    for read, basis in ((published, PUBLISHED), (dated_line, AS_DATED), (inspected, INSPECTED)):
        found = next((d for line in lines if (d := read(line))), None)
        if found is not None:
            return Dated(found.iso, basis)
    found = date_in(metadata.get("date", "")[:200])
    return Dated(found.iso, IN_METADATA) if found else Dated(None, "")


def _with_values(units: Sequence[Unit]) -> Iterator[str]:
    """The lines; a label such as "Inspection dates:" with the line after it."""
    for index, unit in enumerate(units):
        value = units[index + 1].text if index + 1 < len(units) else ""
        yield f"{unit.text} {value[:120]}" if labels_date(unit.text) else unit.text


def _round(title: str, kind: str, vocabulary: Vocabulary) -> str | None:
    """The round that the title names, if documents of this type are named after one."""
    entry = vocabulary.type.get(kind)
    if entry is None or not entry.round:
        return None
    padded = f" {fold(title)} "
    named = [
        (len(fold(name)), entry.id)
        for entry in vocabulary.round
        for name in (*entry.names, *((entry.id,) if " peel " in padded else ()))
        if f" {fold(name)} " in padded
    ]
    return max(named)[1] if named else None


def _forces(
    units: Sequence[Unit],
    kind: str,
    title: str,
    counted: Counter[str],
    vocabulary: Vocabulary,
) -> tuple[str, ...]:
    """The forces that the document inspects or speaks for: title, signature, most named."""
    places = [title]
    if kind in (LETTER, COMMISSIONER_LETTER):
        signed, greeted = closing(units), salutation(units) or 0
        places = [
            " ".join(unit.text for unit in units[signed:]) if signed is not None else "",
            " ".join(unit.text for unit in units[:greeted]),
        ]
    else:
        alone = _unique(_title_forces(units, vocabulary))
        if 0 < len(alone) <= _MOST_FORCES:
            return alone
        places.append(" ".join(unit.text for unit in units[:_TITLE_LINES] if is_title(unit)))
    for place in places:
        found = _unique(named.id for named in forces_named(_cased(place), vocabulary))
        if 0 < len(found) <= _MOST_FORCES:
            return found
    most = counted.most_common(1)
    if most and most[0][1] >= 2 and most[0][1] >= _SHARE * counted.total():
        return (most[0][0],)
    return ()


def _title_forces(units: Sequence[Unit], vocabulary: Vocabulary) -> Iterator[str]:
    """The forces whose name is a line of the title page, though it be but a place's name."""
    for unit in units[:_TITLE_LINES]:
        found = force_of_line(unit.text, vocabulary) if is_title(unit) else None
        if found is not None:
            yield found


def _cased(title: str) -> str:
    """A title in capitals as names are written."""
    return title.title() if title.isupper() else title


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def mark_press_release(reading: Reading) -> None:
    """A press release is one section, headed by its first line; a collection has one a force."""
    unit = reading.units[0]
    parts = reading.force_lines
    kind = FRONT_MATTER if parts and parts[0] else PRESS_RELEASE
    if not parts or parts[0]:
        name = unit.text if is_title(unit) else _shortened(unit.text)
        reading.add(Mark(0, name, kind, 1, unit.end if is_title(unit) else unit.start))
    for index in parts:
        reading.add(reading.whole(index, PRESS_RELEASE, 1))
