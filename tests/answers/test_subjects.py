"""Whom a question is about, by names in titles: what is said of others is no answer."""

from __future__ import annotations

import pytest

from peelsearch.answers.asking import ask
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.indexing import build
from peelsearch.model import State

REPORTS = {
    "lambeth-2018": (
        "Inspection of Lambeth children's services\n\n9 May 2018\n\nThe area\n\n"
        "There are 55 children who came to the country alone. Some live in Plymouth, where"
        " 4 of them have a social worker of their own.\n"
    ),
    "norfolk-2023": (
        "Inspection of Norfolk children's services\n\n8 March 2023\n\nThe area\n\n"
        "Referrals that arrive are read within 24 hours.\n"
    ),
    "leicester-2022": (
        "Inspection of Leicester children's services\n\n3 June 2022\n\nThe area\n\n"
        "The council employs 12 care leavers.\n"
    ),
    "leicester-2025": (
        "Inspection of Leicester children's services\n\n29 January 2025\n\nThe area\n\n"
        "The council employs 31 care leavers. "
        "Advisers write often. Residents of Leicester saw snow in January 2025.\n\n"
        "Judgements of January 2025\n\nHelp and protection: inadequate\n\nCare leavers: good\n"
    ),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("subjects")
    (folder / "documents").mkdir()
    for name, text in REPORTS.items():
        (folder / "documents" / f"{name}.txt").write_text(text, "utf-8")
    build([folder / "documents"], index=folder / "index")
    return open_corpus(folder / "index")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("How many children came to the country alone in Lambeth?", "55 children"),
        ("How many care leavers does Leicester's council employ in 2025?", "31 care leavers"),
        ("How many care leavers did Leicester employ in 2022?", "12 care leavers"),
        ("What was the rating of Leicester's help in January 2025?", "protection: inadequate"),
        ("Which advisers write to residents of Leicester in January 2025?", "Advisers write"),
        ("In how many hours are referrals in Norfolk read?", "within 24 hours"),
        ("How many children in Plymouth have a social worker of their own?", "4 of them"),
    ],
)
def test_the_documents_about_a_subject_answer(reports: Corpus, question: str, holds: str) -> None:
    found = ask(reports, reports.vocabulary, question)
    assert found.state is State.ANSWER
    assert holds in found.answers[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "How many children came to Leicester alone?",
        "How many children who came to the country alone does Leicester have?",
        "How many care leavers does Lambeth's council employ?",
    ],
)
def test_what_is_said_of_others_is_no_answer(reports: Corpus, question: str) -> None:
    assert ask(reports, reports.vocabulary, question).state is not State.ANSWER


def test_a_force_is_still_one_that_is_not_held(reports: Corpus) -> None:
    found = ask(
        reports, reports.vocabulary, "In how many hours does Norfolk Police read referrals?"
    )
    assert found.state is State.NONE
    assert "Norfolk" in found.reason


def test_a_word_that_every_title_has_tells_nothing(reports: Corpus) -> None:
    found = ask(reports, reports.vocabulary, "How many Children came to the country alone?")
    assert found.state is State.ANSWER
