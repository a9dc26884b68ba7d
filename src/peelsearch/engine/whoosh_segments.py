"""Whole Whoosh segments from batches of passages, many times faster than Whoosh's own writer.

The segment holds what Whoosh's ``SegmentWriter`` would write for the same documents, and the files
are made through the same codec objects. What is left out is the work for each word of each
document: the postings come sorted, and ``whoosh_postings`` makes the bytes of thousands at once.
"""

from __future__ import annotations

import secrets
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from peelsearch.engine.batches import Batch, Inverted, Numbers
from peelsearch.engine.fields import DATE, DOCUMENT, ID_FIELD, PAYLOAD, START, facet_field
from peelsearch.engine.folder import INDEX_NAME, SCRATCH
from peelsearch.engine.scatter import encoded, octets, sums
from peelsearch.engine.schema import schema, to_payload
from peelsearch.engine.whoosh_blocks import Lists
from peelsearch.engine.whoosh_parts import (
    LENGTHS_COLUMN,
    FileStorage,
    W3Codec,
    W3Segment,
    length_to_byte,
)
from peelsearch.engine.whoosh_postings import encode
from peelsearch.engine.whoosh_terms import TermTable
from peelsearch.facets import FACETS
from peelsearch.model import NOT_STATED, Passage

# Occurrences whose bytes are made at once: few enough to stay in the processor's cache.
CHUNK = 1 << 15
# zlib's level, 0 for none. 1 is the fastest, and makes files within 3% of the size of Whoosh's
# level 3. Compressing takes near half of the time of writing a segment; without it, posting files
# are near three times as large, and stored passages twice. Segments of fewer passages are not
# compressed: there are few of them, and they are the first that are joined to a larger one.
LEVEL = 1
SMALL = 1_000


@dataclass(frozen=True, slots=True)
class SegmentMade:
    """A written segment, as another process has to know it."""

    id: str
    passages: int
    field_lengths: tuple[tuple[str, int], ...]


def segment_of(made: SegmentMade) -> Any:
    """The segment as Whoosh's table of contents lists it."""
    segment = W3Segment(W3Codec(), INDEX_NAME, doccount=made.passages, segid=made.id)
    segment._fieldlengths = defaultdict(int, made.field_lengths)
    return segment


def write_segment(folder: Path, batch: Batch) -> SegmentMade:
    """Write the passages as a segment of the index folder. It is neither synced nor committed.

    Other processes may write segments into the same folder at the same time. What is left of a
    segment that could not be finished is for the sweep of the folder.
    """
    segment = W3Segment(W3Codec(), INDEX_NAME, doccount=len(batch.passages), segid=_new_id())
    storage = _Storage(folder, segment.segid)
    form = schema()
    level = LEVEL if len(batch.passages) >= SMALL else 0
    try:
        with _closing(segment.codec().per_document_writer(storage, segment)) as documents:
            _write_stored(documents, batch.passages, level)
            _write_columns(documents, form, batch.passages)
            for name, inverted in batch.fields.items():
                _write_lengths(documents, name, inverted)
        with _closing(segment.codec().field_writer(storage, segment)) as fields:
            fields._tindex = TermTable(fields._tindex)
            for name, inverted in sorted([*batch.fields.items(), *_plain_fields(batch.passages)]):
                _write_field(fields, name, form[name], inverted, level)
    finally:
        shutil.rmtree(storage.scratch, ignore_errors=True)
    lengths = tuple(sorted(segment._fieldlengths.items()))
    return SegmentMade(segment.segid, len(batch.passages), lengths)


def _new_id() -> str:
    # Not from Whoosh's own random names: these repeat in processes that share a seed.
    return secrets.token_hex(8)


class _Storage(FileStorage):  # type: ignore[misc]
    """The index folder, with a scratch folder of its own for each segment."""

    def __init__(self, folder: Path, segment: str) -> None:
        super().__init__(str(folder))
        self.scratch = folder / SCRATCH / segment

    def temp_storage(self, name: str | None = None) -> Any:  # noqa: ARG002 - always the one folder
        return FileStorage(str(self.scratch)).create()


@contextmanager
def _closing(writer: Any) -> Iterator[Any]:
    """Whoosh's writer, closed in the end; after an error its files at least."""
    try:
        yield writer
        writer.close()
    except BaseException:
        for name in ("_tindex", "_postfile", "_cols"):
            part = getattr(writer, name, None)
            file = getattr(part, "dbfile", None) or getattr(part, "_temp", part)
            if file is not None and not file.is_closed:
                # A full disk does not let go of what waits to be written; the file closes anyway.
                with suppress(OSError):
                    file.close()
        raise


# --- what is kept of each passage ---------------------------------------------------------------


def _write_stored(documents: Any, passages: Sequence[Passage], level: int) -> None:
    column = documents._get_column("_stored")
    column._child._level = level
    for number, passage in enumerate(passages):
        column.add(number, {PAYLOAD: to_payload(passage)})
    documents._doccount = len(passages)


def _write_columns(documents: Any, form: Any, passages: Sequence[Passage]) -> None:
    for name, values in _single_values(passages):
        field = form[name]
        if field.column_type is None or not values:
            continue
        documents._create_column(name, field.column_type)
        column = documents._get_column(name)
        for number, value in enumerate(values):
            column.add(number, field.to_column_value(value))


def _write_lengths(documents: Any, name: str, inverted: Inverted) -> None:
    """A byte for each passage up to the last one that has words in the field."""
    held = np.flatnonzero(inverted.lengths)
    if not len(held):
        return
    column = f"_{name}_len"
    documents._create_column(column, LENGTHS_COLUMN)
    data = _length_bytes(inverted.lengths)[: held[-1] + 1].tobytes()
    documents._get_column(column)._dbfile.write(data)
    documents._fieldlengths[name] = int(inverted.lengths.sum())


def _length_bytes(lengths: Numbers) -> Numbers:
    different, places = np.unique(lengths, return_inverse=True)
    table = [length_to_byte(length) for length in different.tolist()]
    return np.array(table, dtype=np.uint8)[places]


# --- terms and postings -------------------------------------------------------------------------


def _write_field(fields: Any, name: str, field: Any, inverted: Inverted, level: int) -> None:
    terms, starts = _held(inverted)
    if not terms:
        return
    fields.start_field(name, field)
    prefix = fields._fieldid.to_bytes(2, "big")
    # Whoosh keeps no lengths of fields that do not score.
    lengths = inverted.lengths if field.scorable else np.zeros_like(inverted.lengths)
    length_bytes = _length_bytes(lengths)
    text = isinstance(terms[0], str)
    keys = encoded(terms) if text else [field.to_bytes(term) for term in terms]
    done = 0
    for lists in _chunks(inverted, starts, length_bytes, field.format.fixed_value_size()):
        data, infos = encode(lists, fields._postfile.tell(), level)
        fields._postfile.write(data.data)
        fields._tindex.add_many(prefix, keys[done : done + len(infos)], octets(infos, infos.dtype))
        done += len(infos)
    fields.finish_field()


def _held(inverted: Inverted) -> tuple[Sequence[Any], Numbers]:
    """The terms that some passage holds, and the starts of their postings."""
    held = np.flatnonzero(np.diff(inverted.starts))
    if len(held) == len(inverted.terms):
        return inverted.terms, inverted.starts
    starts = np.append(inverted.starts[held], inverted.starts[-1])
    return [inverted.terms[number] for number in held.tolist()], starts


def _chunks(
    inverted: Inverted, starts: Numbers, length_bytes: Numbers, value_size: int | None
) -> Iterator[Lists]:
    """The field's posting lists, some at a time."""
    ends = sums(inverted.counts)
    terms = ends[starts]
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(terms, terms[first] + CHUNK, "right")) - 1)
        begin, end = int(starts[first]), int(starts[last])
        held = None
        if inverted.positions is not None:
            held = inverted.positions[ends[begin] : ends[end]].astype(np.int64)
        yield Lists(
            starts=starts[first : last + 1].astype(np.int64) - begin,
            passages=inverted.passages[begin:end].astype(np.int64),
            counts=inverted.counts[begin:end].astype(np.int64),
            positions=held,
            value_size=value_size,
            lengths=length_bytes,
        )
        first = last


def _plain_fields(passages: Sequence[Passage]) -> Iterator[tuple[str, Inverted]]:
    """The fields that are not in the batch: identifiers, start, date and facets."""
    for name, values in _single_values(passages):
        yield name, _invert([(value,) for value in values])
    for facet in FACETS:
        yield facet_field(facet.name), _invert([p.facets[facet.name] for p in passages])


def _single_values(passages: Sequence[Passage]) -> Iterator[tuple[str, list[Any]]]:
    yield ID_FIELD, [passage.id for passage in passages]
    yield DOCUMENT, [passage.document for passage in passages]
    yield START, [passage.start for passage in passages]
    yield DATE, [passage.date or NOT_STATED for passage in passages]


def _invert(values: Sequence[tuple[Any, ...]]) -> Inverted:
    """Passages by value, from the values of each. Passages with the same values are alike."""
    numbers: dict[tuple[Any, ...], int] = {}
    codes = np.array([numbers.setdefault(row, len(numbers)) for row in values], dtype=np.int64)
    rows = [dict.fromkeys(row) for row in numbers]
    terms = sorted({term for row in rows for term in row})
    ranks = {term: rank for rank, term in enumerate(terms)}
    flat = np.array([ranks[term] for row in rows for term in row], dtype=np.int64)
    widths = np.array([len(row) for row in rows], dtype=np.int64)
    counts = widths[codes]
    shifts = np.repeat(sums(widths)[codes] - sums(counts)[:-1], counts)
    ranked = flat[shifts + np.arange(len(shifts))]
    return Inverted(
        terms=terms,
        starts=sums(np.bincount(ranked, minlength=len(terms))),
        passages=np.repeat(np.arange(len(values)), counts)[np.argsort(ranked, kind="stable")],
        counts=np.ones(len(ranked), dtype=np.int64),
        positions=None,
        lengths=np.zeros(len(values), dtype=np.int64),
    )
