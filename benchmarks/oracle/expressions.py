"""Expressions of the model as Whoosh queries.

``body`` holds stems, ``words`` exact words; headings are boosted, never matched. A passage starts
with its own heading, so what stands in a heading is matched there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, assert_never

from benchmarks.oracle.whoosh_parts import (
    And,
    AndMaybe,
    Every,
    NullQuery,
    Or,
    WrappingMatcher,
)
from benchmarks.oracle.whoosh_parts import Phrase as WhooshPhrase
from benchmarks.oracle.whoosh_parts import Term as WhooshTerm
from peelsearch.engine import ranking
from peelsearch.engine.fields import BODY, HEADING, PATH, WORDS
from peelsearch.model import (
    AllOf,
    AnyOf,
    Everything,
    Expression,
    Phrase,
    Stem,
    StemPhrase,
    Word,
)


class _Unscored(Every):  # type: ignore[misc]
    """Every passage with score 0; Whoosh's own gives each a score of 1."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return WrappingMatcher(super().matcher(searcher, context), boost=0.0)


def to_whoosh(expression: Expression, boost: Iterable[str] = ()) -> Any:
    """The query whose score adds heading and path matches of the ``boost`` stems."""
    found = _query(expression)
    stems = dict.fromkeys(boost)
    if not stems:
        return found
    extra = [
        WhooshTerm(field, stem, boost=weight)
        for stem in stems
        for field, weight in ((HEADING, ranking.HEADING), (PATH, ranking.PATH))
    ]
    return AndMaybe(found, _any_of(extra))


def _query(expression: Expression) -> Any:
    query: Any
    match expression:
        case Stem(stem):
            query = WhooshTerm(BODY, stem)
        case Word(word):
            query = WhooshTerm(WORDS, word)
        case Phrase(words):
            query = _phrase(WORDS, words)
        case StemPhrase(stems):
            query = _phrase(BODY, stems)
        case AllOf(parts):
            query = And([_query(part) for part in parts])
        case AnyOf(parts):
            query = _any_of([_query(part) for part in parts])
        case Everything():
            query = _Unscored()
        case _:
            assert_never(expression)
    return query


def _phrase(field: str, words: Sequence[str]) -> Any:
    if len(words) < 2:
        return _any_of([WhooshTerm(field, word) for word in words])
    return WhooshPhrase(field, list(words))


def _any_of(queries: list[Any]) -> Any:
    if len(queries) < 2:
        return queries[0] if queries else NullQuery
    query = Or(queries)
    # The other kinds collect into arrays ahead of time, which cannot be walked inside an And.
    query.matcher_type = Or.DEFAULT_MATCHER
    return query
