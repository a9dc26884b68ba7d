"""The citation of a passage or finding: its words, who says them, and where."""

from __future__ import annotations

from functools import cached_property

from peelsearch.answers.speakers import Speakers
from peelsearch.citations.comparing import Text
from peelsearch.citations.quoted import read_quotation
from peelsearch.corpus import Corpus
from peelsearch.errors import DocumentNotFoundError, InputError
from peelsearch.extracts import ExtractMemory
from peelsearch.model import Match, Passage
from peelsearch.model.citations import Citation
from peelsearch.model.quotations import Located, Quotation
from peelsearch.model.register import Entry
from peelsearch.register import ANY_DAY, RegisterOptions, register
from peelsearch.vocabulary import Vocabulary


def cite(
    corpus: Corpus,
    vocabulary: Vocabulary,
    identifier: str,
    words: str = "",
    memory: ExtractMemory | None = None,
) -> Citation:
    """The citation of a passage, or of the words in it that are given.

    A finding's reference takes what all documents say; ``memory`` saves reading them again.
    Raises DocumentNotFoundError where no passage has the id, InputError where the words do not
    stand in it.
    """
    passage = corpus.reader.passage(identifier)
    if passage is None:
        raise DocumentNotFoundError(
            f'No passage or finding has the id "{identifier}".',
            hint="search, ask and register print ids; an id changes with the words of its passage.",
        )
    start, end = _span(passage, words)
    return Citer(corpus, vocabulary, memory).of(passage, start, end, part=bool(words))


class Citer:
    """Cites passages of one corpus; what it looks up for one it keeps for the next."""

    def __init__(
        self, corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory | None = None
    ) -> None:
        self._memory = memory or ExtractMemory()
        self._corpus = corpus
        self._vocabulary = vocabulary
        self._speakers = Speakers(corpus)

    def of(
        self,
        passage: Passage,
        start: int | None = None,
        end: int | None = None,
        *,
        part: bool = False,
    ) -> Citation:
        """The citation of what stands between two offsets into the passage, or of all of it."""
        if start is None or end is None:
            start, end = _span(passage, "")
        document = self._corpus.document(passage.document)
        said = Quotation(
            passage.text[start:end], passage.start + start, passage.start + end, passage.id
        )
        entry = self._entry(passage)
        return Citation(
            id=passage.id,
            kind=passage.facets["kind"][0],
            place=Located(document, said, passage.headings, passage.page),
            speaker=self._speakers.of(Match(passage, 0.0), document, start),
            digest=self._digests[document.id],
            reference=entry.reference if entry else "",
            part=part,
            also=_also(self._corpus, entry, passage) if entry else (),
        )

    def _entry(self, passage: Passage) -> Entry | None:
        """The finding that a passage is, None where it is none."""
        kind = self._vocabulary.kind.get(passage.facets["kind"][0])
        if kind is None or not kind.finding:
            return None
        return self._entries.get(passage.id)

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {found.document.id: found.digest for found in self._corpus.manifest.documents}

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        """The findings by the ids of all passages that hold their words; the first one counts."""
        options = RegisterOptions(as_of=ANY_DAY)
        found: dict[str, Entry] = {}
        for entry in register(self._corpus, self._vocabulary, self._memory, options).entries:
            for identifier in (entry.id, *(place.said.passage for place in entry.places)):
                if identifier:
                    found.setdefault(identifier, entry)
        return found


def _span(passage: Passage, words: str) -> tuple[int, int]:
    """Where the words stand in the passage; without words all of it."""
    text = passage.text
    if not words.strip():
        return len(text) - len(text.lstrip()), len(text.rstrip())
    quoted = read_quotation(words)
    whole = Text(text)
    found = whole.stands(quoted) if len(quoted.runs) == 1 else None
    if found is not None:
        # The full stop that was asked for, where it stands.
        last = words.rstrip()[-1:]
        return found.start, found.end + (text[found.end : found.end + 1] == last)
    near = next(iter(whole.near(quoted)), None)
    raise InputError(
        f"These words do not stand so in {passage.id}.",
        hint=f"The nearest are: “{' '.join(text[near.start : near.end].split())}”"
        if near
        else f'"peelsearch show {passage.id}" prints the passage.',
    )


def _also(corpus: Corpus, entry: Entry, passage: Passage) -> tuple[Located, ...]:
    """The other places of a finding."""
    found = []
    for place in entry.places:
        if place.said.passage == passage.id:
            continue
        other = corpus.reader.passage(place.said.passage) if place.said.passage else None
        page = other.page if other is not None else None
        found.append(Located(place.document, place.said, place.headings, page))
    return tuple(found)
