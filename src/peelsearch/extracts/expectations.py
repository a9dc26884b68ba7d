"""What a report expects of the force outside its findings: "The force should consider ways ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from peelsearch.extracts.addressees import own_names, written
from peelsearch.extracts.quoting import Quoting
from peelsearch.extracts.repeats import repeat
from peelsearch.model import Document, Section
from peelsearch.model.register import Expectation
from peelsearch.vocabulary import Vocabulary

_NO_STATEMENT = frozenset(("contents", "footer", "signature"))


def expectations(
    quoting: Quoting, document: Document, section: Section, vocabulary: Vocabulary
) -> Iterator[Expectation]:
    """The sentences of a section that begin with the force and say what it should do."""
    kind = vocabulary.kind.get(section.kind)
    if section.kind in _NO_STATEMENT or (kind is not None and kind.finding):
        return
    if len(section.force) != 1:
        return
    wanted = _pattern(section.force, vocabulary)
    begins = re.compile(rf"\W*(?:(?:and|but|so|also|however),?\s+)?{wanted.pattern}", re.IGNORECASE)
    if wanted.search(quoting.text, section.start, section.end) is None:
        return
    headed = section.heading_end
    if headed > section.heading_start and begins.match(quoting.text, section.heading_start, headed):
        yield _expectation(
            quoting, document, section, (section.heading_start, headed), heading=True
        )
    for span in quoting.sentences(max(section.start, headed), section.end):
        if begins.match(quoting.text, *span):
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


@lru_cache(maxsize=256)
def _pattern(forces: tuple[str, ...], vocabulary: Vocabulary) -> re.Pattern[str]:
    names = "|".join(map(written, own_names(forces, vocabulary))) or r"(?!)"
    return re.compile(
        rf"\b(?:{names})\s+(?:(?:also|still|now|therefore)\s+)?"
        r"(?:should|must|needs\s+to|will\s+need\s+to|ought\s+to)\b",
        re.IGNORECASE,
    )
