"""Commits: one after the other they equal a fresh build, and nothing that stops one harms it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_samples import WORDS, commit, corpora, passage
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.corpus import LiveCorpus, open_corpus
from peelsearch.engine import folder
from peelsearch.engine import writer as writing
from peelsearch.engine.locking import LOCK
from peelsearch.engine.manifest import Contents
from peelsearch.engine.opening import open_reader
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.writer import open_writer
from peelsearch.errors import (
    DocumentNotFoundError,
    IndexBusyError,
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    NotAnIndexError,
)
from peelsearch.model import AnyOf, Everything, Matches, Passage, Request, Sort, Stem

HERE = Path(__file__).parent
ONE = {"a": [passage("a", 0, "use of force")], "b": [passage("b", 0, "stop and search")]}
TWO = {"a": [passage("a", 0, "use of force by officers")], "c": [passage("c", 0, "crime")]}
ANY = AnyOf((Stem("use"), Stem("forc"), Stem("stop")))


def answers(where: Path) -> list[Matches]:
    reader = open_reader(where)
    try:
        assert reader.problems() == ()
        return [
            reader.search(Request(ANY, boost=("use",), limit=100)),
            reader.search(Request(Everything(), sort=Sort.DOCUMENT, limit=100)),
        ]
    finally:
        reader.close()


def ids(where: Path) -> list[str]:
    return [match.passage.id + match.passage.text for match in answers(where)[1].matches]


@settings(max_examples=20, deadline=None)
@given(steps=st.lists(corpora(), min_size=2, max_size=4))
def test_updating_equals_building_anew(steps: list[dict[str, list[Passage]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for number, step in enumerate(steps, 1):
            assert commit(Path(name, "updated"), step) == number
        commit(Path(name, "fresh"), steps[-1])
        # Totals, facet counts, order and scores; the generation alone differs.
        assert answers(Path(name, "updated")) == answers(Path(name, "fresh"))


def test_many_small_commits_join_their_segments(tmp_path: Path) -> None:
    documents: dict[str, list[Passage]] = {}
    segments: set[str] = set()
    joined = 0
    for number in range(40):
        documents[f"d{number:02}"] = [passage(f"d{number:02}", 0, WORDS[number % len(WORDS)])]
        commit(tmp_path, documents)
        files = open_corpus(tmp_path).manifest.segments
        before, segments = segments, {file.name.split(".")[0] for file in files}
        joined += not before <= segments
        assert len(segments) <= writing.MAX_SEGMENTS
    assert len(ids(tmp_path)) == 40
    # Most commits leave the segments that are there alone.
    assert 0 < joined < 15


def test_large_indexes_keep_deletions_until_they_prevail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "REWRITE_ALL", 0)
    documents = {name: [passage(name, 0, "use of force")] for name in "abcde"}
    commit(tmp_path, documents)
    kept = open_corpus(tmp_path).manifest.segments
    del documents["a"]
    commit(tmp_path, documents)
    corpus = open_corpus(tmp_path)
    assert corpus.manifest.segments == kept
    assert corpus.reader.passage_count == 4
    assert corpus.reader.frequency(Stem("forc")) == 4
    assert corpus.reader.search(Request(Stem("forc"))).facets["force"] == {"red": 4}
    del documents["b"], documents["c"]
    commit(tmp_path, documents)
    assert open_corpus(tmp_path).manifest.segments != kept
    assert len(ids(tmp_path)) == 2


def test_old_commits_are_swept_and_other_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".gitignore").write_text("*")
    for number in range(5):
        commit(tmp_path, {"a": [passage("a", number, "use of force")]})
        (tmp_path / "notes.txt").write_text("mine")
        (tmp_path / "MAIN_notes").write_text("mine")
    found = {path.name for path in tmp_path.iterdir()}
    assert {"README.md", ".gitignore", "notes.txt", "MAIN_notes", LOCK} <= found
    assert {name for name in found if name.startswith("commit-")} == {
        "commit-4.json",
        "commit-4.summary",
        "commit-5.json",
        "commit-5.summary",
    }
    assert len([name for name in found if name.endswith(".snapshot")]) == 2
    assert len([name for name in found if name.endswith(".pst")]) == 2
    assert len([name for name in found if name.startswith("document-")]) == 1
    assert not [name for name in found if name.endswith((".part", ".tmp"))]


def test_cancelling_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    commit(tmp_path, ONE)
    before = {path.name for path in tmp_path.iterdir()}
    writer = open_writer(tmp_path)
    writer.apply([DocumentChange("a", (passage("a", 0, "crime"),))])
    writer.cancel()
    writer.close()
    assert {path.name for path in tmp_path.iterdir()} == before
    assert ids(tmp_path) == ["a-0use of force", "b-0stop and search"]


# --- locked -----------------------------------------------------------------------------------

HOLDING = """
import sys
from pathlib import Path
from peelsearch.engine.writer import open_writer
writer = open_writer(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is building the index in ``tmp_path``."""
    commit(tmp_path, ONE)
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_build_is_told_of_the_first(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(IndexBusyError, match=rf"process {holder.pid}, since \d\d:\d\d:\d\d"):
        open_writer(tmp_path)
    assert len(ids(tmp_path)) == 2


def test_the_lock_of_a_killed_process_is_harmless(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    assert commit(tmp_path, TWO) == 2


def test_one_process_cannot_build_twice_at_once(tmp_path: Path) -> None:
    writer = open_writer(tmp_path)
    with pytest.raises(IndexBusyError):
        open_writer(tmp_path)
    writer.close()
    open_writer(tmp_path).close()


# --- damaged ----------------------------------------------------------------------------------
# What searching says of damage, and how a build repairs it, is in tests/safety.


def newest(where: Path, pattern: str) -> Path:
    return max(where.glob(pattern), key=lambda path: path.stat().st_mtime_ns)


@pytest.mark.parametrize(
    "pattern", ["_MAIN_2.toc", "commit-2.json", "*.snapshot", "*.summary", "*.pst", "document-*"]
)
def test_nothing_is_written_upon_files_that_are_not_whole(tmp_path: Path, pattern: str) -> None:
    commit(tmp_path, ONE)
    commit(tmp_path, TWO)
    path = newest(tmp_path, pattern)
    data = path.read_bytes()
    path.unlink()
    with pytest.raises(IndexDamagedError):
        open_writer(tmp_path)
    path.write_bytes(data[:-1])
    with pytest.raises(IndexDamagedError):
        open_writer(tmp_path)
    open_writer(tmp_path, rebuild=True).close()


def test_a_damaged_record_is_noticed(tmp_path: Path) -> None:
    commit(tmp_path, ONE)
    corpus = open_corpus(tmp_path)
    assert corpus.structure("a").text == "use of force"
    record = newest(tmp_path, "document-a-*.json")
    record.write_bytes(record.read_bytes().replace(b"force", b"farce"))
    with pytest.raises(IndexDamagedError):
        corpus.structure("a")
    with pytest.raises(DocumentNotFoundError):
        corpus.structure("nobody")


def test_another_format_is_refused_with_the_command_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, ONE)
    monkeypatch.setattr("peelsearch.engine.damage.FORMAT", 99)
    with pytest.raises(IndexFormatError) as caught:
        open_reader(tmp_path)
    assert "peelsearch index --rebuild" in caught.value.hint
    assert folder.salvage(tmp_path).roots == ("/",)


def test_a_missing_or_empty_folder_is_no_index_yet(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "README.md").write_text("what will be here")
    for name in ("empty", "missing"):
        with pytest.raises(IndexMissingError) as caught:
            open_reader(tmp_path / name)
        assert "peelsearch index PATH" in caught.value.hint


@pytest.mark.parametrize("name", ["thesis.doc", "_MAIN_1.toc", "MAIN_abc.seg"])
def test_a_folder_of_other_things_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    for opening in (open_reader, open_writer):
        with pytest.raises(NotAnIndexError):
            opening(tmp_path)
    with pytest.raises(NotAnIndexError):
        open_writer(tmp_path, rebuild=True)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    with pytest.raises(NotAnIndexError):
        open_reader(tmp_path / name)


# --- live ---------------------------------------------------------------------------------------


def test_a_live_corpus_goes_on_when_the_newest_commit_is_damaged(tmp_path: Path) -> None:
    live = LiveCorpus(tmp_path)
    with pytest.raises(IndexMissingError):
        live.current()
    commit(tmp_path, ONE)
    assert live.current().generation == 1
    commit(tmp_path, TWO)
    (tmp_path / "commit-2.summary").write_bytes(b"")
    assert live.current().generation == 1
    commit_anew = open_writer(tmp_path, rebuild=True)
    commit_anew.commit(Contents())
    commit_anew.close()
    assert live.current().generation == 3


def test_a_corpus_knows_its_documents_and_acronyms(tmp_path: Path) -> None:
    commit(tmp_path, ONE)
    corpus = open_corpus(tmp_path)
    assert list(corpus.documents) == ["a", "b"]
    (known,) = corpus.reader.acronyms.with_short("fcc")
    assert (known.acronym.short, known.acronym.long) == ("FCC", "force contact")
    assert corpus.reader.acronyms.with_long(known.long_stems) == (known,)
    assert corpus.reader.acronyms.with_short("force") == ()


# --- stock Whoosh -----------------------------------------------------------------------------

STOCK = """
import sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[2])
from whoosh.index import open_dir
from whoosh.query import Term
with open_dir(sys.argv[1]).searcher() as searcher:
    print(sorted(hit["payload"][:40] for hit in searcher.search(Term("body", "forc"))))
assert not [name for name in sys.modules if "peelsearch" in name or "nltk" in name]
"""


def test_a_stock_whoosh_opens_the_folder(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import whoosh  # noqa: PLC0415

    commit(tmp_path / "index", ONE)
    # Only Whoosh can be imported there.
    only = tmp_path / "only"
    only.mkdir()
    (only / "whoosh").symlink_to(Path(whoosh.__file__).parent)
    script = [sys.executable, "-I", "-S", "-c", STOCK, str(tmp_path / "index"), str(only)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"document":"a"' in done.stdout


def test_importing_and_using_the_engine_is_quiet(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; "
        "import test_engine_commits as t; where = Path(sys.argv[2]); "
        "t.commit(where, t.ONE); t.answers(where); "
        "t.open_reader(where).words_near('use', 2)"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "cache")}
    script = [sys.executable, "-W", "default", "-c", code, str(HERE), str(tmp_path / "index")]
    done = subprocess.run(script, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert "whoosh" not in done.stderr
