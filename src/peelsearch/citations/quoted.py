"""What a quotation says of itself: the runs of words it takes over, and what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace

from peelsearch.citations.wording import Token, tokens, trimmed
from peelsearch.records import dataclass

# "[T]he" changes a capital; "[the force]" and "inspect[ed]" put other words in; dots leave out.
_MARKED = re.compile(
    r"(?P<capital>(?<!\w)\[(?P<letter>[^\W\d_])\](?=[^\W\d_]))"
    r"|(?P<inserted>[\w'’]*\[(?P<words>[^\[\]]{0,300})\](?!\()[\w'’]*)"
    r"|(?P<dots>…|\.(?:[ \u00a0]?\.){2,})"
)
_SOFT = "\u00ad"
_ONLY_DOTS = re.compile(r"[\s.…]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that a quotation takes over one after the other.

    ``gap`` says that something is left out before them, ``inserted`` what was put there instead.
    """

    tokens: tuple[Token, ...]
    gap: bool = False
    inserted: str = ""

    @property
    def words(self) -> int:
        """How many words they are."""
        return sum(token.word for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as it is compared. Tokens are offsets into ``text``, its own text.

    ``plain`` is the same with soft hyphens for the brackets of "[T]he".
    """

    text: str
    plain: str
    runs: tuple[Run, ...]

    @property
    def words(self) -> int:
        """How many words are taken over."""
        return sum(run.words for run in self.runs)

    @property
    def longest(self) -> Run:
        """The run with the most words."""
        return max(self.runs, key=lambda run: run.words)

    def written(self, run: Run) -> str:
        """A run as it is written, to be cut into words."""
        return self.plain[run.tokens[0].start : run.tokens[-1].end].replace(_SOFT, "")


def read_quotation(text: str) -> Quoted:
    """The runs of a quotation, in order; those without words are left out."""
    capitals: set[int] = set()
    cuts: list[tuple[int, int, str]] = []
    blanked = list(text)
    for match in _MARKED.finditer(text):
        start, end = match.span()
        if match["capital"]:
            blanked[start:end] = [match["letter"], _SOFT, _SOFT]
            capitals.add(start)
        elif match["inserted"]:
            only_dots = _ONLY_DOTS.fullmatch(match["words"]) and match.group()[:1] == "["
            cuts.append((start, end, "" if only_dots else match.group()))
        else:
            cuts.append((start, end, ""))
    plain = "".join(blanked)
    runs: list[Run] = []
    at, gap, inserted = 0, False, ""
    for start, end, words in [*cuts, (len(plain), len(plain), "")]:
        found = _tokens(plain, at, start, capitals)
        if found:
            runs.append(Run(tuple(found), gap, inserted))
            gap, inserted = False, ""
        at, gap, inserted = end, True, " ".join(filter(None, (inserted, words)))
    return Quoted(text, plain, tuple(runs))


def _tokens(text: str, start: int, end: int, capitals: set[int]) -> list[Token]:
    found = [
        replace(
            token,
            start=token.start + start,
            end=token.end + start,
            free=number == 0 or bool(capitals & set(range(token.start + start, token.end + start))),
        )
        for number, token in enumerate(trimmed(tokens(text[start:end])))
    ]
    return found if any(token.word for token in found) else []
