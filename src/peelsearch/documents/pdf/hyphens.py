"""Lines joined to one, and words that the end of a line cut put together again.

A hyphen at the end of a line may be the word's own ("anti-social"). The document's other words
decide: the word without the hyphen, or with it, elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from peelsearch.documents.pdf.characters import SOFT_HYPHEN

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_FIRST = re.compile(r"[^\W\d_]+")
# With so many words that only a hyphen at the end of a line cut, the document is hyphenated.
_FEWEST_CUT = 3
# ... and so it is when so many of all lines end in one: .17 and .09 of them in papers that are,
# .02 at most in reports that are not.
_CUT_SHARE = 0.05
_OWN_HYPHEN = frozenset(
    "all anti co cross ex far high ill inter long low mid multi no non off on out over part post "
    "pre pro quasi re self semi short so sub ultra under up well".split()
)


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins lines by what is known of a document's words, all in lower case."""

    words: frozenset[str] = frozenset()
    hyphenates: bool = False

    def joined(self, lines: Iterable[str]) -> str:
        """The lines as one."""
        parts: list[str] = []
        for line in lines:
            last = parts[-1] if parts else ""
            if last.endswith(SOFT_HYPHEN):
                parts[-1] = last[:-1]
            elif (cut := _cut(last, line)) is not None:
                parts[-1] = last[:-1] if self._is_soft(*cut) else last
            elif parts:
                parts.append(" ")
            parts.append(line)
        return "".join(parts).replace(SOFT_HYPHEN, "")

    def _is_soft(self, before: str, after: str) -> bool:
        if not before or f"{before}-{after}" in self.words:
            return False
        if before + after in self.words:
            return True
        if before.rpartition("-")[2] in _OWN_HYPHEN or (
            before in self.words and after in self.words
        ):
            return False
        return self.hyphenates


def _cut(text: str, line: str) -> tuple[str, str] | None:
    """The two parts of the word that may be cut between the lines, in lower case.

    Empty where the second begins with a capital: that hyphen is the word's own.
    """
    before = _LAST.search(text[-60:])
    after = _FIRST.match(line)
    if before is None or after is None or not line[0].islower():
        return None if before is None or after is None else ("", "")
    return before[1].casefold(), after[0].casefold()


def joiner(lines: Iterable[str]) -> Joiner:
    """What the lines of a document say of its words."""
    words: set[str] = set()
    cuts: list[tuple[str, str]] = []
    last, count = "", 0
    for line in lines:
        if last.endswith("-") and (cut := _cut(last, line)) is not None:
            cuts.append(cut)
        words.update(token.casefold() for token in _TOKEN.findall(line))
        last = line
        count += 1
    known = frozenset(words)
    soft = sum(a + b in known and f"{a}-{b}" not in known for a, b in cuts if a)
    return Joiner(known, soft >= _FEWEST_CUT or len(cuts) > max(_FEWEST_CUT, _CUT_SHARE * count))
