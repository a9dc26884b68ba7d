"""What holds of the structure of any text, hostile ones included."""

from __future__ import annotations

import time

import pytest
from gold import DOCUMENTS, REPORT, seed_text, understood
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.errors import ReadingError
from peelsearch.model import StructuredDocument
from peelsearch.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()

LINES = [
    "Main findings",
    "Areas for improvement",
    "Area for improvement",
    "Contents",
    "Cause of concern",
    "Recommendations",
    "Recommendation 2",
    "Responding to the public",
    "Vetting and counter corruption",
    "Good",
    "Requires",
    "improvement",
    "Dear HMICFRS",
    "Yours sincerely",
    "21 September 2023",
    "By January 4, forces should review it.",
    "'Promising practice: A panel",
    "Kent Police is good at responding to the public.",
    "The force should answer calls",
    "It has a lot of staff. They do much.",
    "- a bullet;",
    "Outstanding\tGood\tAdequate\tRequires improvement",
    "\tResponding to the public\t\t",
    "The force contact centre (FCC) is small.",
    "An inspection of Kent Police",
    "April 2022 | © HMICFRS 2022",
    "Matt Parr",
    "HM Inspector of Constabulary",
    "",
    " ",
    "\f",
    "iCAIT is good.",
    "12",
]
TEXTS = st.lists(st.sampled_from(LINES), min_size=1, max_size=40).map("\n".join) | st.text(
    max_size=300
)


def check(document: StructuredDocument) -> None:
    """The invariants of sections, findings and judgments."""
    text, end, headings = document.text, -1, set()
    for section in document.sections:
        assert end < section.start <= section.heading_start <= section.heading_end <= section.end
        assert section.start < section.end
        assert not text[section.start].isspace() or section.start == 0 or "\t" in text
        assert not text[section.end - 1].isspace()
        assert end == -1 or not text[end : section.start].strip() or "\n" in text
        assert section.level == len(section.path) + 1
        assert section.path == () or section.path in headings
        assert section.theme == "not-stated" or section.theme in VOCABULARY.theme
        assert section.grade in VOCABULARY.grade
        assert section.kind in VOCABULARY.kind
        assert section.heading.strip()
        headings.add(section.headings)
        end = section.end - 1
    bounds = {(section.start, section.end) for section in document.sections}
    for finding in document.findings:
        assert (finding.start, finding.end) in bounds
        if finding.deadline:
            assert text[finding.deadline.start : finding.deadline.end] == finding.deadline.text
    for judgment in document.judgments:
        assert judgment.sources
        assert judgment.grade == judgment.sources[0].grade
        for source in judgment.sources:
            assert text[source.start : source.end] == source.quote


@pytest.mark.parametrize("document", DOCUMENTS)
def test_seeds_keep_the_invariants(document: str) -> None:
    check(understood(seed_text(document), VOCABULARY))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_sections_tile_the_text(document: str) -> None:
    text = seed_text(document)
    sections = understood(text, VOCABULARY).sections
    ends = [0, *(section.end for section in sections)]
    starts = [*(section.start for section in sections), len(text)]
    assert all(not text[a:b].strip() for a, b in zip(ends, starts, strict=True))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_keeps_the_invariants(text: str) -> None:
    try:
        document = understood(text, VOCABULARY)
    except ReadingError:
        return
    check(document)
    assert document == understood(text, VOCABULARY)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("word", "a" * 100_000),
        ("long word", "Ab" * 500_000),
        ("brackets", "a(" * 500_000),
        ("links", "[a](" * 250_000),
        ("line ends", "\n" * 1_000_000 + "end"),
        ("tabs", "\t" * 1_000_000 + "end"),
        ("dots after contents", "Contents\n\n" + ". " * 500_000),
        ("spaces", " " * 1_000_000 + "end"),
        ("capitals", "Aa " * 333_000),
        ("forces", "Kent, " * 160_000),
        ("deadlines", "Recommendation 1\n\nBy " + "by " * 330_000),
        ("grades", "Kent Police is good at " * 40_000),
        ("digits", "1" * 1_000_000),
        ("stops", "A. " * 330_000),
        ("labels", "Area for improvement\n\n" * 8_000),
        ("contents lists", "Contents\n\nGood 1\n\n" * 8_000),
        ("letter", "Dear you\n\n" + "Recommendation 1\n\nWe agree.\n\n" * 5_000),
        ("findings", "Main findings\n\nThe force does\n\nIt does.\n\n" * 4_000),
        ("bullets", "- a\n" * 25_000),
        ("rows", "a\tb\n" * 25_000),
        ("page breaks", "a\f" * 50_000),
    ],
)
def test_hostile_texts_take_no_longer_than_others(name: str, text: str) -> None:
    began = time.process_time()
    check(understood(text, VOCABULARY))
    # Linear ones take up to 2 s on a slow day; what is not linear takes minutes.
    assert time.process_time() - began < 10, name


def test_a_megabyte_of_reports_is_read_in_seconds() -> None:
    text = seed_text(REPORT)
    began = time.process_time()
    understood(text * (1_000_000 // len(text)), VOCABULARY)
    assert time.process_time() - began < 4
