"""Marks to sections: bounds, paths, and what a section inherits.

How headings are found is in ``report`` and ``letters``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peelsearch.documents import grades
from peelsearch.documents.names import forces_named, themes_named
from peelsearch.documents.outline import Mark
from peelsearch.documents.stated import Cell
from peelsearch.documents.units import Unit
from peelsearch.model import NOT_STATED, UNGRADED, Evidence, JudgmentSource, Section
from peelsearch.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """A section with what it was made of. ``own`` are the units after its heading.

    ``stated`` are the places that state the grade of its theme, if it states one itself.
    """

    section: Section
    mark: Mark
    own: tuple[Unit, ...]
    stated: tuple[JudgmentSource, ...] = ()


def build_parts(
    text: str,
    units: Sequence[Unit],
    marks: Sequence[Mark],
    vocabulary: Vocabulary,
    *,
    forces: tuple[str, ...],
    quoting: bool,
    cells: Sequence[Cell],
) -> list[Part]:
    """The sections of a document in order. They tile it from its first unit on."""
    parts: list[Part] = []
    by_unit: dict[int, Section] = {}
    headed: dict[int, tuple[str, ...]] = {}
    for place, mark in enumerate(marks):
        following = marks[place + 1].unit if place + 1 < len(marks) else len(units)
        held = units[mark.unit : following]
        own = tuple(unit for unit in held if unit.end > mark.heading_end)
        parent = by_unit[mark.under] if mark.under is not None else None
        stated = _stated(text, own, mark, vocabulary, cells)
        theme, grade = _theme_and_grade(mark, parent, vocabulary, stated, quoting=quoting)
        start, end = held[0].start, held[-1].end
        end = start + len(text[start:end].rstrip())
        above = headed.get(mark.under, ()) if mark.under is not None else ()
        headed[mark.unit] = _named(mark.name, vocabulary) or above
        section = Section(
            heading=mark.name,
            level=mark.level,
            path=parent.headings if parent else (),
            kind=mark.kind,
            force=forces or headed[mark.unit] or _named(text[start:end], vocabulary),
            theme=theme,
            grade=grade,
            heading_start=start,
            heading_end=min(mark.heading_end, end),
            start=start,
            end=end,
            page=held[0].page,
        )
        parts.append(Part(section, mark, own, stated))
        by_unit[mark.unit] = section
    return parts


def _named(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The forces that a text names.

    In a document that inspects no single force, a section is about those of its own heading, else
    those of the headings above it (a collection has a part for each force), else those in its text.
    """
    return tuple(dict.fromkeys(named.id for named in forces_named(text, vocabulary)))


def _stated(
    text: str,
    own: Sequence[Unit],
    mark: Mark,
    vocabulary: Vocabulary,
    cells: Sequence[Cell],
) -> tuple[JudgmentSource, ...]:
    """Every place that states the grade of the section's own theme, the strongest first."""
    if mark.theme is None or mark.grade is not None:
        return ()
    found = grades.theme_sources(text, own, vocabulary)
    found += [cell.source for cell in cells if cell.theme == mark.theme != NOT_STATED]
    if not found:
        state = grades.state_source(text, own, vocabulary)
        return (state,) if state else ()
    return tuple(sorted(found, key=lambda source: source.evidence is not Evidence.GRADE_LINE))


def _theme_and_grade(
    mark: Mark,
    parent: Section | None,
    vocabulary: Vocabulary,
    stated: tuple[JudgmentSource, ...],
    *,
    quoting: bool,
) -> tuple[str, str]:
    if mark.theme is not None and mark.grade is not None:
        return mark.theme, mark.grade
    if mark.theme is not None:
        return mark.theme, stated[0].grade if stated else UNGRADED
    kind = vocabulary.kind.get(mark.kind)
    if quoting and kind is not None and kind.finding:
        # A quoted finding's headline may name its theme; its grade is not the letter's to give.
        return themes_named(mark.name, vocabulary) or NOT_STATED, NOT_STATED
    if parent is not None:
        return parent.theme, parent.grade
    return NOT_STATED, NOT_STATED
