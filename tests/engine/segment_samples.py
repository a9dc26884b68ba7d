"""What a segment holds, read by a stock Whoosh, and the segment that Whoosh's own writer makes."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from batch_samples import words_of

from benchmarks.oracle.whoosh_parts import SegmentWriter
from peelsearch.engine.fields import DATE, DOCUMENT, ID_FIELD, PAYLOAD, START, facet_field
from peelsearch.engine.folder import INDEX_NAME
from peelsearch.engine.schema import schema, to_payload
from peelsearch.engine.whoosh_parts import TOC, FileStorage
from peelsearch.facets import FACETS
from peelsearch.model import NOT_STATED, Passage

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.reading import SegmentReader


def stock_segment(folder: Path, passages: Iterable[Passage]) -> Any:
    """The passages written by Whoosh's own writer, one after the other."""
    index = SimpleNamespace(
        storage=FileStorage(str(folder)),
        indexname=INDEX_NAME,
        _read_toc=lambda: TOC(schema(), [], 0),
    )
    writer = SegmentWriter(index, _lk=False, compound=False)
    for passage in passages:
        writer.add_document(
            **words_of(passage),
            **{
                ID_FIELD: passage.id,
                DOCUMENT: passage.document,
                START: passage.start,
                DATE: passage.date or NOT_STATED,
                PAYLOAD: to_payload(passage),
            },
            **{facet_field(f.name): list(dict.fromkeys(passage.facets[f.name])) for f in FACETS},
        )
    segment = writer._finalize_segment()
    writer._finish()
    return segment


def contents(folder: Path, segment: Any) -> dict[str, Any]:
    """All that a stock Whoosh reads from a segment."""
    reader = SegmentReader(FileStorage(str(folder)), schema(), segment)
    try:
        return {
            "passages": reader.doc_count_all(),
            "stored": list(reader.all_stored_fields()),
            "fields": list(reader.indexed_field_names()),
            "numbers": reader._terms._fieldmap,
            "terms": {
                (field, term): (
                    info_of(reader.term_info(field, term)),
                    reader.frequency(field, term),
                    reader.doc_frequency(field, term),
                    list(blocks(reader._terms.matcher(field, term, schema()[field].format))),
                )
                for field, term in reader.all_terms()
            },
            "order": list(reader.all_terms()),
            "columns": {
                name: list(reader.column_reader(name))
                for name, field in schema().items()
                if field.column_type
            },
            "lengths": {
                name: lengths(reader, name)
                for name in schema().names()
                if reader._perdoc.has_column(f"_{name}_len")
            },
            "files": sorted(name.split(".", 1)[1] for name in segment.list_files(reader.storage())),
        }
    finally:
        reader.close()


def lengths(reader: Any, field: str) -> Sequence[Any]:
    total = [reader.field_length(field), reader.min_field_length(field)]
    each = [reader.doc_field_length(n, field) for n in range(reader.doc_count_all())]
    return [*total, reader.max_field_length(field), each]


def info_of(info: Any) -> tuple[Any, ...]:
    """What a W3TermInfo says, but for where the postings are."""
    return (
        info.weight(),
        info.doc_frequency(),
        info.min_length(),
        info.max_length(),
        info.max_weight(),
        info.min_id(),
        info.max_id(),
        info.is_inlined(),
    )


def _value(matcher: Any, value: bytes) -> Any:
    """The bytes of a value; of a long list of positions, which has many encodings, the list."""
    if matcher.format.fixed_value_size() is None and matcher.format.decode_frequency(value) > 1_000:
        return matcher.format.decode_positions(value)
    return value


def blocks(matcher: Any) -> Iterator[tuple[Any, ...]]:
    """Each block's head, and its postings with the types of their parts."""
    while matcher.is_active():
        matcher.id(), matcher.weight(), matcher.value()
        size = matcher._blocklength
        yield (
            size,
            matcher.block_min_id(),
            matcher.block_max_id(),
            matcher.block_max_weight(),
            matcher.block_min_length(),
            matcher.block_max_length(),
            [(n, type(n)) for n in matcher._ids],
            [(w, type(w)) for w in matcher._weights],
            [_value(matcher, value) for value in matcher._values],
        )
        for _ in range(size):
            matcher.next()
