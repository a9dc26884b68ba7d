"""Batches made the plain way, word by word, for the tests of what is written from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from peelsearch import analysis
from peelsearch.engine.batches import Batch, Inverted
from peelsearch.engine.fields import BODY, HEADING, PATH, WORDS
from peelsearch.model import Passage


def batch_of(passages: Sequence[Passage]) -> Batch:
    """The passages in the order of their numbers, analysed and inverted."""
    ordered = sorted(passages, key=lambda found: (found.document, found.start))
    fields = [words_of(passage) for passage in ordered]
    return Batch(
        passages=ordered,
        fields={
            name: invert([words[name] for words in fields], positional=name in (BODY, WORDS))
            for name in (BODY, WORDS, HEADING, PATH)
        },
    )


def words_of(passage: Passage) -> dict[str, list[str]]:
    """What a passage has in each analysed field, in order."""
    terms = analysis.terms(passage.text)
    return {
        BODY: [term.stem for term in terms],
        WORDS: [term.word for term in terms],
        HEADING: [stem for h in passage.headings[-1:] for stem in analysis.stems(h)],
        PATH: [stem for h in passage.headings[:-1] for stem in analysis.stems(h)],
    }


def invert(passages: Sequence[Sequence[str]], *, positional: bool) -> Inverted:
    """One field of passages whose words are given in order."""
    held: dict[str, dict[int, list[int]]] = {}
    for number, words in enumerate(passages):
        for position, word in enumerate(words):
            held.setdefault(word, {}).setdefault(number, []).append(position)
    terms = sorted(held)
    postings = [(number, places) for term in terms for number, places in held[term].items()]
    starts = [0]
    for term in terms:
        starts.append(starts[-1] + len(held[term]))
    positions = [place for _, places in postings for place in places]
    return Inverted(
        terms=terms,
        starts=np.array(starts, dtype=np.int64),
        passages=np.array([number for number, _ in postings], dtype=np.uint32),
        counts=np.array([len(places) for _, places in postings], dtype=np.uint32),
        positions=np.array(positions, dtype=np.uint32) if positional else None,
        lengths=np.array([len(words) for words in passages], dtype=np.uint32),
    )
