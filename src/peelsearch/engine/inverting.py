"""Passages analysed in bulk: their words in order, and the same inverted, field by field.

The texts of many passages are handled as one, and only their distinct pieces are analysed;
everything per occurrence is arithmetic on arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from peelsearch import analysis
from peelsearch.engine.batches import Batch, Inverted, Numbers
from peelsearch.engine.fields import BODY, HEADING, PATH, WORDS
from peelsearch.engine.pieces import borrowed, give_back
from peelsearch.engine.scatter import sums
from peelsearch.model import Passage

# Passages whose texts are handled as one: enough to make arrays pay, little enough to stay small.
_TOGETHER = 1_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a batch's passages in the order of the text.

    ``words`` are sorted, ``stems`` too; word w has the stem ``stems[stem_of[w]]``. Both hold the
    words of headings as well. The words of passage p are ``ids[bases[p]:bases[p + 1]]``, written
    at ``[starts:ends]`` (code points) of its text.
    """

    words: Sequence[str]
    stems: Sequence[str]
    stem_of: Numbers
    ids: Numbers
    bases: Numbers
    starts: Numbers
    ends: Numbers


def invert(passages: Sequence[Passage]) -> tuple[Batch, Tokens]:
    """Analyse passages, which must be in order of document id and start.

    Each field lists all stems (words) of the batch, also those that no passage holds in it.
    """
    pieces = borrowed()
    chunks = [
        pieces.read([p.text for p in passages[at : at + _TOGETHER]])
        for at in range(0, len(passages), _TOGETHER)
    ]
    ids, starts, ends, counts = (np.concatenate(parts) for parts in zip(*chunks, strict=True))
    headings = pieces.read_headings(passage.headings[-1:] for passage in passages)
    paths = pieces.read_headings(passage.headings[:-1] for passage in passages)
    words, new_word = _sorted(pieces.words, ids, headings[0], paths[0])
    give_back(pieces)
    stems, stem_of = _stems(words)
    ids = new_word[ids]
    bases = sums(counts)
    tokens = Tokens(words, stems, stem_of, ids, bases, starts, ends)
    fields = {
        BODY: _inverted(stems, stem_of[ids], bases, positional=True),
        WORDS: _inverted(words, ids, bases, positional=True),
    }
    for name, (found, sizes) in ((HEADING, headings), (PATH, paths)):
        fields[name] = _inverted(stems, stem_of[new_word[found]], sums(sizes), positional=False)
    return Batch(passages, fields), tokens


def held(batch: Batch) -> Batch:
    """The same batch without the terms of each field that no passage holds there."""
    return replace(batch, fields={name: _held(field) for name, field in batch.fields.items()})


def _held(inverted: Inverted) -> Inverted:
    kept = np.flatnonzero(np.diff(inverted.starts))
    if len(kept) == len(inverted.terms):
        return inverted
    terms = [inverted.terms[number] for number in kept.tolist()]
    return replace(
        inverted, terms=terms, starts=np.append(inverted.starts[kept], inverted.starts[-1])
    )


def _sorted(words: Sequence[str], *ids: Numbers) -> tuple[list[str], Numbers]:
    """Those of the words that have these numbers, in order; by the number of each its new one."""
    present = np.zeros(len(words), dtype=bool)
    for some in ids:
        present[some] = True
    numbers = np.flatnonzero(present)
    names = [words[number] for number in numbers.tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    renumbered = np.zeros(len(words), dtype=np.uint32)
    renumbered[numbers[order]] = np.arange(len(order), dtype=np.uint32)
    return [names[place] for place in order], renumbered


def _stems(words: Sequence[str]) -> tuple[list[str], Numbers]:
    """The stems in order, and for each word the number of its stem."""
    of_words = [analysis.stem(word) for word in words]
    ordered = sorted(set(of_words))
    number = {stem: index for index, stem in enumerate(ordered)}
    return ordered, np.array([number[stem] for stem in of_words], dtype=np.uint32)


def _inverted(terms: Sequence[str], ids: Numbers, bases: Numbers, *, positional: bool) -> Inverted:
    """The postings of a field whose passages hold the terms ``ids``, passage after passage.

    Sorting term and place as one number is several times faster than a stable sort of the terms.
    """
    keys = ids.astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(ids), dtype=np.uint64)
    keys.sort()
    places = keys.astype(np.uint32)
    keys >>= np.uint64(32)
    sorted_ids = keys.astype(np.uint32)
    del keys
    lengths = np.diff(bases)
    passage_of = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)[places]
    first = np.empty(len(places), dtype=bool)
    first[:1] = True
    first[1:] = (sorted_ids[1:] != sorted_ids[:-1]) | (passage_of[1:] != passage_of[:-1])
    at = np.flatnonzero(first)
    passages = passage_of[at]
    positions = None
    if positional:
        positions = places
        positions -= bases.astype(np.uint32)[passage_of]
    return Inverted(
        terms=terms,
        starts=sums(np.bincount(sorted_ids[at], minlength=len(terms))),
        passages=passages,
        counts=np.diff(np.append(at, len(sorted_ids))).astype(np.uint32),
        positions=positions,
        lengths=lengths.astype(np.uint32),
    )
