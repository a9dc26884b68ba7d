"""The seeds are understood as they were labelled by hand, and as reviewed golden files say.

To regenerate the files after a change that is meant:
``.venv/bin/python tests/documents/test_gold.py`` and review the difference.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from gold import DOCUMENTS, GOLDEN, LETTER, PRESS_RELEASE, REPORT, SEEDS, Gold, gold_sections

from peelsearch.documents import read_document
from peelsearch.model import Evidence, Section, Source, StructuredDocument
from peelsearch.vocabulary import Vocabulary, load_vocabulary

# Where the text has no heading of its own the name is ours.
NAMED_BY_US = {"signature", "response"}


@pytest.fixture(scope="module")
def report(vocabulary: Vocabulary) -> StructuredDocument:
    return read_document(SEEDS / REPORT, vocabulary)


@pytest.fixture(scope="module")
def letter(vocabulary: Vocabulary) -> StructuredDocument:
    return read_document(SEEDS / LETTER, vocabulary)


@pytest.fixture(scope="module")
def press_release(vocabulary: Vocabulary) -> StructuredDocument:
    return read_document(SEEDS / PRESS_RELEASE, vocabulary)


def _comparable(section: Section | Gold) -> tuple[Any, ...]:
    named = section.kind in NAMED_BY_US
    return (
        None if named else section.heading,
        section.level,
        section.path,
        section.kind,
        section.start,
        section.end,
    )


def test_there_are_112_labelled_sections() -> None:
    assert sum(len(gold_sections(document)) for document in DOCUMENTS) == 112


@pytest.mark.parametrize("document", DOCUMENTS)
def test_sections_are_the_labelled_ones(document: str, vocabulary: Vocabulary) -> None:
    found = read_document(SEEDS / document, vocabulary).sections
    assert [_comparable(s) for s in found] == [_comparable(g) for g in gold_sections(document)]


def test_theme_and_grade_of_every_section_of_the_report(
    report: StructuredDocument, vocabulary: Vocabulary
) -> None:
    for section, gold in zip(report.sections, gold_sections(REPORT), strict=True):
        theme = vocabulary.theme.named(gold.theme) if gold.theme else None
        grade = vocabulary.grade.named(gold.grade) if gold.grade else None
        if gold.heading == "Vetting and counter corruption":
            assert (section.theme, section.grade) == ("vetting-corruption", "reported-separately")
        elif theme is None:
            assert (section.theme, section.grade) == ("not-stated", "not-stated")
        elif grade is not None:
            assert (section.theme, section.grade) == (theme.id, grade.id)
        else:
            states = {"victims": "ungraded", "serious-organised-crime": "reported-separately"}
            assert (section.theme, section.grade) == (theme.id, states[theme.id])


def test_a_grade_over_two_lines_is_read(report: StructuredDocument) -> None:
    lines = [s for j in report.judgments for s in j.sources if s.evidence is Evidence.GRADE_LINE]
    assert sum(line.quote == "Requires\nimprovement" for line in lines) == 2


def test_graded_judgments_have_three_sources_that_agree(report: StructuredDocument) -> None:
    graded = [j for j in report.judgments if j.grade not in ("ungraded", "reported-separately")]
    assert len(graded) == 8
    for judgment in graded:
        assert [s.evidence for s in judgment.sources] == list(Evidence)
        assert not judgment.conflict


def test_the_letter_quotes_its_findings(letter: StructuredDocument) -> None:
    assert [f.kind for f in letter.findings] == ["promising-practice"] * 2 + ["recommendation"] * 3
    assert all(f.source is Source.QUOTED for f in letter.findings)
    assert [f.number for f in letter.findings] == [None, None, "2", "3", "6"]
    last = letter.findings[-1].deadline
    assert last is not None
    assert (last.text, last.date) == ("By January 4", None)
    assert "not a full date" in last.basis


def test_the_press_release_is_judged_once(press_release: StructuredDocument) -> None:
    (judgment,) = press_release.judgments
    assert (judgment.force, judgment.theme, judgment.grade) == (
        "bedfordshire",
        "legitimacy",
        "good",
    )
    assert not any("seeking" in source.quote for source in judgment.sources)


def described(document: StructuredDocument) -> dict[str, Any]:
    """What the golden files hold: everything but text and sections."""
    return {
        "description": dataclasses.asdict(document.description),
        "findings": [dataclasses.asdict(finding) for finding in document.findings],
        "judgments": [dataclasses.asdict(judgment) for judgment in document.judgments],
        "acronyms": {acronym.short: acronym.long for acronym in document.acronyms},
    }


def _golden_file(document: str) -> Path:
    return GOLDEN / f"structure_{Path(document).stem}.json"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_description_findings_judgments_and_acronyms(document: str, vocabulary: Vocabulary) -> None:
    found = json.loads(json.dumps(described(read_document(SEEDS / document, vocabulary))))
    assert found == json.loads(_golden_file(document).read_text("utf-8"))


def _regenerate() -> None:
    for document in DOCUMENTS:
        found = described(read_document(SEEDS / document, load_vocabulary()))
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        _golden_file(document).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _regenerate()
