"""Writing the snapshot of a segment, from the same batch that the segment is written from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from peelsearch.engine.batches import Batch, Inverted, Numbers
from peelsearch.engine.fields import WORDS
from peelsearch.engine.inverting import Tokens
from peelsearch.engine.scatter import encoded
from peelsearch.engine.snapshot.blocks import BlockWriter, unsigned
from peelsearch.engine.snapshot.layout import FIELDS, RECORD, Record, facet_block
from peelsearch.engine.whoosh_parts import byte_to_length, length_to_byte
from peelsearch.facets import FACETS, Facet
from peelsearch.model import Passage
from peelsearch.units import units

T = TypeVar("T", bound=Hashable)

# Smaller numbers are ranked by a table of all.
_TABLED = 1 << 20


def write_snapshot(path: Path, batch: Batch, tokens: Tokens) -> None:
    """Write the snapshot file of a batch. It is not synced.

    The same passages give the same bytes, by which a repair knows that it made what was there.
    """
    writer = BlockWriter(path)
    try:
        _write_dictionaries(writer, tokens)
        for field in FIELDS:
            _write_postings(writer, field, batch.fields[field])
        _write_tokens(writer, batch.fields[WORDS], tokens)
        _write_passages(writer, batch.passages, tokens)
        totals = [int(batch.fields[field].lengths.sum()) for field in FIELDS]
        writer.add_numbers("lengths", totals)
        writer.finish()
    except BaseException:
        writer.abandon()
        raise


def _write_dictionaries(writer: BlockWriter, tokens: Tokens) -> None:
    writer.add_strings("words", encoded(tokens.words))
    writer.add_strings("stems", encoded(tokens.stems))
    _add(writer, "words.stem", tokens.stem_of)
    _add(writer, "stems.words", np.argsort(tokens.stem_of, kind="stable"))
    _add(
        writer, "stems.words.ends", _ends(np.bincount(tokens.stem_of, minlength=len(tokens.stems)))
    )


def _write_postings(writer: BlockWriter, field: str, inverted: Inverted) -> None:
    keys = inverted.counts << 8
    keys |= _length_bytes(inverted.lengths)[inverted.passages]
    pairs, codes = _ranked(keys)
    lengths = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.uint32)
    _add(writer, f"{field}.starts", inverted.starts)
    _add(writer, f"{field}.passages", inverted.passages)
    _add(writer, f"{field}.codes", codes)
    _add(writer, f"{field}.code.count", pairs >> 8)
    _add(writer, f"{field}.code.length", lengths[pairs & 0xFF])


def _ranked(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct numbers in order; for each of the numbers its place among them."""
    largest = int(numbers.max(initial=0))
    if largest >= _TABLED:
        distinct = np.unique(numbers)
        return distinct, np.searchsorted(distinct, numbers)
    present = np.zeros(largest + 1, dtype=bool)
    present[numbers] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[numbers]


def _length_bytes(lengths: Numbers) -> Numbers:
    """Lengths as Whoosh remembers them: in one byte each."""
    every = range(int(lengths.max(initial=0)) + 1)
    return np.array([length_to_byte(length) for length in every], dtype=np.uint32)[lengths]


def _write_tokens(writer: BlockWriter, words: Inverted, tokens: Tokens) -> None:
    at = np.repeat(tokens.bases.astype(np.uint32)[words.passages], words.counts)
    at += words.positions
    _add(writer, "words.occurrences", at)
    del at
    _add(writer, "words.occurrences.ends", _ends(words.counts)[words.starts])
    _add(writer, "tokens", tokens.ids)
    _add(writer, "tokens.from", tokens.starts)
    _add(writer, "tokens.size", tokens.ends - tokens.starts)


def _write_passages(writer: BlockWriter, passages: Sequence[Passage], tokens: Tokens) -> None:
    ids = [_text(passage.id) for passage in passages]
    texts = [_text(passage.text) for passage in passages]
    spans = [units(p.text, p.headings[-1] if p.headings else "") for p in passages]
    writer.add("ids", b"".join(ids))
    writer.add_numbers("ids.order", sorted(range(len(ids)), key=ids.__getitem__))
    writer.add("texts", b"".join(texts))
    writer.add_numbers("units", (edge for row in spans for span in row for edge in span))
    columns = {
        Record.ID: _sums(map(len, ids)),
        Record.TEXT: _sums(map(len, texts)),
        Record.TOKENS: tokens.bases,
        Record.UNITS: _sums(2 * len(row) for row in spans),
        Record.START: [passage.start for passage in passages],
        Record.END: [passage.end for passage in passages],
        Record.PAGE: [0 if p.page is None else p.page + 1 for p in passages],
        Record.DOCUMENT: _write_documents(writer, passages),
        Record.DATE: _table(writer, "dates", (p.date or "" for p in passages), _text),
        Record.PATH: _write_paths(writer, passages),
        Record.PROFILE: _write_facets(writer, passages, "profiles", counted=True),
        Record.OTHERS: _write_facets(writer, passages, "others", counted=False),
    }
    records = np.zeros((len(passages) + 1, RECORD), dtype=np.uint32)
    for column, numbers in columns.items():
        records[: len(numbers), column] = numbers
    writer.add("passages", records, "I")
    _add(writer, "passages.profile", records[:-1, Record.PROFILE])
    _add(writer, "passages.tokens", records[:, Record.TOKENS])


def _write_documents(writer: BlockWriter, passages: Sequence[Passage]) -> Sequence[int]:
    documents = _table(writer, "documents", (p.document for p in passages), _text)
    firsts = [n for n in range(len(documents)) if not n or documents[n] != documents[n - 1]]
    writer.add_numbers("documents.first", [*firsts, len(documents)])
    return documents


def _write_paths(writer: BlockWriter, passages: Sequence[Passage]) -> Sequence[int]:
    paths = list(dict.fromkeys(passage.headings for passage in passages))
    number = {path: index for index, path in enumerate(paths)}
    flat = (heading for path in paths for heading in path)
    _add_rows(writer, "paths", _table(writer, "headings", flat, _text), map(len, paths))
    return [number[passage.headings] for passage in passages]


def _write_facets(
    writer: BlockWriter, passages: Sequence[Passage], name: str, *, counted: bool
) -> Sequence[int]:
    """Write the distinct combinations of some facets; for each passage the number of its own."""
    facets = [facet for facet in FACETS if facet.counted is counted]
    keys = [tuple(passage.facets[facet.name] for facet in facets) for passage in passages]
    distinct = list(dict.fromkeys(keys))
    writer.add_numbers(name, [len(distinct)])
    for place, facet in enumerate(facets):
        _write_facet(writer, facet, [values[place] for values in distinct])
    number = {key: index for index, key in enumerate(distinct)}
    return [number[key] for key in keys]


def _write_facet(writer: BlockWriter, facet: Facet, rows: Sequence[Sequence[str]]) -> None:
    name = facet_block(facet.name)
    distinct = [tuple(dict.fromkeys(row)) for row in rows]
    values = _table(writer, f"{name}.values", (value for row in distinct for value in row), _text)
    _add_rows(writer, f"{name}.of", values, map(len, distinct))


def _table(
    writer: BlockWriter, name: str, items: Iterable[T], encode: Callable[[T], bytes]
) -> list[int]:
    """Write the distinct items, sorted by their bytes; for each item its number in the table."""
    found = list(items)
    encoded = {item: encode(item) for item in dict.fromkeys(found)}
    ordered = sorted(encoded, key=encoded.__getitem__)
    writer.add_strings(name, (encoded[item] for item in ordered))
    number = {item: index for index, item in enumerate(ordered)}
    return [number[item] for item in found]


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _add_rows(writer: BlockWriter, name: str, values: Iterable[int], sizes: Iterable[int]) -> None:
    writer.add_numbers(name, values)
    writer.add_numbers(f"{name}.ends", _sums(sizes))


def _sums(sizes: Iterable[int]) -> list[int]:
    return list(accumulate(sizes, initial=0))


def _ends(counts: Numbers) -> Numbers:
    return np.concatenate(([0], np.cumsum(counts)))


def _add(writer: BlockWriter, name: str, numbers: Any) -> None:
    """Add an array of whole numbers, as small as they fit."""
    code = unsigned(int(numbers.max(initial=0)))
    writer.add(name, np.ascontiguousarray(numbers.astype(code)), code)
