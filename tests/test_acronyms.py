"""The program's own acronyms, and how those of documents go before them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from peelsearch.acronyms import FILE, Acronyms, built_in
from peelsearch.analysis import is_function_word, words
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.indexing import build
from peelsearch.search import search
from peelsearch.vocabulary import Vocabulary


def test_the_file_is_read_as_toml_is() -> None:
    listed = tomllib.loads(FILE.read_text("utf-8"))
    pairs = [
        (short, long)
        for short, longs in listed.items()
        for long in ([longs] if isinstance(longs, str) else longs)
    ]
    assert [(acronym.short, acronym.long) for acronym in built_in()] == pairs
    assert len(set(pairs)) == len(pairs) > 60


def test_each_short_form_is_one_word_and_each_long_form_several() -> None:
    for acronym in built_in():
        assert len(words(acronym.short)) == 1
        assert not is_function_word(acronym.short.casefold())
        assert len(words(acronym.long)) > 1


def test_both_ways_with_the_plural(corpus: Corpus) -> None:
    known = Acronyms(corpus.reader)
    for word in ("pcc", "pccs"):
        (found,) = known.with_short(word, "pcc")
        assert (found.acronym.long, found.built_in) == ("police and crime commissioner", True)
    long = ("police", "and", "crime", "commissioners")
    (found,) = known.with_long(long, ("polic", "and", "crime", "commission"))
    assert (found.acronym.short, found.built_in) == ("PCC", True)
    assert known.with_long(long[:3], ("polic", "and", "crime")) == ()


def test_what_a_document_defines_goes_before(tmp_path: Path, vocabulary: Vocabulary) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    text = "# Report\n\nThe parish crime council (PCC) met the police and crime commissioner.\n"
    (documents / "one.md").write_text(text, "utf-8")
    build([documents], index=tmp_path / "index", vocabulary=vocabulary)
    corpus = open_corpus(tmp_path / "index")
    (found,) = Acronyms(corpus.reader).with_short("pcc", "pcc")
    assert (found.acronym.long, found.built_in) == ("parish crime council", False)
    results = search(corpus, vocabulary, "police and crime commissioner")
    assert "PCC" not in results.interpreted
    assert "PCC" in search(corpus, vocabulary, "parish crime council").interpreted
