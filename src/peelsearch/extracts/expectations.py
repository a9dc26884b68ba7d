"""What a report expects of the force outside its findings: "The force should consider ways ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from peelsearch.extracts.addressees import own_names
from peelsearch.extracts.quoting import Quoting
from peelsearch.extracts.repeats import repeat
from peelsearch.model import Document, Section
from peelsearch.model.register import Expectation
from peelsearch.vocabulary import Vocabulary

_DUTIES = ("should", "must", "need", "ought")
_DUTY = re.compile(r"\b(?:should|must|needs?\s+to|ought\s+to)\b")
# What may stand between a name and its duty, at the end of the words before that.
_BETWEEN = re.compile(r"(?: also| still| now| therefore| will)+$")
_LONGEST_NAME = 100
_BEGINNING = re.compile(
    r"\W*(?:(?:and|but|so|also|however),?\s+)?(?P<name>.{1,100}?)"
    r"\s+(?:(?:also|still|now|therefore)\s+)?"
    r"(?:should|must|needs\s+to|will\s+need\s+to|ought\s+to)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_STATEMENT = frozenset(("contents", "footer", "signature"))


def expectations(
    quoting: Quoting, document: Document, sections: Sequence[Section], vocabulary: Vocabulary
) -> Iterator[Expectation]:
    """The sentences that begin with the force and say what it should do, findings left out."""
    for section in sections:
        kind = vocabulary.kind.get(section.kind)
        if section.kind in _NO_STATEMENT or (kind is not None and kind.finding):
            continue
        if len(section.force) != 1:
            continue
        # Looking for words is far quicker than for patterns, and few sections hold one.
        bounds = section.start, section.end
        if all(quoting.text.find(word, *bounds) < 0 for word in _DUTIES):
            continue
        names = _names(section.force, vocabulary)
        if _speaks_of(tuple(names), quoting.text, section):
            yield from _of_section(quoting, document, section, names)


def _speaks_of(names: tuple[str, ...], text: str, section: Section) -> bool:
    """Whether one of the names stands before a duty anywhere in a section.

    Looking back from the few duties is far quicker than looking for all the names.
    """
    for duty in _DUTY.finditer(text, section.start, section.end):
        before = text[max(section.start, duty.start() - _LONGEST_NAME) : duty.start()]
        plain = _BETWEEN.sub("", _plain(before))
        if plain.endswith(names):
            return True
    return False


def _of_section(
    quoting: Quoting, document: Document, section: Section, names: frozenset[str]
) -> Iterator[Expectation]:
    headed = section.heading_end
    if headed > section.heading_start and _begins(quoting, section.heading_start, headed, names):
        span = section.heading_start, headed
        yield _expectation(quoting, document, section, span, heading=True)
    for span in quoting.sentences(max(section.start, headed), section.end):
        if _begins(quoting, *span, names):
            yield _expectation(quoting, document, section, span, heading=False)


def _expectation(
    quoting: Quoting, document: Document, section: Section, span: tuple[int, int], *, heading: bool
) -> Expectation:
    return Expectation(
        document=document,
        force=section.force,
        theme=section.theme,
        grade=section.grade,
        headings=section.headings,
        said=quoting.quote(*span),
        heading=heading,
        repeat=repeat(quoting, section.start, section.end) if heading else None,
    )


def _begins(quoting: Quoting, start: int, end: int, names: frozenset[str]) -> bool:
    """Whether a sentence begins with one of the names and what it should do."""
    found = _BEGINNING.match(quoting.text, start, end)
    return found is not None and _plain(found["name"]) in names


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


@lru_cache(maxsize=256)
def _names(forces: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    """What a report calls the force, folded."""
    return frozenset(map(_plain, own_names(forces, vocabulary)))
