"""The judgment matrix: every cell as the documents say it, and nothing beyond."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from peelsearch.corpus import Corpus, open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.judgments import JudgmentOptions, Order, judgments
from peelsearch.model.judgments import Matrix, PillarHint
from peelsearch.register import RegisterOptions, register
from peelsearch.render.judgments import hint_words
from peelsearch.vocabulary import Vocabulary
from register_samples import ISO, ROUNDS, Report

LETTER = "Dear HMICFRS\n\nWe have read the report.\n\nYours sincerely\n\nA. Person\n"


@pytest.fixture(scope="module")
def matrix(many: Corpus, vocabulary: Vocabulary) -> Matrix:
    return judgments(many, vocabulary, ExtractMemory())


def cells(matrix: Matrix) -> dict[tuple[str, str, str], tuple[str, tuple[str, ...]]]:
    """State and grades by round, force and theme."""
    return {
        (table.round, line.force, cell.area.theme): (cell.state, cell.grades)
        for table in matrix.rounds
        for line in table.lines
        for cell in line.cells
    }


def expected(
    made: list[Report], forces: list[str]
) -> dict[tuple[str, str, str], tuple[str, tuple[str, ...]]]:
    """The same, counted from what the reports were made of."""
    held = {(report.round, report.force): report for report in made}
    found = {}
    for name in ROUNDS:
        themes = {t for r in made if r.round == name for t in (*r.grades, *r.states)}
        for force in forces:
            report = held.get((name, force))
            for theme in themes:
                found[name, force, theme] = _cell(report, theme)
    return found


def _cell(report: Report | None, theme: str) -> tuple[str, tuple[str, ...]]:
    if report is None:
        return "no-report", ()
    if theme in report.states:
        return report.states[theme], (report.states[theme],)
    if theme not in report.grades:
        return "not-stated", ()
    grade = report.grades[theme]
    if theme in report.conflicts:
        return "conflict", (grade, report.conflicts[theme])
    return ("carried-over" if theme in report.carried else "graded"), (grade,)


def test_seeds_have_eight_judgments_and_one_without_a_round(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    found = judgments(corpus, vocabulary, ExtractMemory())
    counted = Counter((row.document.round, row.state) for row in found.rows)
    assert counted == {
        ("2021-22", "graded"): 8,
        ("2021-22", "ungraded"): 1,
        ("2021-22", "reported-separately"): 2,
        (None, "graded"): 1,
    }
    separate = {row.theme for row in found.rows if row.state == "reported-separately"}
    assert separate == {"serious-organised-crime", "vetting-corruption"}
    legitimacy = next(row for row in found.rows if row.document.round is None)
    assert (legitimacy.theme, legitimacy.grade) == ("legitimacy", "good")


def test_every_quotation_is_what_stands_there(
    corpus: Corpus, many: Corpus, vocabulary: Vocabulary
) -> None:
    for opened in (corpus, many):
        for row in judgments(opened, vocabulary, ExtractMemory()).rows:
            text = opened.structure(row.document.id).text
            said = [row.said, *(other.said for other in row.also), *filter(None, [row.carried])]
            for quotation in said:
                assert text[quotation.start : quotation.end] == quotation.quote != ""
                passage = opened.reader.passage(quotation.passage)
                assert passage is not None
                assert passage.start <= quotation.start < passage.end


def test_cells_equal_a_recount(
    matrix: Matrix, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    forces = [entry.id for entry in vocabulary.force.entries[:43]]
    wanted = expected(many_reports, forces)
    found = cells(matrix)
    assert {key: (state, set(g)) for key, (state, g) in found.items()} == {
        key: (state, set(g)) for key, (state, g) in wanted.items()
    }
    states = Counter(state for state, _ in wanted.values())
    # The sample would show nothing if one of these were missing in it.
    assert min(states[s] for s in ("conflict", "carried-over", "no-report", "not-stated")) >= 3


def test_conflicts_are_those_that_were_planted(matrix: Matrix, many_reports: list[Report]) -> None:
    planted = {(r.round, r.force, theme) for r in many_reports for theme in r.conflicts}
    found = {
        (row.document.round, row.force, row.theme) for row in matrix.rows if row.state == "conflict"
    }
    assert found == planted
    for row in matrix.rows:
        if row.state == "conflict":
            assert len({row.said.quote, *(other.said.quote for other in row.also)}) >= 2


def test_pillars_stand_before_themes(matrix: Matrix, vocabulary: Vocabulary) -> None:
    older = next(table for table in matrix.rounds if table.round == "2018-19")
    assert [area.theme for area in older.areas if area.pillar] == [
        "effectiveness",
        "efficiency",
        "legitimacy",
    ]
    newer = next(table for table in matrix.rounds if table.round == "2021-22")
    assert not any(area.pillar for area in newer.areas)
    order = vocabulary.theme.orders
    assert list(newer.areas) == sorted(newer.areas, key=lambda area: order[area.theme])


def test_who_filters_by_a_pillar_is_told_what_other_rounds_judge(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    def hints(*filters: tuple[str, tuple[str, ...]]) -> tuple[PillarHint, ...]:
        options = JudgmentOptions(filters=filters)
        found = judgments(many, vocabulary, ExtractMemory(), options)
        listed = RegisterOptions("2024-02-01", filters=filters)
        assert register(many, vocabulary, ExtractMemory(), listed).hints == found.hints
        assert {row.theme for row in found.rows} <= set(dict(filters).get("theme", ()))
        return found.hints

    order = vocabulary.theme.orders
    newer = tuple(
        (
            name,
            tuple(
                sorted(
                    {t for r in many_reports if r.round == name for t in (*r.grades, *r.states)},
                    key=lambda theme: order[theme],
                )
            ),
        )
        for name in ("2023-25", "2021-22")
    )
    legitimacy = PillarHint("legitimacy", ("2018-19",), newer)
    assert hints(("theme", ("legitimacy",))) == (legitimacy,)
    words = hint_words(legitimacy, vocabulary)
    assert "Legitimacy is a pillar of older rounds (here: PEEL 2018/19)." in words
    assert "PEEL 2021/22 has other themes: Engaging with and treating" in words
    # Whoever asks for a theme of these rounds as well, knows; a theme is no pillar.
    assert hints(("theme", ("responding",))) == ()
    assert hints(("theme", ("responding", "legitimacy"))) == ()


def test_the_inspectorates_warning_is_quoted_where_two_rounds_are_shown(
    many: Corpus, matrix: Matrix, vocabulary: Vocabulary
) -> None:
    assert {found.document.round for found in matrix.warnings if found.document} == {
        "2021-22",
        "2023-25",
    }
    for found in matrix.warnings:
        assert found.document is not None
        assert found.said is not None
        assert "direct comparisons between the grades" in found.said.quote
        text = many.structure(found.document.id).text
        assert text[found.said.start : found.said.end] == found.said.quote
    one = JudgmentOptions(filters=(("round", ("2021-22",)),))
    assert judgments(many, vocabulary, ExtractMemory(), one).warnings == ()


def test_without_such_words_the_warning_is_ours(
    tmp_path: Path, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    silent = [r for r in many_reports if "direct comparisons" not in r.text]
    for report in silent[:12]:
        path = tmp_path / "reports" / report.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report.text, "utf-8")
    build([tmp_path / "reports"], index=tmp_path / "index", vocabulary=vocabulary)
    found = judgments(open_corpus(tmp_path / "index"), vocabulary, ExtractMemory())
    assert len(found.rounds) > 1
    assert [(warning.document, warning.said) for warning in found.warnings] == [(None, None)]


@pytest.mark.parametrize(
    ("filters", "keep"),
    [
        ((("force", ("kent", "gwent")),), lambda r, _t, _g: r.force in ("kent", "gwent")),
        ((("round", ("2018-19",)),), lambda r, _t, _g: r.round == "2018-19"),
        ((("theme", ("responding",)),), lambda _r, t, _g: t == "responding"),
        ((("grade", ("good", "inadequate")),), lambda _r, _t, g: {"good", "inadequate"} & g),
        ((("year", ("2022",)),), lambda r, _t, _g: ISO[r.round].startswith("2022")),
        (
            (("force", ("kent",)), ("grade", ("reported-separately",))),
            lambda r, _t, g: r.force == "kent" and "reported-separately" in g,
        ),
    ],
    ids=["force", "round", "theme", "grade", "year", "two"],
)
def test_filters_keep_what_a_recount_keeps(
    filters, keep, many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    found = judgments(many, vocabulary, ExtractMemory(), JudgmentOptions(filters=filters))
    wanted = {
        (report.round, report.force, theme)
        for report in many_reports
        for theme, grade in (*report.grades.items(), *report.states.items())
        if keep(report, theme, {grade, report.conflicts.get(theme, grade)})
    }
    assert {(row.document.round, row.force, row.theme) for row in found.rows} == wanted
    assert wanted


def test_a_filter_on_grades_says_nothing_false_of_others(
    many: Corpus, matrix: Matrix, vocabulary: Vocabulary
) -> None:
    options = JudgmentOptions(filters=(("grade", ("outstanding",)),))
    found = cells(judgments(many, vocabulary, ExtractMemory(), options))
    whole = cells(matrix)
    assert found
    assert {key: whole[key] for key in found} == found


def test_one_force_says_for_which_rounds_there_is_no_report(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    held = {(report.force, report.round) for report in many_reports}
    force = next(f for f, _ in sorted(held) if len({r for g, r in held if g == f}) == 2)
    options = JudgmentOptions(filters=(("force", (force,)),))
    found = judgments(many, vocabulary, ExtractMemory(), options)
    reported = {table.round: [line.reported for line in table.lines] for table in found.rounds}
    assert reported == {name: [(force, name) in held] for name in ROUNDS}


def test_only_the_documents_under_the_filters_are_read(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    memory = ExtractMemory()
    judgments(many, vocabulary, memory, JudgmentOptions(filters=(("force", ("kent",)),)))
    assert len(memory) == sum(report.force == "kent" for report in many_reports)


def test_grades_stand_in_the_order_of_their_scale(many: Corpus, vocabulary: Vocabulary) -> None:
    options = JudgmentOptions(
        filters=(("theme", ("responding",)), ("round", ("2021-22",))), order=Order.GRADE
    )
    found = judgments(many, vocabulary, ExtractMemory(), options)
    order = vocabulary.grade.orders
    rows = [order[row.grade] for row in found.rows if row.state == "graded"]
    assert rows == sorted(rows)
    lines = [line.cells[0] for line in found.rounds[0].lines]
    graded = [order[cell.grades[0]] for cell in lines if cell.state == "graded"]
    assert graded == sorted(graded) != []
    assert [cell.state == "graded" for cell in lines] == sorted(
        (cell.state == "graded" for cell in lines), reverse=True
    )


def twice(
    folder: Path, made: list[Report], vocabulary: Vocabulary, *, date: str
) -> tuple[Report, Matrix]:
    """A report, and another of the same round on this date that grades one theme differently."""
    report = next(
        r
        for r in made
        if r.round == "2021-22" and r.grades["responding"] == "good" and not r.conflicts
    )
    label = vocabulary.label("force", report.force)
    changed = report.text.replace(
        f"Good\n\n{label} is good at responding", f"Adequate\n\n{label} is adequate at responding"
    ).replace("April 2022 |", f"{date} |")
    assert "Adequate\n\n" in changed
    where = folder / "reports"
    where.mkdir()
    for name, text in (("first", report.text), ("again", changed), ("letter", LETTER)):
        (where / f"{name}.txt").write_text(text, "utf-8")
    build([where], index=folder / "index", vocabulary=vocabulary)
    return report, judgments(open_corpus(folder / "index"), vocabulary, ExtractMemory())


@pytest.mark.parametrize("date", ["April 2022", "20 April 2022", "August 2022"])
def test_two_documents_on_one_inspection_that_disagree_are_a_conflict(
    date: str, tmp_path: Path, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    report, found = twice(tmp_path, many_reports, vocabulary, date=date)
    rows = [row for row in found.rows if row.theme == "responding"]
    assert [set(row.grades) for row in rows] == [{"good", "adequate"}] * 2
    state, grades = cells(found)["2021-22", report.force, "responding"]
    assert (state, set(grades)) == ("conflict", {"good", "adequate"})
    # Nothing else contradicts itself for being said twice.
    assert {row.theme for row in found.rows if row.state == "conflict"} == {"responding"}


def test_two_inspections_in_one_round_do_not_contradict_each_other(
    tmp_path: Path, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    report, found = twice(tmp_path, many_reports, vocabulary, date="January 2023")
    assert {row.state for row in found.rows if row.theme == "responding"} == {"graded"}
    key = "2021-22", report.force, "responding"
    assert cells(found)[key] == ("graded", ("adequate", "good"))


def test_dates_leave_the_undated_out_and_say_so(corpus: Corpus, vocabulary: Vocabulary) -> None:
    options = JudgmentOptions(since="2020")
    found = judgments(corpus, vocabulary, ExtractMemory(), options)
    assert {row.document.round for row in found.rows} == {"2021-22"}
    assert found.undated == 1
