"""Quotations: a slice of a passage with what a reader needs to judge it."""

from __future__ import annotations

import re

from peelsearch.answers.candidates import years_in
from peelsearch.answers.speakers import Speakers
from peelsearch.corpus import Corpus
from peelsearch.model import Answer, Match, Passage, Span

# How much of the passage on each side of a quotation is its context, in characters at most.
CONTEXT = 600


class Quotes:
    """Makes answers of spans in passages."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._speakers = Speakers(corpus)

    def answer(
        self, match: Match, start: int, end: int, span: Span | None = None, score: float = 0.0
    ) -> Answer:
        """The slice of a match's passage as an answer, rank 1, without white space at its ends.

        ``span`` are offsets into the passage.
        """
        passage = match.passage
        quote = passage.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        end = start + len(quote)
        document = self._corpus.document(passage.document)
        return Answer(
            rank=1,
            quote=quote,
            span=_inside(span, start, end),
            start=passage.start + start,
            end=passage.start + end,
            context=_context(match, start, end),
            passage=passage,
            document=document,
            speaker=self._speakers.of(match, document, start),
            year=years_in(quote) or (document.date or "")[:4],
            score=score,
        )

    @property
    def speakers(self) -> Speakers:
        """Who says what."""
        return self._speakers


def own_heading(match: Match) -> Span:
    """Where a passage's own heading stands in its text; empty where it has none there."""
    end = match.units[0][0] if match.units else 0
    text = match.passage.text[:end]
    return len(text) - len(text.lstrip()), len(text.rstrip())


def headline(match: Match) -> Span:
    """What says in one line what a finding is: its heading, or what follows a mere number."""
    start, end = own_heading(match)
    if match.units and (start >= end or _NUMBERED.fullmatch(match.passage.text[start:end])):
        return match.units[0]
    return start, end


_NUMBERED = re.compile(r"\W*\w+(?:\s\w+)?\s+\d{1,3}\W*")


def _inside(span: Span | None, start: int, end: int) -> Span | None:
    if span is None or span[0] < start or span[1] > end or span[0] >= span[1]:
        return None
    return span[0] - start, span[1] - start


def _context(match: Match, start: int, end: int) -> Span:
    """The sentences around, as offsets into the document."""
    passage: Passage = match.passage
    first, last = start, end
    for left, right in match.units:
        if right <= start and start - left <= CONTEXT:
            first = min(first, left)
        if left >= end and right - end <= CONTEXT:
            last = right
    return passage.start + first, passage.start + last
