"""What a question asks for and where, by its wording; the cases are data in cases/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from answer_samples import cases

from peelsearch.answers.question_types import question_type
from peelsearch.answers.questions import read_question
from peelsearch.corpus import Corpus
from peelsearch.errors import QueryError
from peelsearch.model import Question
from peelsearch.querystring import MAX_CHARACTERS
from peelsearch.vocabulary import Vocabulary

CASES = Path(__file__).parents[1] / "cases"
TYPES = json.loads((CASES / "question_types.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, case["type"]) for case in TYPES for text in case["questions"]],
    ids=lambda value: value[:60],
)
def test_type(text: str, kind: str) -> None:
    assert question_type(text) == kind


@pytest.mark.parametrize("case", cases("questions_read.json"))
def test_reading(case: dict[str, Any], corpus: Corpus, vocabulary: Vocabulary) -> None:
    found = read_question(case["question"], vocabulary, corpus)
    assert {name: list(values) for name, values in found.filters} == case["filters"]
    assert {name: list(values) for name, values in found.unheld} == case.get("unheld", {})
    if "focus" in case:
        assert (found.text[slice(*found.focus)] if found.focus else None) == case["focus"]
    check_offsets(found)


def check_offsets(found: Question) -> None:
    """Names are blanked and nothing moves."""
    assert len(found.text) == len(found.typed)
    kept = [(a, b) for a, b in zip(found.text, found.typed, strict=True) if a != " "]
    assert all(a == b for a, b in kept)


def test_what_was_taken_for_a_filter_is_said(corpus: Corpus, vocabulary: Vocabulary) -> None:
    found = read_question("How good is Bedfordshire?", vocabulary, corpus)
    assert "Force: Bedfordshire Police" in found.notes or "Force: Bedfordshire" in found.notes
    assert "Bedfordshire" not in found.text


def test_given_filters_go_before_named_ones(corpus: Corpus, vocabulary: Vocabulary) -> None:
    given = (("type", ("press-release",)),)
    found = read_question("What does the letter of Bedfordshire say?", vocabulary, corpus, given)
    assert dict(found.filters) == {"force": ("bedfordshire",), "type": ("press-release",)}


@pytest.mark.parametrize("text", ["", " \n\t", "?!…", "\x00\x01", "\ud800", "<b></b>", "£"])
def test_without_words_there_is_no_question(
    text: str, corpus: Corpus, vocabulary: Vocabulary
) -> None:
    with pytest.raises(QueryError, match=r"empty|no word") as caught:
        read_question(text, vocabulary, corpus)
    assert caught.value.hint
    str(caught.value).encode()


def test_questions_beyond_the_bounds_are_refused(corpus: Corpus, vocabulary: Vocabulary) -> None:
    with pytest.raises(QueryError, match="characters long"):
        read_question("word " * 10_000, vocabulary, corpus)
    with pytest.raises(QueryError, match=r"has \d+ words"):
        read_question("a " * (MAX_CHARACTERS // 2), vocabulary, corpus)
