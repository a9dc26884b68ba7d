"""Documents of the same anatomy that are not among the seeds: other forces, rounds, layouts."""

from __future__ import annotations

import pytest
from gold import GOLDEN, LETTER, REPORT, gold_sections, seed_text, understood
from perturbations import HARDER, PERTURBATIONS

from peelsearch.documents import structure
from peelsearch.documents.plain_text import read_plain_text
from peelsearch.model import Block, BlockKind, Evidence, ExtractedText, Source
from peelsearch.vocabulary import Vocabulary, fold

OTHER = (GOLDEN / "other_report.txt").read_text("utf-8")


def test_a_report_of_a_later_round(vocabulary: Vocabulary) -> None:
    document = understood(OTHER, vocabulary)
    description = document.description
    assert (description.type, description.date, description.round) == (
        "force-report",
        "2024-11",
        "2023-25",
    )
    assert description.forces == ("kent",)
    assert [(s.heading, s.theme, s.grade) for s in document.sections if s.kind == "theme"] == [
        (
            "Police powers and treating the public fairly and respectfully",
            "public-treatment",
            "adequate",
        ),
        ("Responding to the public", "responding", "good"),
        ("Investigating crime", "investigation", "inadequate"),
        ("Leadership and force management", "leadership-resources", "requires-improvement"),
    ]


@pytest.mark.parametrize("name", [*PERTURBATIONS, *HARDER])
def test_it_is_the_same_however_it_was_laid_out(name: str, vocabulary: Vocabulary) -> None:
    plain = understood(OTHER, vocabulary).sections
    found = understood({**PERTURBATIONS, **HARDER}[name](OTHER), vocabulary).sections
    if "no contents" in name:
        plain = tuple(s for s in plain if s.kind != "contents")
    assert [(s.kind, s.level, s.theme, s.grade, fold(s.heading)) for s in found] == [
        (s.kind, s.level, s.theme, s.grade, fold(s.heading)) for s in plain
    ]


@pytest.mark.parametrize(
    ("name", "force"),
    [
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Avon and Somerset Constabulary", "avon-and-somerset"),
        ("West Midlands Police", "west-midlands"),
    ],
)
def test_the_report_of_another_force(name: str, force: str, vocabulary: Vocabulary) -> None:
    text = seed_text(REPORT).replace("Bedfordshire Police", name)
    document = understood(text, vocabulary)
    assert document.description.forces == (force,)
    assert len(document.sections) == 102
    assert sum(len(judgment.sources) == 3 for judgment in document.judgments) == 8


def test_main_findings_go_on_after_a_box(vocabulary: Vocabulary) -> None:
    found = {s.heading: s for s in understood(OTHER, vocabulary).sections}
    for heading in (
        "Officers understand how to use their powers fairly",
        "The force has good external scrutiny",
    ):
        assert found[heading].kind == "main-finding"
        assert found[heading].path[-1] == "Main findings"


def test_a_cause_of_concern_carries_its_recommendations(vocabulary: Vocabulary) -> None:
    document = understood(OTHER, vocabulary)
    concern = next(s for s in document.sections if s.kind == "cause-of-concern")
    carried = [s for s in document.sections if concern.heading in s.path]
    assert [s.kind for s in carried] == ["recommendations", "recommendation", "recommendation"]
    found = [f for f in document.findings if f.kind == "recommendation"]
    assert [f.deadline and (f.deadline.text, f.deadline.date) for f in found] == [
        ("Within three months", None),
        ("By 31 March 2025", "2025-03-31"),
    ]
    assert all(f.source is Source.ORIGINAL for f in found)


def test_themes_in_another_order_and_under_an_unknown_name(vocabulary: Vocabulary) -> None:
    text = OTHER.replace("Leadership and force management\n\nReq", "Keeping the peace\n\nReq")
    last = [s for s in understood(text, vocabulary).sections if s.kind == "theme"][-1]
    assert (last.heading, last.theme, last.grade) == (
        "Keeping the peace",
        "not-stated",
        "requires-improvement",
    )


def test_a_grade_line_that_contradicts_the_table_is_a_conflict(vocabulary: Vocabulary) -> None:
    text = OTHER.replace("Responding to the public\n\nGood", "Responding to the public\n\nAdequate")
    judgments = {j.theme: j for j in understood(text, vocabulary).judgments}
    responding = judgments["responding"]
    assert responding.conflict
    assert responding.grade == "adequate"
    assert [(s.evidence, s.grade) for s in responding.sources] == [
        (Evidence.GRADE_LINE, "adequate"),
        (Evidence.SENTENCE, "good"),
        (Evidence.TABLE, "good"),
    ]
    assert not judgments["investigation"].conflict


def test_a_report_without_headlines_lists_its_areas_for_improvement(
    vocabulary: Vocabulary,
) -> None:
    text = (
        "PEEL: Police effectiveness 2017\n\nAn inspection of Essex Police\n\n"
        "Investigating crime\n\nGood\n\nEssex Police is good at investigating crime.\n\n"
        "Areas for improvement\n\n"
        "- The force should improve its plans.\n- The force should train its staff.\n"
    )
    document = understood(text, vocabulary)
    assert [f.headline for f in document.findings] == [
        "The force should improve its plans",
        "The force should train its staff",
    ]
    assert document.description.round == "2017"


@pytest.mark.parametrize("drop", [(), ("signature", "footer")])
def test_headings_that_the_format_marks(drop: tuple[str, ...], vocabulary: Vocabulary) -> None:
    """As a Word file gives them: heading styles with levels, no forms to go by."""
    text = seed_text(REPORT)
    gold = {s.start: s for s in gold_sections(REPORT)}
    blocks = []
    for block in read_plain_text(text.encode()).blocks:
        section = gold.get(block.start)
        if section is None or section.kind in drop or section.kind in ("signature", "footer"):
            blocks.append(block)
        else:
            blocks.append(Block(BlockKind.HEADING, block.start, block.end, section.level))
    found = structure(ExtractedText(text, tuple(blocks)), vocabulary, name="report").sections
    expected = [(s.start, s.end, s.level, s.kind, s.path) for s in gold.values()]
    assert [(s.start, s.end, s.level, s.kind, s.path) for s in found] == expected


def test_marked_headings_need_no_form(vocabulary: Vocabulary) -> None:
    text = OTHER.replace("The force lacks detectives", "Detectives?")
    blocks = [
        Block(BlockKind.HEADING, b.start, b.end, level)
        if (level := _level(text[b.start : b.end]))
        else b
        for b in read_plain_text(text.encode()).blocks
    ]
    sections = structure(ExtractedText(text, tuple(blocks)), vocabulary, name="x").sections
    found = next(s for s in sections if s.heading == "Detectives?")
    assert (found.kind, found.level, found.path[-1]) == ("main-finding", 3, "Main findings")


def _level(line: str) -> int | None:
    levels = {"Investigating crime": 1, "Main findings": 2, "Cause of concern": 2, "Detectives?": 3}
    return levels.get(line)


LETTER_TEXT = """Office of the Police and Crime Commissioner for Kent

3 March 2024

Dear Home Secretary

I write about the inspection of Kent Police that was published in January.

Recommendation 1

By 1 June 2024, chief constables and police and crime commissioners should review their plans.

We accept this recommendation. Kent Police has reviewed its plans.

Recommendation 2

Forces should train their staff with immediate effect.

My office will monitor this.

Kind regards

Jane Doe

Police and Crime Commissioner for Kent
"""


def test_a_letter_that_answers_each_recommendation(vocabulary: Vocabulary) -> None:
    document = understood(LETTER_TEXT, vocabulary)
    assert document.description.type == "commissioner-letter"
    assert document.description.date == "2024-03-03"
    assert document.description.forces == ("kent",)
    assert [s.kind for s in document.sections] == [
        "front-matter",
        "recommendation",
        "response",
        "recommendation",
        "response",
        "signature",
    ]
    assert [f.deadline and f.deadline.date for f in document.findings] == ["2024-06-01", None]
    assert document.judgments == ()


def test_a_letter_by_somebody_else_is_a_letter(vocabulary: Vocabulary) -> None:
    text = "1 May 2020\n\nDear Sir\n\nI write to thank you.\n\nYours faithfully\n\nJ. Doe\n"
    assert understood(text, vocabulary).description.type == "other-letter"


def test_the_letters_running_footer_stays_where_it_is(vocabulary: Vocabulary) -> None:
    text = seed_text(LETTER)
    sections = understood(text, vocabulary).sections
    held = [s for s in sections if "Police and Crime Commissioner for B" in text[s.start : s.end]]
    assert [s.kind for s in held] == ["narrative", "signature"]


@pytest.mark.parametrize(
    ("headline", "judged"),
    [
        (
            "Kent Police judged as ‘outstanding’ at legitimately keeping people safe and reducing "
            "crime",
            [("kent", "legitimacy", "outstanding")],
        ),
        (
            "Essex Police ‘requires improvement’ at effectively reducing crime and keeping people "
            "safe",
            [("essex", "effectiveness", "requires-improvement")],
        ),
        ("Kent Police is good at seeking and acting on feedback", []),
    ],
)
def test_press_releases_of_other_forces(
    headline: str, judged: list[tuple[str, str, str]], vocabulary: Vocabulary
) -> None:
    text = (
        f"{headline}\n\nThe report was published today.\n\nHM Inspector Jo Doe said:\n\n“Fine.”\n"
    )
    document = understood(text, vocabulary)
    assert document.description.type == "press-release"
    assert document.description.date is None
    assert [(j.force, j.theme, j.grade) for j in document.judgments] == judged
    (section,) = document.sections
    assert section.grade == (judged[0][2] if judged else "not-stated")


def test_a_text_of_no_known_kind_still_has_sections(vocabulary: Vocabulary) -> None:
    text = "A day out\n\nWe went.\n\nThe journey there\n\nIt took long. It rained.\n"
    document = understood(text, vocabulary)
    assert document.description.type == "other"
    assert [(s.heading, s.level) for s in document.sections] == [
        ("A day out", 1),
        ("The journey there", 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the force contact centre (FCC)", {"FCC": "force contact centre"}),
        ("its [multi-agency hub \\(MAH\\)](#)", {"MAH": "multi-agency hub"}),
        ("two domestic violence orders (DVOs)", {"DVO": "domestic violence order"}),
        ("The child abuse team (iCAT)", {}),
        ("internet child abuse team (iCAT)", {"iCAT": "internet child abuse team"}),
        ("serious and organised crime (SOC)", {"SOC": "serious and organised crime"}),
        ("a number of cases (NOT counted)", {}),
        ("he was small (SOC)", {}),
        ("the Gang Panel (MAGPan)", {}),
        ("ARMS (active risk management system)", {"ARMS": "active risk management system"}),
    ],
)
def test_acronyms_fit_their_initials(
    text: str, expected: dict[str, str], vocabulary: Vocabulary
) -> None:
    found = understood(f"It is about {text} and more.", vocabulary).acronyms
    assert {acronym.short: acronym.long for acronym in found} == expected
