"""Suggestions: which words are offered for what no passage holds, and when a name is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.corpus import Corpus, open_corpus
from peelsearch.engine import near
from peelsearch.engine.serving import open_serving_reader
from peelsearch.indexing import build
from peelsearch.model import Word
from peelsearch.search import SearchOptions, search
from peelsearch.spelling.joins import split
from peelsearch.vocabulary import Vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def serving(seeds_index: Path) -> Corpus:
    """The seeds as a site opens them."""
    return open_corpus(seeds_index, open_serving_reader)


@pytest.fixture(scope="module")
def words(corpus: Corpus) -> tuple[str, ...]:
    """Every word that a passage of the seeds holds."""
    begin = {word[0] for word in corpus.reader.words_with_prefix("", 100_000)}
    return tuple(
        word for letter in sorted(begin) for word in corpus.reader.words_with_prefix(letter, 10_000)
    )


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_both_readers_find_exactly_the_near_words(
    data: st.DataObject, corpus: Corpus, serving: Corpus, words: tuple[str, ...]
) -> None:
    word = data.draw(st.sampled_from(words))
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(word)))
        letter = data.draw(st.sampled_from(["", *LETTERS]))
        word = word[:at] + letter + word[at + data.draw(st.integers(0, 1)) :] or letter or "a"
    one = tuple((w, corpus.reader.frequency(Word(w))) for w, n in near.within(word, words, 1) if n)
    two = {w: n for w, n in near.within(word, words, 2) if w[0] == word[0]}
    for reader in (corpus.reader, serving.reader):
        assert reader.words_one_edit_away(word) == one
        assert {w: n for w, n, _ in reader.words_near(word, 2)} == two


def test_a_force_whose_name_stands_in_no_passage_is_a_filter(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    corpus = small(tmp_path, vocabulary, "force: dorset\n", "The control room answers calls.")
    for typed in ("Dorsett", "Dorset"):
        results = search(corpus, vocabulary, f"{typed} calls")
        assert results.suggestion == "force:dorset calls"
        assert not any("No document here" in note for note in results.notes)
        found = search(corpus, vocabulary, results.suggestion)
        assert [hit.passage.facets["force"] for hit in found.hits] == [("dorset",)]
    results = search(corpus, vocabulary, "Dorset OR calls")
    assert results.suggestion is None


def test_a_word_of_the_documents_goes_before_a_name(tmp_path: Path, vocabulary: Vocabulary) -> None:
    corpus = small(tmp_path, vocabulary, "force: kent\n", "The report was sent to the force.")
    assert search(corpus, vocabulary, "kemt").suggestion == "force:kent"
    assert search(corpus, vocabulary, "sentt").suggestion == "sent"
    assert search(corpus, vocabulary, "ent").suggestion == "sent"


def small(folder: Path, vocabulary: Vocabulary, stated: str, text: str) -> Corpus:
    """An index of one document with front matter."""
    documents = folder / "documents"
    documents.mkdir()
    (documents / "one.md").write_text(f"---\n{stated}---\n# Report\n\n{text}\n", "utf-8")
    build([documents], index=folder / "index", vocabulary=vocabulary)
    return open_corpus(folder / "index")


def test_who_types_many_unknown_words_did_not_misspell_them(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    query = "burglry policce ofiicer serch abusse victm"
    assert search(corpus, vocabulary, query).suggestion is None
    fewer = search(corpus, vocabulary, query.rsplit(" ", 1)[0])
    assert fewer.suggestion == "burglary police officer search abuse"


def test_filters_stay_as_they_were_typed(corpus: Corpus, vocabulary: Vocabulary) -> None:
    results = search(corpus, vocabulary, "burglry kind:AFI", SearchOptions(limit=1))
    assert results.suggestion == "burglary kind:AFI"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stopsearch", ("stop", "search")),
        ("antisocialbehaviour", ("anti", "social", "behaviour")),
        ("stopxsearch", ()),
        ("stop", ()),
        ("stopan", ()),
        ("stop2search", ()),
    ],
)
def test_words_written_together(word: str, parts: tuple[str, ...]) -> None:
    known = {"stop": 9, "search": 5, "anti": 2, "social": 3, "behaviour": 4, "an": 50, "arch": 1}
    assert split(word, lambda part: known.get(part, 0)) == parts


def test_of_several_ways_to_part_a_word_the_most_frequent_is_taken() -> None:
    known = {"sees": 1, "aw": 0, "see": 9, "saw": 8, "now": 5, "here": 6, "nowhere": 1}
    assert split("seesaw", lambda part: known.get(part, 0)) == ("see", "saw")
    assert split("nowhere", lambda part: known.get(part, 0)) == ("now", "here")
