"""Whether a text holds the words of a quotation, and if not, where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from peelsearch.analysis import is_function_word
from peelsearch.citations.quoted import Quoted, Run
from peelsearch.citations.wording import Token, same, tokens
from peelsearch.model import Span
from peelsearch.model.citations import Omission, Piece, PieceKind
from peelsearch.records import dataclass

# A few words in brackets stand for no more than so many words and signs.
_INSTEAD = 40
# Some words must stand together, or dots would find anything anywhere.
_TOGETHER = 3
# Words that stand alone so far from the rest belong to something else.
_STRAY = 2
_FAR = 12
# So much of a quotation is in the nearest words, or they are others.
_SHARE = 0.5
_CONTENT = 2
# Windows of the text that are compared: so much wider than the quotation, so many.
_WIDER = 1.5
_ROOM = 30
_TRIED = 4
_FUNCTION_WEIGHT = 0.25
_STOP = re.compile(r"[.!?]\s")
_NEGATIONS = frozenset(
    "not no nor never none nothing neither cannot without hardly unable fail fails failed".split()
)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the words of a quotation stand in a text, and what it leaves out between them."""

    start: int
    end: int
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The words of a text that are nearest to a quotation, side by side with it.

    ``share`` is how much of the quotation they hold, 0 to 1.
    """

    start: int
    end: int
    share: float
    pieces: tuple[Piece, ...]


class Text:
    """A text of a document as quotations are compared with it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and signs."""
        return tokens(self.text)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Those that are in it."""
        return frozenset(token.form for token in self.tokens)

    def stands(self, quoted: Quoted) -> Stands | None:
        """Where all runs of the quotation stand in order; None where they do not."""
        if not quoted.runs or quoted.longest.words < min(_TOGETHER, quoted.words):
            return None
        chains: list[tuple[Span, ...]] = [
            ((place, place + len(quoted.runs[0].tokens)),) for place in self._places(quoted.runs[0])
        ]
        for run in quoted.runs[1:]:
            chains = self._continued(chains, run)
        if not chains:
            return None
        # The shortest one leaves out least.
        best = min(chains, key=lambda chain: chain[-1][1] - chain[0][0])
        found = self.tokens
        return Stands(
            found[best[0][0]].start,
            found[best[-1][1] - 1].end,
            tuple(self._omissions(best, quoted.runs)),
        )

    def near(self, quoted: Quoted) -> list[Near]:
        """The nearest words, if they are near enough to be the same, the nearest first."""
        said = [token for run in quoted.runs for token in run.tokens]
        found: list[Near] = []
        for start, end in self._windows(said):
            near = self._near(quoted.text, said, self.tokens[start:end])
            if near and not any(near.start < one.end and one.start < near.end for one in found):
                found.append(near)
        return sorted(found, key=lambda near: -near.share)

    def _windows(self, said: Sequence[Token]) -> list[Span]:
        """The parts of the text that have the most words of a quotation, the best first."""
        weights = {t.form.casefold(): _weight(t) for t in said if t.word}
        size = int(len(said) * _WIDER) + _ROOM
        last = max(0, len(self.tokens) - size)
        starts = [*range(0, last, max(1, size // 4)), last]
        scores = [
            (sum(weights[form] for form in self._forms_in(start, size) & weights.keys()), start)
            for start in starts
        ]
        best: list[Span] = []
        top = max((score for score, _ in scores), default=0) or 1
        for score, start in sorted(scores, key=lambda pair: -pair[0]):
            if score * 2 >= top and all(abs(start - other) > size // 2 for other, _ in best):
                best.append((start, start + size))
        return best[:_TRIED]

    def _forms_in(self, start: int, size: int) -> set[str]:
        return {token.form.casefold() for token in self.tokens[start : start + size]}

    def _near(self, text: str, said: Sequence[Token], window: Sequence[Token]) -> Near | None:
        matcher: SequenceMatcher[str] = SequenceMatcher(
            None,
            [token.form.casefold() for token in said],
            [token.form.casefold() for token in window],
            autojunk=False,
        )
        blocks = _without_strays([(a, b, n) for a, b, n in matcher.get_matching_blocks() if n])
        words = [t for a, _, n in blocks for t in said[a : a + n] if t.word]
        total = sum(token.word for token in said)
        content = {t.form for t in words if not is_function_word(t.form.casefold())}
        if not total or len(words) < _SHARE * total or len(content) < _CONTENT:
            return None
        exact = [*_exact(blocks, said, window)] or [(*blocks[0][:2], 0)]
        pieces, (start, end) = _side_by_side(text, said, self.text, window, exact)
        return Near(start, end, len(words) / total, tuple(pieces))

    def _places(self, run: Run) -> Iterator[int]:
        """Where a run stands."""
        if any(token.form not in self.forms and not token.free for token in run.tokens):
            return
        first, *rest = run.tokens
        found = self.tokens
        for place in range(len(found) - len(rest)):
            if same(first, found[place]) and all(
                same(token, found[place + offset]) for offset, token in enumerate(rest, start=1)
            ):
                yield place

    def _continued(self, chains: list[tuple[Span, ...]], run: Run) -> list[tuple[Span, ...]]:
        """The chains of places that the next run goes on, each from the nearest place before it."""
        found = []
        for place in self._places(run):
            before = [
                chain
                for chain in chains
                if chain[-1][1] <= place and (not run.inserted or place - chain[-1][1] <= _INSTEAD)
            ]
            if before:
                nearest = max(before, key=lambda chain: (chain[-1][1], chain[0][0]))
                found.append((*nearest, (place, place + len(run.tokens))))
        return found

    def _omissions(self, chain: Sequence[Span], runs: Sequence[Run]) -> Iterator[Omission]:
        found = self.tokens
        for (_, left), (right, _), run in zip(chain, chain[1:], runs[1:], strict=False):
            if left == right and not run.inserted:
                continue
            text = self.text[found[left].start : found[right - 1].end] if left < right else ""
            # Whole sentences can be left out; a denial within one cannot, nor be put in.
            left_out = not _STOP.search(text) and _denies(found[left:right])
            negation = left_out != _denies(tokens(run.inserted))
            if " ".join(text.split()) != run.inserted.strip("[]"):
                yield Omission(text, run.inserted, negation)


def _denies(found: Sequence[Token]) -> bool:
    folded = [token.form.casefold() for token in found]
    return any(form in _NEGATIONS or form.endswith("n't") for form in folded)


def _weight(token: Token) -> float:
    return _FUNCTION_WEIGHT if is_function_word(token.form.casefold()) else 1.0


def _without_strays(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The matching blocks without small ones at either end that stand far from the others."""
    while len(blocks) > 1:
        (_, b, n), (_, after, _) = blocks[:2]
        if n <= _STRAY and after - (b + n) > _FAR:
            blocks = blocks[1:]
            continue
        (_, before, m), (_, b, n) = blocks[-2:]
        if n <= _STRAY and b - (before + m) > _FAR:
            blocks = blocks[:-1]
            continue
        break
    return blocks


def _exact(
    blocks: Sequence[tuple[int, int, int]], said: Sequence[Token], stands: Sequence[Token]
) -> Iterator[tuple[int, int, int]]:
    """The parts of matching blocks in which capitals agree too."""
    for a, b, size in blocks:
        start = 0
        for at in range(size + 1):
            if at == size or not same(said[a + at], stands[b + at]):
                if at > start:
                    yield a + start, b + start, at - start
                start = at + 1


def _side_by_side(
    said_text: str,
    said: Sequence[Token],
    text: str,
    stands: Sequence[Token],
    blocks: Sequence[tuple[int, int, int]],
) -> tuple[list[Piece], Span]:
    """The pieces from the quotation's first word to its last, and the span of the words compared.

    Words that the quotation has before the first match or behind the last one are compared with as
    many of the document.
    """
    first, last = blocks[0], blocks[-1]
    a, b = 0, max(0, first[1] - first[0])
    end = min(len(stands), last[1] + last[2] + len(said) - last[0] - last[2])
    while b < first[1] and not stands[b].word:
        b += 1
    while end > last[1] + last[2] and not stands[end - 1].word:
        end -= 1
    pieces: list[Piece] = []
    begin = b
    for left, right, size in [*blocks, (len(said), end, 0)]:
        one, other = _slice(said_text, said, a, left), _slice(text, stands, b, right)
        if one or other:
            pieces.append(Piece(_kind(one, other), one, other))
        if size:
            same_words = _slice(text, stands, right, right + size)
            pieces.append(
                Piece(PieceKind.SAME, _slice(said_text, said, left, left + size), same_words)
            )
        a, b = left + size, right + size
    return pieces, (stands[begin].start, stands[end - 1].end)


def _kind(said: str, stands: str) -> PieceKind:
    if said and stands:
        return PieceKind.CHANGED
    return PieceKind.ADDED if said else PieceKind.DROPPED


def _slice(text: str, found: Sequence[Token], start: int, end: int) -> str:
    return text[found[start].start : found[end - 1].end] if start < end else ""
