"""Judgments: the grade of each theme, with every place in the document that states it."""

from __future__ import annotations

from collections.abc import Sequence

from peelsearch.documents import grades
from peelsearch.documents.sections import Part
from peelsearch.documents.stated import Cell
from peelsearch.documents.units import Unit
from peelsearch.model import NOT_STATED, Judgment, JudgmentSource
from peelsearch.vocabulary import Vocabulary, fold


def read_judgments(
    text: str,
    parts: Sequence[Part],
    cells: Sequence[Cell],
    vocabulary: Vocabulary,
    *,
    forces: tuple[str, ...],
) -> tuple[Judgment, ...]:
    """The judgments of a report: of its parts in order, then those only in a table or line."""
    force = forces[0] if len(forces) == 1 else NOT_STATED
    found: list[Judgment] = []
    seen: set[str] = set()
    for part in parts:
        theme = part.mark.theme
        if theme is None or theme in seen:
            continue
        seen.add(theme)
        stated = part.stated or _from_overview(text, parts, theme, vocabulary)
        if stated:
            label = next(
                (c.label for c in cells if c.source.start == part.section.heading_start),
                part.section.heading,
            )
            found.append(_judgment(force, theme, label, stated))
    judged = {judgment.theme for judgment in found}
    labels: set[tuple[str, str]] = set()
    for cell in cells:
        known = cell.theme != NOT_STATED
        # Areas that the vocabulary does not know are told apart by their labels.
        key = (cell.theme, "" if known else fold(cell.label))
        if key in labels or (known and cell.theme in judged):
            continue
        labels.add(key)
        same = tuple(
            other.source
            for other in cells
            if other.theme == cell.theme and (known or fold(other.label) == key[1])
        )
        found.append(_judgment(force, cell.theme, cell.label, same))
    return tuple(found)


def _from_overview(
    text: str, parts: Sequence[Part], theme: str, vocabulary: Vocabulary
) -> tuple[JudgmentSource, ...]:
    """What the overview of judgments says of a theme that has no grade."""
    entry = vocabulary.theme.get(theme)
    if entry is None:
        return ()
    for part in parts:
        if part.section.kind != "judgments":
            continue
        found = grades.stated_elsewhere(text, part.own, vocabulary, theme=entry)
        if found:
            return (found,)
    return ()


def read_prose_judgments(
    text: str, units: Sequence[Unit], vocabulary: Vocabulary
) -> tuple[Judgment, ...]:
    """The judgments of a press release, one per force and theme."""
    gathered: dict[tuple[str, str], list[tuple[str, JudgmentSource]]] = {}
    for force, theme, label, source in grades.prose_sources(text, units, vocabulary):
        gathered.setdefault((force, theme), []).append((label, source))
    return tuple(
        _judgment(force, theme, found[0][0], tuple(source for _, source in found))
        for (force, theme), found in gathered.items()
    )


def _judgment(force: str, theme: str, label: str, sources: tuple[JudgmentSource, ...]) -> Judgment:
    return Judgment(
        force=force,
        theme=theme,
        label=label,
        grade=sources[0].grade,
        conflict=len({source.grade for source in sources}) > 1,
        sources=sources,
    )
