"""Xapian by Debian's python3-xapian: match spies for facets, its own snippets.

Words stand in the index as they are, stems with the prefix Z, which is Xapian's own custom, so that
``MSet.snippet`` finds both in the passage's text. Xapian 1.4 has no fuzzy search.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import Made
from benchmarks.peers.protocol import (
    COUNTED,
    SNIPPET_CHARACTERS,
    TOP,
    Answer,
    Peer,
    Searcher,
    analysed,
)
from benchmarks.queries import BenchQuery, Prefix, Wanted
from peelsearch.engine import ranking
from peelsearch.model import AllOf, AnyOf, Passage, Phrase, Stem, Word

BODY, WORDS, HEADING, PATH = "Z", "", "XH", "XP"
_FILTERS = {name: f"XF{name.upper()}:" for name in COUNTED}
# The system's interpreter; where it keeps Debian's packages is asked of itself.
SYSTEM_PYTHON = "/usr/bin/python3"


@cache
def _module() -> Any:
    """Xapian's module, from the system's packages where this environment has none; else None."""
    try:
        return importlib.import_module("xapian")
    except ImportError:
        pass
    where = "import xapian, pathlib; print(pathlib.Path(xapian.__file__).parents[1])"
    try:
        command = [SYSTEM_PYTHON, "-c", where]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        sys.path.append(found.stdout.strip())
        return importlib.import_module("xapian")
    except (OSError, subprocess.SubprocessError, ImportError):
        return None


def build(folder: Path, corpus: Iterable[Made]) -> None:
    """One commit with all passages."""
    xapian = _module()
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    for made in corpus:
        for passage in made.passages:
            database.add_document(_document(passage))
    database.commit()
    database.close()


def _document(passage: Passage) -> Any:
    found = analysed(passage)
    document = _module().Document()
    for prefix, terms in ((BODY, found.stems), (WORDS, found.words)):
        for position, term in enumerate(terms):
            document.add_posting(prefix + term, position)
    for prefix, terms in ((HEADING, found.heading), (PATH, found.path)):
        for term in terms:
            document.add_term(prefix + term)
    for slot, name in enumerate(COUNTED):
        document.add_value(slot, passage.facets[name][0])
        document.add_boolean_term(_FILTERS[name] + passage.facets[name][0])
    document.add_value(len(COUNTED), passage.id)
    document.set_data(passage.text)
    return document


class _Searcher:
    def __init__(self, folder: Path) -> None:
        self._xapian = _module()
        self._database = self._xapian.Database(str(folder))
        self._stemmer = self._xapian.Stem("english")

    def answer(self, query: BenchQuery) -> Answer:
        xapian = self._xapian
        enquire = xapian.Enquire(self._database)
        enquire.set_weighting_scheme(xapian.BM25Weight(ranking.K1, 0, 1, ranking.B, 0.5))
        enquire.set_query(self._whole(query))
        spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(COUNTED))]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TOP, self._database.get_doccount())
        documents = [match.document for match in found]
        return Answer(
            total=found.get_matches_estimated(),
            facets={
                name: {value.term.decode(): value.termfreq for value in spy.values()}
                for name, spy in zip(COUNTED, spies, strict=True)
            },
            hits=tuple(document.get_value(len(COUNTED)).decode() for document in documents),
            snippets=tuple(self._snippet(found, document) for document in documents),
        )

    def close(self) -> None:
        self._database.close()

    def _snippet(self, found: Any, document: Any) -> str:
        snippet = found.snippet(document.get_data(), SNIPPET_CHARACTERS, self._stemmer)
        return str(snippet.decode())

    def _whole(self, query: BenchQuery) -> Any:
        made = self._query(query.match)
        operator = self._xapian.Query
        if query.boost:
            weights = ((HEADING, ranking.HEADING), (PATH, ranking.PATH))
            extra = [
                operator(operator.OP_SCALE_WEIGHT, operator(prefix + stem), weight)
                for stem in query.boost
                for prefix, weight in weights
            ]
            made = operator(operator.OP_AND_MAYBE, made, operator(operator.OP_OR, extra))
        for name, values in query.filters:
            made = operator(operator.OP_FILTER, made, self._filter(name, values))
        return made

    def _filter(self, name: str, values: Sequence[str]) -> Any:
        operator = self._xapian.Query
        return operator(operator.OP_OR, [operator(_FILTERS[name] + value) for value in values])

    def _query(self, match: Wanted) -> Any:
        operator = self._xapian.Query
        made: Any
        match match:
            case Stem(stem):
                made = operator(BODY + stem)
            case Word(word):
                made = operator(WORDS + word)
            case Phrase(words):
                made = operator(operator.OP_PHRASE, [WORDS + w for w in words], len(words))
            case AllOf(parts):
                made = operator(operator.OP_AND, [self._query(part) for part in parts])
            case AnyOf(parts):
                made = operator(operator.OP_OR, [self._query(part) for part in parts])
            case Prefix(prefix):
                made = operator(
                    operator.OP_WILDCARD,
                    WORDS + prefix,
                    0,
                    operator.WILDCARD_LIMIT_ERROR,
                    operator.OP_SYNONYM,
                )
            case _:
                raise NotImplementedError(match)
        return made


def open_searcher(folder: Path) -> Searcher:
    """Xapian over an index that ``build`` made."""
    return _Searcher(folder)


def _missing() -> str | None:
    if _module() is None:
        return "xapian cannot be imported (on Debian: python3-xapian, for the system's Python)"
    return None


def _version() -> str:
    return str(_module().version_string())


PEER = Peer("xapian", "Xapian", _missing, _version, build, open_searcher, without=("fuzzy",))
