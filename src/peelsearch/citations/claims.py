"""What a file claims: its quotations, each with the ids beside it, and the ids themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from peelsearch.citations.marks import Marked, ids, long_enough, quotations, stray
from peelsearch.citations.pieces import Piece
from peelsearch.model.citations import Claim, ClaimKind, Where
from peelsearch.records import dataclass

_OPENING = tuple("\"“‘'«")
# A quotation has no more paragraphs than so many.
_PARAGRAPHS = 20


@dataclass(frozen=True, slots=True)
class _Item:
    """A quotation or an id: number of its piece in the group, its span, and the claim."""

    piece: int
    start: int
    end: int
    claim: Claim

    @property
    def quotation(self) -> bool:
        return self.claim.kind is ClaimKind.QUOTATION


def claims(pieces: Sequence[Piece], known: Callable[[str], bool]) -> Iterator[Claim]:
    """The claims of a file in its order. ``known`` tells which words of an id's form are ids."""
    groups = [list(members) for _, members in groupby(pieces, key=lambda piece: piece.group)]
    found = [list(_items(group, known)) for group in groups]
    _fill(groups, found)
    made: list[list[Claim]] = []
    carried: tuple[str, ...] = ()
    for number in range(len(groups) - 1, -1, -1):
        items = found[number]
        following = found[number + 1] if number + 1 < len(found) else []
        below = () if any(item.quotation for item in following) else _names(following)
        goes_on = _goes_on(groups, found, number)
        if goes_on:
            # Each paragraph of a long quotation opens with a mark; the last one has the citation.
            below = carried
        made.append([_finished(items, at, below, goes_on=goes_on) for at in range(len(items))])
        first = next((claim for claim in made[-1] if claim.kind is ClaimKind.QUOTATION), None)
        carried = first.cited if first else below
    for group in reversed(made):
        yield from group


def _goes_on(
    groups: Sequence[Sequence[Piece]], found: Sequence[Sequence[_Item]], number: int
) -> bool:
    """Whether a quotation goes on in the next paragraph, which opens with a mark again."""
    if number + 1 == len(groups) or not _opens(groups[number + 1]):
        return False
    quoted = [item for item in found[number] if item.quotation]
    return any(not item.claim.closed for item in quoted) or (not quoted and _opens(groups[number]))


def _opens(group: Sequence[Piece]) -> bool:
    return group[0].text.lstrip()[:1] in _OPENING


def _finished(items: Sequence[_Item], at: int, below: tuple[str, ...], *, goes_on: bool) -> Claim:
    claim = items[at].claim
    if not items[at].quotation:
        return claim
    closed = claim.closed or goes_on
    return Claim(claim.kind, claim.where, claim.text, _beside(items, at) or below, closed)


def _items(group: Sequence[Piece], known: Callable[[str], bool]) -> Iterator[_Item]:
    for number, piece in enumerate(group):
        items = [
            _Item(number, one.start, one.end, _quotation(piece, one)) for one in _quotations(piece)
        ]
        for identifier, at in ids(piece.text):
            if known(identifier):
                claim = Claim(ClaimKind.CITATION, piece.at(at), identifier)
                items.append(_Item(number, at, at + len(identifier), claim))
        yield from sorted(items, key=lambda item: (item.start, -item.end))


def _fill(groups: Sequence[Sequence[Piece]], found: list[list[_Item]]) -> None:
    """Add the further paragraphs of quotations that are closed in a later one."""
    for number, items in enumerate(found):
        opened = [item for item in items if item.quotation and not item.claim.closed]
        last = _closed_in(groups, found, number) if opened else None
        if last is None:
            continue
        for place in range(number + 1, last + 1):
            piece = groups[place][0]
            end = stray(piece.text) if place == last else None
            one = Marked(0, len(piece.text) if end is None else end)
            if long_enough(piece.text[: one.end]):
                found[place].insert(0, _Item(0, 0, one.end, _quotation(piece, one)))
        at = items.index(opened[-1])
        items[at] = replace(items[at], claim=replace(items[at].claim, closed=True))


def _closed_in(
    groups: Sequence[Sequence[Piece]], found: Sequence[Sequence[_Item]], number: int
) -> int | None:
    """The paragraph that closes what another one left open, with no quotation between them."""
    if len(groups[number]) != 1:
        return None
    for place in range(number + 1, min(number + _PARAGRAPHS, len(groups))):
        text = groups[place][0].text
        if len(groups[place]) != 1 or _opens(groups[place]):
            return None
        if stray(text) is not None:
            return place
        if any(item.quotation for item in found[place]):
            return None
    return None


def _quotations(piece: Piece) -> list[Marked]:
    if piece.whole and long_enough(piece.text):
        return [Marked(0, len(piece.text))]
    return quotations(piece.text)


def _quotation(piece: Piece, one: Marked) -> Claim:
    text = piece.text[one.start : one.end]
    start = one.start + len(text) - len(text.lstrip())
    where: Where = piece.at(start)
    return Claim(ClaimKind.QUOTATION, where, text.strip(), closed=one.closed)


def _beside(items: Sequence[_Item], at: int) -> tuple[str, ...]:
    """The ids next to a quotation: behind it, or before it where the group begins with one; else
    the next ones of the group, which several quotations share, or those of its row."""
    quotation = items[at]
    after = [item for item in items[at + 1 :] if not _within(item, quotation)]
    before = [item for item in reversed(items[:at]) if not _within(quotation, item)]
    behind, ahead = _names(_until_quotation(after)), _names(_until_quotation(before))
    row = _names([item for item in items if item.piece != quotation.piece])
    if not items[0].quotation:
        # It may be the id's quotation, or one with an id of its own behind it.
        return tuple(dict.fromkeys((*ahead, *behind))) or row
    return behind or ahead or _names(_until_quotation(_from_id(after))) or row


def _within(inner: _Item, outer: _Item) -> bool:
    return inner.piece == outer.piece and outer.start <= inner.start and inner.end <= outer.end


def _until_quotation(items: Sequence[_Item]) -> list[_Item]:
    found: list[_Item] = []
    for item in items:
        if item.quotation:
            break
        found.append(item)
    return found


def _from_id(items: Sequence[_Item]) -> Sequence[_Item]:
    first = next((n for n, item in enumerate(items) if not item.quotation), len(items))
    return items[first:]


def _names(items: Sequence[_Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.claim.text for item in items if not item.quotation))
