"""Short and long forms: those that documents define, and a list of the program's own.

``Acronyms(reader).with_short("pcc", "pcc")`` gives each known acronym with that short form, with
its long form (``acronym.long``) and ``built_in``, which says that no document of the index defines
it and that it comes from ``acronyms.toml``. What a document defines goes before: then the list is
silent about that short form. ``built_in()`` is the list by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from peelsearch.engine.protocol import Reader
from peelsearch.model import Acronym, KnownAcronym
from peelsearch.phrasebook import Phrasebook, folded

FILE = Path(__file__).with_name("acronyms.toml")
# The file is TOML; tomllib would take longer to load than the search that asks.
_LINE = re.compile(r"^(?P<short>\w+) = (?P<long>.+)$", re.MULTILINE)
_TEXT = re.compile(r'"([^"]*)"')


class Acronyms:
    """The acronyms for one commit of an index."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def with_short(self, word: str, stem: str) -> tuple[KnownAcronym, ...]:
        """Those with this short form, given as a folded word and its stem."""
        defined = self._reader.acronyms.with_short(stem)
        by_short = _by_short()
        return defined or tuple(
            self._known(acronym)
            for short in dict.fromkeys((word, word.removesuffix("s")))
            for acronym in by_short.get(short, ())
        )

    def with_long(self, words: Sequence[str], stems: Sequence[str]) -> tuple[KnownAcronym, ...]:
        """Those with this long form, given as folded words and their stems."""
        reader = self._reader
        listed = map(self._known, _by_long().find(words, stems, reader.stem))
        return (
            *reader.acronyms.with_long(stems),
            *(known for known in listed if not reader.acronyms.with_short(known.short_stem)),
        )

    def _known(self, acronym: Acronym) -> KnownAcronym:
        short, long = acronym.short.casefold(), folded(acronym.long)
        stem = self._reader.stem
        stems = tuple(stem(word) or word for word in long)
        return KnownAcronym(acronym, stem(short) or short, stems, built_in=True)


@cache
def built_in() -> tuple[Acronym, ...]:
    """The acronyms of the program's own list, in its order."""
    return tuple(_read(FILE.read_text("utf-8")))


def _read(text: str) -> Iterator[Acronym]:
    for line in _LINE.finditer(text):
        for long in _TEXT.findall(line["long"]):
            yield Acronym(line["short"], long)


def holds(word: str) -> bool:
    """Whether the word is a short form of the list, so that it is spelled right."""
    return word in _by_short()


@cache
def _by_short() -> dict[str, list[Acronym]]:
    found: dict[str, list[Acronym]] = {}
    for acronym in built_in():
        found.setdefault(acronym.short.casefold(), []).append(acronym)
    return found


@cache
def _by_long() -> Phrasebook[Acronym]:
    return Phrasebook((acronym.long, acronym) for acronym in built_in())
