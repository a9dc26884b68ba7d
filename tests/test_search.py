"""Searching the seeds gives what a reader expects; the cases are data in cases/search.json."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.corpus import Corpus
from peelsearch.errors import QueryError
from peelsearch.facets import COUNTED
from peelsearch.model import Passage, SearchResults, Sort
from peelsearch.search import SearchOptions, facet_values, highlighter, search
from peelsearch.vocabulary import Vocabulary, load_vocabulary

CASES = json.loads((Path(__file__).parent / "cases" / "search.json").read_text("utf-8"))
ALL = SearchOptions(limit=1_000)


def texts(results: SearchResults) -> list[str]:
    """Each hit's text with its heading path, white space folded."""
    return [" ".join(hit.passage.text.split()) for hit in results.hits]


def every_passage(corpus: Corpus) -> list[Passage]:
    return [passage for name in corpus.documents for passage in corpus.reader.passages(name)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any], corpus: Corpus, vocabulary: Vocabulary) -> None:
    results = search(corpus, vocabulary, case["query"], ALL)
    check_numbers(case, results)
    check_texts(case, results)
    check_words(case, results)


def check_numbers(case: dict[str, Any], results: SearchResults) -> None:
    if "total" in case:
        assert results.total == case["total"]
    else:
        assert results.total > 0
    if "documents" in case:
        assert results.documents == case["documents"]
    if "more" in case:
        assert [results.more.phrase, results.more.apart, results.more.some] == case["more"]
    assert len(results.hits) == results.total


def check_texts(case: dict[str, Any], results: SearchResults) -> None:
    found = texts(results)
    for hit, text in zip(results.hits[: case.get("first", 0)], found, strict=False):
        assert case.get("first_hold", "").lower() in text.lower()
        assert re.search(case.get("first_match", ""), text)
        assert case.get("first_path", hit.passage.headings[0]) == hit.passage.headings[0]
        for name, value in case.get("first_facets", {}).items():
            assert hit.passage.facets[name] == (value,)
    for heading, hit in zip(case.get("headings", []), results.hits, strict=False):
        assert hit.passage.headings[-1] == heading
    if "all_match" in case:
        assert all(re.search(case["all_match"], text) for text in found)
    if "none_match" in case:
        assert not any(re.search(case["none_match"], text) for text in found)
    if "some_without" in case:
        assert any(case["some_without"] not in text for text in found)
    for name, value in case.get("all_facets", {}).items():
        assert all(hit.passage.facets[name] == (value,) for hit in results.hits)


def check_words(case: dict[str, Any], results: SearchResults) -> None:
    assert case.get("interpreted", "") in results.interpreted
    assert results.suggestion == case.get("suggestion")
    if "note" in case:
        assert any(case["note"] in note for note in results.notes)
    relaxed = any("No passage holds all" in note for note in results.notes)
    assert relaxed == case.get("relaxed", False)


def test_every_hit_quotes_its_document(corpus: Corpus, vocabulary: Vocabulary) -> None:
    for hit in search(corpus, vocabulary, "force", ALL).hits:
        text = corpus.structure(hit.document.id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert text[hit.snippet.start : hit.snippet.end] == hit.snippet.text
        assert hit.marks
        for mark in hit.heading_marks:
            assert hit.passage.headings[mark.heading][mark.start : mark.end].strip()


def test_pages_join_to_the_whole(corpus: Corpus, vocabulary: Vocabulary) -> None:
    whole = [hit.passage.id for hit in search(corpus, vocabulary, "force", ALL).hits]
    pages: list[str] = []
    for page in range(1, len(whole) // 7 + 2):
        options = SearchOptions(limit=7, page=page)
        pages += [hit.passage.id for hit in search(corpus, vocabulary, "force", options).hits]
    assert pages == whole


def test_a_page_past_the_end_is_the_last_and_says_so(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    results = search(corpus, vocabulary, "kind:AFI", SearchOptions(limit=4, page=99))
    assert results.page == results.pages == 3
    assert [hit.rank for hit in results.hits] == [9, 10]
    assert any("no page 99" in note for note in results.notes)


def test_dates_are_compared_as_precisely_as_they_are_known(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    def types(**dates: str) -> set[str]:
        results = search(corpus, vocabulary, "force", SearchOptions(limit=1_000, **dates))
        return {hit.document.type for hit in results.hits}

    assert types(since="2022") == {"force-report", "commissioner-letter"}
    assert types(since="2022-04-15") == {"force-report", "commissioner-letter"}
    assert types(since="2022-05") == {"commissioner-letter"}
    assert types(until="2022-04") == {"force-report"}
    undated = search(corpus, vocabulary, "force", SearchOptions(since="2022"))
    assert any("1 document without a stated date" in note for note in undated.notes)


def test_newest_first_has_the_undated_last(corpus: Corpus, vocabulary: Vocabulary) -> None:
    options = SearchOptions(limit=1_000, sort=Sort.DATE)
    dates = [hit.document.date for hit in search(corpus, vocabulary, "force", options).hits]
    assert dates == sorted(dates, key=lambda date: date or "", reverse=True)
    assert dates[-1] is None


@pytest.mark.parametrize("query", ["", "   ", "((((", "-word", "?"])
def test_nothing_to_search_is_said(query: str, corpus: Corpus, vocabulary: Vocabulary) -> None:
    with pytest.raises(QueryError) as caught:
        search(corpus, vocabulary, query)
    assert caught.value.hint


def test_an_exclusion_needs_only_a_filter_beside_it(corpus: Corpus, vocabulary: Vocabulary) -> None:
    results = search(corpus, vocabulary, "-force kind:AFI", ALL)
    assert results.total == 0
    assert any("Without the filters" in note for note in results.notes)


def test_highlights_follow_the_query(corpus: Corpus, vocabulary: Vocabulary) -> None:
    text = "The FCC is the force contact centre. A force of nature."
    found = highlighter(corpus, vocabulary, "force contact centre")
    marks = [text[a:b] for a, b in found.marks(text)]
    assert marks == ["FCC", "force contact centre"]


VALUES = {
    "force": ["bedfordshire"],
    "theme": ["investigation", "responding", "not-stated"],
    "grade": ["good", "requires-improvement", "ungraded", "reported-separately", "not-stated"],
    "kind": ["main-finding", "area-for-improvement", "narrative"],
    "type": ["force-report", "commissioner-letter"],
    "year": ["2022", "not-stated"],
}
selections = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(values), unique=True) for name, values in VALUES.items()}
)


@settings(max_examples=60, deadline=None)
@given(
    query=st.sampled_from(["force", "victims", '"use of force"', "investigat*", ""]),
    chosen=selections,
)
def test_facet_counts_equal_a_recount(
    corpus: Corpus, query: str, chosen: dict[str, list[str]]
) -> None:
    vocabulary = load_vocabulary()
    filters = tuple((name, tuple(values)) for name, values in chosen.items() if values)
    pattern = {
        "force": r"\bforce",
        "victims": r"\bvictim",
        '"use of force"': r"\buse of force\b",
        "investigat*": r"\binvestigat",
        "": "",
    }[query]
    matching = [
        passage
        for passage in every_passage(corpus)
        if re.search(pattern, " ".join(passage.text.lower().split()))
    ]
    counts = facet_values(corpus, vocabulary, query, SearchOptions(filters=filters))
    assert [name for name, _ in counts] == [facet.name for facet in COUNTED]
    for name, values in counts:
        others = [(other, wanted) for other, wanted in filters if other != name]
        kept = [p for p in matching if all(set(p.facets[o]) & set(w) for o, w in others)]
        for value in values:
            assert value.count == sum(value.value in passage.facets[name] for passage in kept)
        listed = {value.value for value in values}
        assert {v for passage in kept for v in passage.facets[name]} <= listed
