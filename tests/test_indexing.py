"""Building, updating and asking for the state of an index, with real files and the real engine."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.corpus import open_corpus
from peelsearch.engine.locking import LOCK
from peelsearch.errors import (
    IndexBusyError,
    IndexFormatError,
    IndexMissingError,
    InputError,
    NotAnIndexError,
    PeelsearchError,
)
from peelsearch.fingerprint import outdated
from peelsearch.indexing import IndexReport, News, Progress, build, status
from peelsearch.indexing.sources import Found, document_ids, outermost
from peelsearch.model import AnyOf, Everything, Request, Sort, Stem
from peelsearch.vocabulary import Vocabulary, load_vocabulary

VOCABULARY = load_vocabulary()
SEEDS = Path(__file__).parents[1] / "seeds"
LETTER = "Dear Sir,\n\nThe force uses stop and search.\n\nYours sincerely,\n\nA Commissioner\n"
RELEASE = "Kent Police praised\n\nInspectors said that the use of force was recorded well.\n"
OTHER = "Crime recording\n\nOfficers record crime at once.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder with two documents."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER)
    (folder / "release.txt").write_text(RELEASE)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(index: Path, *paths: Path, **options) -> IndexReport:
    return build(paths, index=index, vocabulary=VOCABULARY, **options)


def numbers(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.removed, report.unchanged


def content(index: Path) -> object:
    """All that a search can tell of an index."""
    corpus = open_corpus(index)
    any_of = AnyOf(tuple(map(Stem, ("forc", "use", "crime"))))
    found = [
        corpus.reader.search(Request(any_of, boost=("crime",), limit=100)),
        corpus.reader.search(Request(Everything(), sort=Sort.DOCUMENT, limit=100)),
    ]
    structures = [corpus.structure(identifier) for identifier in corpus.documents]
    corpus.close()
    return found, dict(corpus.documents), structures


def titles(index: Path) -> list[str]:
    corpus = open_corpus(index)
    corpus.close()
    return sorted(Path(document.path).name for document in corpus.documents.values())


# --- what changes -----------------------------------------------------------------------------


def test_documents_come_change_and_go(docs: Path, index: Path) -> None:
    assert numbers(run(index, docs)) == (2, 0, 0, 0)
    assert numbers(run(index)) == (0, 0, 0, 2)
    (docs / "other.txt").write_text(OTHER)
    assert numbers(run(index)) == (1, 0, 0, 2)
    (docs / "letter.txt").write_text(LETTER.replace("search", "account"))
    assert numbers(run(index)) == (0, 1, 0, 2)
    (docs / "other.txt").unlink()
    report = run(index)
    assert numbers(report) == (0, 0, 1, 2)
    assert (report.documents, report.generation) == (2, 4)
    assert report.passages == open_corpus(index).reader.passage_count


def test_nothing_is_committed_when_nothing_changed(docs: Path, index: Path) -> None:
    first = run(index, docs)
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir() if path.name != LOCK}
    os.utime(docs / "letter.txt")
    for options in ({}, {"verify": True}):
        report = run(index, **options)
        assert report.generation == first.generation
        assert numbers(report) == (0, 0, 0, 2)
    after = {path.name: path.stat().st_mtime_ns for path in index.iterdir() if path.name != LOCK}
    assert after == before


def test_only_verifying_reads_a_file_with_the_same_size_and_time(docs: Path, index: Path) -> None:
    letter = docs / "letter.txt"
    os.utime(letter, ns=(10**18, 10**18))
    run(index, docs)
    letter.write_text(LETTER.replace("search", "s3arch"))
    os.utime(letter, ns=(10**18, 10**18))
    assert numbers(run(index)) == (0, 0, 0, 2)
    assert numbers(run(index, verify=True)) == (0, 1, 0, 1)


def test_a_change_in_the_same_instant_is_noticed(docs: Path, index: Path) -> None:
    for text in ("abc", "xyz", "klm"):
        (docs / "letter.txt").write_text(LETTER + text)
        # A little ahead of the clock, so that the build is in time however slow the machine is.
        stamp = time.time_ns() + 5_000_000_000
        os.utime(docs / "letter.txt", ns=(stamp, stamp))
        run(index, docs)
        (docs / "letter.txt").write_text(LETTER + text[::-1])
        os.utime(docs / "letter.txt", ns=(stamp, stamp))
        assert numbers(run(index)) == (0, 1, 0, 1)


def test_progress_is_told_for_each_document_and_for_the_writing(docs: Path, index: Path) -> None:
    told: list[Progress] = []
    run(index, docs, progress=told.append)
    assert told == [
        Progress(0, 2, str(docs / "letter.txt")),
        Progress(1, 2, str(docs / "release.txt")),
        Progress(2, 2, ""),
    ]


names = st.sampled_from(["a.txt", "b.txt", "sub/a.txt", "sub/c.txt", "notes.xyz"])
contents = st.sampled_from([LETTER, RELEASE, OTHER, RELEASE + OTHER, "", "\0\1\2"])
steps = st.lists(st.dictionaries(names, contents, max_size=5), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None)
@given(steps)
def test_updating_equals_building_anew(steps: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        docs = Path(name, "docs")
        for step in steps:
            shutil.rmtree(docs, ignore_errors=True)
            (docs / "sub").mkdir(parents=True)
            for file, text in step.items():
                (docs / file).write_text(text)
            updated = run(Path(name, "updated"), docs)
        fresh = run(Path(name, "fresh"), docs)
        assert content(Path(name, "updated")) == content(Path(name, "fresh"))
        assert (updated.failed, updated.skipped, updated.duplicates, updated.passages) == (
            fresh.failed,
            fresh.skipped,
            fresh.duplicates,
            fresh.passages,
        )


def test_the_order_in_which_paths_come_makes_no_difference(docs: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "letter.txt").write_text(OTHER)
    (more / "copy.txt").write_text(RELEASE)
    run(tmp_path / "one", docs)
    run(tmp_path / "one", more)
    run(tmp_path / "two", more)
    run(tmp_path / "two", docs)
    run(tmp_path / "both", docs, more)
    assert content(tmp_path / "one") == content(tmp_path / "two") == content(tmp_path / "both")


# --- paths ------------------------------------------------------------------------------------


def test_paths_are_remembered_and_nested_ones_counted_once(docs: Path, index: Path) -> None:
    (docs / "sub").mkdir()
    (docs / "sub" / "other.txt").write_text(OTHER)
    run(index, docs / "sub")
    assert numbers(run(index, docs)) == (3, 0, 1, 0)
    assert status(index, VOCABULARY).roots == (str(docs), str(docs / "sub"))
    assert numbers(run(index)) == (0, 0, 0, 3)


def test_the_outermost_roots() -> None:
    assert outermost(["/a/b", "/a", "/ab", "/c/d"]) == ("/a", "/ab", "/c/d")


def test_hidden_files_links_in_circles_and_the_index_are_passed_over(docs: Path) -> None:
    (docs / ".hidden.txt").write_text(OTHER)
    (docs / ".git").mkdir()
    (docs / ".git" / "a.txt").write_text(OTHER)
    (docs / "loop").symlink_to(docs)
    (docs / "README.md").write_text("about")
    report = run(docs / "index", docs)
    assert numbers(report) == (2, 0, 0, 0)
    assert [Path(issue.path).name for issue in report.skipped] == ["README.md"]
    assert report.failed == ()
    assert numbers(run(docs / "index")) == (0, 0, 0, 2)


def test_identical_files_are_indexed_once(docs: Path, index: Path) -> None:
    run(index, docs)
    shutil.copy(docs / "letter.txt", docs / "a-copy.txt")
    report = run(index)
    assert [(Path(d.path).name, Path(d.of).name) for d in report.duplicates] == [
        ("letter.txt", "a-copy.txt")
    ]
    assert report.documents == 2
    (docs / "a-copy.txt").unlink()
    assert titles(index) == ["a-copy.txt", "release.txt"]
    run(index)
    assert titles(index) == ["letter.txt", "release.txt"]


def test_ids_come_from_names_and_places() -> None:
    def found(root: str, relative: str) -> Found:
        return Found(Path(root, relative), root, relative, 1, 1)

    one, two, three = document_ids(
        [found("/x", "A Report.txt"), found("/x", "sub/A Report.txt"), found("/x", "£.txt")]
    )
    assert one.startswith("a-report-")
    assert two.startswith("a-report-")
    assert three.startswith("document-")
    assert one != two
    # The same place below two roots: neither may depend on which came first.
    clash = document_ids([found("/x", "A Report.txt"), found("/y", "A Report.txt")])
    assert len({*clash, one}) == 3
    assert document_ids([found("/y", "A Report.txt")]) == (one,)


def test_forgetting_a_path_takes_its_documents_out(docs: Path, index: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(OTHER)
    run(index, docs, other)
    assert numbers(run(index, forget=[docs])) == (0, 0, 2, 1)
    assert titles(index) == ["other.txt"]
    with pytest.raises(InputError, match="not below"):
        run(index, forget=[docs])
    run(index, forget=[other])
    assert titles(index) == []
    with pytest.raises(InputError):
        run(index)


def test_a_file_below_a_path_can_be_forgotten_and_remembered(docs: Path, index: Path) -> None:
    run(index, docs)
    report = run(index, forget=[docs / "letter.txt"])
    assert numbers(report) == (0, 0, 1, 1)
    assert [issue.path for issue in report.skipped] == [str(docs / "letter.txt")]
    assert numbers(run(index)) == (0, 0, 0, 1)
    assert numbers(run(index, rebuild=True)) == (1, 0, 0, 0)
    assert status(index, VOCABULARY).stale == ()
    assert numbers(run(index, docs / "letter.txt")) == (1, 0, 0, 1)


def test_documents_of_a_path_that_is_gone_are_kept_until_it_is_forgotten(
    docs: Path, index: Path
) -> None:
    run(index, docs)
    docs.rename(docs.with_name("away"))
    report = run(index)
    assert numbers(report) == (0, 0, 0, 2)
    assert [issue.path for issue in report.failed] == [str(docs)]
    assert "--forget" in report.failed[0].reason
    with pytest.raises(InputError, match="is gone"):
        run(index, rebuild=True)
    assert titles(index) == ["letter.txt", "release.txt"]
    assert numbers(run(index, forget=[docs])) == (0, 0, 2, 0)


def test_there_must_be_something_to_index(index: Path, tmp_path: Path) -> None:
    for options in ({}, {"rebuild": True}, {"forget": [tmp_path]}):
        with pytest.raises(InputError):
            run(index, **options)
    with pytest.raises(InputError, match="no file or folder"):
        run(index, tmp_path / "nothing")
    assert not index.exists()
    with pytest.raises(IndexMissingError):
        status(index, VOCABULARY)


# --- what goes wrong --------------------------------------------------------------------------


def test_a_bad_document_is_reported_and_the_others_indexed(docs: Path, index: Path) -> None:
    (docs / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    (docs / "broken.txt").symlink_to(docs / "nowhere")
    for _ in range(2):
        report = run(index, docs)
        assert [Path(issue.path).name for issue in report.failed] == ["broken.txt", "bad.txt"]
        assert all(issue.reason for issue in report.failed)
        assert report.documents == 2
    assert report.generation == 1
    assert [Path(i.path).name for i in status(index, VOCABULARY).failed] == [
        "broken.txt",
        "bad.txt",
    ]


def test_a_document_that_turns_bad_leaves(docs: Path, index: Path) -> None:
    run(index, docs)
    (docs / "letter.txt").write_bytes(b"\x00\x01\x02" * 50)
    report = run(index)
    assert numbers(report) == (0, 0, 1, 1)
    assert len(report.failed) == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError(28, "No space left")])
def test_what_stops_a_build_leaves_the_index_as_it_was(
    docs: Path, index: Path, error: BaseException
) -> None:
    run(index, docs)
    before = content(index)
    (docs / "letter.txt").write_text(OTHER)
    (docs / "zzz.txt").write_text(OTHER + RELEASE)

    def stop(progress: Progress) -> None:
        if progress.done:
            raise error

    with pytest.raises((KeyboardInterrupt, MemoryError, PeelsearchError)):
        run(index, progress=stop)
    assert content(index) == before
    assert numbers(run(index)) == (1, 1, 0, 1)


def test_a_folder_that_cannot_be_written_is_said_so(
    docs: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PeelsearchError, match="could not be written: Permission denied"):
        run(index, docs)


def test_every_copy_of_a_bad_document_is_reported(docs: Path, index: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (docs / name).write_bytes(b"")
    assert [Path(issue.path).name for issue in run(index, docs).failed] == ["one.txt", "two.txt"]


def test_damage_is_said_and_building_repairs_it(docs: Path, index: Path) -> None:
    run(index, docs)
    before = content(index)
    next(index.glob("*.pst")).write_bytes(b"short")
    assert len(status(index, VOCABULARY).problems) == 1
    report = run(index)
    assert numbers(report) == (2, 0, 0, 0)
    assert "has 5 bytes" in report.warnings[0]
    assert "built anew from the documents" in report.warnings[0]
    assert content(index) == before
    next(index.glob("*.pst")).write_bytes(b"short")
    report = run(index, rebuild=True)
    assert (numbers(report), report.warnings) == ((2, 0, 0, 0), ())


def test_rebuilding_needs_paths_when_the_manifest_is_lost(docs: Path, index: Path) -> None:
    run(index, docs)
    (index / "commit-1.json").write_text("{")
    with pytest.raises(InputError, match="no longer be read"):
        run(index, rebuild=True)
    assert run(index, docs, rebuild=True).generation == 2


def test_another_format_is_rebuilt_from_the_remembered_paths(
    docs: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(index, docs)
    monkeypatch.setattr("peelsearch.engine.damage.FORMAT", 99)
    with pytest.raises(IndexFormatError):
        run(index)
    assert run(index, rebuild=True).documents == 2


def test_a_folder_of_other_things_is_no_index(docs: Path, tmp_path: Path) -> None:
    for options in ({}, {"rebuild": True}):
        with pytest.raises(NotAnIndexError):
            run(docs, tmp_path, **options)


def test_two_builds_do_not_run_at_once(docs: Path, index: Path) -> None:
    def second(_: Progress) -> None:
        run(index, docs)

    with pytest.raises(IndexBusyError, match=f"process {os.getpid()}"):
        run(index, docs, progress=second)


# --- another vocabulary, and the state --------------------------------------------------------


def other_vocabulary() -> Vocabulary:
    return dataclasses.replace(VOCABULARY, fingerprint="another")


def test_another_vocabulary_reads_all_documents_again_and_says_so(docs: Path, index: Path) -> None:
    assert run(index, docs).warnings == ()
    corpus = open_corpus(index)
    assert outdated(corpus.reader.fingerprint, VOCABULARY) == ()
    assert "another vocabulary" in outdated(corpus.reader.fingerprint, other_vocabulary())[0]
    report = build([], index=index, vocabulary=other_vocabulary())
    assert numbers(report) == (0, 2, 0, 0)
    assert "all documents were read again" in report.warnings[0]
    assert outdated(open_corpus(index).reader.fingerprint, other_vocabulary()) == ()


def test_a_build_tells_what_the_added_documents_state(index: Path) -> None:
    first = build([SEEDS], index=index, vocabulary=VOCABULARY).news
    assert (first.judgments, first.asks, first.letters) == (9, 13, 1)
    again = build([], index=index, vocabulary=VOCABULARY, verify=True).news
    assert (again.judgments, again.asks, again.letters) == (0, 0, 0)


def test_a_build_tells_what_updated_documents_state_now(tmp_path: Path, index: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    run(index, folder)
    report = next(folder.glob("001_*.txt"))
    text = report.read_text("utf-8")
    asked = "The force needs to make sure it complies with the Victims' Code of Practice"
    more = "The force should make sure that every caller is told what will happen next"
    assert text.count(asked) == 1
    report.write_text(text.replace(asked, f"{more}\n\nCallers were not told.\n\n{asked}"), "utf-8")
    changed = run(index, folder)
    assert numbers(changed) == (0, 1, 0, 2)
    assert (changed.news, changed.gone) == (News(asks=1), News())
    report.write_text(
        text.replace("is outstanding at", "is inadequate at").replace("Outstanding", "Inadequate"),
        "utf-8",
    )
    changed = run(index, folder)
    assert (changed.news, changed.gone) == (News(judgments=1), News(judgments=1, asks=1))


def test_a_build_tells_what_is_no_longer_stated(tmp_path: Path, index: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    first = run(index, folder)
    letter = next(folder.glob("000_*.txt"))
    # A document that only moves, or one letter of which changes, is no news.
    letter.rename(folder / "moved.txt")
    moved = run(index, folder)
    assert numbers(moved) == (1, 0, 1, 2)
    assert (moved.news, moved.gone) == (News(), News())
    words = (folder / "moved.txt").read_text("utf-8")
    (folder / "moved.txt").write_text(words.replace("21 September 2023", "22 September 2023"))
    dated = run(index, folder)
    assert (numbers(dated), dated.news, dated.gone) == ((0, 1, 0, 2), News(), News())
    (folder / "moved.txt").unlink()
    without = run(index, folder)
    assert (without.news, without.gone) == (News(), News(asks=3, letters=1))
    shutil.rmtree(folder)
    last = run(index, forget=[folder])
    assert (last.news, last.gone) == (
        News(),
        News(first.news.judgments, first.news.asks - 3, first.news.letters - 1),
    )


def test_documents_that_are_read_again_are_no_news(index: Path) -> None:
    run(index, SEEDS)
    report = build([], index=index, vocabulary=other_vocabulary())
    assert report.updated == 3
    assert (report.news, report.gone) == (News(), News())


def test_status_tells_what_is_indexed_and_what_is_stale(docs: Path, index: Path) -> None:
    (docs / "table.xyz").write_text("1")
    run(index, docs)
    found = status(index, VOCABULARY)
    assert (found.generation, found.stale, found.problems) == (1, (), ())
    assert sum(document.passages for document in found.documents) == found.passages
    assert [Path(issue.path).name for issue in found.skipped] == ["table.xyz"]
    assert found.size > 1000
    (docs / "letter.txt").write_text(OTHER)
    (docs / "release.txt").unlink()
    (docs / "other.txt").write_text("New\n\nNew text.\n")
    stale = {Path(i.path).name: i.reason for i in status(index, VOCABULARY).stale}
    assert stale == {"letter.txt": "changed", "release.txt": "gone", "other.txt": "new"}
    (record,) = index.glob("document-letter-*.json")
    data = record.read_bytes()
    record.write_bytes(data.replace(b"search", b"s3arch"))
    assert [record.name in problem for problem in status(index, VOCABULARY).problems] == [True]
