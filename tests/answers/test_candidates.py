"""What could answer a type of question; the cases are data in cases/candidates.json."""

from __future__ import annotations

from typing import Any

import pytest
from answer_samples import cases
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.answers.candidates import candidates, persons, years_in
from peelsearch.model import QuestionType


@pytest.mark.parametrize("case", cases("candidates.json"))
def test_case(case: dict[str, Any]) -> None:
    found = candidates(QuestionType(case["type"]), case["text"])
    assert [case["text"][start:end] for start, end in found] == case["found"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Strong political commitment has helped Torbay.", ["Torbay"]),
        ("34. Leaders know Zoë Billingham.", ["Zoë Billingham"]),
        ("Zoë Billingham said so.", ["Zoë Billingham"]),
    ],
)
def test_the_first_word_of_a_sentence_is_no_person(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in persons(text)] == found


def test_what_is_called_a_body_is_no_person() -> None:
    text = "It works with You Turn Futures, a national charity, and with Zoë Billingham."
    assert [text[start:end] for start, end in persons(text)] == ["Zoë Billingham"]


@given(st.sampled_from(QuestionType), st.text(st.characters(), max_size=80))
def test_candidates_are_parts_of_the_text_in_order(kind: QuestionType, text: str) -> None:
    found = candidates(kind, text)
    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("£1m in 2019–20", "2019–20"),
        ("in 2020/21 and 2021/22", "2020/21"),
        ("By March 2024", "2024"),
        ("13,500 calls", ""),
    ],
)
def test_the_year_of_a_figure(text: str, year: str) -> None:
    assert years_in(text) == year
