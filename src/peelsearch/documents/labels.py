"""What a document is, from its own text: type, title, date, round, forces. Nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from peelsearch.documents.acronyms import spells_out
from peelsearch.documents.dates import date_in, dated_line
from peelsearch.documents.headlines import is_title
from peelsearch.documents.letters import closing, opening_name, salutation
from peelsearch.documents.names import forces_named, names_office
from peelsearch.documents.outline import Mark, Reading
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
# The force that most of the names mean is the one a document is about.
_SHARE = 0.6


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
    for entry in vocabulary.type:
        if not any(f" {fold(name)} " in padded for name in entry.titles):
            continue
        if entry.id != FORCE_REPORT or forces_named(title, vocabulary):
            return entry.id
    if _graded_themes(reading) >= _GRADED_THEMES:
        return FORCE_REPORT
    return _by_clues(units, vocabulary)


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
    count = 0
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
    forces = _forces(units, kind, title, counted, vocabulary)
    return Description(
        title=title,
        type=kind,
        date=_date(units, kind, metadata),
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


def _date(units: Sequence[Unit], kind: str, metadata: Mapping[str, str]) -> str | None:
    """A date that stands by itself near the beginning or the end. Others are of other things."""
    at = salutation(units) if kind in (LETTER, COMMISSIONER_LETTER) else None
    near = [*units[: _DATE_WITHIN if at is None else at + 3], *units[-_IMPRINT_WITHIN:]]
    found = next((d for unit in near if (d := dated_line(unit.text))), None)
    found = found or date_in(metadata.get("date", "")[:200])
    return found.iso if found else None


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
    for place in places:
        found = _unique(named.id for named in forces_named(place, vocabulary))
        if 0 < len(found) <= _MOST_FORCES:
            return found
    most = counted.most_common(1)
    if most and most[0][1] >= 2 and most[0][1] >= _SHARE * counted.total():
        return (most[0][0],)
    return ()


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def press_release_mark(reading: Reading) -> Mark:
    """A press release is one section, headed by its first line."""
    unit = reading.units[0]
    if not is_title(unit):
        return Mark(0, _shortened(unit.text), PRESS_RELEASE, 1, unit.start)
    return Mark(0, unit.text, PRESS_RELEASE, 1, unit.end)
