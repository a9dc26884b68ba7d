"""Results as text for a terminal, or plain for a pipe: the same words, with or without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from peelsearch import facets
from peelsearch.model import (
    Document,
    DocumentHits,
    FacetCount,
    Hit,
    Passage,
    SearchResults,
)
from peelsearch.render import words
from peelsearch.render.style import BOLD, Style, safe
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary

if TYPE_CHECKING:
    from peelsearch.model import Section, StructuredDocument

# Facet values shown below the hits; "peelsearch facets" lists all.
VALUES_SHOWN = 5
INDENT = "   "
PATH_SEPARATOR = " › "
NOTHING_FOUND = '"peelsearch coverage" says what is held and what is missing.'


def search_text(results: SearchResults, style: Style, vocabulary: Vocabulary) -> str:
    """A page of hits, how the query was read, and the facet counts."""
    lines = [style.bold(words.total(results)) + f" · {results.interpreted}"]
    lines += [style.dim(line) for line in (words.more(results), *results.notes) if line]
    if results.suggestion:
        lines.append(f"Did you mean: {results.suggestion}")
    for hit in results.hits if results.groups is None else ():
        lines += ["", *hit_lines(hit, style, vocabulary)]
    for group in results.groups or ():
        lines += ["", *_group_lines(group, style, vocabulary)]
    lines += ["", *_rest_lines(results, style, vocabulary)] if results.hits else [NOTHING_FOUND]
    return "\n".join(lines) + "\n"


def _group_lines(group: DocumentHits, style: Style, vocabulary: Vocabulary) -> Iterable[str]:
    """A document, how many of its passages match, and the best of them."""
    document = group.document
    yield style.wrap(style.bold(f"{group.rank}. {readable(document.title)}"), "")
    dated = words.date(document.date) or "no date stated"
    yield style.dim(f"{INDENT}{dated} · {words.count(group.total, 'matching passage')}")
    for hit in group.hits:
        yield ""
        yield from hit_lines(hit, style, vocabulary, within=True)
    if group.total > len(group.hits):
        yield ""
        found = f"--document {document.id} shows all {group.total:,} passages"
        yield INDENT + style.dim(found)


def hit_lines(
    hit: Hit, style: Style, vocabulary: Vocabulary, *, within: bool = False
) -> Iterable[str]:
    """A hit; ``within`` its document it has no number of its own."""
    passage = hit.passage
    last = len(passage.headings) - 1
    headings = [
        style.marked(
            heading,
            [(m.start, m.end) for m in hit.heading_marks if m.heading == index],
            code=BOLD if index == last else "",
        )
        for index, heading in enumerate(passage.headings)
    ]
    yield (
        style.wrap(headings[-1], INDENT)
        if within
        else style.wrap(f"{hit.rank}. {headings[-1]}", "")
    )
    if len(headings) > 1:
        yield style.wrap(PATH_SEPARATOR.join(headings[:-1]), INDENT)
    told = _told(passage, vocabulary) if within else about(passage, hit.document, vocabulary)
    yield style.wrap(style.dim(told), INDENT)
    snippet = hit.snippet
    text = style.marked(snippet.text, snippet.marks)
    before = "… " if snippet.start > passage.start and _cut_before(passage, snippet.start) else ""
    after = " …" if passage.text[snippet.end - passage.start :].strip() else ""
    yield style.wrap(before + text + after, INDENT)
    yield INDENT + style.dim(f"peelsearch show {passage.id}")


def _cut_before(passage: Passage, start: int) -> bool:
    """Whether more than the heading stands before the snippet."""
    before = " ".join(passage.text[: start - passage.start].split())
    return before != " ".join(passage.headings[-1].split())


def about(passage: Passage, document: Document, vocabulary: Vocabulary) -> str:
    """Where a passage stands: document, date, kind, grade, page."""
    dated = words.date(document.date) or "no date stated"
    return " · ".join((readable(document.title), dated, _told(passage, vocabulary)))


def _told(passage: Passage, vocabulary: Vocabulary) -> str:
    """Kind, grade, page."""
    parts = [
        vocabulary.label("kind", passage.facets["kind"][0]).lower(),
        words.graded(passage.facets["grade"][0], vocabulary),
        f"page {passage.page}" if passage.page else "",
    ]
    return " · ".join(part for part in parts if part)


def _rest_lines(results: SearchResults, style: Style, vocabulary: Vocabulary) -> Iterable[str]:
    listed: Sequence[Hit | DocumentHits] = results.hits
    noun, total = "Hits", results.total
    if results.groups is not None:
        listed, noun, total = results.groups, "Documents", results.documents
    if len(listed) < total:
        line = f"{noun} {listed[0].rank} to {listed[-1].rank} of {total:,}"
        if results.page < results.pages:
            line += f"; --page {results.page + 1} shows the next"
        yield line + "."
    yield from facet_lines(results.facets, style, vocabulary, shown=VALUES_SHOWN)


def facet_lines(
    counts: Sequence[tuple[str, Sequence[FacetCount]]],
    style: Style,
    vocabulary: Vocabulary,
    *,
    shown: int | None,
) -> Iterable[str]:
    """One line a facet: its label, then values with counts; selected ones are starred."""
    titles = {name: facets.title(name, vocabulary) for name, _ in counts}
    size = max(map(len, titles.values()), default=0)
    for name, values in counts:
        first = sorted(values, key=lambda value: not value.selected)
        listed = [
            f"{'*' if value.selected else ''}{value.label} {value.count:,}"
            for value in first[:shown]
        ]
        if shown is not None and len(values) > shown:
            listed.append(f"{len(values) - shown} more")
        label = titles[name].ljust(size)
        yield f"{style.dim(label)}  {', '.join(listed) or 'none'}"


def passage_text(passage: Passage, document: Document, style: Style, vocabulary: Vocabulary) -> str:
    """A passage in full, with where it stands."""
    return "\n".join(
        [
            style.bold(PATH_SEPARATOR.join(readable(heading) for heading in passage.headings)),
            style.dim(about(passage, document, vocabulary)),
            "",
            *body_lines(passage.text, style, indent=""),
            "",
        ]
    )


def section_text(section: Section, text: str, style: Style, vocabulary: Vocabulary) -> str:
    """A section's own text under its heading path."""
    said = [
        vocabulary.label("kind", section.kind).lower(),
        words.graded(section.grade, vocabulary),
        f"page {section.page}" if section.page else "",
    ]
    return "\n".join(
        [
            style.bold(PATH_SEPARATOR.join(readable(heading) for heading in section.headings)),
            style.dim(" · ".join(part for part in said if part)),
            "",
            *body_lines(text, style, indent=""),
            "",
        ]
    )


def facets_text(
    counts: Sequence[tuple[str, Sequence[FacetCount]]], style: Style, vocabulary: Vocabulary
) -> str:
    """Every value of the facets, one a line: count, id to filter by, label."""
    lines: list[str] = []
    for name, values in counts:
        heading = style.bold(facets.title(name, vocabulary))
        lines += ["", heading] if lines else [heading]
        size = max((len(value.value) for value in values), default=0)
        lines += [
            f"{value.count:>8,}  {name}:{value.value.ljust(size)}  {style.dim(value.label)}"
            for value in values
        ]
    return "\n".join(lines) + "\n"


def body_lines(text: str, style: Style, *, indent: str) -> Iterable[str]:
    """The lines of a text as people read them; blank lines stay."""
    for line in safe(text).splitlines():
        folded = readable(line)
        yield style.wrap(folded, indent) if folded else ""


def document_text(
    document: Document, structured: StructuredDocument, style: Style, vocabulary: Vocabulary
) -> str:
    """A whole document: title and what is known of it, then its sections."""
    lines = [style.bold(readable(document.title)), style.dim(_known(document, vocabulary)), ""]
    for section in structured.sections:
        lines += [*body_lines(structured.text[section.start : section.end], style, indent=""), ""]
    return "\n".join(lines)


def _known(document: Document, vocabulary: Vocabulary) -> str:
    parts = [
        vocabulary.label("type", document.type),
        words.date(document.date) or "no date stated",
        vocabulary.label("round", document.round) if document.round else "",
        document.path,
        document.id,
    ]
    return " · ".join(part for part in parts if part)


def sections_text(
    document: Document, structured: StructuredDocument, style: Style, vocabulary: Vocabulary
) -> str:
    """The outline of a document with what was understood of each section, then its findings."""
    lines = [style.bold(readable(document.title)), style.dim(_known(document, vocabulary)), ""]
    lines += [_section_line(section, style, vocabulary) for section in structured.sections]
    if structured.judgments:
        lines += ["", style.bold("Judgments")]
        lines += [
            f"  {judgment.label}: {vocabulary.label('grade', judgment.grade)}"
            + (" (its sources do not agree)" if judgment.conflict else "")
            for judgment in structured.judgments
        ]
    if structured.findings:
        lines += ["", style.bold("Findings")]
        for finding in structured.findings:
            number = f" {finding.number}" if finding.number else ""
            quoted = ", quoted" if finding.source.value == "quoted" else ""
            label = vocabulary.label("kind", finding.kind)
            headline = textwrap.shorten(readable(finding.headline), 110, placeholder=" …")
            lines.append(f"  {label}{number}{quoted}: {headline}")
            if finding.deadline:
                note = "" if finding.deadline.date else f" ({finding.deadline.basis})"
                lines.append(style.dim(f"    deadline: {finding.deadline.text}{note}"))
    return "\n".join(lines) + "\n"


def _section_line(section: Section, style: Style, vocabulary: Vocabulary) -> str:
    notes = [
        vocabulary.label("kind", section.kind).lower(),
        words.graded(section.grade, vocabulary),
    ]
    heading = textwrap.shorten(readable(section.heading), 90, placeholder=" …")
    said = style.dim(" · ".join(note for note in notes if note))
    return f"{'  ' * (section.level - 1)}{heading}  {said}"
