"""Related words: the list itself, and what it does to a search."""

from __future__ import annotations

import pytest

from peelsearch.analysis import is_function_word, words
from peelsearch.corpus import Corpus
from peelsearch.facets import COUNTED
from peelsearch.runs import FEW
from peelsearch.search import SearchOptions, highlighter, search
from peelsearch.synonyms import FILE, holds, read, related
from peelsearch.vocabulary import Vocabulary

ENTRIES = tuple(read(FILE.read_text("utf-8")))
ALL = SearchOptions(limit=1_000)
WIDENED = ("welfare", "cops", "kids", "knife crime", "jail or cops for cyclists")


def test_how_the_list_is_written() -> None:
    text = "# remark\njail, gaol , prison # more\n\ncop, bobby > officer, constable\n"
    assert list(read(text)) == [
        ("jail", ("gaol", "prison")),
        ("gaol", ("jail", "prison")),
        ("prison", ("jail", "gaol")),
        ("cop", ("officer", "constable")),
        ("bobby", ("officer", "constable")),
    ]


def test_the_list_is_sound() -> None:
    assert len(ENTRIES) > 60
    for term, others in ENTRIES:
        assert others, term
        assert term not in others
        for text in (term, *others):
            assert not all(is_function_word(word) for word in words(text)), text
    terms = [term for term, _ in ENTRIES]
    assert len(set(terms)) == len(terms)


def test_terms_are_found_in_any_form_that_can_be_told(corpus: Corpus) -> None:
    stem = corpus.reader.stem
    assert related(("cops",), ("cop",), stem) == ("officer",)
    assert related(("gaols",), ("gaol",), stem) == ("jail", "prison")
    assert related(("break",), ("break",), stem) == ()
    assert "burglary" in related(("break", "ins"), ("break", "in"), stem)
    assert holds("gaol")
    assert not holds("goal")


@pytest.mark.parametrize("query", WIDENED)
def test_counts_are_exact_with_related_words(
    query: str, corpus: Corpus, vocabulary: Vocabulary
) -> None:
    results = search(corpus, vocabulary, query, ALL)
    assert "the related" in results.interpreted
    assert len(results.hits) == results.total
    for facet in COUNTED:
        for value in dict(results.facets)[facet.name]:
            options = SearchOptions(filters=((facet.name, (value.value,)),))
            narrowed = search(corpus, vocabulary, query, options)
            assert narrowed.total == value.count, (facet.name, value.value)


@pytest.mark.parametrize("query", WIDENED)
def test_what_was_typed_comes_first(query: str, corpus: Corpus, vocabulary: Vocabulary) -> None:
    results = search(corpus, vocabulary, query, ALL)
    typed = {hit.passage.id for hit in search(corpus, vocabulary, f'{query} "{query}"', ALL).hits}
    first = [hit.passage.id in typed for hit in results.hits]
    assert first == sorted(first, reverse=True)


def test_related_words_are_marked(corpus: Corpus, vocabulary: Vocabulary) -> None:
    for hit in search(corpus, vocabulary, "cops", ALL).hits:
        marked = [hit.passage.text[start:end].casefold() for start, end in hit.marks]
        assert marked
        assert all(mark.startswith("officer") for mark in marked)
    assert highlighter(corpus, vocabulary, "cops").marks("an officer") == ((3, 10),)


def test_enough_by_the_typed_words_is_enough(corpus: Corpus, vocabulary: Vocabulary) -> None:
    results = search(corpus, vocabulary, "training", ALL)
    assert results.total >= FEW
    assert "related" not in results.interpreted


def test_quoted_words_stand_for_themselves(corpus: Corpus, vocabulary: Vocabulary) -> None:
    assert search(corpus, vocabulary, '"cops"', ALL).total == 0
