"""Other words for those of a question, read from ``wordings.txt``, which says how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from peelsearch.analysis import Term, is_function_word
from peelsearch.phrasebook import KnownStem, Phrasebook, folded
from peelsearch.records import dataclass

FILE = Path(__file__).with_name("wordings.txt")
# The longest term has five words.
_LONGEST = 5
# A question's term has so many other wordings at most, the earlier ones of the file first.
_MOST = 16
Form: TypeAlias = tuple[str, frozenset[str]]
"""The stem of a form that does not look its word, and the stem of the form that was typed."""
Stemmer: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Another way to say some of a question's words: the stems of the one and of the other."""

    asked: frozenset[str]
    other: tuple[str, ...]


def other_wordings(found: Sequence[Term], stem: Stemmer, known: KnownStem) -> Iterator[Wording]:
    """The wordings whose words the index holds, for the terms that the question's words make.

    Words of a longer term are not looked up by themselves.
    """
    words, stems = [term.word for term in found], [term.stem for term in found]
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            run = slice(at, at + size)
            others = _others(words[run], stems[run], stem)
            if others:
                asked = frozenset(
                    s
                    for w, s in zip(words[run], stems[run], strict=True)
                    if not is_function_word(w)
                ) or frozenset(stems[run])
                yield from (Wording(asked, held) for held in _held(others, asked, known))
                at += size
                break
        else:
            at += 1


def other_forms(found: Sequence[Term], known: KnownStem) -> Iterator[Form]:
    """The stem of each of the question's words with that of another form of it that is indexed."""
    for term in found:
        for form in _forms().get(term.word, ()):
            stem = known(form)
            if stem and stem != term.stem:
                yield stem, frozenset((term.stem,))


def _others(words: Sequence[str], stems: Sequence[str], stem: Stemmer) -> tuple[str, ...]:
    if len(words) == 1 and is_function_word(words[0]):
        return ()
    listed = _terms().find(words, stems, stem)
    return tuple(dict.fromkeys(other for others in listed for other in others))


def _held(
    others: Sequence[str], asked: frozenset[str], known: KnownStem
) -> Iterator[tuple[str, ...]]:
    """The stems of those terms that the index holds, without those of the question itself."""
    kept: dict[tuple[str, ...], None] = {}
    for other in others:
        stems = [known(word) for word in folded(other) if not is_function_word(word)]
        held = tuple(stem for stem in stems if stem)
        if held and len(held) == len(stems) and not set(held) <= asked:
            kept[held] = None
    yield from list(kept)[:_MOST]


def read(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each term that can be asked with, and the terms that may answer instead."""
    for line in text.splitlines():
        if "=" in line:
            continue
        left, _, right = line.partition("#")[0].partition(">")
        asked, others = _listed(left), _listed(right)
        for term in asked:
            yield term, tuple(other for other in (*others, *asked) if other != term)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Each irregular form with the others of its word."""
    rows = [
        tuple(form.strip() for form in line.split("="))
        for line in FILE.read_text("utf-8").splitlines()
        if " = " in line and not line.startswith("#")
    ]
    return {form: tuple(other for other in row if other != form) for row in rows for form in row}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(term for part in text.split(",") if (term := part.strip()))


@cache
def _terms() -> Phrasebook[tuple[str, ...]]:
    return Phrasebook(read(FILE.read_text("utf-8")))
