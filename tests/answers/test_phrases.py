"""Phrases that answer by where they stand; the cases are data in cases/phrases.json and
cases/explained.json."""

from __future__ import annotations

from typing import Any

import pytest
from answer_samples import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.analysis import spans
from peelsearch.answers.phrases import around, explained
from peelsearch.model import Span


def _written(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None


@pytest.mark.parametrize("case", cases("phrases.json"))
def test_around(case: dict[str, Any]) -> None:
    words, asked = spans(case["text"]), frozenset(case["asked"])
    at = next(place for place, (word, _, _) in enumerate(words) if word == case["thing"])
    known = {start for word, start, _ in words if word in asked}
    assert _written(case["text"], around(case["text"], words, at, asked, known)) == case["found"]


@pytest.mark.parametrize("case", cases("explained.json"))
def test_explained(case: dict[str, Any]) -> None:
    start = case["text"].index(case["name"])
    found = explained(case["text"], start, start + len(case["name"]))
    assert _written(case["text"], found) == case["found"]


_TEXTS = st.text(st.sampled_from("abT '-,;:.()[]#“”‘’\n–"), max_size=60) | st.text(max_size=60)


# The first text with a new letter loads the tables of all letters.
@settings(deadline=None)
@given(_TEXTS, st.data())
def test_phrases_are_parts_of_the_sentence(text: str, data: st.DataObject) -> None:
    words = spans(text)
    if not words:
        return
    at = data.draw(st.integers(0, len(words) - 1))
    known = {words[at][1]}
    for found in (
        around(text, words, at, frozenset(words[at][:1]), known),
        explained(text, *words[at][1:]),
    ):
        assert found is None or 0 <= found[0] < found[1] <= len(text)
