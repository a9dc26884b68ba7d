"""Another inspectorate's reports by its vocabulary alone, on short reports made up here."""

from __future__ import annotations

import pytest
from ilacs import VOCABULARY, grades, read, report

from peelsearch.documents.dates import inspected, published
from peelsearch.documents.names import forces_named
from peelsearch.vocabulary import load_vocabulary

LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"

FORMS = {
    "table": (
        f"Judgement\tGrade\n{LEADERS}\tGood\n{HELP}\tRequires improvement to be good\n"
        "Overall effectiveness\tGood",
        {"leaders": "good", "help_protection": "requires-improvement", "overall": "good"},
    ),
    "table-that-wraps": (
        "Judgement\tGrade\nThe impact of leaders on social work\tRequires improvement\n"
        "practice with children and families\tto be good\nOverall effectiveness\tInadequate",
        {"leaders": "requires-improvement", "overall": "inadequate"},
    ),
    "table-with-grades-of-before": (
        f"Area\tGrade\tPrevious grade\n{HELP}\tGood\tInadequate\nOverall effectiveness\tGood\tGood",
        {"help_protection": "good", "overall": "good"},
    ),
    "numbered-rows": (
        "1. Children who need help and protection\tRequires Improvement\n"
        "2.1 Adoption performance\tOutstanding",
        {"help_protection": "requires-improvement", "adoption": "outstanding"},
    ),
    "rows-without-cells": (
        f"{LEADERS} Good\n\nOverall effectiveness Requires improvement to be good",
        {"leaders": "good", "overall": "requires-improvement"},
    ),
    "colon": (
        f"{CARE}: outstanding\n\nChildren live with families who know them well. They thrive.",
        {"in_care": "outstanding"},
    ),
    "heading-with-verb": (
        f"{HELP} are good\n\nThe front door answers at once. Visits follow within a day.",
        {"help_protection": "good"},
    ),
    "graded-judgement-that": (
        "The graded judgement about the experience and progress of care leavers is that it "
        "requires improvement\n\nAdvisers keep in touch with most young people. Some wait.",
        {"care_leavers": "requires-improvement"},
    ),
    "because": (
        "Children’s services in Torbay are inadequate because:\n\n"
        "• Children wait too long for help.\n• Leaders did not know it.",
        {"overall": "inadequate"},
    ),
    "whole-judgement": (
        "The overall judgement is that children’s services require improvement\n\n"
        "The authority is not yet delivering good protection. It knows what to do.",
        {"overall": "requires-improvement"},
    ),
    "sentence": (
        "Inspectors visited in spring. The judgement on overall effectiveness is requires "
        "improvement to be good. Much work has begun and more is planned for the summer.",
        {"overall": "requires-improvement"},
    ),
    "sentence-with-reason": (
        "Overall effectiveness is inadequate because leaders did not see that children were "
        "waiting. Since then a plan has been made and staff have been found to carry it out.",
        {"overall": "inadequate"},
    ),
    "grade-below-heading": (
        f"{CARE}\n\nGood\n\nChildren live with families who know them well. They thrive.",
        {"in_care": "good"},
    ),
    "grade-called-judgement": (
        f"{CARE}\n\nJudgement: good\n\nChildren live with families who know them. They thrive.",
        {"in_care": "good"},
    ),
    "grade-in-a-box": (
        f"{CARE}\n\nJudgement\tInadequate\n\nChildren wait for long. Some wait for years.",
        {"in_care": "inadequate"},
    ),
    "overall-comma": (
        "Overall, children’s services in Torbay are outstanding.\n\nThey are. It is so.",
        {"overall": "outstanding"},
    ),
    "of-another-inspection": (
        "Overall effectiveness: good\n\nThe text goes on here. It is about this visit.\n\n"
        "The judgements of the last inspection of the authority were:\n\n"
        "• Overall effectiveness: inadequate\n• Adoption performance: inadequate",
        {"overall": "good"},
    ),
    "of-a-part": (
        "Overall effectiveness\tGood\n\nEarly help is inadequate. Adoption performance was good. "
        "Leaders in Torbay were judged to be inadequate in 2019. Practice with families is good.",
        {"overall": "good"},
    ),
}


@pytest.mark.parametrize(("body", "expected"), FORMS.values(), ids=FORMS)
def test_each_form_of_a_grade(body: str, expected: dict[str, str]) -> None:
    document = read(report(body))
    assert grades(document) == expected
    assert {judgment.force for judgment in document.judgments} == {"torbay"}
    assert not any(judgment.conflict for judgment in document.judgments)


def test_an_area_that_the_vocabulary_lacks_is_shown_under_its_own_label() -> None:
    document = read(report("Judgement\tGrade\nServices for young carers\tGood\nSchools\tGood"))
    labels = [(judgment.theme, judgment.label) for judgment in document.judgments]
    assert labels == [("not-stated", "Services for young carers"), ("not-stated", "Schools")]


def test_a_graded_heading_gives_theme_and_grade_to_its_section() -> None:
    document = read(report(f"{CARE}: good\n\nChildren are seen often. They say so themselves."))
    section = next(s for s in document.sections if s.kind == "theme")
    assert (section.theme, section.grade) == ("in_care", "good")


def test_what_needs_to_improve_is_a_finding_each() -> None:
    found = read(report("Overall effectiveness\tGood")).findings
    assert [finding.headline for finding in found] == [
        "The speed of replies to families",
        "Planning for children who move",
    ]


# --- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Inspection dates: 13 to 24 January 2020", "2020-01-24"),
        ("Inspection dates: 30 October to 10 November 2023", "2023-11-10"),
        ("Inspection date: 30 April 2014 – 21 May 2014", "2014-05-21"),
        ("Inspection dates: 19 November–30 November 2018", "2018-11-30"),
        ("Inspection date: 1/06/2015 – 25/06/2015", "2015-06-25"),
        ("Inspection dates: 11, 12 and 13 March 2024", "2024-03-13"),
        ("Inspection dates: 7 to 18 October 2024 Lead inspector: A. Person", "2024-10-18"),
        ("Dates of inspection: Monday 4 March 2019 to Friday 15 March 2019", "2019-03-15"),
        ("Re-inspection dates: 6 to 10 May 2019", "2019-05-10"),
        ("Date of last inspection: 4 May 2016", None),
        ("Previous inspection dates: 4 to 8 May 2016", None),
        ("Inspection of services", None),
    ],
)
def test_the_last_day_of_an_inspection(line: str, day: str | None) -> None:
    found = inspected(line)
    assert (found.iso if found else None) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 2 March 2020", "2020-03-02"),
        ("Report published: 10/08/2015", "2015-08-10"),
        ("This report was published on 2 March 2020", "2020-03-02"),
        ("Publication date: 2 March 2020", "2020-03-02"),
        ("Date of publication – March 2020", "2020-03"),
        ("Published guidance of March 2020 was followed", None),
        ("The last report was published in May 2015", None),
    ],
)
def test_the_day_of_publication(line: str, day: str | None) -> None:
    found = published(line)
    assert (found.iso if found else None) == day


DATED = {
    "published": ("Report published: 2 May 2025", "2025-05-02", "publication date"),
    "two-lines": ("Report published:\n\n2 May 2025", "2025-05-02", "publication date"),
    "dated": ("2 May 2025", "2025-05-02", "as the document is dated"),
    "inspected": (
        "Date of last inspection: 4 May 2016",
        "2025-03-14",
        "last day of the inspection",
    ),
}


@pytest.mark.parametrize(("line", "date", "basis"), DATED.values(), ids=DATED)
def test_a_date_says_what_it_is_the_date_of(line: str, date: str, basis: str) -> None:
    described = read(report(f"{line}\n\nOverall effectiveness\tGood")).description
    assert (described.date, described.date_basis) == (date, basis)


def test_no_date_has_no_basis() -> None:
    described = read(
        "Inspection of Torbay children’s services\n\nAll is well. It is so."
    ).description
    assert (described.date, described.date_basis) == (None, "")


# --- authorities ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "authority"),
    [
        (
            "Inspection of Telford & Wrekin local authority children’s services",
            "telford-and-wrekin",
        ),
        ("Inspection of Telford and Wrekin children's services", "telford-and-wrekin"),
        ("Royal Borough of Windsor & Maidenhead", "windsor-and-maidenhead"),
        ("London Borough of Barking and Dagenham", "barking-and-dagenham"),
        ("South Gloucestershire", "south-gloucestershire"),
        ("READING BOROUGH COUNCIL", "reading"),
        ("Inspection of Leicester City Council local authority children’s services", "leicester"),
        ("Leicestershire County Council", "leicestershire"),
        ("Bournemouth, Christchurch and Poole Council", "bournemouth-christchurch-and-poole"),
        ("Inspection of Stoke-on-Trent City Council", "stoke-on-trent"),
        ("Bath & North East Somerset", "bath-and-north-east-somerset"),
        ("St. Helens Council", "st-helens"),
    ],
)
def test_the_authority_of_a_title(title: str, authority: str) -> None:
    title = f"{title}\n\nInspection of children’s social care services"
    document = read(report("Overall effectiveness\tGood", title=title))
    assert document.description.forces == (authority,)
    assert document.description.type == "force-report"


def test_every_authority_of_the_vocabulary_is_known_in_titles() -> None:
    vocabulary = load_vocabulary(VOCABULARY)
    for entry in vocabulary.force:
        for title in (
            f"Inspection of {entry.short[0]} local authority children’s services",
            entry.label.replace(" and ", " & ").replace(" upon ", "-upon-").upper(),
        ):
            body = "Services for children in need of help and protection"
            assert read(f"{title}\n\n{body}").description.forces == (entry.id,), title


def test_a_town_is_no_authority() -> None:
    vocabulary = load_vocabulary(VOCABULARY)
    assert forces_named("Reading books in Bath is a pleasure.", vocabulary) == []
    assert [n.id for n in forces_named("Reading council agreed.", vocabulary)] == ["reading"]


def test_all_authorities_of_england_are_known() -> None:
    known = {entry.id for entry in load_vocabulary(VOCABULARY).force}
    former = {"bournemouth", "cumbria", "northamptonshire", "poole"}
    assert former <= known
    assert len(known - former) == 153


LISTED = """\
Recommendations

1. Improve the arrangements for children who go missing by:
{sign} making sure that meetings find out where they were
{sign} sharing what they say with the police.
2. Ensure that homeless young people are aware of their rights.
10) Ensure that strategy discussions are held at once, and:
{sign} by those who know the child.

The experiences and progress of care leavers: good

3. Most young people live in homes that suit them. They are visited often.
"""


@pytest.mark.parametrize("sign", ["•", "–", "◼"])
def test_the_list_within_an_item_is_part_of_it(sign: str) -> None:
    document = read(report(LISTED.format(sign=sign)))
    found = [finding for finding in document.findings if finding.kind == "recommendation"]
    assert [(finding.number, finding.headline.split()[0]) for finding in found] == [
        ("1", "Improve"),
        ("2", "Ensure"),
        ("10", "Ensure"),
    ]
    said = [document.text[finding.start : finding.end] for finding in found]
    assert [words.count(sign) for words in said] == [2, 0, 1]
    assert said[0].startswith("1. Improve")
    # What is listed with one sign alone has no number.
    others = [finding for finding in document.findings if finding.kind != "recommendation"]
    assert [(finding.number, finding.headline) for finding in others] == [
        (None, "The speed of replies to families"),
        (None, "Planning for children who move"),
    ]
