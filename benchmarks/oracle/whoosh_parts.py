"""The parts of Whoosh that only judging uses, imported as quietly as the program's own."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.index import FileIndex
    from whoosh.matching import WrappingMatcher
    from whoosh.query import And, AndMaybe, Every, NullQuery, Or, Phrase, Term
    from whoosh.reading import TermNotFound
    from whoosh.scoring import BM25F
    from whoosh.searching import Searcher
    from whoosh.writing import SegmentWriter

__all__ = [
    "BM25F",
    "And",
    "AndMaybe",
    "Every",
    "FileIndex",
    "NullQuery",
    "Or",
    "Phrase",
    "Searcher",
    "SegmentWriter",
    "Term",
    "TermNotFound",
    "WrappingMatcher",
]
