"""Damaged files: noticed before anything wrong is said, named by status, repaired by index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from safety_samples import (
    OPENERS,
    VOCABULARY,
    Damage,
    answers,
    newest_files,
    put,
    two_segments,
    without_scores,
)

from peelsearch.cli import run
from peelsearch.corpus import Opener, open_corpus
from peelsearch.engine.snapshot.blocks import PAGE
from peelsearch.errors import IndexDamagedError, IndexProblem, InputError
from peelsearch.indexing import build, status

# A whole round of cases for every file takes long; of each file's damages these are repaired.
KINDS = ("toc", "json", "summary", "snapshot", "trm", "pst", "_stored.col", "document-000")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sound index (``index``) and its documents; treat it as read-only."""
    folder = tmp_path_factory.mktemp("damage")
    two_segments(folder / "index", folder / "docs")
    manifest = open_corpus(folder / "index").manifest
    assert len({entry.name.split(".")[0] for entry in manifest.segments}) == 2
    return folder


@cache
def expected(where: Path) -> list[dict[str, Any]]:
    return [answers(where, opener) for opener in OPENERS]


@pytest.fixture
def where(sound: Path, tmp_path: Path) -> Path:
    """A copy of the index to damage."""
    expected(sound / "index")
    return Path(shutil.copytree(sound / "index", tmp_path / "index"))


def damages(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Content to put in a file's place: none, less of it, changed bits."""
    data = path.read_bytes()
    yield "removed", None
    for keep in sorted({0, 1, len(data) // 2, len(data) - 1} - {len(data)}):
        yield f"first {keep} bytes", data[:keep]
    places = {len(data) * part // 7 for part in range(7)} | {len(data) - 1}
    places |= set(range(0, len(data), PAGE))
    if path.suffix in READ:
        # The trailer, byte by byte: what it says is believed before anything is checked.
        places |= set(range(len(data) - 28, len(data)))
    for place in sorted(places):
        yield f"bit at {place}", flipped(data, place)


def flipped(data: bytes, place: int, bit: int = 1) -> bytes:
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


FILES = range(26)
# The endings of what searching reads.
READ = (".snapshot", ".summary")


@pytest.mark.parametrize("number", FILES)
def test_no_damage_gives_a_wrong_answer_and_status_names_each(
    sound: Path, where: Path, number: int
) -> None:
    files = newest_files(where)
    # Every file has its turn: the last number takes those that a larger index would have.
    for path in files[number:] if number == FILES[-1] else files[number : number + 1]:
        data = path.read_bytes()
        for kind, content in damages(path):
            put(path, content)
            # Of files that searching does not read it is enough to see that once.
            openers = OPENERS if path.suffix in READ or kind == "removed" else ()
            for opener, right in zip(openers, expected(sound / "index"), strict=False):
                found = answers_or_error(where, opener)
                if isinstance(found, IndexDamagedError):
                    assert found.hint.endswith("peelsearch index"), (path, kind)
                else:
                    assert found == right, (path, kind)
            assert path.name in noticed(where), (path, kind)
        put(path, data)
        assert status(where, VOCABULARY).problems == ()


def answers_or_error(where: Path, opener: Opener) -> dict[str, Any] | IndexProblem:
    try:
        return answers(where, opener)
    except IndexProblem as error:
        return error


def noticed(where: Path) -> str:
    """What status says of a damaged index."""
    try:
        return " ".join(status(where, VOCABULARY).problems)
    except IndexProblem as error:
        gone = "the files of its newest commit are gone"
        return error.message if gone not in error.message else "_MAIN_2.toc commit-2.json"


def find(where: Path, kind: str) -> Path:
    """A file of the newest commit by a part of its name; the largest of several."""
    return max((p for p in newest_files(where) if kind in p.name), key=lambda p: p.stat().st_size)


REPAIRED: dict[str, Damage] = {
    "removed": lambda _: None,
    "short": lambda data: data[: len(data) // 2],
    "flipped": lambda data: flipped(data, len(data) // 3),
}


@pytest.mark.parametrize("damage", REPAIRED)
@pytest.mark.parametrize("kind", KINDS)
def test_the_commands_say_it_plainly_and_index_repairs_it(
    sound: Path, where: Path, kind: str, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = find(where, kind)
    put(path, REPAIRED[damage](path.read_bytes()))
    option = f"--index={where}"
    for command in (["search", "force"], ["facets"], ["show", "note"], ["search", "offcer~"]):
        code = run([*command, option])
        printed = capsys.readouterr()
        if code == 2:
            assert printed.err.startswith("Error: The index is damaged: "), command
            assert printed.err.endswith("\nRepair it from the documents: peelsearch index\n")
            assert printed.err.count("\n") == 2
        else:
            assert (code, printed.err) == (0, "")
    assert run(["status", option]) == 2
    printed = capsys.readouterr()
    assert "damaged" in (printed.out + printed.err).lower()
    assert "peelsearch index" in printed.out + printed.err
    assert run(["index", option]) == 0
    (warning,) = [line for line in capsys.readouterr().out.splitlines() if "Warning" in line]
    derived = kind in ("summary", "snapshot")
    assert warning.endswith("was repaired." if derived else "was built anew from the documents.")
    assert warning.startswith("Warning: The index was damaged (")
    assert run(["status", option]) == 0
    assert "The index is sound." in capsys.readouterr().out
    for opener, right in zip(OPENERS, expected(sound / "index"), strict=True):
        found = answers(where, opener)
        if derived:
            assert found == right
        else:
            assert without_scores(found) == without_scores(right)
    report = build([], index=where, vocabulary=VOCABULARY)
    assert (report.unchanged, report.warnings) == (4, ())


def test_snapshots_and_summary_are_repaired_without_the_documents(
    sound: Path, where: Path, tmp_path: Path
) -> None:
    derived = [p for p in newest_files(where) if p.suffix in READ]
    before = {path: path.read_bytes() for path in derived}
    assert len(before) == 3
    for path in derived:
        path.unlink()
    moved = sound / "docs"
    moved.rename(tmp_path / "elsewhere")
    try:
        report = build([], index=where, vocabulary=VOCABULARY)
    finally:
        (tmp_path / "elsewhere").rename(moved)
    assert "repaired" in report.warnings[0]
    assert {path: path.read_bytes() for path in derived} == before
    assert not (where / "MAIN.tmp").exists()


def test_a_file_of_another_commit_is_not_taken_for_this_ones(where: Path, sound: Path) -> None:
    (older,), (newer,) = where.glob("commit-1.summary"), where.glob("commit-2.summary")
    data = newer.read_bytes()
    put(newer, older.read_bytes())
    check_refused(where, newer)
    put(newer, data)
    newest = where / "commit-2.json"
    data = newest.read_bytes()
    put(newest, (where / "commit-1.json").read_bytes())
    assert [answers(where, opener) for opener in OPENERS] == expected(sound / "index")
    with pytest.raises(IndexDamagedError, match=r"commit-2\.json is the manifest of another"):
        status(where, VOCABULARY)
    put(newest, data)


def test_a_snapshot_of_another_segment_is_refused(where: Path, tmp_path: Path) -> None:
    first, second = sorted(where.glob("*.snapshot"))
    data = first.read_bytes(), second.read_bytes()
    put(first, data[1])
    put(second, data[0])
    check_refused(where, first)
    # And one of the same size, as sound as this one: the note has another month.
    put(first, data[0])
    put(second, data[1])
    two_segments(tmp_path / "other", tmp_path / "docs", month="Jun")
    small = min((first, second), key=lambda path: path.stat().st_size)
    same = min((tmp_path / "other").glob("*.snapshot"), key=lambda path: path.stat().st_size)
    assert same.stat().st_size == small.stat().st_size
    put(small, same.read_bytes())
    check_refused(where, small)


def check_refused(where: Path, path: Path) -> None:
    for opener in OPENERS:
        with pytest.raises(IndexDamagedError):
            answers(where, opener)
    assert path.name in noticed(where)


def test_without_any_remembered_path_a_path_is_asked_for(
    sound: Path, where: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A folder with documents that nobody named.
    monkeypatch.chdir(Path(__file__).parents[2])
    for path in where.glob("commit-*.json"):
        path.unlink()
    with pytest.raises(InputError, match="can no longer be read"):
        build([], index=where, vocabulary=VOCABULARY)
    assert run(["index", f"--index={where}"]) == 2
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        "Error: Which paths the index was made from can no longer be read.",
        "Name them: peelsearch index --rebuild PATH",
    ]
    report = build([sound / "docs"], index=where, vocabulary=VOCABULARY)
    assert "built anew" in report.warnings[0]
    found = without_scores(answers(where, OPENERS[0]))
    assert found == without_scores(expected(sound / "index")[0])


def test_the_site_does_not_start_on_a_damaged_index(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("pst", "document-000", "snapshot", "summary"):
        path = find(where, kind)
        data = path.read_bytes()
        put(path, flipped(data, len(data) // 2))
        assert run(["serve", f"--index={where}", "--port=0"]) == 2
        printed = capsys.readouterr()
        assert path.name in printed.err
        assert printed.err.endswith("\nRepair it from the documents: peelsearch index\n")
        put(path, data)


def test_the_lock_file_holds_nothing_that_is_missed(sound: Path, where: Path) -> None:
    lock = where / "peelsearch.lock"
    data = lock.read_bytes()
    for content in (None, b"", b"{", b"[]", data[:-3], b'{"committed": "x"}'):
        put(lock, content)
        assert answers(where, OPENERS[0]) == expected(sound / "index")[0]
        assert status(where, VOCABULARY).problems == ()
        assert build([], index=where, vocabulary=VOCABULARY).warnings == ()


def test_a_file_that_may_not_be_read_or_is_none_is_said(where: Path) -> None:
    for kind in ("summary", "snapshot", "json", "toc"):
        path = find(where, kind)
        data = path.read_bytes()
        path.unlink()
        path.mkdir()
        for opener in OPENERS:
            found = answers_or_error(where, opener)
            assert isinstance(found, dict) or path.name in found.message
        assert path.name in noticed(where)
        path.rmdir()
        path.write_bytes(data)
