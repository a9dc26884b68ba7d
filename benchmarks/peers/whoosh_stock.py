"""Whoosh as its documentation teaches it: its writer, ``Searcher.search`` and ``highlights``."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import Made
from benchmarks.peers.protocol import COUNTED, TOP, Analysed, Answer, Peer, Searcher, analysed
from benchmarks.queries import BenchQuery, Fuzzy, Prefix, Wanted
from benchmarks.whoosh_analyzer import Analysis
from peelsearch.engine import ranking
from peelsearch.model import AllOf, AnyOf, Passage, Phrase, Stem, Word

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import whoosh
    from whoosh import fields, index, query, scoring, sorting


def _schema() -> Any:
    columns = {name: fields.ID(sortable=True) for name in COUNTED}
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        body=fields.TEXT(analyzer=Analysis(stems=True), stored=True),
        words=fields.TEXT(analyzer=Analysis(stems=False)),
        heading=fields.TEXT(analyzer=Analysis(stems=True), phrase=False),
        path=fields.TEXT(analyzer=Analysis(stems=True), phrase=False),
        **columns,
    )


def _fields(passage: Passage, found: Analysed) -> dict[str, Any]:
    return {
        "id": passage.id,
        "body": found.stems,
        "_stored_body": passage.text,
        "words": found.words,
        "heading": found.heading,
        "path": found.path,
        **{name: passage.facets[name][0] for name in COUNTED},
    }


def build(folder: Path, corpus: Iterable[Made]) -> None:
    """One commit with all passages; 256 MB is what the documentation says to give for speed."""
    writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
    for made in corpus:
        for passage in made.passages:
            writer.add_document(**_fields(passage, analysed(passage)))
    writer.commit()


def to_whoosh(match: Wanted) -> Any:
    """The match as a query of Whoosh's."""
    made: Any
    match match:
        case Stem(stem):
            made = query.Term("body", stem)
        case Word(word):
            made = query.Term("words", word)
        case Phrase(words):
            made = query.Phrase("words", list(words))
        case AllOf(parts):
            made = query.And([to_whoosh(part) for part in parts])
        case AnyOf(parts):
            made = query.Or([to_whoosh(part) for part in parts])
        case Prefix(prefix):
            made = query.Prefix("words", prefix)
        case Fuzzy(word, edits):
            made = query.FuzzyTerm("words", word, maxdist=edits, prefixlength=1)
        case _:
            raise NotImplementedError(match)
    return made


class _Searcher:
    def __init__(self, folder: Path) -> None:
        weighting = scoring.BM25F(B=ranking.B, K1=ranking.K1)
        self._searcher = index.open_dir(str(folder)).searcher(weighting=weighting)

    def answer(self, query_: BenchQuery) -> Answer:
        found = to_whoosh(query_.match)
        if query_.boost:
            weights = (("heading", ranking.HEADING), ("path", ranking.PATH))
            extra = [
                query.Term(field, stem, boost=weight)
                for stem in query_.boost
                for field, weight in weights
            ]
            found = query.AndMaybe(found, query.Or(extra))
        groups = sorting.Facets()
        for name in COUNTED:
            groups.add_field(name, maptype=sorting.Count)
        results = self._searcher.search(
            found, limit=TOP, filter=_filter(query_), groupedby=groups, terms=True
        )
        # With groups, the limit is ignored: the results hold every match.
        hits = [results[place] for place in range(min(TOP, len(results)))]
        field = "body" if query_.kind in ("rare", "common", "or", "and") else "words"
        return Answer(
            total=len(results),
            facets={name: dict(results.groups(name)) for name in COUNTED},
            hits=tuple(hit["id"] for hit in hits),
            snippets=tuple(hit.highlights(field, text=hit["body"]) for hit in hits),
        )

    def close(self) -> None:
        self._searcher.close()


def _filter(query_: BenchQuery) -> Any:
    if not query_.filters:
        return None
    return query.And(
        [query.Or([query.Term(name, v) for v in values]) for name, values in query_.filters]
    )


def open_searcher(folder: Path) -> Searcher:
    """Stock Whoosh over an index that ``build`` made."""
    return _Searcher(folder)


def _version() -> str:
    return ".".join(map(str, whoosh.__version__))


PEER = Peer("whoosh", "stock Whoosh", lambda: None, _version, build, open_searcher)
