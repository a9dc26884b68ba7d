"""What is found in a paper: quotations between marks of every form, ids, and where they stand."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.citations.claims import claims
from peelsearch.citations.marks import ids, quotations
from peelsearch.citations.papers import read_paper
from peelsearch.citations.quoted import read_quotation
from peelsearch.citations.wording import tokens
from peelsearch.model.citations import ClaimKind
from peelsearch.render.verification import where_words

ID = "report-12345678-9abcdef0"
OTHER = "letter-12345678-00000000"

MARKS = {
    "straight": ('He said "one two three four five".', ["one two three four five"]),
    "curly": ("He said “one two three four five”.", ["one two three four five"]),
    "single curly": ("He said ‘one two three four five’.", ["one two three four five"]),
    "single straight": ("He said 'one two three four five'.", ["one two three four five"]),
    "angular": ("He said «one two three four five».", ["one two three four five"]),
    "low": ("He said „one two three four five“.", ["one two three four five"]),
    "too short": ("He said “one two three four”.", []),
    "two": (
        "“one two three four five” and “six seven eight nine ten”",
        ["one two three four five", "six seven eight nine ten"],
    ),
    "nested": (
        "“one ‘two three four five six’ seven”",
        ["one ‘two three four five six’ seven", "two three four five six"],
    ),
    "nested straight": (
        "\"one 'two three four five six' seven\"",
        ["one 'two three four five six' seven", "two three four five six"],
    ),
    "apostrophes": (
        "‘it’s one of the force’s two panels’ and the force’s view",
        ["it’s one of the force’s two panels"],
    ),
    "a possessive in single marks": (
        "‘one of the forces’ two new panels’ was it",
        ["one of the forces’ two new panels"],
    ),
    "apostrophes alone": ("The force's staff don't see the officers' own views.", []),
    "in brackets": ("(“one two three four five”)", ["one two three four five"]),
    "emphasis": ("**“one two three four five”**", ["one two three four five"]),
    "not closed": ("“one two three four five", ["one two three four five"]),
    "over lines": ("“one two three\nfour five”", ["one two three\nfour five"]),
    "insertions do not count": ("“one two three [four five six]”", []),
}


@pytest.mark.parametrize(("text", "expected"), MARKS.values(), ids=MARKS)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in quotations(text)] == expected


def test_what_is_not_closed_says_so() -> None:
    assert [one.closed for one in quotations("“one two three four five")] == [False]
    assert [one.closed for one in quotations("“one two three four five”")] == [True]


IDS = {
    "alone": (f"{ID}", [ID]),
    "in brackets": (f"({ID})", [ID]),
    "at the end of a sentence": (f"See {ID}.", [ID]),
    "repeated": (f"`{ID}-2`", [f"{ID}-2"]),
    "with hyphens that do not break": (ID.replace("-", "\u2011"), [ID]),
    "a document": ("report-12345678", ["report-12345678"]),
    "a longer word": (f"{ID}x x{ID[:-1]}g {ID}-x", []),
    "a unique number of another sort": ("123e4567-e89b-12d3-a456-426614174000", []),
}


@pytest.mark.parametrize(("text", "expected"), IDS.values(), ids=IDS)
def test_ids_are_found(text: str, expected: list[str]) -> None:
    assert [name for name, _ in ids(text)] == expected


def cited(path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """The quotations of a paper with place and ids."""
    _, pieces = read_paper(path)
    return [
        (where_words(one.where), one.text, one.cited)
        for one in claims(pieces, lambda name: name.count("-") > 1)
        if one.kind is ClaimKind.QUOTATION
    ]


A, B = "one two three four five", "six seven eight nine ten"
BESIDE = {
    "behind": (f"“{A}” ({ID}). “{B}” ({OTHER}).", [(ID,), (OTHER,)]),
    "before": (f"{ID}: “{A}”", [(ID,)]),
    "shared": (f"“{A}” and “{B}” ({ID})", [(ID,), (ID,)]),
    "two for one": (f"“{A}” ({ID}, {OTHER})", [(ID, OTHER)]),
    "under it": (f"> “{A}”\n\n{ID}", [(ID,)]),
    "under several paragraphs": (f"> “{A}\n>\n> “{B}”\n\n{ID}", [(ID,), (ID,)]),
    "under another": (f"“{A}”\n\n“{B}” ({ID})", [(), (ID,)]),
    "none": (f"“{A}”\n\nText.\n\n{ID}", [()]),
}


@pytest.mark.parametrize(("text", "expected"), BESIDE.values(), ids=BESIDE)
def test_a_quotation_has_the_ids_beside_it(
    text: str, expected: list[tuple[str, ...]], tmp_path: Path
) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(text, "utf-8")
    assert [found for _, _, found in cited(paper)] == expected


def test_lines_of_markdown(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_bytes(
        f"# T\r\n\r\nText\r\nand “{A}”.\r\n\r\n| a | b |\r\n| --- | --- |\r\n"
        f"| &ldquo;{B}&rdquo; | {ID} |\r\n| “{A}” | {OTHER} |\r\n".encode()
    )
    assert cited(paper) == [
        ("line 4", A, ()),
        ("line 8", B, (ID,)),
        ("line 9", A, (OTHER,)),
    ]


def test_a_quotation_over_paragraphs_is_checked_in_all_of_them(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(f"‘{A}\n\n{B}\n\n{A} {B}.’\n\nText “{B}”.\n", "utf-8")
    assert [(place, text) for place, text, _ in cited(paper)] == [
        ("line 1", A),
        ("line 3", B),
        ("line 5", f"{A} {B}."),
        ("line 7", B),
    ]


def test_cells_of_csv(tmp_path: Path) -> None:
    """Told by its content; a column of quotations needs no marks."""
    paper = tmp_path / "rows.txt"
    paper.write_text(f'id;quote;note\n{ID};{A};"he said “{B}”"\n{OTHER};"{A},\n{B}";-\n', "utf-8")
    assert read_paper(paper)[0] == "csv"
    assert cited(paper) == [
        ("row 2, cell 2 (quote), line 2", A, (ID,)),
        ("row 2, cell 3 (note), line 2", B, (ID,)),
        ("row 3, cell 2 (quote), line 3", f"{A},\n{B}", (OTHER,)),
    ]


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    paper = tmp_path / "notes.txt"
    paper.write_text(f"One, two\nand, “{A}”,\nno more\n", "utf-8")
    assert read_paper(paper)[0] == "markdown"


def test_elements_of_pages(tmp_path: Path) -> None:
    """Nothing of a page is left out but what is no text."""
    paper = tmp_path / "page.html"
    paper.write_text(
        f"<html><body><nav>“{B}”</nav>\n<p>He said <q>{A}</q>,\nthen &ldquo;<b>{B}</b>&rdquo;.</p>"
        f"<script>“{A}”</script>\n<table><tr><th>x</th></tr>\n<tr><td>“{A}”</td><td>{ID}</td></tr>"
        f"</table><aside>“{A}”</aside></body></html>",
        "utf-8",
    )
    assert cited(paper) == [
        ("line 1", B, ()),
        ("line 2", A, ()),
        ("line 3", B, ()),
        ("table 1, row 2, cell 1, line 5", A, (ID,)),
        ("line 5", A, ()),
    ]


def test_notes_of_word_files(tmp_path: Path) -> None:
    """The id in a footnote belongs to the paragraph that calls it."""
    document = docx.Document()
    document.add_paragraph(f"He said “{A}”.")
    called = document.paragraphs[0].add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    called._r.append(reference)
    document.add_paragraph(f"And “{B}”.")
    blob = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>See {ID}."
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    path = tmp_path / "paper.docx"
    document.save(str(path))
    assert cited(path) == [("paragraph 1", A, (ID,)), ("paragraph 2", B, ())]
    found = claims(read_paper(path)[1], lambda name: name == ID)
    places = [where_words(one.where) for one in found]
    assert places == ["paragraph 1", "footnote 1", "paragraph 2"]


def forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the force’s  staff", "the force's\nstaff"),
        ("a “good” force", "a 'good' force"),
        ("2019–20", "2019-20"),
        ("e\ufb03cient sta\ufb00", "efficient staff"),
        ("effi\u00adcient", "efficient"),
        ("the [101](#) service", "the 101 service"),
        ("**the** _force_", "the force"),
        ("- one\n- two", "one\ntwo"),
        ("cafe\u0301", "café"),
    ],
)
def test_what_tells_nothing_apart(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the force's staff", "the force staff"),
        ("4.5 percent", "45 percent"),
        ("4.5 percent", "4,5 percent"),
        ("£1m", "1m"),
        ("10%", "10 percent"),
        ("Police", "police"),
        ("can't", "can"),
        ("stop-and-search", "stop and search"),
        ("No, it is", "No it is"),
        ("10²", "102"),
        ("−5", "5"),
    ],
)
def test_what_tells_words_apart(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_a_quotation_is_read_into_runs() -> None:
    found = read_quotation("[T]he force … had [not] been inspect[ed] … in time.")
    runs = [(" ".join(token.form for token in run.tokens), run.inserted) for run in found.runs]
    assert runs == [
        ("The force", ""),
        ("had", ""),
        ("been", "[not]"),
        ("in time", "inspect[ed]"),
    ]


PARTS = [
    "a ",
    "b",
    " s",
    "one two ",
    "three four five",
    ". ",
    "- ",
    "\n",
    "\n\n",
    "\r\n",
    "|",
    ",",
    ";",
]
TEXTS = st.lists(st.sampled_from([*PARTS, *"\"'“”‘’„«»[]…\u00ad>"]), max_size=60).map("".join)


@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    """Spans are within the text, runs in order, and what opens a quotation stands before it."""
    for one in quotations(text):
        assert 0 < one.start <= one.end <= len(text)
        assert text[one.start - 1] in "\"'“‘„«"
        found = read_quotation(text[one.start : one.end])
        places = [token.start for run in found.runs for token in run.tokens]
        assert places == sorted(set(places))


@given(TEXTS, st.sampled_from([".md", ".csv", ".html", ".txt"]))
def test_any_file_is_read(text: str, suffix: str) -> None:
    """Whatever is in it, what is claimed stands in it."""
    with TemporaryDirectory() as folder:
        paper = Path(folder, f"paper{suffix}")
        paper.write_text("words " + text, "utf-8", newline="")
        _, pieces = read_paper(paper)
    lines = len(re.split(r"\r\n|\r|\n", "words " + text))
    for one in claims(pieces, lambda _: True):
        assert one.where.line is None or 1 <= one.where.line <= lines
        if suffix == ".html":
            assert "".join(one.text.split()) in "".join(f"words {text}".split())
