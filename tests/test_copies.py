"""The same document in several files is indexed once, whatever came first."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelsearch.corpus import open_corpus
from peelsearch.documents import extract
from peelsearch.documents.wording import wording
from peelsearch.indexing import IndexReport, build, status
from peelsearch.vocabulary import Vocabulary

TEXT = "Stop and search\n\nThe force uses it well:\n\n- fairly\n- often\n\nIt is “good” at it.\n"
MARKDOWN = (
    "---\nnote: 1\n---\n# Stop and search\n\nThe force [uses](#) it well:\n\n"
    '1. fairly\n2. often\n\nIt is "good" at it.\n'
)
PAGE = (
    "<html><body><nav>Site</nav><h1>Stop and search</h1><p>The force uses it well:</p><ul>"
    "<li>fairly<li>often</ul><p>It is “good” at it.</p></body></html>"
)
FILES = {"a.txt": TEXT, "b.md": MARKDOWN, "c.html": PAGE, "d.txt": TEXT.upper(), "e.html": PAGE}
# Web pages before Markdown before text, then by path.
ORDER = ["c.html", "e.html", "b.md", "a.txt", "d.txt"]


def run(index: Path, docs: Path, vocabulary: Vocabulary) -> IndexReport:
    return build([docs], index=index, vocabulary=vocabulary)


def kept(index: Path) -> list[list[str]]:
    """The names of the files of each document, the one that is kept first."""
    corpus = open_corpus(index)
    corpus.close()
    return [
        [Path(path).name for path in (document.path, *document.also)]
        for document in corpus.documents.values()
    ]


def test_the_words_are_the_same_in_every_format() -> None:
    assert len({wording(extract(text.encode(), name)) for name, text in FILES.items()}) == 1
    other = TEXT.replace("often", "seldom")
    assert wording(extract(other.encode(), "a.txt")) != wording(extract(TEXT.encode(), "a.txt"))


@pytest.mark.parametrize("together", [2, 5])
def test_the_preferred_format_is_kept_in_whatever_order_files_come(
    together: int, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    orders = [list(FILES), ["e.html", "b.md", "a.txt", "c.html", "d.txt"]]
    for number, order in enumerate(orders):
        docs = tmp_path / str(number)
        docs.mkdir()
        index = tmp_path / f"index-{number}"
        for first in range(0, len(order), together):
            for name in order[first : first + together]:
                (docs / name).write_text(FILES[name], encoding="utf-8")
            report = run(index, docs, vocabulary)
            assert report.documents == 1
        assert kept(index) == [ORDER]
        assert [Path(d.path).name for d in report.duplicates] == ORDER[1:]
        assert run(index, docs, vocabulary).unchanged == 1
        assert status(index, vocabulary).stale == ()


def test_the_next_best_takes_the_place_of_one_that_is_gone(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    for name, text in FILES.items():
        (docs / name).write_text(text, encoding="utf-8")
    run(index, docs, vocabulary)
    for gone in range(1, len(ORDER)):
        (docs / ORDER[gone - 1]).unlink()
        report = run(index, docs, vocabulary)
        assert kept(index) == [ORDER[gone:]]
        assert (report.documents, report.added, report.removed) == (1, 1, 1)
        fresh = tmp_path / f"fresh-{gone}"
        run(fresh, docs, vocabulary)
        assert kept(fresh) == kept(index)


def test_a_copy_that_changes_is_a_document_of_its_own(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    for name in ("a.txt", "b.md"):
        (docs / name).write_text(FILES[name], encoding="utf-8")
    run(index, docs, vocabulary)
    (docs / "a.txt").write_text(TEXT.replace("often", "seldom"), encoding="utf-8")
    report = run(index, docs, vocabulary)
    assert (report.documents, report.added, report.unchanged, report.duplicates) == (2, 1, 1, ())


def test_copies_are_kept_when_only_the_preferred_one_is_damaged(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    for name in ("a.txt", "c.html"):
        (docs / name).write_text(FILES[name], encoding="utf-8")
    run(index, docs, vocabulary)
    (docs / "c.html").write_bytes(b"<html>" + b"<b>" * 50_000)
    report = run(index, docs, vocabulary)
    assert kept(index) == [["a.txt"]]
    assert len(report.failed) == 1
