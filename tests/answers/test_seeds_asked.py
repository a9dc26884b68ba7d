"""Questions on the seeds and what their answers hold; the cases are data in cases/asked.json."""

from __future__ import annotations

from typing import Any

import pytest
from answer_samples import Ask, cases, marked, quotes

from peelsearch.model import Answers, State


@pytest.mark.parametrize("case", cases("asked.json"))
def test_case(case: dict[str, Any], ask_seeds: Ask) -> None:
    found = ask_seeds(case["question"])
    assert (found.state is State.ANSWER) == ("not_answered" not in case) or "reason" in case
    assert case.get("reason", "").casefold() in found.reason.casefold()
    if "total" in case:
        assert found.total == len(found.answers) == case["total"]
    check_quotation(case, found)
    check_marks(case, found)


def check_quotation(case: dict[str, Any], found: Answers) -> None:
    if "holds" in case:
        assert case["holds"] in quotes(found)[0]
    if "not_holds" in case:
        assert case["not_holds"] not in quotes(found)[0]
    if "type" in case:
        assert {answer.document.type for answer in found.answers} == {case["type"]}
    if "speaker" in case:
        assert found.answers[0].speaker == case["speaker"]


def check_marks(case: dict[str, Any], found: Answers) -> None:
    if "marked" in case:
        assert marked(found.answers[0]) == case["marked"]
    if "marked_holds" in case:
        assert case["marked_holds"] in marked(found.answers[0])
    if "not_marked" in case:
        assert marked(found.answers[0]) != case["not_marked"]
