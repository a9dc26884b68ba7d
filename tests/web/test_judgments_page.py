"""The matrix in the browser: every cell says what the reports say, and links to the words."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from werkzeug.datastructures import MultiDict

from letter_samples import made
from peelsearch.corpus import Corpus
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import create_app
from register_samples import Report
from table_pages import check_markup, marked, squeezed


@pytest.fixture(scope="module")
def forces(many: Corpus) -> FlaskClient:
    """The site over the generated reports of 43 forces and three rounds."""
    return create_app(many.folder).test_client()


def page(client: FlaskClient, address: str, *, status: int = 200) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == status, response.text
    return html.fromstring(response.text)


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def table(shown: html.HtmlElement, round_: str) -> dict[tuple[str, str], html.HtmlElement]:
    """The cells of a round by force and area, as they are labelled."""
    (found,) = shown.xpath(f'//section[@aria-labelledby="round-{round_}"]//table')
    areas = [said(th).removesuffix(" pillar") for th in found.xpath(".//thead//th")][1:]
    return {
        (said(line.xpath("th")[0]), area): cell
        for line in found.xpath("./tbody/tr")
        for area, cell in zip(areas, line.xpath("td"), strict=True)
    }


def test_the_seeds_have_eight_grades_and_one_without_a_round(client: FlaskClient) -> None:
    shown = page(client, "/judgments")
    found = table(shown, "2021-22")
    grades = Counter(said(cell) for cell in found.values())
    assert sum(grades[g] for g in ("Outstanding", "Good", "Adequate", "Requires improvement")) == 8
    assert (grades["Reported separately"], grades["Ungraded"]) == (2, 1)
    assert [said(cell) for cell in table(shown, "not-stated").values()] == ["Good"]
    assert "9 judgments of 1 force in 2 documents; 3 areas without a grade" in said(shown)
    assert "it isn't possible to make direct comparisons" in said(shown.xpath("//aside")[0])


def test_a_grade_leads_to_the_words_that_say_so(client: FlaskClient) -> None:
    found = table(page(client, "/judgments"), "2021-22")
    for (force, area), cell in found.items():
        (link,) = cell.xpath("./a")
        address = urlsplit(link.get("href"))
        document = page(client, f"{address.path}?{address.query}")
        (passage,) = document.xpath(f'//*[@id="{address.fragment}"]')
        marked = " ".join(said(mark) for mark in document.xpath("//mark"))
        assert marked, (force, area)
        assert passage.xpath(".//mark") or marked in said(passage)
        assert "".join(marked.split()) == "".join(link.get("title").split())


def test_every_cell_is_what_the_reports_say(
    forces: FlaskClient, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    shown = page(forces, "/judgments")
    reports = {(r.round, r.force): r for r in many_reports}
    seen = Counter[str]()
    for round_ in ("2018-19", "2021-22", "2023-25"):
        for (force, area), cell in table(shown, round_).items():
            report = reports[round_, vocabulary.force.typed(force).id]  # type: ignore[union-attr]
            theme = vocabulary.theme.typed(area)
            words = said(cell)
            assert words
            if theme is None or theme.id not in report.grades:
                continue
            label = vocabulary.label("grade", report.grades[theme.id])
            assert label in words, (round_, force, area)
            seen[label] += 1
            assert ("Conflict" in words) == (theme.id in report.conflicts)
            assert ("(carried over)" in words) == (theme.id in report.carried)
            check_quotations(forces, cell, report, theme.id, vocabulary)
    assert len(seen) == 5


def check_quotations(
    client: FlaskClient, cell: html.HtmlElement, report: Report, theme: str, vocabulary: Vocabulary
) -> None:
    """Both sides of a conflict and what calls a grade carried over, each with its own link."""
    quoted = cell.xpath("./details/blockquote")
    if theme in report.conflicts:
        grades = [report.grades[theme], report.conflicts[theme]]
        labels = [f"{vocabulary.label('grade', grade)}:" for grade in grades]
        assert said(cell.xpath("./details/summary")[0]) == "Both quotations"
        assert [said(one.xpath("./b")[0]) for one in quoted] == labels
        assert len({said(one.xpath("./a")[0]) for one in quoted}) == 2
    elif theme in report.carried:
        assert [said(one.xpath("./b")[0]) for one in quoted] == ["Carried over:"]
        assert "has been carried over" in said(quoted[0])
    else:
        assert quoted == []
    for one in quoted:
        (link,) = one.xpath("./a")
        assert marked(client, link.get("href")) == squeezed(said(link))


def test_one_force_is_shown_by_rounds(
    forces: FlaskClient, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    """Areas by rounds, pillars apart, beside them the warning; what is missing is said."""
    held = Counter(report.force for report in many_reports)
    for force in ("kent", next(name for name, count in held.items() if count == 2)):
        reports = {r.round: r for r in many_reports if r.force == force}
        shown = page(forces, f"/judgments?force={force}")
        assert "direct comparisons" in said(shown.xpath("//aside")[0])
        seen = set()
        # Areas are those that somebody judged; only the oldest round has pillars.
        for name in ("themes", "pillars") if "2018-19" in reports else ("themes",):
            (found,) = shown.xpath(f'//section[@aria-labelledby="force-{name}"]//table')
            rounds = [said(th) for th in found.xpath("./thead//th")][1:]
            assert rounds == ["PEEL 2023–25", "PEEL 2021/22", "PEEL 2018/19"]
            for line in found.xpath("./tbody/tr"):
                theme = vocabulary.theme.typed(said(line.xpath("./th")[0]))
                assert theme is not None
                assert theme.pillar is (name == "pillars")
                for label, cell in zip(rounds, line.xpath("./td"), strict=True):
                    round_ = vocabulary.round.typed(label)
                    assert round_ is not None
                    seen.add(by_round(cell, reports.get(round_.id), theme.id, vocabulary))
        assert {"graded", "Not stated"} <= seen
        assert ("No report in this corpus" in seen) == (len(reports) < 3)
    assert page(forces, "/judgments?force=kent&round=2021-22").xpath('//*[@id="round-2021-22"]')


def by_round(
    cell: html.HtmlElement, report: Report | None, theme: str, vocabulary: Vocabulary
) -> str:
    """Check a cell of one force; what it is."""
    words = said(cell)
    if report is None:
        assert words == "No report in this corpus"
    elif theme in report.grades:
        assert vocabulary.label("grade", report.grades[theme]) in words
        assert cell.xpath("./a")
        return "graded"
    elif theme in report.states:
        assert words == vocabulary.label("grade", report.states[theme])
    else:
        assert words == "Not stated"
    return words


def test_two_inspections_of_one_round_are_both_quoted(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Reports a year apart contradict nobody: both grades stand there with their words."""
    text = (
        "PEEL 2021/22 – An inspection of Kent Police\n\nResponding to the public\n\n{grade}\n\n"
        "Kent Police is {said} at responding to the public.\n\n{date} | © HMICFRS\n"
    )
    files = {
        "a.txt": text.format(grade="Good", said="good", date="April 2022"),
        "b.txt": text.format(grade="Adequate", said="adequate", date="May 2023"),
    }
    made(tmp_path, files, vocabulary)
    client = create_app(tmp_path / "index").test_client()
    ((_, cell),) = table(page(client, "/judgments"), "2021-22").items()
    assert "Adequate (May 2023); Good (April 2022)" in said(cell)
    assert "conflict" not in cell.get("class")
    quoted = [
        (said(q.xpath("./b")[0]), said(q.xpath("./a")[0])) for q in cell.xpath(".//blockquote")
    ]
    assert [label for label, _ in quoted] == ["Adequate:", "Good:"]
    assert "is good at responding" in quoted[1][1]


def test_what_reports_contain_is_shown_as_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    attack = "<script>alert(1)</script> {{7*7}}"
    report = (
        f"PEEL 2021/22 – An inspection of Kent Police {attack}\n\nOur judgments\n\n"
        f"Outstanding\tGood\tAdequate\tRequires improvement\tInadequate\n"
        f"\tResponding to {attack}\t\t\t\n\nResponding to the public\n\nGood\n\n"
        f"Kent Police is good at responding to the public {attack}.\n\nApril 2022 | © HMICFRS\n"
    )
    made(tmp_path, {"a.txt": report}, vocabulary)
    client = create_app(tmp_path / "index").test_client()
    for query in ("", "?force=kent"):
        markup = client.get(f"/judgments{query}").text
        check_markup(markup)
        assert "&lt;script&gt;alert(1)" in markup


@pytest.mark.parametrize(
    "query",
    ["", "?round=2021-22", "?force=kent&force=Beds", "?grade=RI&sort=grade", "?theme=responding"],
)
def test_files_and_the_api_hold_what_the_page_shows(forces: FlaskClient, query: str) -> None:
    rows = json.loads(forces.get(f"/api/v1/judgments{query}").text)["judgments"]
    sheet = forces.get(f"/judgments.csv{query}")
    assert sheet.mimetype == "text/csv"
    listed = list(csv.DictReader(io.StringIO(sheet.text)))
    assert [row["quote"] for row in listed if row["quote"]] == [row["quote"] for row in rows] != []
    assert "filename=judgments.csv" in sheet.headers["Content-Disposition"]
    word = forces.get(f"/judgments.docx{query}")
    assert len(docx.Document(io.BytesIO(word.data)).tables) >= 1
    assert forces.get(f"/judgments.md{query}").text.startswith("# ")
    shown = page(forces, f"/judgments{query}")
    links = {said(a): a.get("href") for a in shown.xpath('//p[@class="exports"]/a')}
    assert forces.get(links["CSV"]).text == sheet.text
    assert json.loads(forces.get(links["JSON"]).text)["judgments"] == rows


def test_filters_are_shown_kept_and_removed(forces: FlaskClient) -> None:
    shown = page(forces, "/judgments?force=Beds&force=kent&round=2021-22&sort=grade")
    assert {force for force, _ in table(shown, "2021-22")} == {"Bedfordshire Police", "Kent Police"}
    chips = [said(chip) for chip in shown.xpath('//ul[@class="chips"]/li/a')]
    assert chips[:3] == [
        "Remove Force: Bedfordshire Police ×",
        "Remove Force: Kent Police ×",
        "Remove Inspection round: PEEL 2021/22 ×",
    ]
    (form,) = shown.xpath('//form[@class="narrow-to"]')
    fields = [pair for pair in form.form_values() if pair[1]]
    assert sorted(fields) == [
        ("force", "bedfordshire"),
        ("force", "kent"),
        ("round", "2021-22"),
        ("sort", "grade"),
    ]


def test_what_is_absent_is_said(forces: FlaskClient, many_reports: list[Report]) -> None:
    shown = page(forces, "/judgments?all-forces=yes")
    reported = Counter(report.round for report in many_reports)
    for round_, count in reported.items():
        (section,) = shown.xpath(f'//section[@aria-labelledby="round-{round_}"]')
        assert len(table(shown, round_)) % count == 0
        assert "No report in this corpus: " in said(section)
    empty = page(forces, "/judgments?since=2040")
    assert "No judgment found" in said(empty)
    assert empty.xpath('//main//a[@href="/coverage"]')


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("force=Bedfordshre", "Bedfordshire"),
        ("sort=best", "is not an order of rows"),
        ("since=soon", "cannot be used"),
        ("all-forces=maybe", "cannot be used"),
        ("round=%00%ff", "round"),
    ],
)
def test_what_cannot_be_used_is_said_once(client: FlaskClient, query: str, message: str) -> None:
    for shape in ("", ".csv", ".docx"):
        shown = page(client, f"/judgments{shape}?{query}", status=400)
        assert message in said(shown.xpath("//main")[0])
    answer = client.get(f"/api/v1/judgments?{query}")
    assert answer.status_code == 400
    assert set(json.loads(answer.text)) == {"error", "hint"}


def test_a_problem_leads_back_to_the_table(client: FlaskClient) -> None:
    """Its search box and links keep nothing that could not be used."""
    for shape in ("", ".csv"):
        shown = page(client, f"/judgments{shape}?force=Bedfordshre&theme=responding", status=400)
        assert said(shown.xpath("//h1")[0]) == "This table cannot be made"
        assert "Did you mean bedfordshire" in said(shown)
        assert shown.xpath('//header//input[@type="hidden"]') == []
        links = shown.xpath("//main//a/@href")
        assert links == [
            "/judgments?theme=responding",
            "/judgments?force=Bedfordshre",
            "/judgments",
            "/judgments",
        ]
        page(client, links[0])
    markup = client.get("/forces/kent?as-of=soon").text
    assert '<a href="/forces/kent">Start again</a>' in markup
    markup = client.get("/search?q=x&force=Bedfordshre").text
    assert "This search cannot be read" in markup
    assert '<a href="/search">Start again</a>' in markup


NAMES = [
    *("force", "theme", "grade", "kind", "type", "round", "year", "since", "until", "sort"),
    *("all-forces", "addressee", "source", "deadline", "as-of", "expectations", "page", "x"),
]
VALUES = st.one_of(
    st.sampled_from(["kent", "Beds", "good", "2021-22", "2022", "not-stated", "yes", "grade", "2"]),
    st.text(max_size=30),
    st.text(alphabet='<>"&%\x00\ud7ff𝕏é-:/', max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(
    path=st.sampled_from(["/judgments", "/register", "/responses", "/coverage", "/forces/kent"]),
    shape=st.sampled_from(["", ".csv", ".md"]),
    pairs=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=5),
)
def test_any_address_is_a_table_or_a_problem(
    client: FlaskClient, path: str, shape: str, pairs: list[tuple[str, str]]
) -> None:
    response = client.get(path + shape, query_string=MultiDict(pairs))
    assert response.status_code in (200, 302, 400)
    if response.status_code == 400:
        check_markup(response.text)
        assert response.text.count('class="message"') == 1
    elif response.status_code == 200 and not shape:
        check_markup(response.text)


def test_empty_fields_of_the_form_leave_the_address(client: FlaskClient) -> None:
    answer = client.get("/judgments?force=&theme=responding&since=")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/judgments?theme=responding")
