"""Results as text for a terminal, or plain for a pipe: the same words, with or without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peelsearch import facets
from peelsearch.model import (
    Document,
    FacetCount,
    Hit,
    Passage,
    SearchResults,
    Section,
    Span,
    StructuredDocument,
)
from peelsearch.render import words
from peelsearch.snippets import display, readable
from peelsearch.vocabulary import Vocabulary

# Facet values shown below the hits; "peelsearch facets" lists all.
VALUES_SHOWN = 5
INDENT = "   "
PATH_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. ``width`` is in columns; None leaves lines as long as they are."""

    colour: bool = False
    width: int | None = None

    def bold(self, text: str) -> str:
        """For headings."""
        return self._set(text, "1")

    def dim(self, text: str) -> str:
        """For what is said beside the matter."""
        return self._set(text, "2")

    def match(self, text: str) -> str:
        """For what was searched."""
        return self._set(text, "1;33")

    def _set(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def marked(self, text: str, marks: Sequence[Span]) -> str:
        """Readable text with its matches set off; without colour nothing tells them apart."""
        return "".join(
            self.match(piece) if marked else piece for piece, marked in display(_safe(text), marks)
        )

    def wrap(self, text: str, indent: str) -> str:
        """The text within the width, every line indented. Colour codes count as nothing."""
        if self.width is None:
            return indent + text
        return _wrap(text, indent, max(40, self.width))


def _safe(text: str) -> str:
    """The text with control characters, which a terminal would obey, made visible spaces."""
    return "".join(char if char >= " " or char in "\n\t\r" else " " for char in text).replace(
        "\x7f", " "
    )


def _wrap(text: str, indent: str, width: int) -> str:
    lines: list[str] = []
    line, used, carried = indent, len(indent), ""
    for word in text.split(" "):
        visible = len(_without_codes(word))
        if used > len(indent) and used + 1 + visible > width:
            lines.append(line + ("\x1b[0m" if carried else ""))
            line, used = indent + carried, len(indent)
        if used > len(indent):
            line, used = line + " ", used + 1
        line, used = line + word, used + visible
        carried = _open_code(carried, word)
    return "\n".join([*lines, line])


def _without_codes(word: str) -> str:
    head, *rest = word.split("\x1b[")
    return head + "".join(part.partition("m")[2] for part in rest)


def _open_code(carried: str, word: str) -> str:
    """The colour code that is still open behind the word."""
    for part in word.split("\x1b[")[1:]:
        code = part.partition("m")[0]
        carried = "" if code == "0" else f"\x1b[{code}m"
    return carried


def search_text(results: SearchResults, style: Style, vocabulary: Vocabulary) -> str:
    """A page of hits, how the query was read, and the facet counts."""
    lines = [style.bold(words.total(results)) + f" · {results.interpreted}"]
    lines += [style.dim(line) for line in (words.more(results), *results.notes) if line]
    if results.suggestion:
        lines.append(f"Did you mean: {results.suggestion}")
    for hit in results.hits:
        lines += ["", *_hit_lines(hit, style, vocabulary)]
    lines += ["", *_rest_lines(results, style)] if results.hits else []
    return "\n".join(lines) + "\n"


def _hit_lines(hit: Hit, style: Style, vocabulary: Vocabulary) -> Iterable[str]:
    passage = hit.passage
    headings = [
        style.marked(heading, [(m.start, m.end) for m in hit.heading_marks if m.heading == index])
        for index, heading in enumerate(passage.headings)
    ]
    yield style.wrap(f"{hit.rank}. {style.bold(headings[-1])}", "")
    if len(headings) > 1:
        yield style.wrap(PATH_SEPARATOR.join(headings[:-1]), INDENT)
    yield style.wrap(style.dim(about(passage, hit.document, vocabulary)), INDENT)
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
    parts = [
        readable(document.title),
        words.date(document.date),
        vocabulary.label("kind", passage.facets["kind"][0]).lower(),
        words.graded(passage.facets["grade"][0], vocabulary),
        f"page {passage.page}" if passage.page else "",
    ]
    return " · ".join(part for part in parts if part)


def _rest_lines(results: SearchResults, style: Style) -> Iterable[str]:
    shown = len(results.hits)
    if shown < results.total:
        first = results.hits[0].rank
        line = f"Hits {first} to {first + shown - 1} of {results.total:,}"
        if results.page < results.pages:
            line += f"; --page {results.page + 1} shows the next"
        yield line + "."
    yield from facet_lines(results.facets, style, shown=VALUES_SHOWN)


def facet_lines(
    counts: Sequence[tuple[str, Sequence[FacetCount]]], style: Style, *, shown: int | None
) -> Iterable[str]:
    """One line a facet: its label, then values with counts; selected ones are starred."""
    size = max((len(facets.FACETS_BY_NAME[name].label) for name, _ in counts), default=0)
    for name, values in counts:
        listed = [
            f"{'*' if value.selected else ''}{value.label} {value.count:,}"
            for value in values[:shown]
        ]
        if shown is not None and len(values) > shown:
            listed.append(f"{len(values) - shown} more")
        label = facets.FACETS_BY_NAME[name].label.ljust(size)
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


def body_lines(text: str, style: Style, *, indent: str) -> Iterable[str]:
    """The lines of a text as people read them; blank lines stay."""
    for line in _safe(text).splitlines():
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
        words.date(document.date),
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
