"""A force's sheet: nothing but what the tables say, each line with its place."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from commands import Terminal
from letter_samples import LETTER, NATIONAL, SECOND, made
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.forces import force_sheet
from peelsearch.model.force import ForceSheet
from peelsearch.model.quotations import Located
from peelsearch.render.force import force_json, force_text
from peelsearch.render.force_tables import COLUMNS, force_csv_sheet, force_export
from peelsearch.render.sheets import export_markdown, sheet_csv
from peelsearch.render.style import Style
from peelsearch.render.word import export_docx
from peelsearch.vocabulary import Vocabulary, load_vocabulary
from register_samples import ROUNDS, Report

GOLDEN = Path(__file__).parent / "golden" / "force_bedfordshire.json"
AS_OF = "2024-02-01"


def sheet_of(corpus: Corpus, vocabulary: Vocabulary, force: str) -> ForceSheet:
    return force_sheet(corpus, vocabulary, ExtractMemory(), force, AS_OF)


def located(sheet: ForceSheet) -> Iterator[Located]:
    """Every place that the sheet names."""
    for grade in (*sheet.grades, *sheet.unplaced):
        yield from (found.place for found in grade.places)
        yield from grade.carried
    for finding in (*sheet.asks, *sheet.general, *sheet.practices):
        yield from finding.places
    for letter in sheet.letters:
        yield from (place for place in (letter.published, *letter.replies) if place)
    yield from (mention.place for mention in sheet.mentions)


def check_places(sheet: ForceSheet, corpus: Corpus) -> None:
    """Each quotation is a slice of its document, and stands in the passage that it names."""
    for place in located(sheet):
        said = place.said
        assert corpus.structure(place.document.id).text[said.start : said.end] == said.quote
        passage = corpus.reader.passage(said.passage)
        assert passage is not None
        assert passage.document == place.document.id
        assert passage.start <= said.start < passage.end
        assert (passage.headings, passage.page) == (place.headings, place.page)


def brief(sheet: ForceSheet) -> dict[str, object]:
    """What people would look up: the sheet without what other tests hold."""
    found = force_json(sheet)
    lines = {
        name: [
            [one["label"], one["state"]]
            + [[place["passage"], place["quote"][:60]] for place in one["places"]]
            for one in found[name]
        ]
        for name in ("grades", "pending", "unplaced")
    }
    rows = {
        name: [
            [one["reference"], one["deadline_state"], one["deadline"] and one["deadline"]["date"]]
            + [[" > ".join(p["headings"])[:80], p["passage"], p["page"]] for p in one["places"]]
            for one in found[name]
        ]
        for name in ("asks", "general_asks", "practices")
    }
    letters = [
        [one["letter"]["id"], one["last_day"], one["day_of_letter"], one["report"]]
        + [[a["reference"], a["state"], a["reply"] and a["reply"]["passage"]] for a in one["asks"]]
        for one in found["letters"]
    ]
    documents = {
        name: [document["id"] for document in found[name]] for name in ("documents", "undated")
    }
    plain = ("force", "round", "earlier_rounds", "unreported_rounds", "mentions", "as_of")
    return {
        **{name: found[name] for name in plain},
        **lines,
        **rows,
        "letters": letters,
        **documents,
    }


def _regenerate() -> None:
    """``PYTHONPATH=tests python tests/test_force.py FOLDER_OF_AN_INDEX_OF_THE_SEEDS``."""
    sheet = sheet_of(open_corpus(Path(sys.argv[1])), load_vocabulary(), "bedfordshire")
    text = json.dumps(brief(sheet), ensure_ascii=False, indent=1) + "\n"
    GOLDEN.write_text(text, "utf-8")


def test_the_seeds_sheet_is_as_people_read_it(corpus: Corpus, vocabulary: Vocabulary) -> None:
    sheet = sheet_of(corpus, vocabulary, "bedfordshire")
    check_places(sheet, corpus)
    wanted = json.loads(GOLDEN.read_text("utf-8"))
    assert json.loads(json.dumps(brief(sheet))) == wanted


def test_the_seeds_sheet_counts_what_the_documents_state(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    sheet = sheet_of(corpus, vocabulary, "bedfordshire")
    states = Counter(one.cell.state for one in sheet.grades)
    assert states == {"graded": 8, "ungraded": 1, "reported-separately": 2}
    assert [one.cell.area.theme for one in sheet.pending] == [
        "serious-organised-crime",
        "vetting-corruption",
    ]
    assert [(one.cell.area.theme, one.cell.grades) for one in sheet.unplaced] == [
        ("legitimacy", ("good",))
    ]
    kinds = Counter(one.entry.kind for one in (*sheet.asks, *sheet.practices))
    assert kinds == {
        "area-for-improvement": 10,
        "recommendation": 3,
        "innovative-practice": 2,
        "promising-practice": 2,
    }
    assert [document.type for document in sheet.undated] == ["press-release"]
    # A grade of an unknown round stands beside that of a known one.
    assert [found.document and found.document.round for found in sheet.warnings] == ["2021-22"]


def test_every_sheet_is_what_a_recount_of_the_reports_gives(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    memory = ExtractMemory()
    held: dict[str, dict[str, Report]] = {}
    for report in many_reports:
        held.setdefault(report.force, {})[report.round] = report
    assert len(held) == 43
    for force, own in held.items():
        sheet = force_sheet(many, vocabulary, memory, force, AS_OF)
        rounds = [name for name in reversed(ROUNDS) if name in own]
        assert (sheet.round, sheet.earlier) == (rounds[0], tuple(rounds[1:]))
        assert set(sheet.unreported) == set(ROUNDS) - set(own)
        newest = own[rounds[0]]
        said = {o.cell.area.theme: (o.cell.state, set(o.cell.grades)) for o in sheet.grades}
        assert said == {
            **{theme: _stated(newest, theme) for theme in newest.grades},
            **{theme: (state, {state}) for theme, state in newest.states.items()},
        }
        assert {one.cell.area.theme for one in sheet.pending} == set(newest.states)
        assert Counter(
            (one.entry.place.document.round, one.entry.kind, one.entry.headline)
            for one in sheet.asks
        ) == Counter((r.round, a.kind, a.headline) for r in own.values() for a in r.asked)
        assert len(sheet.documents) == len(own)
        assert (sheet.unplaced, sheet.practices, sheet.letters, sheet.undated) == ((), (), (), ())
    check_places(sheet, many)


def _stated(report: Report, theme: str) -> tuple[str, set[str]]:
    grade = report.grades[theme]
    if theme in report.conflicts:
        return "conflict", {grade, report.conflicts[theme]}
    return ("carried-over" if theme in report.carried else "graded"), {grade}


def test_both_places_of_a_conflict_are_there(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    report = next(r for r in many_reports if r.conflicts and r.round == "2023-25")
    sheet = sheet_of(many, vocabulary, report.force)
    found = [one for one in sheet.grades if one.cell.state == "conflict"]
    assert {one.cell.area.theme for one in found} == set(report.conflicts)
    for one in found:
        assert {place.grade for place in one.places} == set(one.cell.grades)
        shown = force_text(sheet, Style(), vocabulary)
        assert all(place.place.said.quote in shown for place in one.places)


def test_a_national_report_and_the_letters_to_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL}
    (tmp_path / "letters").mkdir()
    corpus = made(tmp_path, files, vocabulary)
    kent = sheet_of(corpus, vocabulary, "kent")
    check_places(kent, corpus)
    asked = [one for one in kent.asks if one.entry.kind == "recommendation"]
    assert [len(one.places) for one in asked] == [3, 3, 3]
    assert {one.places[0].document.type for one in asked} == {"national-report"}
    assert kent.general == ()
    ((letter),) = kent.letters
    assert letter.response.report is not None
    # A force without a letter is asked the same, as all are; others' letters change nothing.
    norfolk = sheet_of(corpus, vocabulary, "norfolk")
    check_places(norfolk, corpus)
    assert (norfolk.asks, norfolk.letters) == ((), ())
    assert {one.entry.id for one in norfolk.general} == {one.entry.id for one in asked}
    letters_alone = made(tmp_path / "letters", {"a.txt": LETTER, "b.txt": SECOND}, vocabulary)
    assert sheet_of(letters_alone, vocabulary, "norfolk").empty


def test_what_is_asked_of_all_forces_stands_apart(tmp_path: Path, vocabulary: Vocabulary) -> None:
    said = "This is what we found."
    named = NATIONAL.replace(said, f"{said} Gwent Police told us about its calls. Others did not.")
    assert named != NATIONAL
    corpus = made(tmp_path, {"report.txt": named}, vocabulary)
    sheet = sheet_of(corpus, vocabulary, "gwent")
    check_places(sheet, corpus)
    assert sheet.asks == ()
    assert {one.entry.number for one in sheet.general} == {"2", "3", "6"}
    ((mention),) = sheet.mentions
    assert mention.passages == 1
    assert mention.place.said.quote == "Gwent Police told us about its calls."
    assert not sheet.empty
    assert sheet_of(corpus, vocabulary, "kent").mentions == ()


def test_the_newest_round_is_one_with_judgments(
    tmp_path: Path, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    report = next(r for r in many_reports if r.round == "2021-22")
    label = vocabulary.label("force", report.force)
    later = (
        f"PEEL 2023–2025\n\nPolice effectiveness, efficiency and legitimacy\n\nAn inspection of "
        f"{label}\n\nIntroduction\n\nWe begin to inspect {label} this year. We will report on it."
        "\n\n12 March 2024 | © HMICFRS 2024\n"
    )
    corpus = made(tmp_path, {"a.txt": report.text, "b.txt": later}, vocabulary)
    assert {d.document.round for d in corpus.manifest.documents} == {"2021-22", "2023-25"}
    sheet = sheet_of(corpus, vocabulary, report.force)
    assert (sheet.round, sheet.earlier, sheet.unreported) == ("2021-22", (), ())
    assert {one.cell.area.theme for one in sheet.grades} == {*report.grades, *report.states}
    assert len(sheet.documents) == 2


def test_mentions_are_those_of_a_recount(corpus: Corpus, vocabulary: Vocabulary) -> None:
    sheet = sheet_of(corpus, vocabulary, "hertfordshire")
    wanted = Counter(
        passage.document
        for identifier in corpus.documents
        for passage in corpus.reader.passages(identifier)
        if "hertfordshire" in passage.facets["mentions"]
    )
    assert sum(wanted.values()) >= 1
    assert {one.place.document.id: one.passages for one in sheet.mentions} == wanted
    check_places(sheet, corpus)
    assert all("Hertfordshire" in one.place.said.quote for one in sheet.mentions)


def test_every_shape_holds_every_line(
    corpus: Corpus, vocabulary: Vocabulary, many: Corpus, tmp_path: Path
) -> None:
    for found, force in ((corpus, "bedfordshire"), (many, "kent")):
        sheet = sheet_of(found, vocabulary, force)
        table = force_csv_sheet(sheet, vocabulary)
        rows = list(csv.DictReader(io.StringIO(sheet_csv(table, sheet.fingerprint))))
        assert tuple(rows[0]) == (*COLUMNS, "fingerprint")
        assert {row["fingerprint"] for row in rows} == {sheet.fingerprint}
        parts = Counter(row["part"] for row in rows)
        assert parts["ask"] == len(sheet.asks) > 0
        assert parts["grade"] + parts["pending"] == len(sheet.grades) + len(sheet.unplaced)
        assert parts["document"] + parts["undated document"] == len(sheet.documents)
        export = force_export(sheet, vocabulary)
        markdown = export_markdown(export).replace("\\", "")
        target = tmp_path / "force.docx"
        target.write_bytes(export_docx(export))
        file = docx.Document(str(target))
        cells = {c.text for table in file.tables for row in table.rows for c in row.cells}
        for one in sheet.asks:
            assert one.entry.reference in markdown
            assert one.entry.reference in cells
            assert any(one.places[0].said.passage in cell for cell in cells)
        assert sheet.fingerprint in markdown
        assert sheet.fingerprint in file.paragraphs[-1].text


@pytest.mark.parametrize("name", ["Bedfordshire", "beds", "Beds Police", "bedfordshire"])
def test_any_name_of_a_force_will_do(name: str, terminal: Terminal) -> None:
    found = terminal.json("force", *name.split(), "--as-of", AS_OF)
    assert (found["force"], found["as_of"]) == ("bedfordshire", AS_OF)
    assert len(found["asks"]) == 13
    for ask in found["asks"]:
        assert {"document", "headings", "page", "quote", "start", "end", "passage"} == set(
            ask["places"][0]
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Bedfrdshire",), "Did you mean bedfordshire"),
        (("good",), "it is a grade"),
        (("not stated",), "is no force"),
        (("Kent", "--as-of", "soon"), "is not a day"),
        (("Kent", "--formt", "csv"), "No such option"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], message: str, terminal: Terminal
) -> None:
    code, _, err = terminal("force", *arguments)
    assert code == 2
    assert message in err


def test_a_force_that_no_document_names_is_exit_code_one(terminal: Terminal) -> None:
    code, out, _ = terminal("force", "Gwent")
    assert code == 1
    assert "No document of this corpus is about this force" in out
    assert "Made of: documents=3" in out


if __name__ == "__main__":
    _regenerate()
