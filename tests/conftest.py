"""Fixtures that all tests share: the seeds, built once with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import Terminal
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary, load_vocabulary
from register_samples import Report, reports, write

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return load_vocabulary()


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Path:
    """The folder of an index of the three seed documents; treat it as read-only."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    report = build([SEEDS], index=folder, vocabulary=vocabulary)
    assert report.documents == 3
    return folder


@pytest.fixture(scope="session")
def corpus(seeds_index: Path) -> Corpus:
    """The index of the seeds, opened."""
    return open_corpus(seeds_index)


@pytest.fixture(scope="session")
def many_reports(vocabulary: Vocabulary) -> list[Report]:
    """What the generated reports of 43 forces and three rounds say."""
    return reports(vocabulary)


@pytest.fixture(scope="session")
def many(
    tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, many_reports: list[Report]
) -> Corpus:
    """The index of the generated reports, opened."""
    folder = tmp_path_factory.mktemp("many")
    found = build(
        [write(folder / "reports", many_reports)], index=folder / "index", vocabulary=vocabulary
    )
    assert (found.documents, found.failed) == (len(many_reports), ())
    return open_corpus(folder / "index")


@pytest.fixture
def terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seeds_index: Path,
    tmp_path: Path,
) -> Terminal:
    """A terminal in an empty folder, with the index of the seeds as its setting."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEELSEARCH_INDEX", str(seeds_index))
    return Terminal(capsys)
