"""When there is no answer, and what is said then."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_samples import Ask, asking, cases, corpus_of, marked

from peelsearch.model import State
from peelsearch.vocabulary import Vocabulary

# Question, and what the reason says.
NOT_HELD = {
    "What grade did Kent Police get for investigating crime?": "Kent",
    "How well does Cambridgeshire Constabulary respond to the public?": "Cambridgeshire",
    "What grade was given in PEEL 2018/19?": "2018/19",
    "What is the deadline for Recommendation 9?": "No recommendation 9",
    "xyzzy plugh": '"xyzzy", "plugh"',
}
# Question, and the words of it that are found nowhere.
NOT_SAID = {
    "How many murders were recorded in Bedfordshire in 2021?": ("murders",),
    "How many horses does the force own?": ("horses",),
    "What is the recipe for sourdough bread?": ("recipe", "sourdough", "bread"),
    "How many zebras were seized by the stables?": ("zebras", "stables"),
}


@pytest.mark.parametrize(("question", "words"), NOT_HELD.items())
def test_what_is_not_held_has_no_answer(question: str, words: str, ask_seeds: Ask) -> None:
    found = ask_seeds(question)
    assert found.state is State.NONE
    assert words in found.reason


@pytest.mark.parametrize(("question", "words"), NOT_SAID.items())
def test_what_is_not_said_is_not_answered(
    question: str, words: tuple[str, ...], ask_seeds: Ask
) -> None:
    found = ask_seeds(question)
    assert found.state is not State.ANSWER
    assert found.missing == words


def test_a_caption_on_something_else_is_no_reason(ask_seeds: Ask) -> None:
    found = ask_seeds("How many murders were recorded in Bedfordshire in 2021?")
    assert "murders" in found.reason


@pytest.mark.parametrize("case", cases("unanswerable.json"))
def test_what_the_documents_do_not_say(case: dict[str, str], ask_seeds: Ask) -> None:
    found = ask_seeds(case["question"])
    assert found.state is not State.ANSWER


def test_a_year_after_the_document(ask_seeds: Ask) -> None:
    question = "What percentage of stop and searches were reasonable"
    assert ask_seeds(f"{question}?").state is State.ANSWER
    late = ask_seeds(f"{question} in 2023?")
    assert late.state is State.CLOSEST
    assert "2023" in late.reason


def test_a_chart_of_which_the_text_holds_the_caption(ask_seeds: Ask) -> None:
    found = ask_seeds(
        "What proportion of victim-based crimes recorded in the year ending 31 March 2021 had an"
        " outcome of charged or summons?"
    )
    assert found.state is State.CLOSEST
    assert "caption" in found.reason
    assert found.answers[0].quote.startswith("Proportion of victim-based crimes recorded")


def test_a_possessive_is_not_missing(ask_seeds: Ask) -> None:
    found = ask_seeds("How many zebras were seized from Bedfordshire's stables?")
    assert found.missing == ("zebras", "stables")


def test_a_figure_asked_for_and_none_there(ask_seeds: Ask) -> None:
    found = ask_seeds("How much money did the digital triage vans save?")
    assert found.state is not State.ANSWER
    assert "a sum of money" in found.reason or "enough of the question" in found.reason


def test_filters_that_hold_nothing_give_no_answer_from_elsewhere(ask_seeds: Ask) -> None:
    found = ask_seeds(
        "What percentage of stop and searches were reasonable?",
        filters=(("type", ("press-release",)),),
    )
    assert found.state is not State.ANSWER
    assert {answer.document.type for answer in found.answers} <= {"press-release"}


def test_a_body_that_is_neither_named_nor_described(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = (
        "Adoption\n\nLeaders work with a voluntary adoption agency to find more adopters.\n\n"
        "Youth work\n\nYoung people are met in the evening by a specialist outreach team.\n"
    )
    corpus = corpus_of({"report.txt": text}, tmp_path, vocabulary)
    asked = asking(corpus, vocabulary)
    unnamed = asked("Which voluntary adoption agency do leaders work with to find more adopters?")
    assert unnamed.state is State.CLOSEST
    assert unnamed.reason == "The closest passages do not say which."
    described = asked("Which team meets young people in the evening?")
    assert described.state is State.ANSWER
    assert marked(described.answers[0]) == "specialist outreach team"
    corpus.close()
