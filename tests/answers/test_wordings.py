"""The list of other wordings, and how it is read."""

from __future__ import annotations

import pytest

from peelsearch.analysis import stem, terms
from peelsearch.answers.wordings import FILE, other_forms, other_wordings, read

LINES = tuple(read(FILE.read_text("utf-8")))


def known(*words: str) -> dict[str, str]:
    """An index that holds these words only."""
    return {word: stem(word) for word in words}


def others(question: str, *held: str) -> set[tuple[str, ...]]:
    found = other_wordings(terms(question, stem), stem, known(*held).get)
    return {wording.other for wording in found}


def test_terms_are_separated_and_none_stands_for_itself() -> None:
    assert len(LINES) > 500
    for term, wordings in LINES:
        assert term == " ".join(term.split())
        assert wordings
        assert term not in wordings


@pytest.mark.parametrize("word", ["rape", "murder", "knife", "robbery of shops", "arson"])
def test_no_offence_stands_for_another(word: str) -> None:
    assert not [wordings for term, wordings in LINES if term == word]


def test_only_wordings_that_the_index_holds_count() -> None:
    assert others("How many kids?", "children", "people") == {(stem("children"),)}
    assert others("How many kids?", "horses") == set()


def test_a_longer_term_goes_before_its_words() -> None:
    found = others("Who keeps an eye on it? They keep an eye on it.", "monitor", "maintain")
    assert (stem("monitor"),) in found
    assert (stem("maintain"),) not in found


def test_what_is_on_the_right_does_not_find_the_left() -> None:
    assert others("Is it monitored?", "eye", "track") <= {(stem("track"),)}


def test_forms_of_one_word_find_each_other() -> None:
    spent = list(other_forms(terms("What was spent?", stem), known("spend", "spent").get))
    assert spent == [("spend", frozenset({"spent"}))]
