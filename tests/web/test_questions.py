"""Which queries get an answer card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.webapp.questions import looks_like_question


@pytest.mark.parametrize(
    "typed",
    [
        "What percentage of stop and searches were reasonable?",
        "what is iCAIT",
        "What's the MASH?",
        "how many calls were abandoned",
        "Is the force good at investigating crime",
        "do officers record reasons",
        "bedfordshire grade for vetting?",
        "iCAIT?",
        "iCAIT？ ",
        'What does "FCC" stand for',
        "What does “force contact centre” mean?",
        "When is recommendation 2 due by, at 10:30?",
        "Which non-crime incidents are recorded?",
    ],
)
def test_a_question(typed: str) -> None:
    assert looks_like_question(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "?",
        " ¿? ",
        "stop and search",
        "what works",
        "how good",
        "can drivers",
        "must be done by January",
        "may not be recorded",
        "digital triage vans",
        '"what is the force doing?"',
        '"what is" the force doing',
        '"use of force"?',
        "kind:recommendation",
        "What grade is force:kent",
        "how investigat* is done?",
        "what is Billingam~ doing",
        "what is domestic abuse -Emerald",
        "what burglary OR robbery",
        "whatever the force does",
    ],
)
def test_another_query(typed: str) -> None:
    assert not looks_like_question(typed)


@given(st.text(max_size=60))
def test_a_phrase_in_quotation_marks_is_no_question(typed: str) -> None:
    assert not looks_like_question(f'"{typed.replace(chr(34), "")}"')
