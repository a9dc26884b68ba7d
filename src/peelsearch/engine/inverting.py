"""Passages analysed in bulk: their words in order, and the same inverted, field by field.

The texts of many passages are handled as one. Pieces of text between white space repeat, so each
distinct piece is analysed once for a batch; everything per occurrence is arithmetic on arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from peelsearch import analysis
from peelsearch.engine.batches import Batch, Inverted, Numbers
from peelsearch.engine.fields import BODY, HEADING, PATH, WORDS
from peelsearch.model import Passage

# Passages whose texts are handled as one: enough to make arrays pay, little enough to stay small.
_TOGETHER = 1_000
_SPACES = np.array([chr(code).isspace() for code in range(0x3001)] + [False])


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
    pieces = _Pieces()
    chunks = [
        _read(pieces, [p.text for p in passages[at : at + _TOGETHER]])
        for at in range(0, len(passages), _TOGETHER)
    ]
    ids, starts, ends, counts = (_joined(parts) for parts in zip(*chunks, strict=True))
    headings = [_heading_ids(pieces, passage.headings[-1:]) for passage in passages]
    paths = [_heading_ids(pieces, passage.headings[:-1]) for passage in passages]
    words, new_word = _sorted(pieces.words)
    stems, stem_of = _stems(words)
    ids = new_word[ids]
    bases = _running(counts)
    tokens = Tokens(words, stems, stem_of, ids, bases, starts, ends)
    fields = {
        BODY: _inverted(stems, stem_of[ids], bases, positional=True),
        WORDS: _inverted(words, ids, bases, positional=True),
        HEADING: _heading_field(stems, stem_of[new_word], headings),
        PATH: _heading_field(stems, stem_of[new_word], paths),
    }
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


class _Pieces(dict[str, int]):
    """Every distinct piece of text with its number; what words it holds is in arrays by number."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, int] = {}
        self.headings: dict[str, tuple[int, ...]] = {}
        self._found: list[tuple[int, int, int]] = []
        self._counts: list[int] = []
        self._ready = 0
        self._tables: tuple[Numbers, Numbers, Numbers] | None = None

    def __missing__(self, piece: str) -> int:
        found = analysis.piece_words(piece)
        for word, start, end in found:
            self._found.append((self.words.setdefault(word, len(self.words)), start, end))
        self._counts.append(len(found))
        self[piece] = number = len(self)
        return number

    def tables(self) -> tuple[Numbers, Numbers, Numbers]:
        """(word, start, end) rows of all pieces, how many each piece has, and its first row."""
        if self._tables is None or self._ready != len(self):
            rows = np.array(self._found, dtype=np.uint32).reshape(-1, 3)
            counts = np.array(self._counts, dtype=np.int64)
            self._tables = rows, counts, _running(counts)[:-1]
            self._ready = len(self)
        return self._tables


def _read(pieces: _Pieces, texts: list[str]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Word ids, starts and ends (within its text) of all words; how many each text has."""
    masked = [analysis.without_links(text) for text in texts]
    joined = "\n".join(masked)
    numbers = np.fromiter(map(pieces.__getitem__, joined.split()), dtype=np.int64)
    places = _piece_starts(joined)
    rows, row_counts, first_rows = pieces.tables()
    counts = row_counts[numbers]
    row = np.repeat(first_rows[numbers] - (_running(counts)[:-1]), counts) + np.arange(counts.sum())
    found = rows[row]
    text_starts = _running(np.array([len(text) + 1 for text in masked], dtype=np.int64))
    first_piece = np.searchsorted(places, text_starts)
    totals = _running(counts)[first_piece]
    per_text = np.diff(totals)
    offset = np.repeat(places, counts) - np.repeat(text_starts[:-1], per_text)
    starts = (found[:, 1] + offset).astype(np.uint32)
    ends = (found[:, 2] + offset).astype(np.uint32)
    return found[:, 0].copy(), starts, ends, per_text


def _piece_starts(text: str) -> Numbers:
    """Where the pieces between white space start."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    space = _SPACES[np.minimum(codes, 0x3001)]
    before = np.empty_like(space)
    before[:1] = True
    before[1:] = space[:-1]
    return np.flatnonzero(before & ~space)


def _heading_ids(pieces: _Pieces, headings: Sequence[str]) -> tuple[int, ...]:
    """The words of headings, by the numbers they have before sorting."""
    found: tuple[int, ...] = ()
    for heading in headings:
        if heading not in pieces.headings:
            pieces.headings[heading] = tuple(
                pieces.words.setdefault(word, len(pieces.words)) for word in analysis.words(heading)
            )
        found += pieces.headings[heading]
    return found


def _sorted(words: dict[str, int]) -> tuple[list[str], Numbers]:
    """The words in order, and for each of their numbers the new one."""
    ordered = sorted(words)
    renumbered = np.empty(len(words), dtype=np.uint32)
    renumbered[[words[word] for word in ordered]] = np.arange(len(words), dtype=np.uint32)
    return ordered, renumbered


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
        starts=_running(np.bincount(sorted_ids[at], minlength=len(terms))),
        passages=passages,
        counts=np.diff(np.append(at, len(sorted_ids))).astype(np.uint32),
        positions=positions,
        lengths=lengths.astype(np.uint32),
    )


def _heading_field(
    stems: Sequence[str], stem_of: Numbers, headings: Sequence[tuple[int, ...]]
) -> Inverted:
    counts = np.array([len(ids) for ids in headings], dtype=np.int64)
    flat = np.fromiter(_flat(headings), dtype=np.int64, count=int(counts.sum()))
    return _inverted(stems, stem_of[flat], _running(counts), positional=False)


def _flat(rows: Sequence[tuple[int, ...]]) -> Iterator[int]:
    for row in rows:
        yield from row


def _running(counts: Numbers) -> Numbers:
    """Where each of several runs starts, and the end of the last."""
    sums = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=sums[1:])
    return sums


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts)
