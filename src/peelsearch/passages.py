"""Sections to passages: what is indexed, counted and cited, with a value for every facet."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from peelsearch.documents import forces_named
from peelsearch.model import (
    NOT_STATED,
    Document,
    Passage,
    Section,
    Span,
    StructuredDocument,
)
from peelsearch.vocabulary import Vocabulary

# A longer section is cut: a hit should be read at a glance. The longest section of a report among
# the seeds has 3,027 letters, so that only unusual ones are.
LONGEST = 4_500
# A part is not shorter than this share of an even cut, so that no crumbs are left.
_SHORTEST_SHARE = 0.4
# Where a section may be cut, the best place first.
_CUTS = (
    re.compile(r"\n[ \t\r\f\u00a0]*\n"),
    re.compile(r"[\n\r\f]"),
    re.compile(r"(?<=[.!?])[ \u00a0]"),
    re.compile(r"\s"),
)
_NO_PASSAGE = frozenset(("contents", "footer"))


def build_passages(
    document: Document, structured: StructuredDocument, vocabulary: Vocabulary
) -> tuple[Passage, ...]:
    """The passages of a document in the order of its text. They never overlap."""
    found: list[Passage] = []
    facets: dict[str, tuple[str, ...]] = {}
    before: Section | None = None
    for identifier, section, start, end in passage_spans(document.id, structured, vocabulary):
        if section is not before:
            facets, before = _facets(document, section, vocabulary), section
        text = structured.text[start:end]
        found.append(
            Passage(
                id=identifier,
                document=document.id,
                headings=section.headings,
                facets={**facets, "mentions": _mentions(text, section, vocabulary)},
                text=text,
                start=start,
                end=end,
                page=structured.page(start),
                date=document.date,
            )
        )
    return tuple(found)


def passage_spans(
    document_id: str, structured: StructuredDocument, vocabulary: Vocabulary
) -> Iterator[tuple[str, Section, int, int]]:
    """The id, section, start and end of each passage of a document, in the order of its text."""
    repeats: Counter[str] = Counter()
    for section in structured.sections:
        for start, end in _spans(structured.text, section, vocabulary):
            digest = passage_digest(section.headings, structured.text[start:end])
            repeats[digest] += 1
            suffix = f"-{repeats[digest]}" if repeats[digest] > 1 else ""
            yield f"{document_id}-{digest}{suffix}", section, start, end


def passage_digest(headings: tuple[str, ...], text: str) -> str:
    """What stands for a passage in its id, behind its document."""
    return hashlib.sha256("\0".join((*headings, text)).encode(errors="replace")).hexdigest()[:8]


def _facets(
    document: Document, section: Section, vocabulary: Vocabulary
) -> dict[str, tuple[str, ...]]:
    kind = vocabulary.kind.get(section.kind)
    return {
        "force": section.force or (NOT_STATED,),
        "theme": (section.theme,),
        "grade": (section.grade,),
        "kind": ((kind.passage if kind else None) or section.kind,),
        "type": (document.type,),
        "round": (document.round or NOT_STATED,),
        "year": (document.date[:4] if document.date else NOT_STATED,),
    }


def _mentions(text: str, section: Section, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The forces that a passage names besides its own."""
    named = dict.fromkeys(name.id for name in forces_named(text, vocabulary))
    return tuple(force for force in named if force not in section.force) or (NOT_STATED,)


def _spans(text: str, section: Section, vocabulary: Vocabulary) -> Iterator[Span]:
    """Where the passages of a section begin and end; none for a heading alone."""
    if section.kind in _NO_PASSAGE or _heading_alone(text, section):
        return
    kind = vocabulary.kind.get(section.kind)
    if kind is not None and kind.finding:
        yield section.start, section.end
    else:
        yield from _parts(text, section.start, section.end)


def _heading_alone(text: str, section: Section) -> bool:
    if section.heading_end < section.end:
        return not text[section.heading_end : section.end].strip()
    return " ".join(text[section.start : section.end].split()) == section.heading


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Parts of similar length, none longer than the limit, white space at their ends left out."""
    while start < end:
        size = end - start
        cut = end if size <= LONGEST else _cut(text, start, size / -(-size // LONGEST))
        first = start + len(text[start:cut]) - len(text[start:cut].lstrip())
        last = start + len(text[start:cut].rstrip())
        if first < last:
            yield first, last
        start = cut


def _cut(text: str, start: int, share: float) -> int:
    """The best place to cut near ``share`` letters after ``start``, else exactly at the limit."""
    low, high = start + int(share * _SHORTEST_SHARE), start + LONGEST
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text, low, high)]
        if places:
            return min(places, key=lambda place: abs(place - start - share))
    return high
