"""The snapshot against stock Whoosh: the same matches, counts and order, scores within 1e-9."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from engine_samples import VALUES, commit, corpora, expressions, matches, stems
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.oracle.reader import open_reader as open_oracle
from peelsearch.engine import writer
from peelsearch.engine.opening import open_reader
from peelsearch.engine.serving import open_serving_reader
from peelsearch.facets import FACETS
from peelsearch.model import AllOf, AnyOf, Expression, Matches, Passage, Request, Sort
from peelsearch.snippets import Highlighter

SCORE = 1e-9

filters = st.lists(
    st.tuples(
        st.sampled_from([facet.name for facet in FACETS]),
        st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True).map(tuple),
    ),
    max_size=2,
    unique_by=lambda chosen: chosen[0],
).map(tuple)
requests = st.builds(
    Request,
    match=expressions,
    excluded=st.lists(expressions, max_size=1).map(tuple),
    filters=filters,
    documents=st.none() | st.frozensets(st.sampled_from("abcxyz")),
    boost=st.lists(stems, max_size=2).map(tuple),
    prefer=st.lists(expressions, max_size=2).map(tuple),
    counted=st.lists(expressions, max_size=2).map(tuple),
    sort=st.sampled_from(Sort),
    offset=st.integers(0, 3),
    limit=st.integers(0, 12),
)


@pytest.mark.parametrize("rewritten", [writer.REWRITE_ALL, 0], ids=["rewritten", "deletions"])
@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(corpora(), min_size=1, max_size=3),
    asked=st.lists(requests, min_size=3, max_size=3),
)
def test_answers_are_those_of_stock_whoosh(
    rewritten: int, steps: list[dict[str, list[Passage]]], asked: list[Request]
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "REWRITE_ALL", rewritten)
        for step in steps:
            commit(Path(name), step)
        oracle = open_oracle(Path(name))
        for opener in (open_reader, open_serving_reader):
            reader = opener(Path(name))
            for request in asked:
                agree(reader.search(request), oracle.search(request))
                assert reader.frequency(request.match) == oracle.frequency(request.match)
            reader.close()
        oracle.close()


def agree(found: Matches, expected: Matches) -> None:
    assert found.total == expected.total
    assert found.documents == expected.documents
    assert found.counts == expected.counts
    for name, counts in found.facets.items():
        assert counts == expected.facets[name]
    assert [m.passage for m in found.matches] == [m.passage for m in expected.matches]
    for ours, theirs in zip(found.matches, expected.matches, strict=True):
        assert abs(ours.score - theirs.score) <= SCORE


@settings(max_examples=60, deadline=None)
@given(documents=corpora(), marked=expressions, whole=st.none() | expressions)
def test_marks_are_those_of_the_text(
    documents: dict[str, list[Passage]], marked: Expression, whole: Expression | None
) -> None:
    """What the snapshot marks by its stored words, the highlighter finds in the text itself."""
    request = Request(AnyOf((marked, AllOf((marked,)))), marked=marked, whole=whole, limit=100)
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), documents)
        for opener in (open_reader, open_serving_reader):
            reader = opener(Path(name))
            highlighter = Highlighter.of(marked, whole=whole, forms=reader.forms)
            for match in reader.search(request).matches:
                text = match.passage.text
                assert spans(match.marks) == spans(highlighter.keyed_marks(text))
                expected = highlighter.whole is not None and bool(highlighter.whole.marks(text))
                assert match.whole is expected
                assert matches(marked, match.passage)
                assert all(0 <= start < end <= len(text) for start, end in match.units)
            reader.close()


def spans(marks: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    return sorted((start, end) for start, end, _ in marks)
