"""A document as records that the template lays out: outline, sections, paragraphs, lists, tables.

The text is shown as it was extracted. Matches of a query are marked in it, and every section and
every passage has an anchor that stays when the index is built again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peelsearch import facets
from peelsearch.model import Document, Passage, Section, Span, StructuredDocument
from peelsearch.render import words
from peelsearch.snippets import NO_MARKS, Highlighter, display, readable
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.document_blocks import BlockView, blocks, joined
from peelsearch.webapp.pieces import Pieces, within

# Sections of these depths are in the outline; deeper ones are within a scroll of one of them.
OUTLINE_DEPTH = 2
HIGHEST_HEADING = 2
LOWEST_HEADING = 6

_QUOTE = re.compile(
    r"(?P<passage>[^:@]{1,300})(?P<from>[:@])(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})"
)


@dataclass(frozen=True, slots=True)
class PartView:
    """A run of blocks; ``anchor`` is the id of the passage they are, empty outside passages.

    ``next`` is the id of the next passage with a match, where this one has one too.
    """

    anchor: str
    blocks: tuple[BlockView, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section. ``named`` is false where its heading is a name that the document does not use."""

    anchor: str
    tag: str
    heading: Pieces
    label: str
    named: bool
    kind: str
    grade: str
    page: int | None
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline; ``matches`` counts the marks up to the next line's section."""

    anchor: str
    label: str
    depth: int
    matches: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole document. ``facts`` are (name, value) pairs in reading order; before them stand the
    ``forces``, as (id, label), which are called ``force_title``, and after them the ``file``.

    ``searched`` tells whether there are words to mark; ``matches`` says in how many passages they
    are, empty for none. ``quoted`` tells that a quotation is marked instead, in the first match.
    """

    id: str
    title: str
    force_title: str
    forces: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    file: str
    outline: tuple[OutlineEntry, ...]
    sections: tuple[SectionView, ...]
    searched: bool
    matches: str
    first_match: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Source:
    """What the sections are cut from."""

    structure: StructuredDocument
    marks: tuple[Span, ...]
    passages: tuple[Passage, ...]
    vocabulary: Vocabulary
    next: Mapping[str, str]


def document_view(
    document: Document,
    structure: StructuredDocument,
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    highlighter: Highlighter,
    quote: str = "",
) -> DocumentView:
    """The page of a document, with what the highlighter finds marked in each passage.

    Where ``quote`` names a quotation that stands in the document, that alone is marked.
    """
    passages = sorted(passages, key=lambda passage: passage.start)
    quoted = _quoted(quote, passages)
    marks = quoted or tuple(
        (passage.start + start, passage.start + end)
        for passage in passages
        for start, end in highlighter.marks(passage.text)
    )
    hits = [passage for passage in passages if within(marks, passage.start, passage.end)]
    after = {one.id: other.id for one, other in pairwise(hits)}
    source = _Source(structure, marks, tuple(passages), vocabulary, after)
    return DocumentView(
        id=document.id,
        title=document.title,
        force_title=facets.title("force", vocabulary),
        forces=tuple(
            (force, vocabulary.label("force", force)) for force in structure.description.forces
        ),
        facts=_facts(document, structure, len(passages), vocabulary),
        file=re.split(r"[\\/]", document.path)[-1],
        outline=_outline(structure.sections, marks),
        sections=tuple(_section(section, source) for section in structure.sections),
        searched=highlighter != NO_MARKS,
        matches=words.count(len(hits), "passage") if hits else "",
        first_match=hits[0].id if hits else "",
        quoted=bool(quoted),
    )


def _quoted(typed: str, passages: Sequence[Passage]) -> tuple[Span, ...]:
    """The span of a quotation that an address names, none where it does not stand here."""
    found = _QUOTE.fullmatch(typed)
    passage = next((p for p in passages if found and p.id == found["passage"]), None)
    if found is None or passage is None:
        return ()
    base = passage.start if found["from"] == ":" else 0
    start, end = base + int(found["start"]), base + int(found["end"])
    if not passage.start <= start < end <= passage.end:
        return ()
    return ((start, end),)


def anchor(section: Section) -> str:
    """The id of a section on its document's page."""
    return f"s-{section.start}"


def _facts(
    document: Document, structure: StructuredDocument, passages: int, vocabulary: Vocabulary
) -> tuple[tuple[str, str], ...]:
    date, basis = words.date(document.date) or "Not stated", structure.description.date_basis
    facts = (
        ("Type", vocabulary.label("type", document.type)),
        ("Date", f"{date} ({basis})" if basis else date),
        (
            facets.title("round", vocabulary),
            vocabulary.label("round", document.round) if document.round else "",
        ),
        ("Length", f"{len(structure.sections):,} sections, {words.count(passages, 'passage')}"),
    )
    return tuple(fact for fact in facts if fact[1])


def _outline(sections: Sequence[Section], marks: Sequence[Span]) -> tuple[OutlineEntry, ...]:
    listed = [section for section in sections if len(section.path) < OUTLINE_DEPTH]
    ends = [section.start for section in listed[1:]] + [sections[-1].end if sections else 0]
    starts = sorted(start for start, _ in marks)
    return tuple(
        OutlineEntry(
            anchor(section),
            readable(section.heading),
            len(section.path) + 1,
            bisect_right(starts, end - 1) - bisect_right(starts, section.start - 1),
        )
        for section, end in zip(listed, ends, strict=False)
    )


def _section(section: Section, source: _Source) -> SectionView:
    named = section.heading_end > section.heading_start
    start, end = section.heading_start, section.heading_end
    heading = (
        display(source.structure.text[start:end], within(source.marks, start, end))
        if named
        else display(section.heading)
    )
    level = min(HIGHEST_HEADING + len(section.path), LOWEST_HEADING)
    kind = source.vocabulary.kind.get(section.kind)
    return SectionView(
        anchor=anchor(section),
        tag=f"h{level}",
        heading=heading,
        label=readable(section.heading),
        named=named,
        kind=kind.label if kind and kind.finding else "",
        grade=_grade(section, source.vocabulary),
        page=section.page,
        parts=tuple(_parts(section, source)),
    )


def _grade(section: Section, vocabulary: Vocabulary) -> str:
    """The grade where it says something new: at the theme itself and at each finding."""
    kind = vocabulary.kind.get(section.kind)
    if section.kind == "theme" or (kind and kind.finding):
        return words.graded(section.grade, vocabulary)
    return ""


def _parts(section: Section, source: _Source) -> Iterator[PartView]:
    """The section's own text, cut where its passages begin; the heading's passage comes first."""
    body = section.heading_end if section.heading_end > section.heading_start else section.start
    first = bisect_left(source.passages, section.start, key=lambda passage: passage.start)
    last = bisect_left(source.passages, section.end, key=lambda passage: passage.start)
    inside = source.passages[first:last]
    bounds = [body, *(p.start for p in inside if p.start > body), section.end]
    anchors = {max(p.start, body): p.id for p in inside}
    for start, end in pairwise(bounds):
        # What stands before a part is on the page that was told last.
        told = section.page if start == body else source.structure.page(start - 1)
        found = joined(blocks(source.structure, source.marks, start, max(start, end), told))
        if found or start == body:
            passage = anchors.get(start, "")
            yield PartView(passage, found, source.next.get(passage, ""))
