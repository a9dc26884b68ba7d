"""Documents instead of passages: what stock Whoosh finds, gathered by hand."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

import pytest
from engine_samples import commit, corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from test_engine_oracle import requests

from benchmarks.oracle.reader import open_reader as open_oracle
from peelsearch.engine import writer
from peelsearch.engine.opening import open_reader
from peelsearch.engine.protocol import Reader
from peelsearch.engine.serving import open_serving_reader
from peelsearch.model import Passage, Request, Sort
from peelsearch.records import replace

Group = tuple[int, list[str]]


def gathered(oracle: Reader, request: Request) -> list[Group]:
    """The groups of a request, from the whole list of its passages in both orders."""
    whole = replace(request, offset=0, limit=1_000, of_each=0)
    order = dict.fromkeys(m.passage.document for m in oracle.search(whole).matches)
    passages: dict[str, list[str]] = {document: [] for document in order}
    for match in oracle.search(replace(whole, sort=Sort.RELEVANCE)).matches:
        passages[match.passage.document].append(match.passage.id)
    page = islice(order, request.offset, request.offset + request.limit)
    return [(len(passages[one]), passages[one][: request.of_each]) for one in page]


def groups(reader: Reader, request: Request) -> list[Group]:
    """What the engine says they are."""
    answer = reader.search(request)
    matches = iter(answer.matches)
    found = [
        (held, [match.passage for match in islice(matches, shown)]) for held, shown in answer.groups
    ]
    assert not list(matches)
    assert all(len({passage.document for passage in own}) == 1 for _, own in found)
    return [(held, [passage.id for passage in own]) for held, own in found]


@pytest.mark.parametrize("rewritten", [writer.REWRITE_ALL, 0], ids=["rewritten", "deletions"])
@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(corpora(), min_size=1, max_size=3),
    asked=st.lists(requests, min_size=3, max_size=3),
    of_each=st.integers(1, 4),
)
def test_documents_are_the_passages_gathered(
    rewritten: int, steps: list[dict[str, list[Passage]]], asked: list[Request], of_each: int
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "REWRITE_ALL", rewritten)
        for step in steps:
            commit(Path(name), step)
        oracle = open_oracle(Path(name))
        for opener in (open_reader, open_serving_reader):
            reader = opener(Path(name))
            for plain in asked:
                request = replace(plain, of_each=of_each)
                assert groups(reader, request) == gathered(oracle, request)
                answer, expected = reader.search(request), oracle.search(plain)
                assert (answer.total, answer.documents) == (expected.total, expected.documents)
                assert answer.facets == reader.search(plain).facets
            reader.close()
        oracle.close()
