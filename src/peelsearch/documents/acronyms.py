"""Short forms that a document defines: "force contact centre (FCC)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from peelsearch.model import Acronym

_SHORT = r"[A-Za-z][A-Za-z0-9&-]{1,11}"
# Brackets may be escaped, inside the brackets of a link.
_AFTER = re.compile(rf"\\?\(\s?['‘“\"]?(?P<short>{_SHORT})['’”\"]?\s?\\?\)")
_BEFORE = re.compile(
    rf"(?<![A-Za-z0-9&-])(?P<short>{_SHORT})(?:\]\([^()\s]*\))?\s?\\?\((?P<long>[^()\\]{{5,120}})\\?\)"
)
_PART = re.compile(r"[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9'’]*|&")
# The long form stands close before its short form.
_WINDOW = 160
_SKIPPED = frozenset("a an and at by for from in of on or the to with &".split())
_MARKUP = re.compile(r"\]\([^()\s]*\)|[\[\]]")


def read_acronyms(paragraphs: Iterable[str]) -> tuple[Acronym, ...]:
    """The short forms of a document, each pair once, sorted. Only where the initials fit."""
    found: set[Acronym] = set()
    for text in paragraphs:
        if "(" not in text:
            continue
        for match in _AFTER.finditer(text):
            before = text[max(0, match.start() - _WINDOW) : match.start()]
            found.update(_pair(match["short"], before))
        for match in _BEFORE.finditer(text):
            found.update(_pair(match["short"], match["long"], whole=True))
    return tuple(sorted(found, key=lambda pair: (pair.short, pair.long)))


def spells_out(text: str, short: str) -> bool:
    """Whether the text is nothing but the long form of the short form."""
    parts = [part.group().casefold() for part in _PART.finditer(text)]
    return short.isupper() and len(short) > 2 and _fit(short.casefold(), parts) == 0


def _pair(short: str, words: str, *, whole: bool = False) -> list[Acronym]:
    """The pair of a short form and the last words of a text, if they fit."""
    plural = short.endswith("s") and short[:-1].isupper()
    base = short[:-1] if plural else short
    letters = re.sub(r"[^A-Za-z0-9]", "", base).casefold()
    if sum(char.isupper() for char in base) < 2 or len(letters) < 2:
        return []
    words = _MARKUP.sub(" ", words)
    parts = list(_PART.finditer(words))[-3 * len(letters) :]
    first = _fit(letters, [part.group().casefold() for part in parts])
    if first is None or (whole and words[: parts[first].start()].strip()):
        return []
    long = " ".join(words[parts[first].start() : parts[-1].end()].split())
    long = re.sub(r"['’]s$", "", long)
    if plural and long.endswith("s"):
        long = long[:-1]
    return [] if len(long) <= len(base) else [Acronym(base, long)]


def _fit(letters: str, parts: list[str]) -> int | None:
    """Where the long form begins if its last word is the last of ``parts``.

    Each letter is the initial of a word, or goes on in the word before ("MAGPan": Multi-Agency
    Gang Panel). Small words may be skipped, others not. Backwards, nearest first.
    """
    if not parts or parts[-1] in _SKIPPED:
        return None
    # (letters still to place, words still to use)
    waiting = [(len(letters), len(parts))]
    seen: set[tuple[int, int]] = set()
    best: int | None = None
    while waiting:
        left, words = waiting.pop()
        if left == 0:
            best = words if best is None else max(best, words)
            continue
        if words == 0 or (left, words) in seen:
            continue
        seen.add((left, words))
        word = parts[words - 1]
        for taken in range(1, min(left, len(word)) + 1):
            if word.startswith(letters[left - taken : left]):
                waiting.append((left - taken, words - 1))
        if word in _SKIPPED and words < len(parts):
            waiting.append((left, words - 1))
    return best
