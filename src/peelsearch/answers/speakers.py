"""Whose words a passage holds: the inspectorate's, a named inspector's, the commissioner's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from peelsearch.analysis import sentences
from peelsearch.corpus import Corpus
from peelsearch.model import Document, Everything, Match, Request, Span
from peelsearch.records import dataclass

INSPECTORATE = "the inspectorate"
COMMISSIONER = "the commissioner"
WRITER = "the writer of the letter"
# Sections that the inspector who signs them wrote.
_SIGNED_KINDS = ("observation", "observations", "signature")
# "HM Inspector of Constabulary Zoë Billingham said:" and what stands in quotation marks below it.
_SAID = re.compile(
    r"^(?P<who>[^\n]{0,120}?[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)+)\s+(?:said|added|says)\s?:\s*$",
    re.MULTILINE,
)
# The last words of a person's office, which stands before the name.
_OFFICE = re.compile(
    r".*\b(?:Constabulary|Constable|Commissioner|Inspector|Superintendent|Officer|Minister|Secretary"
    r"|Director|Chair|Chief|Leader|Sir|Dame|Dr|Mrs?|Ms|Mx)\.?\s+(?=[A-ZÀ-Þ])"
)
_OPENING = "\"“'‘"
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*)+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, in words, and where the passage says so: spans of the sentence and the name."""

    said: str
    sentence: Span | None = None
    name: Span | None = None


class Speakers:
    """Who says what in the documents of a corpus; signatures are looked up once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._signatures: dict[str, tuple[Match, Span] | None] = {}

    def of(self, match: Match, document: Document, at: int) -> str:
        """Who says what stands at an offset of a match's passage."""
        return self.speaker(match, document, at).said

    def speaker(self, match: Match, document: Document, at: int) -> Speaker:
        """Who says what stands at an offset, and where in the passage that is said."""
        passage = match.passage
        kind = passage.facets["kind"][0]
        said = _said(passage.text, at)
        if said is not None:
            return said
        if document.type in _LETTERS:
            writer = _LETTERS[document.type]
            if kind in _QUOTED_KINDS:
                return Speaker(f"{INSPECTORATE}, quoted in a letter by {writer}")
            name = self._signature(document.id)
            return Speaker(f"{writer}, {name}" if name else writer)
        if kind in _SIGNED_KINDS:
            name = self._signature(document.id)
            return Speaker(f"the inspector, {name}" if name else "the inspector")
        return Speaker(INSPECTORATE)

    def _signature(self, document: str) -> str:
        """The name under a document, empty where it has no signature."""
        signed = self.signature(document)
        return signed[0].passage.text[slice(*signed[1])] if signed else ""

    def signature(self, document: str) -> tuple[Match, Span] | None:
        """The passage that is a document's signature, and where the name stands in it."""
        if document not in self._signatures:
            request = Request(
                match=Everything(),
                filters=(("kind", ("signature",)),),
                documents=frozenset((document,)),
                facets=(),
                count_documents=False,
                limit=1,
            )
            found = self._corpus.reader.search(request).matches
            name = signature_name(found[0]) if found else None
            self._signatures[document] = (found[0], name) if name else None
        return self._signatures[document]


_LETTERS: Mapping[str, str] = {"commissioner-letter": COMMISSIONER, "other-letter": WRITER}
_QUOTED_KINDS = frozenset(
    (
        "recommendation",
        "area-for-improvement",
        "cause-of-concern",
        "promising-practice",
        "innovative-practice",
    )
)


def signature_name(match: Match) -> Span | None:
    """Where the name stands in a passage that is a signature: its first line of names alone."""
    text = match.passage.text
    for start, end in sentences(text):
        for line in re.finditer(r"[^\n]+", text[start:end]):
            found = _NAME.fullmatch(line.group().strip())
            if found and not _CLOSING.match(found.group()):
                left = start + line.start() + line.group().index(found.group())
                return left, left + len(found.group())
    return None


_CLOSING = re.compile(r"(?:yours|kind|best|with|sincerely|faithfully|HM |Police )", re.IGNORECASE)


def _said(text: str, at: int) -> Speaker | None:
    """Who is introduced before the quotation marks in which an offset stands."""
    last = None
    for match in _SAID.finditer(text, 0, at):
        last = match
    if last is None or text[last.end() :].lstrip()[:1] not in _OPENING:
        return None
    # Each paragraph of a long quotation opens with quotation marks; only the last one closes.
    closing = re.compile(r"[\"”]\s*(?:\n|\Z)").search(text, last.end())
    while closing and _continues(text, closing.end()):
        closing = re.compile(r"[\"”]\s*(?:\n|\Z)").search(text, closing.end())
    if closing and closing.end() <= at:
        return None
    office = _OFFICE.match(last["who"])
    name = last.start("who") + (office.end() if office else 0), last.end("who")
    return Speaker(last["who"].strip(), (last.start(), last.end()), name)


def _continues(text: str, at: int) -> bool:
    return text[at:].lstrip()[:1] in _OPENING
