"""The citation of a passage or finding: its words, who says them, and where."""

from __future__ import annotations

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
from peelsearch.register import RegisterOptions, register
from peelsearch.vocabulary import Vocabulary

# The register is made as of a day, which no citation shows.
_ANY_DAY = "1970-01-01"


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
    document = corpus.document(passage.document)
    said = Quotation(
        passage.text[start:end], passage.start + start, passage.start + end, passage.id
    )
    entry = _entry(corpus, vocabulary, passage, memory or ExtractMemory())
    return Citation(
        id=passage.id,
        kind=passage.facets["kind"][0],
        place=Located(document, said, passage.headings, passage.page),
        speaker=Speakers(corpus).of(Match(passage, 0.0), document, start),
        digest=next(
            found.digest for found in corpus.manifest.documents if found.document.id == document.id
        ),
        reference=entry.reference if entry else "",
        part=bool(words),
        also=_also(corpus, entry, passage) if entry else (),
    )


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


def _entry(
    corpus: Corpus, vocabulary: Vocabulary, passage: Passage, memory: ExtractMemory
) -> Entry | None:
    """The finding that a passage is, None where it is none."""
    kind = vocabulary.kind.get(passage.facets["kind"][0])
    if kind is None or not kind.finding:
        return None
    found = register(corpus, vocabulary, memory, RegisterOptions(as_of=_ANY_DAY))
    return next(
        (
            entry
            for entry in found.entries
            if passage.id in {entry.id, *(place.said.passage for place in entry.places)}
        ),
        None,
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
