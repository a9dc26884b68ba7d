"""Whatever is asked: a checked answer or a clear refusal; one force is never another."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from answer_samples import Ask, asking, corpus_of, marked, timeless
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from peelsearch.answers.asking import LIMIT
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import QueryError
from peelsearch.indexing import build
from peelsearch.model import Passage, State
from peelsearch.vocabulary import Vocabulary, load_vocabulary

SEEDS = Path(__file__).parents[2] / "seeds"
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Words that lookups and types react to, some of the documents, and some of nowhere.
PARTS = st.sampled_from(
    "what which who when where why how many much is are does the of for in by Bedfordshire Kent"
    " Beds force police grade good outstanding recommendation recommendations 2 6 9 deadline areas"
    " area improvement stand MASH IOM percentage stop and search signed letter written report press"
    " release PEEL 2021/22 2018/19 investigating crime managing offenders commissioner inspector"
    " said about zebra £1m 94.8 percent ? . , ' ’ \" ( ) [ ] * - –"
    " 2019–20 <b> \\ \x00 \ud800 é".split(" ")
)
QUESTIONS = st.one_of(st.lists(PARTS, max_size=14).map(" ".join), st.text(st.characters()))


@FEW
@example("what Kent Bedfordshire", None)
@given(QUESTIONS, st.sampled_from([None, 1, 2, 50]))
def test_any_text_is_answered_or_refused(ask_seeds: Ask, text: str, limit: int | None) -> None:
    try:
        found = ask_seeds(text, limit=limit)  # checks quotations, spans, ranks and states
    except QueryError:
        return
    assert found.question.typed == text
    if limit is not None:
        assert len(found.answers) <= limit
    elif found.total is None:
        assert len(found.answers) <= 20


@FEW
@given(QUESTIONS)
def test_the_same_question_has_the_same_answers(ask_seeds: Ask, text: str) -> None:
    try:
        first = ask_seeds(text)
    except QueryError:
        with pytest.raises(QueryError):
            ask_seeds(text)
        return
    assert timeless(first) == timeless(ask_seeds(text))


@pytest.mark.parametrize(
    "text",
    [
        "Quel pourcentage des appels a été abandonné ?",
        "警察はどのように対応しますか",
        "كم عدد المكالمات؟",
        "<script>alert('calls')</script> How many calls were abandoned?",
        "How many calls were abandoned?\x00\x1b[31m",
        "How many \ud800 calls were \udfff abandoned?",
        "**How** many [calls](http://localhost) were `abandoned`?",
        "a" * 500,
    ],
)
def test_unusual_questions_have_a_checked_reply(text: str, ask_seeds: Ask) -> None:
    found = ask_seeds(text)
    assert found.question.typed == text


def test_a_question_of_ten_thousand_words_is_refused(ask_seeds: Ask) -> None:
    with pytest.raises(QueryError, match="characters long") as caught:
        ask_seeds("how many calls were abandoned " * 2_000)
    assert caught.value.hint == "Ask it in one sentence."


def test_without_a_limit_three_sentences(ask_seeds: Ask) -> None:
    assert len(ask_seeds("How are calls handled in the control room?").answers) == LIMIT
    assert len(ask_seeds("How are calls handled in the control room?", limit=7).answers) == 7


def test_nothing_is_indexed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    corpus = corpus_of({"word.txt": "Word\n"}, tmp_path, vocabulary)
    found = asking(corpus, vocabulary)("How many calls were abandoned?")
    assert found.state is State.NONE
    assert found.reason


def report_on(force: str, percent: int) -> str:
    """A short report; those on different forces differ in the force's name and the figure."""
    return (
        f"PEEL 2021/22\n\nPolice effectiveness, efficiency and legitimacy\n\n"
        f"An inspection of {force} Police\n\nOverall summary\n\n"
        f"We inspected how good {force} Police is at dealing with calls.\n\n"
        f"Responding to the public\n\nAdequate\n\n"
        f"{force} Police is adequate at responding to the public.\n\nMain findings\n\n"
        f"The force answers emergency calls quickly\n\n"
        f"The force answered {percent} percent of emergency calls within ten seconds. It shares"
        f" firearms training with Essex Police, and the training cost £2m in 2021.\n\n"
        f"Area for improvement\n\nThe force should answer other calls more quickly\n\n"
        f"In 2021 the force had {percent + 1} call handlers. Callers wait too long.\n"
    )


@pytest.fixture(scope="module")
def two_forces(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Corpus:
    """Reports on Kent and on Surrey with the same sentences; both mention Essex."""
    texts = {"a.txt": report_on("Kent", 91), "b.txt": report_on("Surrey", 64)}
    corpus = corpus_of(texts, tmp_path_factory.mktemp("forces"), vocabulary)
    held = {value for passage in passages(corpus) for value in passage.facets["force"]}
    assert held == {"kent", "surrey"}
    return corpus


def passages(corpus: Corpus) -> list[Passage]:
    return [passage for name in corpus.documents for passage in corpus.reader.passages(name)]


@cache
def force_names() -> list[tuple[str, str]]:
    """Every force's id with each name that a question may give it."""
    return [
        (entry.id, name)
        for entry in load_vocabulary().force
        for name in dict.fromkeys((entry.label, *entry.names))
    ]


ABOUT = st.sampled_from(
    [
        "What percentage of emergency calls did {} answer within ten seconds?",
        "How good is {} at responding to the public?",
        "What grade did {} get for responding to the public?",
        "How many call handlers does {} have?",
        "How many areas for improvement does {} have?",
        "What are {}'s areas for improvement?",
        "Does {} answer emergency calls quickly?",
        "How much did the firearms training of {} cost?",
        "{} firearms training",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.data(), ABOUT)
def test_one_force_is_never_answered_from_another(
    two_forces: Corpus, vocabulary: Vocabulary, data: st.DataObject, wording: str
) -> None:
    force, name = data.draw(st.sampled_from(force_names()))
    found = asking(two_forces, vocabulary)(wording.format(name))
    if found.state is not State.ANSWER and force in ("kent", "surrey"):
        assume(found.answers)
    forces = {value for answer in found.answers for value in answer.passage.facets["force"]}
    assert forces <= {force}
    if force not in ("kent", "surrey"):
        assert found.state is State.NONE


@pytest.mark.parametrize(("force", "percent"), [("Kent", 91), ("Surrey", 64)])
def test_each_force_has_its_own_figures(
    force: str, percent: int, two_forces: Corpus, vocabulary: Vocabulary
) -> None:
    asked = asking(two_forces, vocabulary)
    found = asked(f"What percentage of emergency calls did {force} Police answer in ten seconds?")
    assert marked(found.answers[0]) == f"{percent} percent"
    handlers = asked(f"How many call handlers did {force} have?")
    assert marked(handlers.answers[0]) == str(percent + 1)
    assert found.state is handlers.state is State.ANSWER


def test_who_a_force_works_with_is_found(two_forces: Corpus, vocabulary: Vocabulary) -> None:
    found = asking(two_forces, vocabulary)("Does Kent share firearms training with Essex?")
    assert found.state is State.ANSWER
    assert {answer.passage.facets["force"] for answer in found.answers} == {("kent",)}
    assert "Essex Police" in found.answers[0].quote


def test_the_same_words_on_two_forces_are_two_answers(
    two_forces: Corpus, vocabulary: Vocabulary
) -> None:
    found = asking(two_forces, vocabulary)("How much did the firearms training cost?")
    assert {answer.passage.facets["force"] for answer in found.answers} >= {("kent",), ("surrey",)}


@pytest.mark.parametrize(
    "question",
    [
        "Which forces are adequate at responding to the public?",
        "What grades did Kent and Surrey get for responding to the public?",
        pytest.param(
            "How good is Kent compared with Surrey at responding to the public?",
        ),
    ],
)
def test_grades_of_two_forces(question: str, two_forces: Corpus, vocabulary: Vocabulary) -> None:
    found = asking(two_forces, vocabulary)(question)
    assert found.state is State.ANSWER
    assert [answer.passage.facets["force"][0] for answer in found.answers] == ["kent", "surrey"]
    assert {marked(answer) for answer in found.answers} == {"adequate"}


def test_figures_of_each_force_where_none_is_named(
    two_forces: Corpus, vocabulary: Vocabulary
) -> None:
    found = asking(two_forces, vocabulary)("How many call handlers does each force have?")
    assert [marked(answer) for answer in found.answers[:2]] == ["92", "65"]


@pytest.fixture(scope="module")
def in_steps(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Corpus:
    """The seeds indexed one after the other, one of them changed, taken away and back."""
    folder = tmp_path_factory.mktemp("steps")
    (folder / "documents").mkdir()
    for path in sorted(SEEDS.glob("*.txt"), reverse=True):
        copy = folder / "documents" / path.name
        copy.write_text("Another text\n\nThe force owns forty horses in Luton.\n", "utf-8")
        build([folder / "documents"], index=folder / "index", vocabulary=vocabulary)
        copy.unlink()
        build([folder / "documents"], index=folder / "index", vocabulary=vocabulary)
        copy.write_bytes(path.read_bytes())
        build([folder / "documents"], index=folder / "index", vocabulary=vocabulary)
    return open_corpus(folder / "index")


@FEW
@given(st.lists(PARTS, min_size=1, max_size=10).map(" ".join))
def test_an_index_built_in_steps_answers_the_same(
    ask_seeds: Ask, in_steps: Corpus, vocabulary: Vocabulary, text: str
) -> None:
    try:
        whole = ask_seeds(text)
    except QueryError:
        assume(False)
        return
    stepwise = asking(in_steps, vocabulary)(text)
    assert stepwise.state is whole.state
    assert stepwise.reason == whole.reason
    assert stepwise.missing == whole.missing
    assert stepwise.total == whole.total
    assert [(a.quote, a.span, a.start, a.speaker) for a in stepwise.answers] == [
        (a.quote, a.span, a.start, a.speaker) for a in whole.answers
    ]
