"""What of a question a piece of text holds, as bits, and what that is worth.

Every sentence of some twenty passages is weighed for a question; sets of words take twice as long.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from peelsearch.answers.terms import Terms

# What a word counts that a sentence holds in another wording only.
MEANT = 0.6


class Held(NamedTuple):
    """The question's stems that a piece of text holds, and those that it holds in other words."""

    typed: int
    meant: int

    def __bool__(self) -> bool:
        return bool(self.typed or self.meant)

    @property
    def either(self) -> int:
        """What is held in whatever words."""
        return self.typed | self.meant


NOTHING = Held(0, 0)


class Scales:
    """Weighs for one question."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self.places = {stem: place for place, stem in enumerate(terms.stems)}
        self._bits = {stem: 1 << place for stem, place in self.places.items()}
        self._shares = {0: 0.0}
        self._worths = {(0, 0): 0.0}
        self._stems: dict[int, frozenset[str]] = {}
        # The thing asked for.
        self.focus = self._bits.get(terms.focus or "", 0)
        self._single: dict[str, int] = {}
        self._several: list[tuple[frozenset[str], int]] = []
        for wording in terms.wordings:
            asked = self.bits(wording.asked)
            if len(wording.other) == 1:
                other = wording.other[0]
                self._single[other] = self._single.get(other, 0) | asked
            else:
                self._several.append((frozenset(wording.other), asked))

    def bits(self, stems: Set[str]) -> int:
        """The question's stems among these."""
        found = 0
        for stem in stems:
            found |= self._bits.get(stem, 0)
        return found

    def held(self, found: set[str]) -> Held:
        """What a text holds in which these stems stand."""
        typed = self.bits(self._terms.spelled_out(found) if self._terms.shorts else found)
        meant = 0
        for stem in found & self._single.keys() if self._single else ():
            meant |= self._single[stem]
        for other, asked in self._several:
            if other <= found:
                meant |= asked
        return Held(typed, meant & ~typed)

    def worth(self, typed: int, meant: int) -> float:
        """The share of the question's weight that is held, what is meant by less."""
        known = self._worths.get((typed, meant))
        if known is None:
            known = self.share(typed) + MEANT * self.share(meant)
            self._worths[typed, meant] = known
        return known

    def share(self, bits: int) -> float:
        """The share of the question's weight that these stems have, 0 to 1."""
        known = self._shares.get(bits)
        if known is None:
            known = self._shares[bits] = self._terms.worth(self.stems(bits))
        return known

    def stems(self, bits: int) -> frozenset[str]:
        """The stems that these bits are."""
        known = self._stems.get(bits)
        if known is None:
            known = frozenset(stem for stem, bit in self._bits.items() if bits & bit)
            self._stems[bits] = known
        return known


class Layers(NamedTuple):
    """What is held beside a sentence, each time only what nothing before it holds.

    ``prior`` and ``more`` are all that the sentence before and the passage hold besides; ``around``
    is what the sentence, its headings and the sentence before hold in whatever words.
    """

    heading: Held
    before: Held
    after: Held
    elsewhere: Held
    prior: Held
    more: Held
    around: int


def layered(own: Held, headings: Held, before: Held, after: Held, whole: Held) -> Layers:
    """The layers around a sentence that holds ``own``, in a passage that holds ``whole``."""
    typed, known = own.typed, own.either
    heading = Held(headings.typed & ~typed, headings.meant & ~known)
    prior = Held(before.typed & ~typed, before.meant & ~known)
    beyond = Held(heading.typed | prior.typed, heading.meant | prior.meant)
    later = Held(after.typed & ~(typed | beyond.typed), after.meant & ~(known | beyond.either))
    more = Held(whole.typed & ~typed, whole.meant & ~known)
    return Layers(
        heading=heading,
        before=Held(prior.typed & ~heading.typed, prior.meant & ~heading.either),
        after=later,
        elsewhere=Held(
            more.typed & ~(beyond.typed | later.typed),
            more.meant & ~(beyond.either | later.either),
        ),
        prior=prior,
        more=more,
        around=known | beyond.either,
    )
