"""What a file claims: its quotations, each with the ids beside it, and the ids themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from peelsearch.citations.marks import FEWEST_WORDS, Marked, ids, quotations
from peelsearch.citations.pieces import Piece
from peelsearch.citations.quoted import read_quotation
from peelsearch.model.citations import Claim, ClaimKind, Where
from peelsearch.records import dataclass

_OPENING = tuple("\"“‘'«")


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
    made: list[list[Claim]] = []
    carried: tuple[str, ...] = ()
    for number in range(len(groups) - 1, -1, -1):
        items = found[number]
        following = found[number + 1] if number + 1 < len(found) else []
        below = () if any(item.quotation for item in following) else _names(following)
        goes_on = number + 1 < len(groups) and groups[number + 1][0].text.lstrip()[:1] in _OPENING
        if goes_on:
            # Each paragraph of a long quotation opens with a mark; the last one has the citation.
            below = carried
        made.append([_finished(items, at, below, goes_on=goes_on) for at in range(len(items))])
        first = next((claim for claim in made[-1] if claim.kind is ClaimKind.QUOTATION), None)
        carried = first.cited if first else below
    for group in reversed(made):
        yield from group


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


def _quotations(piece: Piece) -> list[Marked]:
    if piece.whole and read_quotation(piece.text).words >= FEWEST_WORDS:
        return [Marked(0, len(piece.text))]
    return quotations(piece.text)


def _quotation(piece: Piece, one: Marked) -> Claim:
    text = piece.text[one.start : one.end]
    start = one.start + len(text) - len(text.lstrip())
    where: Where = piece.at(start)
    return Claim(ClaimKind.QUOTATION, where, text.strip(), closed=one.closed)


def _beside(items: Sequence[_Item], at: int) -> tuple[str, ...]:
    """The ids next to a quotation: behind it, or before it where the group begins with one; else
    the next ones of the group, which several quotations share."""
    quotation = items[at]
    after = [item for item in items[at + 1 :] if not _within(item, quotation)]
    before = [item for item in reversed(items[:at]) if not _within(quotation, item)]
    behind, ahead = _names(_until_quotation(after)), _names(_until_quotation(before))
    if not items[0].quotation:
        # It may be the id's quotation, or one with an id of its own behind it.
        return tuple(dict.fromkeys((*ahead, *behind)))
    return behind or ahead or _names(_until_quotation(_from_id(after)))


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
