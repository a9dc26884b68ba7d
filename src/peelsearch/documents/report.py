"""The headings of reports: which rule recognises which, and where it stands.

The rules stand in ``RULES`` in their order; the first that recognises a unit wins. What they
know by name comes from the vocabulary; what is known by form alone is in ``headlines``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from peelsearch.documents.contents import contents_list
from peelsearch.documents.endings import imprint, signature
from peelsearch.documents.headlines import (
    asks,
    is_headline,
    is_title,
)
from peelsearch.documents.outline import (
    FRONT_MATTER,
    NARRATIVE,
    RESPONSE,
    Found,
    Mark,
    Reading,
    Rule,
    apply_rules,
)
from peelsearch.documents.theme_headings import graded_heading, theme_heading
from peelsearch.model import BlockKind
from peelsearch.vocabulary import Entry, fold

_HEADED_BY_NAME = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_LONGEST_LABEL = 80


def read_report(reading: Reading, *, headed_by_form: bool) -> None:
    """Mark the sections of a report.

    ``headed_by_form`` lets short paragraphs head text outside groups of findings too: right for
    documents of unknown anatomy.
    """
    rules = (*RULES, _by_form) if headed_by_form else RULES
    front = next((i for i in range(len(reading.units)) if _is_known(reading, i)), None)
    if front is None or headed_by_form:
        front = min(front or len(reading.units), _title_lines(reading, len(reading.units)))
        front = max(front, 1) if not _is_known(reading, 0) else 0
    if front:
        _mark_front_matter(reading, front)
        if not headed_by_form:
            # Nothing stands under a title page.
            reading.open.clear()
    apply_rules(reading, rules, front)


def _is_known(reading: Reading, index: int) -> bool:
    return any(rule(reading, index) is not None for rule in _KNOWN)


def _title_lines(reading: Reading, before: int) -> int:
    """How many units from the start on are lines of the title."""
    index = 0
    while index < min(before, 6) and is_title(reading.units[index]):
        if index and (
            is_headline(reading.units[index], reading.after(index))
            or reading.units[index].kind is not reading.units[0].kind
        ):
            break
        index += 1
    return index


def _mark_front_matter(reading: Reading, end: int) -> None:
    lines = max(1, _title_lines(reading, end))
    units = reading.units[:lines]
    name = " ".join(unit.text for unit in units)
    if not is_title(units[0]):
        name = reading.vocabulary.kind[FRONT_MATTER].label
        reading.add(Mark(0, name, FRONT_MATTER, 1, units[0].start))
    else:
        reading.add(Mark(0, name, FRONT_MATTER, 1, units[-1].end))


# --- rules ----------------------------------------------------------------------------------


def _label(reading: Reading, index: int) -> Found | None:
    """A heading that says what kind of section it heads: "Main findings"."""
    unit = reading.units[index]
    if unit.kind not in _HEADED_BY_NAME or len(unit.text) > _LONGEST_LABEL:
        return None
    # "What needs to improve?" is a label with its question mark.
    if _stops(unit.text.removesuffix("?") or "?"):
        return None
    kind = reading.vocabulary.kind.headed(unit.text)
    if kind is None or kind.id == RESPONSE:
        return None
    level = _under_concern(reading, kind) or kind.level
    member = reading.vocabulary.kind.get(kind.members or "")
    single = member is not None and fold(member.label) == fold(unit.text)
    mark = replace(reading.whole(index, kind.id, level), members=kind.members, single=single)
    return mark, index + 1


def _under_concern(reading: Reading, kind: Entry) -> int | None:
    """A cause of concern always carries recommendations: their label stands under it."""
    group = reading.group
    concern = reading.vocabulary.kind.get((group.members if group else None) or "")
    if concern is None or concern.carries is None or concern.carries != kind.members:
        return None
    return reading.open[-1].level + 1


def _stops(text: str) -> bool:
    return text[-1] in ".!?;,"


def _known(reading: Reading, index: int) -> Found | None:
    """A heading that is known by its words."""
    unit = reading.units[index]
    if unit.kind not in _HEADED_BY_NAME or len(unit.text) > _LONGEST_LABEL or _stops(unit.text):
        return None
    known = reading.vocabulary.known_heading(unit.text)
    if known is None:
        return None
    theme = reading.vocabulary.theme.named(unit.text)
    if theme is not None and (reading.part is None or reading.part.theme != theme.id):
        return None
    mark = reading.whole(index, NARRATIVE, known.level)
    return replace(mark, members=known.members), index + 1


def prefixed(reading: Reading, index: int) -> Found | None:
    """A heading that begins with its kind: "Recommendation 2", "Promising practice: ..."."""
    unit = reading.units[index]
    for kind in reading.vocabulary.kind:
        for prefix in kind.prefix:
            match = _prefix_pattern(prefix).match(unit.text)
            if match is None or not (match["number"] or match["title"]):
                continue
            return _prefixed_mark(reading, index, kind, match), index + 1
    return None


@lru_cache(maxsize=256)
def _prefix_pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<head>['‘“\"]?{re.escape(prefix)}s?\b(?:\s*(?P<number>\d{{1,3}}[a-z]?)\b)?)"
        r"\s*(?:$|[:.–—-]+\s*(?P<title>.*)$)",
        re.IGNORECASE | re.DOTALL,
    )


def _prefixed_mark(reading: Reading, index: int, kind: Entry, match: re.Match[str]) -> Mark:
    unit = reading.units[index]
    group = reading.group
    level = 3 if group is None or group.members != kind.id else group.level + 1
    if unit.ends_sentence or len(unit.text) > 280:
        # The finding's text goes on in the same paragraph.
        return Mark(index, match["head"], kind.id, level, unit.start + match.end("head"))
    return reading.whole(index, kind.id, level)


def _marked(reading: Reading, index: int) -> Found | None:
    """A heading that the format marks and nothing else knows."""
    unit = reading.units[index]
    if unit.kind is not BlockKind.HEADING or reading.vocabulary.grade.named(unit.text):
        return None
    own = unit.level or 1
    above = [m for m in reading.open if m.marked is None or m.marked < own]
    parent = above[-1] if above else None
    group = reading.group
    # Some formats know too few levels to tell a label from the findings under it.
    flat = len(reading.marked_levels) < 3 and group is not None and group.marked == own
    if group is not None and (flat or parent is group):
        parent = _group_of(reading, group, unit.text)
    level = parent.level + 1 if parent else 1
    kind = (parent.members if parent else None) or NARRATIVE
    return reading.whole(index, kind, level), index + 1


def _headline(reading: Reading, index: int) -> Found | None:
    """The headline of a member of the group that is open: a main finding, an observation."""
    group = reading.group
    if group is None or reading.has_marked_headings or reading.repeats(index):
        return None
    unit = reading.units[index]
    member = reading.vocabulary.kind.get(group.members or "")
    finding = member is not None and member.finding
    first = reading.marks[-1] is group and index == group.unit + 1
    if not (
        is_headline(unit, reading.after(index), sentences=2 if finding else 1)
        or (first and finding and _is_stopped_headline(reading, index))
    ):
        return None
    group = _group_of(reading, group, unit.text)
    return reading.whole(index, group.members or NARRATIVE, group.level + 1), index + 1


def _is_stopped_headline(reading: Reading, index: int) -> bool:
    """The first paragraph under "Area for improvement", though it ends with a stop."""
    unit, after = reading.units[index], reading.after(index)
    text = unit.text
    return (
        after is not None
        and after.kind is BlockKind.PARAGRAPH
        and after.ends_sentence
        and unit.kind is BlockKind.PARAGRAPH
        and len(text) <= 280
        and text.endswith(".")
        and text.count(". ") == 0
        and re.match(
            r"(?:The|[A-Z][\w-]+(?:\s[A-Z][\w-]+)*)\s.{0,60}?\b(?:should|needs?|must)\b", text
        )
        is not None
    )


def _group_of(reading: Reading, group: Mark, text: str) -> Mark:
    """The group that a headline belongs to.

    A box with an area for improvement may stand among the main findings; after its one finding,
    or at a headline that asks for nothing, the main findings go on.
    """
    kinds = reading.vocabulary.kind
    member = kinds.get(group.members or "")
    if member is None or not member.finding or reading.part is None:
        return group
    outer = reading.main_group
    if outer is None:
        return group
    has_member = reading.marks[-1].kind == group.members
    if (group.single and has_member) or (member.ask and not asks(text)):
        reading.reopen(outer)
        return outer
    return group


def _by_form(reading: Reading, index: int) -> Found | None:
    """In documents of unknown anatomy: any headline."""
    unit = reading.units[index]
    if reading.has_marked_headings or reading.repeats(index) or len(unit.text) > 120:
        return None
    if not is_headline(unit, reading.after(index)):
        return None
    return reading.whole(index, NARRATIVE, 2), index + 1


_KNOWN: tuple[Rule, ...] = (contents_list, _label, _known, theme_heading, graded_heading, prefixed)
RULES: tuple[Rule, ...] = (
    contents_list,
    imprint,
    _label,
    _known,
    theme_heading,
    graded_heading,
    signature,
    prefixed,
    _marked,
    _headline,
)
