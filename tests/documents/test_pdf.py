"""PDFs to blocks: what a page shows by place, size and weight."""

from __future__ import annotations

import csv
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from peelsearch.documents.pdf import read_pdf
from peelsearch.documents.plain_text import read_plain_text
from peelsearch.documents.reading import structure
from peelsearch.errors import ReadingError
from peelsearch.model import BlockKind, ExtractedText
from peelsearch.vocabulary import Vocabulary

sys.path.insert(0, str(Path(__file__).parent))
import make_pdf
from pdf_writer import BOLD, SIGNS, Page, write

SHARED = Path(os.environ.get("PEELSEARCH_SHARED") or Path(__file__).parents[3] / "shared")
ILACS = SHARED / "data" / "ilacs"
HARD = SHARED / "data" / "hard-files"
needs_reports = pytest.mark.skipif(not ILACS.is_dir(), reason=f"no reports in {ILACS}")
needs_hard = pytest.mark.skipif(not HARD.is_dir(), reason=f"no hard files in {HARD}")
needs_browser = pytest.mark.skipif(make_pdf.chromium() is None, reason="Chromium is not installed")

PROSE = (
    "The force answers most calls quickly and sends officers to those who",
    "need them, but it does not always tell people how long they will have",
    "to wait, and some of them give up before somebody speaks to them.",
)
NARROW = (
    "The force answers most calls quickly",
    "and sends officers to those who need",
    "them, but it does not always tell the",
    "people how long they will have to wait",
    "and some of them give up before they",
    "have spoken to somebody who can help.",
)


def blocks(read: ExtractedText) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind.value, read.text[block.start : block.end]) for block in read.blocks]


def texts(data: bytes) -> list[str]:
    """The texts of the blocks."""
    return [text for _, text in blocks(read_pdf(data))]


def page_of(lines: Sequence[str] = PROSE) -> Page:
    """A page with a paragraph."""
    page = Page()
    page.lines(70, 100, lines)
    return page


def test_lines_of_a_paragraph_are_joined() -> None:
    read = read_pdf(write([page_of()]))
    assert blocks(read) == [("paragraph", " ".join(PROSE))]
    assert read.blocks[0].page == 1


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    first, second = page_of(), page_of()
    first.lines(70, 160, ["The second paragraph is cut by the end of the page and has to be"])
    second.marks.clear()
    second.lines(70, 60, ["joined again.", ""])
    second.lines(70, 100, ["A third one."])
    found = texts(write([first, second]))
    assert found[1].endswith("has to be joined again.")
    assert found[2] == "A third one."


def test_headings_have_levels_by_size_and_weight() -> None:
    page = page_of()
    page.text(70, 40, "An inspection of a force", size=24)
    page.text(70, 70, "What needs to", size=16, font=BOLD)
    page.text(70, 88, "improve", size=16, font=BOLD)
    page.text(70, 165, "Main findings", font=BOLD)
    page.lines(70, 185, PROSE)
    read = read_pdf(write([page]))
    found = [
        (read.text[b.start : b.end], b.level) for b in read.blocks if b.kind is BlockKind.HEADING
    ]
    assert found == [
        ("An inspection of a force", 1),
        ("What needs to improve", 2),
        ("Main findings", 3),
    ]


def test_the_outline_tells_headings_that_look_like_text() -> None:
    page = page_of()
    page.text(70, 60, "Plain heading")
    read = read_pdf(write([page], outline=[("Plain heading", 0)]))
    assert blocks(read)[0] == ("heading", "Plain heading")


def test_columns_are_read_one_after_the_other() -> None:
    page = Page()
    page.text(70, 60, "A heading over both columns of the page", size=18)
    page.lines(60, 100, [line.replace("force", "first") for line in NARROW])
    page.lines(310, 100, [line.replace("force", "second") for line in NARROW])
    found = texts(write([page]))
    assert [text[:10] for text in found] == ["A heading ", "The first ", "The second"]


def test_pages_that_are_turned_are_read_upright() -> None:
    page = Page(rotate=90)
    for number, line in enumerate(PROSE):
        page.text(100 + 14 * number, 700, line, turn=1)
    assert texts(write([page])) == [" ".join(PROSE)]


def test_running_lines_and_page_numbers_are_left_out() -> None:
    pages = []
    for number in range(1, 5):
        page = page_of([f"Page {number} begins with words of its own.", *PROSE])
        page.text(70, 810, "Inspection of a force", size=8)
        page.text(520, 810, str(number), size=14)
        pages.append(page)
    pages[0].text(70, 60, "Inspection of a force", size=20)
    pages[2].text(70, 30, "Only here")
    found = texts(write(pages))
    assert found.count("Inspection of a force") == 1
    assert "Only here" in found
    assert not any(text.isdigit() for text in found)


def test_rows_of_a_table_keep_their_wrapped_cells() -> None:
    page = Page()
    for y in (90, 112, 150, 172):
        page.rule(60, 500, y)
    page.text(70, 106, "Judgement", font=BOLD)
    page.text(320, 106, "Grade", font=BOLD)
    page.lines(70, 127, ["The experiences of people who", "need help"])
    page.text(320, 127, "Requires improvement")
    page.text(70, 166, "Overall")
    page.text(320, 166, "Good")
    page.lines(70, 220, PROSE)
    read = blocks(read_pdf(write([page])))
    assert read[:3] == [
        ("row", "Judgement\tGrade"),
        ("row", "The experiences of people who need help\tRequires improvement"),
        ("row", "Overall\tGood"),
    ]


def test_rows_without_rules_are_told_by_their_distance() -> None:
    page = Page()
    for number, (area, grade) in enumerate((("Prevention", "Good"), ("Response", "Adequate"))):
        page.lines(70, 100 + 40 * number, [f"{area} and what else there", "is to be judged"])
        page.text(320, 100 + 40 * number, grade)
    assert texts(write([page])) == [
        "Prevention and what else there is to be judged\tGood",
        "Response and what else there is to be judged\tAdequate",
    ]


def test_a_box_heads_a_section() -> None:
    page = page_of()
    page.rule(60, 500, 30)
    page.text(70, 45, "Preventing crime", size=14, font=BOLD)
    page.text(320, 45, "Good", size=14, font=BOLD)
    page.rule(60, 500, 55)
    assert blocks(read_pdf(write([page])))[:2] == [
        ("heading", "Preventing crime"),
        ("paragraph", "Good"),
    ]


def test_contents_lists_are_rows() -> None:
    page = Page()
    page.text(70, 60, "Contents", size=20)
    page.text(70, 100, "Summary of the findings ........................ 3")
    page.text(70, 118, "What we found in the force . . . . . . . . . . . 5")
    page.text(70, 136, "About the data")
    page.text(480, 136, "12")
    assert texts(write([page]))[1:] == [
        "Summary of the findings\t3",
        "What we found in the force\t5",
        "About the data\t12",
    ]


def test_bullets_of_symbol_fonts_begin_items() -> None:
    page = Page()
    for number, words in enumerate(("the first item of the list", "the second one")):
        page.text(70, 100 + 16 * number, "l", font=SIGNS)
        page.text(90, 100 + 16 * number, words)
    page.text(70, 140, "3.")
    page.text(100, 140, "A numbered paragraph.")
    assert blocks(read_pdf(write([page]))) == [
        ("item", "• the first item of the list"),
        ("item", "• the second one"),
        ("item", "3. A numbered paragraph."),
    ]


def test_ligatures_are_letters_and_nothing_is_private() -> None:
    page = Page()
    page.text(70, 100, "oficers", font=SIGNS)
    assert texts(write([page])) == ["ofiicers"]


def test_hyphens_of_words_stay() -> None:
    page = page_of(
        [
            "Officers deal with anti-social behaviour, and where it is anti-",
            "social they act. The investigation of crimes and the investi-",
            "gation of complaints are alike in that the force is responsible.",
        ]
    )
    found = texts(write([page]))[0]
    assert "it is anti-social they" in found
    assert found.count("investigation") == 2


def test_a_dash_within_a_sentence_begins_no_item() -> None:
    lines = [f"{PROSE[0]} have to", f"– or want to – {PROSE[1][11:]}", PROSE[2]]
    assert texts(write([page_of(lines)])) == [" ".join(lines)]


def test_footnote_numbers_are_left_out() -> None:
    page = page_of()
    page.text(70, 60, "The grade is good", size=14, font=BOLD)
    page.text(196, 55, "1", size=8)
    assert texts(write([page]))[0] == "The grade is good"


def test_metadata_is_taken_where_it_is_about_the_document() -> None:
    info = "/Title(The force answers)/CreationDate(D:20240711150524+01'00')"
    assert read_pdf(write([page_of()], info=info)).metadata == (
        ("title", "The force answers"),
        ("created", "2024-07-11"),
    )
    info = "/Title(LA NAME - standard template)/CreationDate(D:00000000)"
    assert read_pdf(write([page_of()], info=info)).metadata == ()


def _image_only() -> bytes:
    page = Page()
    page.image()
    return write([page])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(write([page_of()], encrypted=True), "password", id="encrypted"),
        pytest.param(write([page_of()])[:400], "damaged or cut off", id="truncated"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged", id="junk"),
        pytest.param(b"<!doctype html><p>Not found</p>", "not a PDF", id="web-page"),
        pytest.param(_image_only(), "only images", id="images"),
        pytest.param(write([Page()]), "no text", id="empty-page"),
        pytest.param(write([]), "has no pages", id="no-pages"),
        pytest.param(write([Page()] * 2001), "2,001 pages", id="too-many"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_pdf(data)


def test_crowded_pages_are_read_in_time() -> None:
    page = Page()
    for number in range(4_000):
        page.text(5 + 20 * (number % 29), 5 + number // 29 * 3, f"c{number}", size=2)
        page.rule(5, 500, number / 10)
    started = time.perf_counter()
    read_pdf(write([page]))
    assert time.perf_counter() - started < 10


@needs_browser
@pytest.mark.parametrize("seed", sorted(path.name for path in make_pdf.SEEDS.glob("*.txt")))
def test_printed_seeds_give_what_the_text_gives(
    seed: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    target = tmp_path / "seed.pdf"
    make_pdf.print_pdf(make_pdf.html_of(seed), target, browser=make_pdf.chromium() or "")
    read = read_pdf(target.read_bytes())
    found = [
        (read.text[b.start : b.end], b.level) for b in read.blocks if b.kind is BlockKind.HEADING
    ]
    wanted = make_pdf.headings_of(seed)
    highest = min(level for _, level in wanted)
    assert found == [(name, level - highest + 1) for name, level in wanted]
    plain = read_plain_text((make_pdf.SEEDS / seed).read_bytes())
    assert _outline(read, vocabulary) == _outline(plain, vocabulary)


def _outline(read: ExtractedText, vocabulary: Vocabulary) -> tuple[object, ...]:
    document = structure(read, vocabulary, name="seed")
    return (
        [
            (" ".join(s.heading.split()), s.level, s.kind, s.theme, s.grade)
            for s in document.sections
        ],
        [(judgment.theme, judgment.grade) for judgment in document.judgments],
    )


# --- real reports ---------------------------------------------------------------------------


@needs_reports
def test_printed_judgments_are_rows() -> None:
    with (ILACS / "judgements.tsv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file, delimiter="\t"))
    read = {
        name: _cells(read_pdf((ILACS / "pdf" / f"{name}.pdf").read_bytes()))
        for name in sorted({row["doc_id"] for row in printed})
    }
    right = 0
    for row in printed:
        rows = [cells for cells in read[row["doc_id"]] if len(cells) == 2]
        wanted = _words(row["grade_in_report"])
        part = _AREAS[row["area"]]
        right += any(re.fullmatch(part, area) and grade == wanted for area, grade in rows)
    assert right >= 116


_AREAS = {
    "overall": "overall effectiveness",
    "leaders": "the impact of leaders .* families",
    "help_protection": "the experiences .* who need help and protection",
    "in_care": "the experiences .* children in care",
    "care_leavers": "the experiences and progress of care leavers",
    "in_care_and_leavers": "the experiences .* children in care and care leavers",
}


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _cells(read: ExtractedText) -> list[list[str]]:
    return [
        [_words(cell) for cell in read.text[block.start : block.end].split("\t")]
        for block in read.blocks
        if block.kind is BlockKind.ROW
    ]


@needs_hard
def test_hard_files_are_read_or_reported_in_time() -> None:
    for path in sorted(HARD.glob("*.pdf")):
        started = time.perf_counter()
        try:
            text = read_pdf(path.read_bytes()).text
        except ReadingError:
            text = ""
        assert time.perf_counter() - started < 10, path.name
        assert not re.search(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufff0-\uffff]", text), path.name
