"""What is looked up in structure: grades, findings, definitions, signatures and dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_samples import Ask, asking, corpus_of, marked, quotes

from peelsearch.answers.lookups import improvements
from peelsearch.model import QuestionType, State
from peelsearch.vocabulary import Vocabulary

# Theme as people name it, in several ways, and its grade in the seeds.
THEMES = {
    "good": (
        "engaging with and treating the public with fairness and respect",
        "treatment of the public",
        "preventing crime and anti-social behaviour",
        "preventing crime",
        "building, supporting and protecting the workforce",
        "developing a positive workplace",
        "strategic planning, organisational management and value for money",
        "good use of resources",
        "legitimately keeping people safe and reducing crime",
    ),
    "requires improvement": ("responding to the public", "investigating crime"),
    "adequate": ("protecting vulnerable people", "protecting the vulnerable"),
    "outstanding": ("managing offenders and suspects", "managing offenders"),
}
WORDINGS = (
    "What grade did Bedfordshire Police get for {}?",
    "How was Bedfordshire rated at {}?",
    "What is the judgment on {}?",
    "How good is the force at {}?",
    "which grade was given for {}",
)
UNGRADED = {
    "providing a service to the victims of crime": "ungraded",
    "disrupting serious organised crime": "reported separately",
    "vetting and counter corruption": "reported separately",
}


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize(
    ("theme", "grade"), [(theme, grade) for grade, names in THEMES.items() for theme in names]
)
def test_the_grade_of_a_theme(theme: str, grade: str, wording: str, ask_seeds: Ask) -> None:
    found = ask_seeds(wording.format(theme))
    assert found.state is State.ANSWER
    assert marked(found.answers[0]).casefold() == grade
    assert grade in found.reason.casefold()
    assert found.total == len(found.answers) == 1


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize(("theme", "said"), UNGRADED.items())
def test_a_theme_without_a_grade_says_why(
    theme: str, said: str, wording: str, ask_seeds: Ask
) -> None:
    found = ask_seeds(wording.format(theme))
    assert found.state is State.ANSWER
    assert said in found.reason
    assert "no grade" in found.reason


@pytest.mark.parametrize(
    ("question", "grade", "count"),
    [
        ("Which areas require improvement?", "requires improvement", 2),
        ("Which areas were outstanding?", "outstanding", 1),
        ("What areas are graded adequate?", "adequate", 1),
        ("Which areas of Bedfordshire are good?", "good", 5),
        pytest.param(
            "Which areas were inadequate?",
            "inadequate",
            0,
        ),
    ],
)
def test_themes_with_a_grade(question: str, grade: str, count: int, ask_seeds: Ask) -> None:
    found = ask_seeds(question)
    assert found.total == count
    assert found.state is (State.ANSWER if count else State.NONE)
    assert [marked(answer).casefold() for answer in found.answers] == [grade] * count


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What grade did Bedfordshire get for leadership?", "No judgment on Leadership"),
        ("What grade did it get in 2018 for investigating crime?", "No judgment of 2018"),
    ],
)
def test_a_grade_that_is_not_given(question: str, reason: str, ask_seeds: Ask) -> None:
    found = ask_seeds(question)
    assert found.state is State.NONE
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    "question", ["How good is the force at investigating crime?", "investigating crime grade"]
)
def test_a_grade_is_what_was_asked_for(question: str, ask_seeds: Ask) -> None:
    assert ask_seeds(question).question.type is QuestionType.GRADE


TABLE = """PEEL 2021/22

Police effectiveness, efficiency and legitimacy

An inspection of Kent Police

Overall summary

Our judgments

Our inspection assessed how good Kent Police is in three areas of policing.

Outstanding\tGood\tAdequate\tRequires improvement\tInadequate
\tPreventing crime\tResponding to the public\tInvestigating crime\t

We set out our detailed findings in the rest of this report.
"""


@pytest.mark.xfail(reason="only passages under the theme lead to a document's judgments")
@pytest.mark.parametrize(
    ("theme", "grade"),
    [("preventing crime", "Good"), ("investigating crime", "Requires improvement")],
)
def test_a_grade_that_only_the_table_gives(
    theme: str, grade: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    corpus = corpus_of({"report.txt": TABLE}, tmp_path, vocabulary)
    found = asking(corpus, vocabulary)(f"What grade did Kent Police get for {theme}?")
    assert found.state is State.ANSWER
    assert found.reason.endswith(f"graded {grade}.")


def test_how_well_is_answered_from_the_text_where_nothing_is_graded(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = "Notes on Kent Police\n\nThe force protects vulnerable people by monthly visits.\n"
    corpus = corpus_of({"notes.txt": text}, tmp_path, vocabulary)
    found = asking(corpus, vocabulary)("How well does the force protect vulnerable people?")
    assert quotes(found) == ["The force protects vulnerable people by monthly visits."]


@pytest.mark.parametrize(
    ("question", "total", "first"),
    [
        ("What are the areas for improvement?", 10, "The force should improve how it responds"),
        ("How many areas for improvement does Bedfordshire have?", 10, "The force should improve"),
        ("How many AFIs are there?", 10, "The force should improve"),
        ("What are the areas for improvement for responding to the public?", 4, "The force should"),
        (
            "How many areas for improvement are there for investigating crime?",
            3,
            "The force should",
        ),
        (
            "List the areas for improvement under protecting vulnerable people",
            1,
            "The force should",
        ),
        ("List the recommendations", 3, "By January 2024, forces should review whether"),
        ("How many innovative practices were found?", 2, "Digital triage vans attend scenes"),
        ("Which promising practices are there?", 2, "'Promising practice: External scrutiny"),
    ],
)
def test_findings_are_listed_and_counted(
    question: str, total: int, first: str, ask_seeds: Ask
) -> None:
    found = ask_seeds(question)
    assert found.state is State.ANSWER
    assert found.total == len(found.answers) == total
    assert quotes(found)[0].startswith(first)
    assert str(total) in found.reason


def test_a_limit_shortens_a_list_and_not_its_count(ask_seeds: Ask) -> None:
    found = ask_seeds("What are the areas for improvement?", limit=2)
    assert (len(found.answers), found.total) == (2, 10)


def test_nothing_to_list_is_said(ask_seeds: Ask) -> None:
    found = ask_seeds("How many causes of concern are there?")
    assert (found.state, found.total) == (State.NONE, 0)
    assert found.reason == "These documents hold no causes of concern."


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the deadline for Recommendation 2?", "By January 2024"),
        ("When is recommendation 3 due?", "By January 2024"),
        ("By when must recommendation no. 2 be done?", "By January 2024"),
        ("What is the deadline for Recommendation 6?", "By January 4"),
    ],
)
def test_the_deadline_of_a_numbered_recommendation(
    question: str, words: str, ask_seeds: Ask
) -> None:
    found = ask_seeds(question)
    assert found.state is State.ANSWER
    assert marked(found.answers[0]) == words
    assert words in found.reason
    assert found.answers[0].passage.headings[-1] == f"Recommendation {question_number(question)}"


def question_number(question: str) -> str:
    return "".join(char for char in question if char.isdigit())


def test_a_deadline_that_is_no_full_date_says_so(ask_seeds: Ask) -> None:
    assert "no year" in ask_seeds("What is the deadline for Recommendation 6?").reason


def test_a_recommendation_is_quoted_whole(ask_seeds: Ask) -> None:
    found = ask_seeds("What does recommendation 2 say?", limit=10)
    assert quotes(found)[0].startswith("By January 2024, forces should review whether")
    assert any(quote.startswith("- how they conduct exit interviews") for quote in quotes(found))
    assert quotes(found)[-1].startswith("Processes should cover police officers")


def test_a_number_that_is_not_there_names_those_that_are(ask_seeds: Ask) -> None:
    found = ask_seeds("What is the deadline for Recommendation 9?")
    assert found.state is State.NONE
    assert "they hold 2, 3, 6" in found.reason


DEFINED = {
    "MASH": "multi-agency safeguarding hub",
    "iCAIT": "internet child abuse investigation team",
    "VERU": "violence and exploitation reduction unit",
    "FCC": "force contact centre",
    "IOM": "integrated offender management",
    "AFI": "area for improvement",
    "PEEL": "police effectiveness, efficiency and legitimacy",
    "DVPO": "domestic violence protection order",
}


@pytest.mark.parametrize("wording", ["What does {} stand for?", "What is {}?", "what is the {}"])
@pytest.mark.parametrize(("short", "long"), DEFINED.items())
def test_a_short_form_is_spelled_out(short: str, long: str, wording: str, ask_seeds: Ask) -> None:
    found = ask_seeds(wording.format(short))
    assert found.state is State.ANSWER
    assert long in found.reason.casefold()
    assert long in marked(found.answers[0]).casefold().removesuffix("s") + "s"


@pytest.mark.parametrize("wording", ["What is short for {}?", "What is the abbreviation for {}?"])
@pytest.mark.parametrize(("short", "long"), DEFINED.items())
def test_a_long_form_is_shortened(short: str, long: str, wording: str, ask_seeds: Ask) -> None:
    found = ask_seeds(wording.format(long))
    assert found.state is State.ANSWER
    assert found.reason.startswith(f"{short} is short for")


def test_the_short_form_is_marked_where_it_is_asked_for(ask_seeds: Ask) -> None:
    found = ask_seeds("What is the abbreviation for integrated offender management?")
    assert marked(found.answers[0]) == "IOM"


def test_a_short_form_that_no_document_spells_out(ask_seeds: Ask) -> None:
    found = ask_seeds("What does XYZQ stand for?")
    assert found.state is not State.ANSWER
    assert found.missing == ("XYZQ",)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who signed the letter to HMICFRS?", "Festus Akinbusoye"),
        ("Who wrote the PCC's letter?", "Festus Akinbusoye"),
        ("Who is the police and crime commissioner?", "Festus Akinbusoye"),
        ("Who signed the HM Inspector's observations?", "Matt Parr"),
        ("Who is the HM Inspector of Constabulary?", "Matt Parr"),
    ],
)
def test_who_signed(question: str, name: str, ask_seeds: Ask) -> None:
    found = ask_seeds(question)
    assert found.state is State.ANSWER
    assert marked(found.answers[0]) == name


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("When was the letter written?", "21 September 2023"),
        pytest.param(
            *("What is the date of the commissioner's letter?", "21 September 2023"),
        ),
        ("When was the report published?", "April 2022"),
    ],
)
def test_when_it_was_written(question: str, date: str, ask_seeds: Ask) -> None:
    found = ask_seeds(question)
    assert found.state is State.ANSWER
    assert marked(found.answers[0]) == date


REPORT = """PEEL 2021/22

Police effectiveness, efficiency and legitimacy

An inspection of Kent Police
{before}
Contents

Overall summary\t1
Responding to the public\t3

Overall summary

We inspected how good Kent Police is at dealing with calls.

Responding to the public

Adequate

Kent Police is adequate at responding to the public.
{after}"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "\nApril 2022 | © HMICFRS 2022\n", id="below"),
        pytest.param(
            *("\nApril 2022\n", ""),
            id="above",
        ),
    ],
)
@pytest.mark.parametrize(
    "question", ["When was the report published?", "When was Kent's report published?"]
)
def test_the_date_on_a_title_page_or_in_an_imprint(
    question: str, before: str, after: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = REPORT.format(before=before, after=after)
    corpus = corpus_of({"report.txt": text}, tmp_path, vocabulary)
    found = asking(corpus, vocabulary)(question)
    assert marked(found.answers[0]) == "April 2022"


def test_the_date_of_a_letter_is_its_line(ask_seeds: Ask) -> None:
    assert quotes(ask_seeds("When was the letter written?")) == ["21 September 2023"]


OFSTED = """# Inspection of Hillshire local authority children's services

The impact of leaders on social work practice with children and families: outstanding

Inspection dates: 7 to 18 October 2024

Lead inspector: Rachel Griffiths, His Majesty's Inspector

## What needs to improve?

- The response to children who are privately fostered.
- The timeliness of return home interviews.

## Care leavers

Most care leavers have a place of their own. Services have improved since the last inspection.
"""


@pytest.mark.parametrize(
    "question",
    [
        "What needs to improve in Hillshire?",
        "What should Hillshire improve?",
        "Hillshire areas for improvement",
        "List what Ofsted says has to get better in Hillshire",
    ],
)
def test_what_must_get_better_under_a_heading(
    question: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    texts = {"one.md": OFSTED, "two.md": OFSTED.replace("Hillshire", "Daleshire")}
    corpus = corpus_of(texts, tmp_path, vocabulary)
    found = asking(corpus, vocabulary)(question)
    assert found.state is State.ANSWER
    assert found.total == 2
    assert quotes(found) == [
        "- The response to children who are privately fostered.",
        "- The timeliness of return home interviews.",
    ]
    assert {answer.document.title.split()[2] for answer in found.answers} == {"Hillshire"}
    corpus.close()


def test_what_was_not_all_looked_at_is_not_counted(
    tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"one.md": OFSTED, "two.md": OFSTED.replace("Hillshire", "Daleshire")}
    corpus = corpus_of(texts, tmp_path, vocabulary)
    asked = asking(corpus, vocabulary)
    assert asked("What should the council improve?").total == 4
    monkeypatch.setattr(improvements, "_READ", 1)
    found = asked("What should the council improve?")
    assert found.total is None
    assert found.reason == "At least 2 passages tell what should get better."
    corpus.close()


def test_what_must_get_better_by_findings(ask_seeds: Ask) -> None:
    found = ask_seeds("What should the force improve in investigating crime?")
    assert found.state is State.ANSWER
    assert found.total == 3
    assert {answer.passage.facets["kind"] for answer in found.answers} == {
        ("area-for-improvement",)
    }
    every = ask_seeds("What should the force improve?")
    assert every.total == 13
    # What a letter quotes comes after what the report itself asks for.
    assert every.answers[0].document.type == "force-report"
    assert every.answers[-1].document.type == "commissioner-letter"


def test_a_question_about_one_problem_is_for_the_text(ask_seeds: Ask) -> None:
    found = ask_seeds("What problems does the force have with 101 calls?")
    assert found.total is None
    assert "abandon" in quotes(found)[0]


def test_what_is_done_well(ask_seeds: Ask) -> None:
    found = ask_seeds("What does the force do well?")
    assert found.state is State.ANSWER
    assert {marked(answer).lower() for answer in found.answers} <= {"good", "outstanding"}
    assert found.total == len(found.answers) == 6


def test_good_practice_is_listed(ask_seeds: Ask) -> None:
    found = ask_seeds("What good practice was found?")
    assert found.total == 4
    assert {answer.passage.facets["kind"][0] for answer in found.answers} == {
        "innovative-practice",
        "promising-practice",
    }


def test_what_to_do_about_something_is_a_demand(ask_seeds: Ask) -> None:
    found = ask_seeds("What should the force do about the Victims' Code?")
    assert quotes(found)[0].startswith("The force needs to make sure it complies")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was Hillshire inspected?", "7 to 18 October 2024"),
        ("Who led the inspection of Hillshire?", "Rachel Griffiths"),
        ("lead inspector Hillshire", "Rachel Griffiths"),
    ],
)
def test_the_facts_of_an_inspection(
    question: str, words: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    texts = {"one.md": OFSTED, "two.md": OFSTED.replace("Hillshire", "Daleshire")}
    corpus = corpus_of(texts, tmp_path, vocabulary)
    found = asking(corpus, vocabulary)(question)
    assert found.state is State.ANSWER
    assert marked(found.answers[0]) == words
    corpus.close()
