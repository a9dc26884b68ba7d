"""Tables as CSV, Markdown and Word files: read back by libraries, whatever a document holds."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.cli import run
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.judgments import judgments
from peelsearch.register import RegisterOptions, register, responses
from peelsearch.render import judgment_tables, register_tables
from peelsearch.render.sheets import Export, Sheet, export_markdown, sheet_csv
from peelsearch.render.word import column_widths, export_docx
from peelsearch.vocabulary import Vocabulary

COMMANDS = (("judgments",), ("register",), ("responses",), ("coverage",), ("force", "Bedfordshire"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    found = run(arguments)
    shown = capsys.readouterr()
    assert found == code, shown.err + shown.out
    return shown.out


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch, seeds_index: Path, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEELSEARCH_INDEX", str(seeds_index))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_format_names_what_it_was_made_of(
    command: tuple[str, ...],
    corpus: Corpus,
    vocabulary: Vocabulary,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    mark = corpus_fingerprint(corpus.manifest.documents, vocabulary)
    assert mark.startswith("documents=3 corpus=")
    assert mark in printed(capsys, *command)
    assert json.loads(printed(capsys, *command, "--json"))["fingerprint"] == mark
    rows = list(csv.DictReader(io.StringIO(printed(capsys, *command, "--format", "csv"))))
    assert {row["fingerprint"] for row in rows} == {mark}
    assert mark in printed(capsys, *command, "--format", "markdown").replace("\\", "")
    target = tmp_path / "table.docx"
    printed(capsys, *command, "--format", "docx", "--output", str(target))
    file = docx.Document(str(target))
    assert mark in file.paragraphs[-1].text
    assert mark in file.core_properties.comments
    assert file.tables


def test_judgments_keep_the_contract(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "judgments", "--json"))
    assert len(found["judgments"]) == 12
    for row in found["judgments"]:
        assert {"force", "theme", "label", "grade", "state", "round", "date", "document", "quote",
                "start", "end", "also"} <= set(row)  # fmt: skip
        text = corpus.structure(row["document"]["id"]).text
        assert text[row["start"] : row["end"]] == row["quote"]
        assert all(row[name] for name in ("force", "theme", "grade", "state", "round"))
    assert found["warnings"][0]["document"]["round"] == "2021-22"


def test_the_register_keeps_the_contract(
    corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(printed(capsys, "register", "--as-of", "2024-02-01", "--json"))
    assert found["total"] == len(found["entries"]) == 17
    assert len(found["expectations"]) >= 3
    for row in found["entries"]:
        assert {"id", "reference", "kind", "source", "force", "theme", "grade", "addressee",
                "headline", "quote", "deadline", "document", "headings", "start",
                "end"} <= set(row)  # fmt: skip
        text = corpus.structure(row["document"]["id"]).text
        assert text[row["start"] : row["end"]] == row["quote"]
        if row["deadline"]:
            assert {"text", "date", "basis"} <= set(row["deadline"])
    states = {row["deadline_state"] for row in found["entries"]}
    assert states == {"unresolved", "date-passed-completion-not-known", "no-date-stated"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["register", "--kind", "ask"], 13),
        (["register", "--kind", "AFI", "--theme", "responding"], 4),
        (["register", "--addressee", "chief constables"], 1),
        (["register", "--source", "quoted"], 5),
        (["register", "--doc-type", "letter", "--kind", "recommendation"], 3),
        (["register", "--since", "2023"], 5),
        (["judgments", "--grade", "RI"], 2),
        (["judgments", "--theme", "Good use of resources"], 1),
        (["judgments", "--round", "2021-22"], 11),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_commands_take_filters(
    arguments: list[str], expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(printed(capsys, *arguments, "--json"))
    assert len(found["entries" if arguments[0] == "register" else "judgments"]) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["register", "--as-of", "soon"], "is not a day"),
        (["register", "--as-of", "2024-02-30"], "is not a day"),
        (["register", "--addressee", "nobody at all"], "No addressee is called"),
        (["judgments", "--format", "docx"], "A Word file is not printed"),
        (["judgments", "--format", "csv", "--output", "no/such/folder.csv"], "cannot be written"),
        (["judgments", "--kind", "AFI"], "No such option"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_nothing_found_is_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No judgment found" in printed(capsys, "judgments", "--grade", "inadequate", code=1)
    assert "0 findings" in printed(capsys, "register", "--kind", "cause of concern", code=1)


@pytest.mark.parametrize("command", ["judgments", "register"])
def test_a_pillar_is_not_what_newer_rounds_judge(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = 0 if command == "judgments" else 1
    arguments = (command, "--theme", "legitimacy")
    said = "Legitimacy is a pillar of older rounds"
    assert said in printed(capsys, *arguments, code=code)
    assert said in printed(capsys, *arguments, "--format", "markdown", code=code)
    (hint,) = json.loads(printed(capsys, *arguments, "--json", code=code))["hints"]
    assert (hint["pillar"], hint["rounds"]) == ("legitimacy", ["not-stated"])
    assert hint["others"][0]["round"] == "2021-22"
    assert run([*arguments, "--format", "csv"]) == code
    out, err = capsys.readouterr()
    assert said in err
    assert said not in out


def test_a_force_without_a_report_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "judgments", "--force", "Kent", code=1)
    assert "No report in this corpus: Kent Police" in out


def test_nothing_is_called_overdue_or_late(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "register", "--as-of", "2030-01-01").casefold()
    assert "completion not known" in out
    assert "overdue" not in out


def test_csv_has_dates_as_dates(many: Corpus, vocabulary: Vocabulary) -> None:
    found = register(many, vocabulary, ExtractMemory(), RegisterOptions("2024-02-01"))
    rows = list(csv.DictReader(io.StringIO(sheet_csv(register_tables.register_sheet(found), "x"))))
    assert len(rows) == len(found.entries)
    assert tuple(rows[0]) == (*register_tables.COLUMNS, "fingerprint")
    stated = [row for row in rows if row["deadline_date"]]
    assert stated
    for row in stated:
        first, last = (date.fromisoformat(row[f"deadline_{n}"]) for n in ("earliest", "date"))
        assert first <= last
    assert [row["quote"] for row in rows] == [e.place.said.quote for e in found.entries]


def test_csv_has_a_row_for_every_cell(many: Corpus, vocabulary: Vocabulary) -> None:
    matrix = judgments(many, vocabulary, ExtractMemory())
    sheet = judgment_tables.judgments_sheet(matrix, vocabulary)
    rows = list(csv.DictReader(io.StringIO(sheet_csv(sheet, "x"))))
    assert tuple(rows[0]) == (*judgment_tables.COLUMNS, "fingerprint")
    cells = [cell for table in matrix.rounds for line in table.lines for cell in line.cells]
    assert len(rows) == len(cells)
    assert all(row["state"] for row in rows)


def test_no_cell_of_a_matrix_is_blank(many: Corpus, vocabulary: Vocabulary, tmp_path: Path) -> None:
    matrix = judgments(many, vocabulary, ExtractMemory())
    export = judgment_tables.judgments_export(matrix, vocabulary)
    target = tmp_path / "many.docx"
    target.write_bytes(export_docx(export))
    file = docx.Document(str(target))
    assert len(file.tables) == sum(bool(sheet.rows) for sheet in export.sheets)
    lines = sum(len(table.lines) for table in matrix.rounds)
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in file.tables[:3]
    ]
    assert all(cell for table in tables for row in table for cell in row)
    assert sum(len(table) - 1 for table in tables) == lines
    words = {cell for table in tables for row in table[1:] for cell in row[1:]}
    assert {"Good", "Good (carried over)", "Not stated", "No report in this corpus",
            "Reported separately"} <= words  # fmt: skip
    assert any(word.startswith("Conflict: ") for word in words)


HOSTILE = """\
# PEEL 2021/22: An inspection of Kent Police

## Responding to the public

Good

Kent Police is good at responding to the public.

### Areas for improvement

#### =HYPERLINK("http://x","The force should improve its work on calls | and *more*")

+1 officers said that <script>alert(1)</script> it took weeks. They said so often.

#### @SUM(A1) the force should make sure that nobody waits

-1 was the answer that we were given. It was given often.
"""


HOSTILE_LETTER = """\
21 September 2023

Dear HMICFRS

=1+1 We answer what was published on 7 July 2023 by the inspectorate.

Recommendation 1

By January 2024, forces should review what they do.

It should be done by all of them, and it should be done well.

=HYPERLINK("http://x") Kent Police have done this, and we have seen it.

Yours sincerely

=A. Person

Police and Crime Commissioner for Kent
"""


def test_nothing_in_a_document_becomes_a_formula(
    tmp_path: Path, vocabulary: Vocabulary, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "documents"
    where.mkdir()
    (where / "=cmd.md").write_text(HOSTILE, "utf-8")
    (where / "@letter.txt").write_text(HOSTILE_LETTER, "utf-8")
    build([where], index=tmp_path / "index", vocabulary=vocabulary)
    opened = open_corpus(tmp_path / "index")
    options = RegisterOptions("2024-01-01")
    found = register(opened, vocabulary, ExtractMemory(), options).entries
    assert [entry.headline[0] for entry in found if entry.kind != "recommendation"] == ["=", "@"]
    ((answer,),) = [r.asks for r in responses(opened, vocabulary, ExtractMemory()).responses]
    assert answer.said is not None
    assert answer.said.quote.startswith("=HYPERLINK")
    for command in (*COMMANDS[:-1], ("force", "Kent")):
        arguments = (*command, "--index", str(tmp_path / "index"))
        rows = list(csv.reader(io.StringIO(printed(capsys, *arguments, "--format", "csv"))))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row)
        markdown = printed(capsys, *arguments, "--format", "markdown")
        assert "<script" not in markdown.replace("\\<script", "")


def test_a_word_table_fits_the_page_and_repeats_its_head(
    many: Corpus, vocabulary: Vocabulary
) -> None:
    found = register(many, vocabulary, ExtractMemory(), RegisterOptions("2024-02-01"))
    export = register_tables.register_export(found, vocabulary)
    file = docx.Document(io.BytesIO(export_docx(export)))
    page = file.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert page.page_width > page.page_height
    room = page.page_width - (page.left_margin or 0) - (page.right_margin or 0)
    assert "Deadlines as of 1 February 2024." in [found.text for found in file.paragraphs]
    (table,) = file.tables
    head = [cell.text for cell in table.rows[0].cells]
    # No repeat and no second place in this corpus: such columns would only take room.
    assert head == [c for c in export.sheets[0].columns if c not in ("Repeat", "Also in")]
    properties = [row._tr.trPr for row in table.rows]
    assert [p is not None and p.find(f"{W}tblHeader") is not None for p in properties] == [
        index == 0 for index in range(len(properties))
    ]
    widths = [int(cell.get(f"{W}w")) * 635 for cell in table._tbl.tblGrid]
    assert 0.95 * room <= sum(widths) <= room
    by_name = dict(zip(head, widths, strict=True))
    sizes = {p.style.font.size for cell in table.rows[1].cells for p in cell.paragraphs if p.style}
    assert sizes == {Pt(8)}
    assert by_name["Words"] > by_name["Kind"]
    for row, entry in zip(table.rows[1:11], found.entries, strict=False):
        cells = [cell.text for cell in row.cells]
        assert cells[0] == entry.reference
        # Blank lines are lines; the words are the same.
        assert "\n" in cells[head.index("Words")]
        assert cells[head.index("Words")].split() == entry.place.said.quote.split()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 30).flatmap(
        lambda columns: st.lists(
            st.lists(st.text(max_size=50), min_size=columns, max_size=columns),
            min_size=1,
            max_size=6,
        )
    )
)
def test_columns_share_the_page(lines: list[list[str]]) -> None:
    widths = column_widths(lines)
    assert len(widths) == len(lines[0])
    assert min(widths) > 0
    assert 15_100 <= sum(widths) <= 15_140


VALUES = st.text(max_size=30) | st.integers(0, 10**6) | st.none()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), max_size=5), st.text(max_size=20))
def test_any_text_can_be_exported(rows: list[tuple[Any, Any]], title: str) -> None:
    sheet = Sheet(title, ("a", "b"), tuple(rows), (title,))
    read = list(csv.reader(io.StringIO(sheet_csv(sheet, "x"), newline="")))
    assert len(read) == len(rows) + 1
    assert {len(row) for row in read} == {3}
    export = Export(title, (), (sheet,), "x")
    file = docx.Document(io.BytesIO(export_docx(export)))
    assert sum(len(table.rows) for table in file.tables) == (len(rows) + 1 if rows else 0)
    table = [line for line in export_markdown(export).splitlines() if line.startswith("| ")]
    assert len(table) == (len(rows) + 2 if rows else 0)
