"""Sections that are findings, as entries of a register: number, headline, deadline, whose words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from peelsearch.documents.deadlines import read_deadline
from peelsearch.model import Deadline, Finding, Section, Source
from peelsearch.vocabulary import Entry, Vocabulary

_QUOTES = "'\"‘’“”"
# The number of an item of a list.
_ITEM_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=[^\W\d])")


def read_findings(
    text: str, sections: Iterable[Section], vocabulary: Vocabulary, *, quoting: bool
) -> tuple[Finding, ...]:
    """The findings of a document in order. In a ``quoting`` document they are somebody else's."""
    found: list[Finding] = []
    for section in sections:
        kind = vocabulary.kind.get(section.kind)
        if kind is None or not kind.finding:
            continue
        number, headline = _numbered(section.heading, kind)
        found.append(
            Finding(
                kind=kind.id,
                number=number,
                headline=headline,
                source=Source.QUOTED if quoting else Source.ORIGINAL,
                theme=section.theme,
                grade=section.grade,
                force=section.force,
                deadline=_deadline(text, section, kind, vocabulary),
                start=section.start,
                end=section.end,
            )
        )
    return tuple(found)


def _numbered(heading: str, kind: Entry) -> tuple[str | None, str]:
    """The printed number, and the headline without its prefix and opening quote.

    A heading that is nothing but prefix and number is its own headline.
    """
    bare = heading.lstrip(_QUOTES)
    for prefix in kind.prefix:
        match = re.match(
            rf"{re.escape(prefix)}s?\b\s*(\d{{1,3}}[a-z]?)?\s*(?:[:.–—-]+\s*)?", bare, re.IGNORECASE
        )
        if match and (match[1] or match.end() > len(prefix)):
            return match[1], bare[match.end() :].strip() or bare
    item = _ITEM_NUMBER.match(bare)
    return (item[1], bare[item.end() :]) if item else (None, heading)


def _deadline(text: str, section: Section, kind: Entry, vocabulary: Vocabulary) -> Deadline | None:
    """When it is to be done by. Only what asks has a deadline.

    The evidence under a headline names dates of other things, so there it must be in the
    headline itself; a concern and the recommendations that it carries are all headline.
    """
    if not kind.ask:
        return None
    whole = kind.carries is not None or any(kind.id == other.carries for other in vocabulary.kind)
    end = section.end if whole else section.heading_end
    return read_deadline(text, section.start, end)
