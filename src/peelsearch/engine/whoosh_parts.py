"""The parts of Whoosh that the engine uses, imported once and quietly.

Whoosh 2.7.4 has invalid escape sequences in its sources, which newer interpreters report to
whoever imports it first. Modules that Whoosh itself loads late are imported here as well. Nothing
of Whoosh is known outside this package.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import whoosh.automata.fsa
    import whoosh.automata.lev
    import whoosh.codec
    import whoosh.codec.memory
    import whoosh.codec.whoosh3
    import whoosh.collectors
    import whoosh.filedb.compound
    import whoosh.filedb.filestore
    import whoosh.multiproc
    import whoosh.spelling  # noqa: F401 - here to be compiled quietly
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3Codec, W3Segment
    from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
    from whoosh.index import TOC
    from whoosh.reading import SegmentReader
    from whoosh.util.numeric import byte_to_length, length_to_byte

__all__ = [
    "ID",
    "KEYWORD",
    "LENGTHS_COLUMN",
    "NUMERIC",
    "STORED",
    "TEXT",
    "TOC",
    "FileStorage",
    "HashWriter",
    "OrderedHashWriter",
    "Schema",
    "SegmentReader",
    "SpaceSeparatedTokenizer",
    "W3Codec",
    "W3Segment",
    "byte_to_length",
    "length_to_byte",
]
