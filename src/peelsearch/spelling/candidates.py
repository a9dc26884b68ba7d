"""Words that one was perhaps meant to be, the likeliest first.

The order was chosen by measuring (docs/decisions.md): fewest edits, then the names of the
vocabulary that the words around it begin or end, then what is more easily mistaken by one slip.
A word of n letters can be swapped in n - 1 ways and lose a letter in n, but gain or change one
in about 26 n ways; so of the words that could become what was typed, one with two letters
swapped is likelier than a longer one, and that likelier than one as long or shorter.
"""

from __future__ import annotations

from peelsearch.engine.protocol import Reader
from peelsearch.model import Word
from peelsearch.records import dataclass
from peelsearch.spelling.names import NameWords

# Words of fewer letters are one edit from almost anything.
MIN_LETTERS = 3
# Words of fewer letters are two edits from almost anything.
LONG_WORD = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that could have been meant. ``frequency`` counts the passages that hold it."""

    word: str
    edits: int
    frequency: int


def candidates(word: str, reader: Reader, names: NameWords) -> list[Candidate]:
    """Words of the index and of names at one edit, or if there are none at two.

    Two edits are looked for in long words alone and only where the first letter agrees.
    """
    if len(word) < MIN_LETTERS or not word.isalpha():
        return []
    found = dict(reader.words_one_edit_away(word))
    edits = 1
    found.update({w: 0 for w in names.near(word, 1) if w not in found})
    if not found and len(word) >= LONG_WORD:
        edits = 2
        found = {w: count for w, _, count in reader.words_near(word, 2)}
        found.update({w: 0 for w in names.near(word, 2) if w not in found})
    return [
        Candidate(other, edits, frequency) for other, frequency in found.items() if other.isalpha()
    ]


def likelihood(typed: str, found: Candidate) -> tuple[int, bool, int, int, str]:
    """What candidates for a typed word are sorted by, the likeliest first."""
    swapped = found.edits == 1 and sorted(typed) == sorted(found.word)
    return found.edits, not swapped, -len(found.word), -found.frequency, found.word


def slip(word: str, stem: str, reader: Reader) -> str | None:
    """The right spelling of a word whose stem is known but which is no form of it.

    "forc" and "resourcs" have the stems of "force" and "resources", so they find them; yet no
    ending makes the one of the other. "patient" beside "patients" is a form like any other.
    """
    if len(word) < MIN_LETTERS or not word.isalpha() or reader.frequency(Word(word)):
        return None
    forms = sorted(
        form
        for form in reader.forms(stem)
        if form == f"{word}e" or (form[-1] == word[-1] and abs(len(form) - len(word)) <= 1)
    )
    near = dict(reader.words_one_edit_away(word)) if forms else {}
    found = [Candidate(form, 1, near[form]) for form in forms if form in near]
    return min(found, key=lambda c: likelihood(word, c)).word if found else None
