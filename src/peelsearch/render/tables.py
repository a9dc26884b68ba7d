"""Results as CSV and Markdown, for spreadsheets and papers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from peelsearch import facets
from peelsearch.model import Answer, Answers, FacetCount, Hit, SearchResults
from peelsearch.render import words
from peelsearch.render.quotations import around, headings, telling
from peelsearch.snippets import display, readable
from peelsearch.vocabulary import Vocabulary

HIT_COLUMNS = (
    "rank",
    "score",
    "document",
    "title",
    "date",
    "headings",
    *(facet.name for facet in facets.FACETS),
    "page",
    "start",
    "end",
    "passage",
    "text",
)

ANSWER_COLUMNS = (
    "rank",
    "score",
    "state",
    "answer",
    "quote",
    "speaker",
    "year",
    "document",
    "title",
    "date",
    "headings",
    *(facet.name for facet in facets.FACETS),
    "page",
    "start",
    "end",
    "passage",
    "context",
)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a header line (RFC 4180 quoting, LF line ends).

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    return "".join(csv_lines(columns, rows))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The same a row at a time."""
    for row in chain((columns,), ([_cell(value) for value in row] for row in rows)):
        # A carriage return is quoted only where it is in the line end.
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow(row)
        yield line.getvalue()[:-2] + "\n"


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return "" if value is None else value


def search_csv(results: SearchResults) -> str:
    """One row a hit."""
    return to_csv(HIT_COLUMNS, (_hit_row(hit) for hit in results.hits))


def _hit_row(hit: Hit) -> tuple[object, ...]:
    passage = hit.passage
    return (
        hit.rank,
        f"{hit.score:.6f}",
        hit.document.id,
        hit.document.title,
        hit.document.date,
        " > ".join(passage.headings),
        *(" ".join(passage.facets[facet.name]) for facet in facets.FACETS),
        passage.page,
        passage.start,
        passage.end,
        passage.id,
        passage.text,
    )


def search_markdown(results: SearchResults, vocabulary: Vocabulary) -> str:
    """The hits as quotations with their sources."""
    lines = [f"**{words.total(results)}** · {_escaped(results.interpreted)}", ""]
    for note in (words.more(results), *results.notes):
        lines += [_escaped(note), ""] if note else []
    for hit in results.hits:
        lines += _hit_markdown(hit, vocabulary)
    return "\n".join(lines).rstrip() + "\n"


def _hit_markdown(hit: Hit, vocabulary: Vocabulary) -> Iterable[str]:
    passage = hit.passage
    where = [
        readable(hit.document.title),
        words.date(hit.document.date) or "no date stated",
        " › ".join(readable(heading) for heading in passage.headings),
        words.graded(passage.facets["grade"][0], vocabulary),
        f"page {passage.page}" if passage.page else "",
    ]
    yield f"{hit.rank}. > {_escaped(readable(hit.snippet.text))}"
    yield ""
    yield f"   {_escaped(', '.join(part for part in where if part))} (`{passage.id}`)"
    yield ""


def _escaped(text: str) -> str:
    for char in "\\`*_[]<>#|":
        text = text.replace(char, "\\" + char)
    return text


def answers_csv(found: Answers) -> str:
    """One row a quotation; ``answer`` are the words in it that answer."""
    return to_csv(ANSWER_COLUMNS, (_answer_row(answer, found) for answer in found.answers))


def _answer_row(answer: Answer, found: Answers) -> tuple[object, ...]:
    passage = answer.passage
    start, end = answer.context
    return (
        answer.rank,
        f"{answer.score:.6f}",
        found.state.value,
        answer.quote[slice(*answer.span)] if answer.span else "",
        answer.quote,
        answer.speaker,
        answer.year,
        answer.document.id,
        answer.document.title,
        answer.document.date,
        " > ".join(passage.headings),
        *(" ".join(passage.facets[facet.name]) for facet in facets.FACETS),
        passage.page,
        answer.start,
        answer.end,
        passage.id,
        passage.text[start - passage.start : end - passage.start],
    )


def answers_markdown(found: Answers, vocabulary: Vocabulary, *, context: bool = False) -> str:
    """The state, why, and the quotations with their sources."""
    lines = [f"**{_escaped(words.state(found))}**", ""]
    for line in words.explained(found, vocabulary):
        lines += [_escaped(line), ""]
    for answer in found.answers:
        lines += _answer_markdown(telling(answer, found.state), vocabulary, context=context)
    return "\n".join(lines).rstrip() + "\n"


def _answer_markdown(answer: Answer, vocabulary: Vocabulary, *, context: bool) -> Iterable[str]:
    marks = [answer.span] if answer.span else []
    quote = "".join(
        f"**{_escaped(piece)}**" if marked else _escaped(piece)
        for piece, marked in display(answer.quote, marks)
    )
    number = f"{answer.rank}. "
    indent = " " * len(number)
    before, after = around(answer) if context else ("", "")
    yield number + (f"{_escaped(before)}" if before else f"> {quote}")
    yield ""
    if before:
        yield from (f"{indent}> {quote}", "")
    if after:
        yield from (f"{indent}{_escaped(after)}", "")
    where = [
        words.speaker(answer),
        readable(answer.document.title),
        *words.answer_details(answer, vocabulary),
        " › ".join(headings(answer)),
    ]
    yield f"{indent}{_escaped(', '.join(part for part in where if part))} (`{answer.passage.id}`)"
    yield ""


def facets_csv(counts: Sequence[tuple[str, Sequence[FacetCount]]]) -> str:
    """One row a value."""
    rows = ((name, v.value, v.label, v.count) for name, values in counts for v in values)
    return to_csv(("facet", "value", "label", "count"), rows)


def facets_markdown(counts: Sequence[tuple[str, Sequence[FacetCount]]]) -> str:
    """One table with a row a value."""
    lines = ["| facet | value | label | passages |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {_escaped(v.value)} | {_escaped(v.label)} | {v.count} |"
        for name, values in counts
        for v in values
    ]
    return "\n".join(lines) + "\n"
