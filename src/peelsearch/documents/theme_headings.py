"""Headings of themes: known by name, by the grade below, or by the grade that they give.

Rules as in ``report``, which says when they are asked.
"""

from __future__ import annotations

from dataclasses import replace

from peelsearch.documents.headlines import is_title
from peelsearch.documents.outline import NARRATIVE, THEME, Found, Reading
from peelsearch.documents.stated import LONGEST_LINE, stated, theme_of_label
from peelsearch.documents.tables import heads_table
from peelsearch.documents.units import Unit
from peelsearch.model import NOT_STATED, BlockKind
from peelsearch.vocabulary import Vocabulary

_HEADED_BY_NAME = (BlockKind.PARAGRAPH, BlockKind.HEADING)
# A longer line is no label and no grade.
_LONGEST_LABEL = 80


def theme_heading(reading: Reading, index: int) -> Found | None:
    """A theme: known by name, or followed by a grade line."""
    unit = reading.units[index]
    if unit.kind not in _HEADED_BY_NAME or not is_title(unit):
        return None
    theme = theme_of_label(unit.text, reading.vocabulary)
    graded = _grade_follows(reading, index)
    if theme is None and (not graded or reading.repeats(index)):
        return None
    within = theme is not None and theme.within and not graded
    if within and reading.part is not None and reading.part.theme:
        mark = reading.whole(index, NARRATIVE, 2)
    else:
        mark = reading.whole(index, THEME, 1)
    return replace(mark, theme=theme.id if theme else NOT_STATED), index + 1


def graded_heading(reading: Reading, index: int) -> Found | None:
    """A theme whose heading gives its grade: "Care: good", or a row of its own."""
    unit, after = reading.units[index], reading.after(index)
    if unit.kind is BlockKind.ITEM or after is None or len(unit.text) > LONGEST_LINE:
        return None
    found = stated(unit.text, reading.vocabulary)
    if found is None or reading.repeats(index):
        return None
    before = reading.units[index - 1] if index else None
    if unit.kind is BlockKind.ROW:
        # Among other rows it is one of a table.
        if after.kind is BlockKind.ROW or (before and _in_table(before, reading.vocabulary)):
            return None
    elif unit.kind is BlockKind.PARAGRAPH and stated(after.text, reading.vocabulary):
        return None
    return replace(reading.whole(index, THEME, 1), theme=found.theme), index + 1


def _in_table(before: Unit, vocabulary: Vocabulary) -> bool:
    """Whether the unit before a row is a row of the same table, other than its header."""
    return before.kind is BlockKind.ROW and not heads_table(before.text, vocabulary)


def _grade_follows(reading: Reading, index: int) -> bool:
    """Whether the next unit is a grade and nothing else, and text or a label comes after it."""
    after = reading.after(index)
    if after is None or after.kind not in _HEADED_BY_NAME or len(after.text) > _LONGEST_LABEL:
        return False
    unit = reading.units[index]
    grade = reading.vocabulary.grade.named(after.text)
    own = reading.vocabulary.grade.named(unit.text)
    if grade is None or grade.state or own is not None:
        return False
    beyond = reading.after(index + 1)
    return beyond is None or reading.vocabulary.grade.named(beyond.text[:_LONGEST_LABEL]) is None
