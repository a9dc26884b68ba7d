"""Whatever is typed: one clear message or a bounded, consistent result, alike by both readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_samples import OPENERS, VOCABULARY

from benchmarks.bombs import BOMBS
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError, PeelsearchError, QueryError
from peelsearch.model import Query, SearchResults
from peelsearch.querystring import MAX_CHARACTERS, MAX_TERMS, parse
from peelsearch.search import search


@pytest.fixture(scope="module")
def corpora(seeds_index: Path) -> Sequence[Corpus]:
    """The seeds, opened in both ways."""
    return [open_corpus(seeds_index, opener) for opener in OPENERS]


def outcome(corpus: Corpus, query: str) -> SearchResults | PeelsearchError:
    """What comes of a query, checked; the time that it took left out."""
    try:
        found = search(corpus, VOCABULARY, query)
    except PeelsearchError as error:
        return error
    assert found.total >= len(found.hits)
    assert found.documents <= found.total
    assert len(found.hits) == min(found.total, found.limit)
    for hit in found.hits:
        text = hit.passage.text
        assert all(0 <= start < end <= len(text) for start, end in hit.marks)
        for mark in hit.heading_marks:
            assert 0 <= mark.start < mark.end <= len(hit.passage.headings[mark.heading])
    for name, values in found.facets:
        # Counts of a facet that is filtered by are those without its own filter.
        if name not in dict(found.filters):
            assert all(0 < value.count <= found.total for value in values), name
    assert len(found.interpreted) < 60_000
    return replace(found, took_ms=0)


def same(outcomes: Sequence[SearchResults | PeelsearchError]) -> SearchResults | PeelsearchError:
    """The outcome, if it is that of all readers."""
    first = outcomes[0]
    for other in outcomes[1:]:
        if isinstance(first, PeelsearchError):
            assert type(other) is type(first)
            assert str(other) == first.message
        else:
            assert other == first
    return first


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_gives_one_clear_message_or_a_bounded_result(
    corpora: Sequence[Corpus], name: str
) -> None:
    found = same([outcome(corpus, BOMBS[name]) for corpus in corpora])
    if isinstance(found, PeelsearchError):
        assert isinstance(found, InputError), found
        assert found.message.endswith((".", '"', "?")), found.message
        assert found.hint
        assert len(found.message) < 1_200
    else:
        assert len(BOMBS[name]) <= MAX_CHARACTERS


# Pieces of the language, often enough to meet; and anything else.
MARKS = ('"', "-", "*", "~", "~2", ":", "(", ")", "OR", "NOT", "“", "”", "\0", "\ud800", "é", "'")
WORDS = ("force", "police", "use of force", "officer", "zzz", "kind:", "force:kent", "year:2021")
pieces = st.one_of(st.sampled_from((*MARKS, *WORDS, " ", " ")), st.text(max_size=3))
typed = st.one_of(
    st.lists(pieces, max_size=12).map("".join),
    st.lists(pieces, max_size=12).map(" ".join),
    st.text(st.characters(), max_size=60),
)


def parsed(text: str) -> Query | InputError:
    try:
        return parse(text, VOCABULARY)
    except InputError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(text=typed)
def test_anything_typed_is_read_or_refused(text: str) -> None:
    query = parsed(text)
    if isinstance(query, InputError):
        assert query.message
        assert not isinstance(query, QueryError) or 0 <= query.position <= len(text)
        return
    clauses = [*(c for group in query.groups for c in group), *query.excluded]
    assert sum(len(clause.words) for clause in clauses) <= MAX_TERMS
    for clause in clauses:
        assert clause.words
        assert all(clause.words)
        assert 0 <= clause.position < max(1, len(text))
    # Reading is of the text alone: twice is the same.
    assert parsed(text) == query


@settings(max_examples=200, deadline=None)
@given(text=typed)
def test_anything_typed_is_answered_alike_by_both_readers(
    corpora: Sequence[Corpus], text: str
) -> None:
    same([outcome(corpus, text) for corpus in corpora])
