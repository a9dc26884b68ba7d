"""What the inspectorate itself says on comparing the grades of two rounds."""

from __future__ import annotations

from collections.abc import Collection

from peelsearch.analysis import words
from peelsearch.corpus import Corpus
from peelsearch.model import NOT_STATED, AnyOf, Match, Phrase, Request
from peelsearch.model.judgments import ComparisonWarning
from peelsearch.model.quotations import Quotation
from peelsearch.units import units
from peelsearch.vocabulary import Vocabulary

# Reports of a round say it in the same words, so that a few of them are enough to look at.
_LOOKED_AT = 500


def comparison_warnings(
    corpus: Corpus, vocabulary: Vocabulary, rounds: Collection[str]
) -> tuple[ComparisonWarning, ...]:
    """The warning of each of the rounds, quoted from one of its documents; nothing for one round.

    Where none of their documents holds one, another document of the corpus is quoted; where none
    does at all, there is one warning without a quotation.
    """
    if len(set(rounds)) < 2:
        return ()
    phrases = tuple(
        Phrase(tuple(words(clue))) for clue in vocabulary.comparison_warnings if words(clue)
    )
    found: dict[str, ComparisonWarning] = {}
    if phrases:
        request = Request(match=AnyOf(phrases), limit=_LOOKED_AT, facets=(), count_documents=False)
        for match in corpus.reader.search(request).matches:
            name = match.passage.facets.get("round", (NOT_STATED,))[0]
            if name not in found:
                found[name] = _warning(corpus, match, phrases)
    order = vocabulary.round.orders
    shown = sorted(set(rounds) & found.keys(), key=lambda name: -order.get(name, -1))
    others = sorted(found, key=lambda name: -order.get(name, -1))
    return tuple(found[name] for name in shown or others[:1]) or (ComparisonWarning(None, None),)


def _warning(corpus: Corpus, match: Match, phrases: tuple[Phrase, ...]) -> ComparisonWarning:
    passage = match.passage
    spans = units(passage.text, passage.headings[-1])
    start, end = next(
        (span for span in spans if _holds(passage.text[span[0] : span[1]], phrases)),
        (0, len(passage.text)),
    )
    said = Quotation(
        passage.text[start:end], passage.start + start, passage.start + end, passage.id
    )
    return ComparisonWarning(corpus.document(passage.document), said)


def _holds(sentence: str, phrases: tuple[Phrase, ...]) -> bool:
    padded = f" {' '.join(words(sentence))} "
    return any(f" {' '.join(phrase.words)} " in padded for phrase in phrases)
