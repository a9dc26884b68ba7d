"""The same finding in several documents: a letter quotes what a report asked for.

Only quotations are joined: to the original, or else to each other. Two reports that ask two forces
for the same thing in the same words ask twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from peelsearch.analysis import without_links
from peelsearch.model import Source
from peelsearch.model.register import Entry, Place
from peelsearch.vocabulary import Vocabulary, fold

THIS_FORCE = "this-force"
# A quotation that breaks off is the same finding if so many words agree.
_ENOUGH = 12
# Headlines of so many words are nobody else's: a letter may go on with words of its own.
_HEADLINE = 6
_KEY = 4
# So much of a finding holds its label and the words of the key.
_BEGINNING = 300


class _Worded:
    """An entry, with its folded words without label, number and deadline when they are needed."""

    def __init__(self, entry: Entry, vocabulary: Vocabulary) -> None:
        self.entry = entry
        self._vocabulary = vocabulary

    @cached_property
    def start(self) -> tuple[str, ...]:
        """The first words."""
        return _bare(_said(self.entry)[:_BEGINNING], self.entry, self._vocabulary)[:_KEY]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All of them."""
        return _bare(_said(self.entry), self.entry, self._vocabulary)

    @cached_property
    def headline(self) -> tuple[str, ...]:
        """Those of the headline."""
        return _bare(self.entry.headline, self.entry, self._vocabulary)


def joined(entries: Iterable[Entry], vocabulary: Vocabulary) -> list[Entry]:
    """The entries, those with the same words as one. In no particular order."""
    worded = [_Worded(entry, vocabulary) for entry in entries]
    quoted_kinds = {one.entry.kind for one in worded if one.entry.place.source is Source.QUOTED}
    groups: list[list[_Worded]] = []
    by_start: dict[tuple[object, ...], list[int]] = {}
    # Originals open the groups, then quotations in an order that the documents alone decide.
    for one in sorted(worded, key=_precedence):
        if one.entry.kind not in quoted_kinds:
            groups.append([one])
            continue
        key = (one.entry.kind, one.start)
        places = by_start.setdefault(key, [])
        found = None
        if one.entry.place.source is Source.QUOTED:
            fitting = [index for index in places if _same(groups[index][0], one)]
            found = max(
                fitting, key=lambda i: _nearness(groups[i][0].entry, one.entry), default=None
            )
        if found is None:
            places.append(len(groups))
            groups.append([one])
        else:
            groups[found].append(one)
    return [_as_one([one.entry for one in group]) for group in groups]


def _precedence(one: _Worded) -> tuple[object, ...]:
    place = one.entry.place
    quoted = place.source is Source.QUOTED
    return quoted, place.document.date is None, place.document.date or "", one.entry.id


def _said(entry: Entry) -> str:
    """The words of a finding without its deadline."""
    place = entry.place
    if place.deadline is None:
        return place.said.quote
    start, end = (place.deadline.start - place.said.start, place.deadline.end - place.said.start)
    return f"{place.said.quote[:start]} {place.said.quote[end:]}"


def _bare(text: str, entry: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words without "Recommendation 2" or "2." in front."""
    kind = vocabulary.kind[entry.kind]
    words = tuple(fold(without_links(text)).split())
    for name in (*kind.prefix, *kind.names):
        label = tuple(fold(name).split())
        if words[: len(label)] == label:
            words = words[len(label) :]
            break
    return words[1:] if entry.number and words[:1] == (entry.number.casefold(),) else words


def _same(first: _Worded, second: _Worded) -> bool:
    """Whether a quotation has the words of another finding, as far as both go."""
    one, other = first.entry, second.entry
    if one.number and other.number and one.number != other.number:
        return False
    if not _same_asked(one, other):
        return False
    headed = len(first.headline) >= _HEADLINE and first.headline == second.headline
    if headed and (one.place.source is Source.ORIGINAL or _share_force(one, other)):
        return True
    short, long = sorted((first.words, second.words), key=len)
    if not short or long[: len(short)] != short:
        return False
    return short == long or len(short) >= _ENOUGH or short in (first.headline, second.headline)


def _same_asked(one: Entry, other: Entry) -> bool:
    """Whether it can be one finding that is about the forces of both."""
    if not (one.place.force and other.place.force) or _share_force(one, other):
        return True
    # Letters of two forces quote one finding only where it speaks to more than one of them.
    return THIS_FORCE not in other.addressee and one.place.source is Source.QUOTED


def _share_force(one: Entry, other: Entry) -> bool:
    return not set(one.place.force).isdisjoint(other.place.force)


def _nearness(original: Entry, quoted: Entry) -> tuple[object, ...]:
    """How near an original is to a quotation: of the same force, before it, the newest."""
    shared = _share_force(original, quoted)
    date = original.place.document.date or ""
    return shared, date <= (quoted.place.document.date or "9999"), date, original.id


def _as_one(group: Sequence[Entry]) -> Entry:
    """The first entry with the others as further places."""
    first, *others = group
    if not others:
        return first
    return replace(
        first,
        place=_with_hint(first, others),
        also=tuple(other.place for other in others),
        repeat=first.repeat or next((other.repeat for other in others if other.repeat), None),
    )


def _with_hint(first: Entry, others: Sequence[Entry]) -> Place:
    """Its place; an unresolved deadline with what the same words say elsewhere."""
    place = first.place
    if place.deadline is None or place.deadline.date is not None:
        return place
    said = [
        f'"{beside.text}" in {other.place.document.title}'
        for other in others
        if (beside := other.place.deadline) is not None and beside.date is not None
    ]
    hints = [f"the same words elsewhere: {', '.join(said)}"] if said else []
    hint = "; ".join(filter(None, (*hints, place.deadline.hint)))
    return replace(place, deadline=replace(place.deadline, hint=hint))
