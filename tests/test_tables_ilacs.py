"""Tables of real reports of another inspectorate, by its example vocabulary.

They are not kept with the project: the folder is ``shared`` beside the repository, or the one that
the environment variable PEELSEARCH_SHARED names.
"""

from __future__ import annotations

import csv
import os
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from peelsearch.corpus import Corpus, open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.judgments import judgments
from peelsearch.register import RegisterOptions, register
from peelsearch.vocabulary import load_vocabulary
from peelsearch.webapp import create_app

ROOT = Path(__file__).resolve().parents[1]
VOCABULARY = ROOT / "docs" / "examples" / "ilacs.toml"
DATA = Path(os.environ.get("PEELSEARCH_SHARED", ROOT.parent / "shared")) / "data" / "ilacs"

# Bullets, those of symbol fonts among them.
SIGNS = ("◼", "■", "•", "▪", "\uf06e", "\uf0a7", "\uf0b7")

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the reports are not there: {DATA} (PEELSEARCH_SHARED names it)"
)


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The index of the reports."""
    folder = tmp_path_factory.mktemp("ilacs") / "index"
    report = build([DATA / "pdf"], index=folder, vocabulary=load_vocabulary(VOCABULARY))
    assert (report.documents, report.failed) == (40, ())
    return open_corpus(folder)


def printed() -> dict[tuple[str, str, str], str]:
    """The grades that people read off the reports, by file, authority and area."""
    with (DATA / "judgements.tsv").open(encoding="utf-8", newline="") as file:
        return {
            (
                row["doc_id"],
                row["authority"].replace("&", "and").replace(" ", "-"),
                row["area"],
            ): row["grade"].replace(" ", "-")
            for row in csv.DictReader(file, delimiter="\t")
        }


def test_the_matrix_is_what_people_read(authorities: Corpus) -> None:
    matrix = judgments(authorities, authorities.vocabulary, ExtractMemory())
    wanted = printed()
    files = {file for file, _, _ in wanted}
    found = {
        (Path(row.document.path).stem, row.force, row.theme): row.grade
        for row in matrix.rows
        if Path(row.document.path).stem in files
    }
    assert len(files) == 30
    assert {key: found.get(key) for key in wanted} == wanted
    # The list leaves some areas of some reports out; there the quotation must hold the grade.
    for row in matrix.rows:
        assert row.state == "graded"
        words = " ".join(row.said.quote.split()).casefold()
        assert row.grade.split("-")[-1] in words, row


def test_what_needs_to_improve_is_in_the_register(authorities: Corpus) -> None:
    found = register(
        authorities, authorities.vocabulary, ExtractMemory(), RegisterOptions("2025-01-01")
    )
    holding = {entry.place.document.id for entry in found.entries if entry.ask}
    assert holding == set(authorities.documents)
    for entry in found.entries:
        text = authorities.structure(entry.place.document.id).text
        assert text[entry.place.said.start : entry.place.said.end] == entry.place.said.quote


def bullets(path: Path) -> list[str]:
    """The items under "What needs to improve", read off the lines of a PDF by no rule of ours."""
    with pypdfium2.PdfDocument(path) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    lines = iter("\n".join(pages).replace("\r", "").split("\n"))
    found: list[str] = []
    for line in lines:
        if line.strip().casefold().startswith("what needs to improve"):
            for below in lines:
                if below.strip().startswith(SIGNS):
                    found.append(below.strip()[1:])
                elif below.startswith(("The experience", "The impact", "1. ")):
                    break
    return found


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def test_every_item_of_what_needs_to_improve_is_one_row(authorities: Corpus) -> None:
    options = RegisterOptions("2025-01-01")
    rows = register(authorities, authorities.vocabulary, ExtractMemory(), options).entries
    counted = 0
    for path in sorted((DATA / "pdf").glob("*.pdf")):
        own = [entry for entry in rows if Path(entry.place.document.path) == path]
        items = bullets(path)
        counted += len(items)
        if items:
            said = sorted(bare(entry.place.said.quote) for entry in own)
            begun = sorted(map(bare, items))
            assert len(said) == len(begun), path
            assert all(whole.startswith(line) for whole, line in zip(said, begun, strict=True))
            continue
        # Earlier frameworks number what they ask for, in one or two runs of paragraphs.
        numbers = sorted(int(entry.number or 0) for entry in own)
        gaps = [after for before, after in pairwise(numbers) if after != before + 1]
        assert numbers[0] > 0, path
        assert len(gaps) <= 1, path
    assert counted > 100


def test_the_page_shows_the_same_matrix(authorities: Corpus) -> None:
    """Each authority and area of the list of grades, in the words of its vocabulary."""
    vocabulary = load_vocabulary(VOCABULARY)
    answer = create_app(authorities.folder).test_client().get("/judgments")
    shown = html.fromstring(answer.text)
    assert "of 33 local authorities in 40 documents" in answer.text
    cells: dict[tuple[str, str], list[str]] = {}
    for table in shown.xpath("//table"):
        areas = [" ".join(th.text_content().split()) for th in table.xpath(".//thead//th")][1:]
        for line in table.xpath("./tbody/tr"):
            name = " ".join(line.xpath("./th")[0].text_content().split())
            for area, cell in zip(areas, line.xpath("./td"), strict=True):
                assert cell.xpath("./a") or cell.text_content().strip() == "Not stated"
                words = " ".join(cell.text_content().split())
                cells.setdefault((name, area), []).append(words)
    wanted = printed()
    assert len(wanted) > 100
    for (_, force, theme), grade in wanted.items():
        name, area = vocabulary.label("force", force), vocabulary.label("theme", theme)
        label = vocabulary.label("grade", grade)
        assert any(label in words for words in cells[name, area]), (name, area, label)
