"""Words, stems and sentences: the tokens that must survive, and what holds of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.analysis import (
    MAX_WORD,
    fold_word,
    is_function_word,
    sentences,
    stem,
    stems,
    terms,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1m", ("£1m",)),
        ("2019–20", ("2019", "20")),
        ("2019/20", ("2019", "20")),
        ("94.8", ("94.8",)),
        ("4.5%", ("4.5", "percent")),
        ("4.5 percent", ("4.5", "percent")),
        ("A&E", ("a&e",)),
        ("s.55", ("s.55",)),
        ("999 and 101", ("999", "and", "101")),
        ("the force's", ("the", "force")),
        ("the force’s", ("the", "force")),
        ("stop-and-search", ("stop", "and", "search")),
        ("iCAIT", ("icait",)),
        ("1,600 officers", ("1600", "officers")),
        ("Zoë", ("zoe",)),
        ("[hub \\(MASH\\)](https://example.org/mash)", ("hub", "mash")),
        ("2023/24.", ("2023", "24")),
        ("didn't", ("didn't",)),
    ],
)
def test_words_that_must_survive(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_plus_or_minus_is_a_word() -> None:
    assert words("+/- 3.7")[-1] == "3.7"
    assert len(words("+/- 3.7")) == 2


def test_stems_join_forms() -> None:
    assert stem("searches") == stem("searching") == stem("search")
    assert stems("domestic abuse") == (stem("domestic"), stem("abuse"))


@given(st.text(max_size=200))
def test_terms_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for term in terms(text):
        assert end <= term.start < term.end <= len(text)
        assert 0 < len(term.word) <= MAX_WORD
        end = term.end


@given(st.text(max_size=40))
def test_folding_a_word_is_idempotent(text: str) -> None:
    assert fold_word(fold_word(text)) == fold_word(text)


@given(st.text(max_size=300))
def test_sentences_are_in_order_and_lose_only_space(text: str) -> None:
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Det. Supt. Smith said so.",
        "It is in No. 7 of the list.",
        "See paras. 4 and 5.",
        "Calls came at 3 p.m. on most days.",
        "Some, e.g. the vans, are new.",
        "Fig. 3 shows it.",
        "Dr. Jones agreed.",
    ],
)
def test_abbreviations_do_not_end_sentences(text: str) -> None:
    assert sentences(text) == [(0, len(text))]


def test_a_camel_case_word_begins_a_sentence() -> None:
    text = "It has a team. iCAIT does the work."
    assert [text[a:b] for a, b in sentences(text)] == ["It has a team.", "iCAIT does the work."]


def test_function_words_are_a_closed_list() -> None:
    assert is_function_word("the")
    assert not is_function_word("force")
