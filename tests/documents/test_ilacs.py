"""40 real reports of another inspectorate, understood by the example vocabulary alone.

They are not kept with the project: the folder is ``shared`` beside the repository, or the one that
the environment variable PEELSEARCH_SHARED names.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest
from ilacs import ROOT, VOCABULARY, check_quotations

from peelsearch.documents.reading import read_document
from peelsearch.model import Document, StructuredDocument
from peelsearch.passages import build_passages
from peelsearch.vocabulary import load_vocabulary

DATA = Path(os.environ.get("PEELSEARCH_SHARED", ROOT.parent / "shared")) / "data" / "ilacs"
FEWEST_RIGHT = 116
# So many passages begin with words that a plain reading of the file has in the same order.
FEWEST_PLACED = 650
_BEGINNING = 40
OLD_AREAS = {"overall", "leaders", "help_protection", "in_care", "care_leavers", "adoption"}

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the reports are not there: {DATA} (PEELSEARCH_SHARED names it)"
)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _id(name: str) -> str:
    return name.replace("&", "and").replace(" ", "-")


@pytest.fixture(scope="module")
def documents() -> Mapping[str, StructuredDocument]:
    vocabulary = load_vocabulary(VOCABULARY)
    return {
        path.name: read_document(path, vocabulary) for path in sorted((DATA / "pdf").glob("*.pdf"))
    }


def test_every_report_names_its_authority(documents: Mapping[str, StructuredDocument]) -> None:
    wanted = {row["file"]: (_id(row["authority"]),) for row in _rows("documents.tsv")}
    assert {name: found.description.forces for name, found in documents.items()} == wanted
    assert {found.description.type for found in documents.values()} == {"force-report"}


def test_the_printed_grades_are_read(documents: Mapping[str, StructuredDocument]) -> None:
    rows = _rows("judgements.tsv")
    wrong = []
    for row in rows:
        wanted = (_id(row["authority"]), row["area"], row["grade"].replace(" ", "-"))
        judgments = documents[row["doc_id"] + ".pdf"].judgments
        if wanted not in {(j.force, j.theme, j.grade) for j in judgments}:
            wrong.append((row["doc_id"], *wanted))
    assert len(rows) - len(wrong) >= FEWEST_RIGHT, wrong


def test_older_reports_have_every_area(documents: Mapping[str, StructuredDocument]) -> None:
    newer = {row["doc_id"] + ".pdf" for row in _rows("judgements.tsv")}
    older = {name: found for name, found in documents.items() if name not in newer}
    assert len(older) == 10
    for name, found in older.items():
        areas = {judgment.theme for judgment in found.judgments}
        assert areas >= OLD_AREAS, name
        assert found.description.date_basis == "publication date", name


def test_every_grade_is_quoted(documents: Mapping[str, StructuredDocument]) -> None:
    for found in documents.values():
        for judgment in found.judgments:
            check_quotations(found, judgment)
            assert not judgment.conflict


def test_dates_are_of_publication_or_of_the_inspection(
    documents: Mapping[str, StructuredDocument],
) -> None:
    for name, found in documents.items():
        described = found.description
        assert described.date_basis in ("publication date", "last day of the inspection"), name
        # Nothing is inspected after it is published, nor published years later.
        year = int(name.removesuffix(".pdf")[-4:])
        assert described.date is not None
        assert int(described.date[:4]) in (year, year - 1), name


def test_what_is_to_improve_is_found(documents: Mapping[str, StructuredDocument]) -> None:
    assert [name for name, found in documents.items() if not found.findings] == []


def test_every_passage_begins_on_its_page(documents: Mapping[str, StructuredDocument]) -> None:
    vocabulary = load_vocabulary(VOCABULARY)
    wrong, checked = [], 0
    for name, found in documents.items():
        pages = _letters_of_pages(DATA / "pdf" / name)
        document = Document(name, name, name, (), "force-report", None, None)
        for passage in build_passages(document, found, vocabulary):
            beginning = _letters(passage.text)[:_BEGINNING]
            on = [number for number, page in enumerate(pages, start=1) if beginning in page]
            checked += bool(on)
            if on and passage.page not in on:
                wrong.append((name, passage.page, on, passage.text[:60]))
    assert not wrong
    assert checked > FEWEST_PLACED


def _letters_of_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [_letters(page.get_textpage().get_text_range()) for page in pdf]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
