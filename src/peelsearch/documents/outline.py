"""The headings of a document while they are being found: marks, and which are open where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from peelsearch.documents.units import Unit
from peelsearch.model import BlockKind
from peelsearch.vocabulary import Vocabulary, fold

NARRATIVE = "narrative"
THEME = "theme"
FRONT_MATTER = "front-matter"
CONTENTS = "contents"
SIGNATURE = "signature"
FOOTER = "footer"
RESPONSE = "response"
# Kinds under which no section stands.
_LEAVES = frozenset((CONTENTS, SIGNATURE, FOOTER))
# A short paragraph that comes back this often is a running line, not a headline.
_REPEATED = 3
# With so many headings marked by the format, unmarked paragraphs are none.
_MARKED = 3
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a section begins.

    ``unit`` is the index of its first unit, ``heading_end`` the offset where its heading ends.
    ``members`` is the kind of headed sections below it. ``theme`` and ``grade`` are given where
    the section states its own. A ``single`` label heads one finding. ``under`` is the first unit
    of the section that it stands in, ``marked`` the level that the format gave.
    """

    unit: int
    name: str
    kind: str
    level: int
    heading_end: int
    members: str | None = None
    theme: str | None = None
    grade: str | None = None
    single: bool = False
    under: int | None = None
    marked: int | None = None


@dataclass
class Reading:
    """A document's units, and the marks found so far."""

    units: Sequence[Unit]
    vocabulary: Vocabulary
    marks: list[Mark] = field(default_factory=list)
    open: list[Mark] = field(default_factory=list)
    # Where a letter's signature begins.
    closing: int | None = None
    # The last group of the part that is open whose members are no findings: "Main findings".
    main_group: Mark | None = None

    def folded(self, index: int) -> str:
        """The unit's text as names are compared; empty when it is too long to be a name."""
        text = self.units[index].text
        return fold(text) if len(text) <= _LONGEST_NAME else ""

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The indexes of the units that have the same folded text."""
        found: dict[str, list[int]] = {}
        for index in range(len(self.units)):
            found.setdefault(self.folded(index), []).append(index)
        return found

    @cached_property
    def _masks(self) -> Counter[str]:
        return Counter(_mask(unit.text) for unit in self.units if len(unit.text) <= _LONGEST_NAME)

    def repeats(self, index: int) -> bool:
        """Whether the same words, numbers aside, come so often that they are a running line."""
        return self._masks[_mask(self.units[index].text)] >= _REPEATED

    @cached_property
    def has_marked_headings(self) -> bool:
        """Whether the format marks headings, so that unmarked paragraphs are none."""
        return sum(unit.kind is BlockKind.HEADING for unit in self.units) >= _MARKED

    @cached_property
    def marked_levels(self) -> frozenset[int]:
        """The different levels of the headings that the format marks."""
        return frozenset(unit.level for unit in self.units if unit.level is not None)

    def after(self, index: int) -> Unit | None:
        """The unit after the one at ``index``."""
        return self.units[index + 1] if index + 1 < len(self.units) else None

    def add(self, mark: Mark) -> None:
        """Open a section, closing those that it does not stand in. Levels leave no gap."""
        kind = self.vocabulary.kind.get(mark.kind)
        finding = kind is not None and kind.finding
        while self.open:
            last = self.open[-1]
            # A finding never stands in another of its kind, whatever the level it would have.
            same = finding and last.kind == mark.kind
            if last.level < mark.level and last.kind not in _LEAVES and not same:
                break
            self.open.pop()
        level = self.open[-1].level + 1 if self.open else 1
        under = self.open[-1].unit if self.open else None
        placed = replace(mark, level=min(mark.level, level), under=under)
        self.marks.append(placed)
        self.open.append(placed)
        if placed.level == 1:
            self.main_group = None
        member = self.vocabulary.kind.get(placed.members or "")
        if member is not None and not member.finding:
            self.main_group = placed

    def reopen(self, mark: Mark) -> None:
        """Go on with a section of the same part that was closed."""
        self.open = [m for m in self.open if m.level < mark.level] + [mark]

    @property
    def group(self) -> Mark | None:
        """The innermost open section that has headed members."""
        return next((mark for mark in reversed(self.open) if mark.members), None)

    @property
    def part(self) -> Mark | None:
        """The open section at level 1."""
        return self.open[0] if self.open else None

    def whole(self, index: int, kind: str, level: int) -> Mark:
        """A mark whose heading is the whole unit."""
        unit = self.units[index]
        return Mark(index, unit.text, kind, level, unit.end, marked=unit.level)


Found = tuple[Mark, int]
"""A mark, and the index of the next unit to look at."""
Rule = Callable[[Reading, int], Found | None]


def apply_rules(reading: Reading, rules: Sequence[Rule], start: int = 0) -> None:
    """Go over the units from ``start`` on; the first rule that recognises a heading marks it."""
    index = start
    while index < len(reading.units):
        found = next((f for rule in rules if (f := rule(reading, index)) is not None), None)
        if found is None:
            index += 1
            continue
        mark, following = found
        reading.add(mark)
        index = max(following, index + 1)


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()
