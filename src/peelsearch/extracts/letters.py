"""What a letter says itself: its replies to what it quotes, and which report it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelsearch.documents.dates import date_in
from peelsearch.extracts.quoting import Quoting
from peelsearch.model import Document, Section, StructuredDocument
from peelsearch.model.quotations import Quotation
from peelsearch.model.responses import LetterExtract, LetterReply, ReplyState
from peelsearch.vocabulary import Vocabulary, fold

_RESPONSE = "response"
# So much of a letter's own words is kept, to see which report it names.
_WORDS = 5_000
_PUBLISHED = re.compile(r"\bpublished\b", re.IGNORECASE)
# Who gives a document's date says when it was published; that it is dated says less.
_PUBLIC = ("publication date", "stated in")


def read_letter(
    document: Document, structured: StructuredDocument, quoting: Quoting, vocabulary: Vocabulary
) -> LetterExtract:
    """A letter's own words."""
    own = [section for section in structured.sections if not _finding(section, vocabulary)]
    published, said = _published(own, quoting)
    public = structured.description.date_basis.startswith(_PUBLIC)
    words = " ".join(quoting.text[section.start : section.end] for section in own)
    return LetterExtract(
        words=fold(words[:_WORDS]),
        replies=tuple(_replies(structured, quoting, vocabulary)),
        published=published,
        published_said=said,
        comments_published=document.date if public else None,
    )


def _finding(section: Section, vocabulary: Vocabulary) -> bool:
    kind = vocabulary.kind.get(section.kind)
    return kind is not None and kind.finding


def _published(own: list[Section], quoting: Quoting) -> tuple[str | None, Quotation | None]:
    """The day that the letter gives for the publication of a report, and the sentence."""
    for section in own:
        if section.kind == _RESPONSE or not _PUBLISHED.search(
            quoting.text, section.start, section.end
        ):
            continue
        for start, end in quoting.sentences(section.start, section.end):
            word = _PUBLISHED.search(quoting.text, start, end)
            date = date_in(quoting.text[word.end() : end]) if word else None
            if date is not None:
                return date.iso, quoting.quote(start, end)
    return None, None


def _replies(
    structured: StructuredDocument, quoting: Quoting, vocabulary: Vocabulary
) -> Iterator[LetterReply]:
    """What is said to each quoted ask.

    A reply speaks to the asks that are quoted since the reply before it: specifically to a single
    one, or to those whose numbers it names, else to all of them in general.
    """
    numbers = {finding.start: finding.number for finding in structured.findings}
    waiting: list[int] = []
    for section in structured.sections:
        kind = vocabulary.kind.get(section.kind)
        if kind is not None and kind.ask:
            waiting.append(section.start)
        elif section.kind == _RESPONSE and waiting:
            said = quoting.quote(section.start, section.end)
            named = [start for start in waiting if _names(said.quote, numbers.get(start))]
            for start in waiting:
                if len(waiting) == 1 or start in named:
                    yield LetterReply(start, ReplyState.SPECIFIC, said)
                elif named:
                    yield LetterReply(start, ReplyState.QUOTED_ONLY, None)
                else:
                    yield LetterReply(start, ReplyState.GENERAL, said)
            waiting = []
    yield from (LetterReply(start, ReplyState.QUOTED_ONLY, None) for start in waiting)


def _names(words: str, number: str | None) -> bool:
    """Whether a reply names a finding by its number."""
    if number is None:
        return False
    pattern = rf"\brecommendations?\s+(?:\d+[a-z]?\s*(?:,|and|&)\s*)*{re.escape(number)}\b"
    return re.search(pattern, words, re.IGNORECASE) is not None
