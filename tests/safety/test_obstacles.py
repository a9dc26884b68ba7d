"""A full disk, a limit on files, no permission: one clear message, and the old index is there."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from safety_samples import OPENERS, SEEDS, VOCABULARY, answers

from peelsearch.cli import run
from peelsearch.engine.locking import LOCK
from peelsearch.errors import PeelsearchError
from peelsearch.indexing import Progress, build, status

LETTER = "Letter\n\nThe force {} uses stop and search for {}.\n"
NOBODY = 65_534
COMMAND = [sys.executable, "-c", "from peelsearch.cli import main; main()"]


def index_of(folder: Path) -> tuple[Path, Path]:
    """Documents, and an index of what they were; since then there are more."""
    docs, where = folder / "docs", folder / "index"
    docs.mkdir()
    for number in range(3):
        (docs / f"{number}.txt").write_text(LETTER.format(number, "officers"))
    build([docs], index=where, vocabulary=VOCABULARY)
    shutil.copy(next(SEEDS.glob("001*")), docs)
    (docs / "0.txt").unlink()
    return docs, where


def check_told(code: int, error: str, where: Path, reason: str) -> None:
    assert code == 2
    assert error.splitlines() == [
        f"Error: The index in {where} could not be written: {reason}.",
        "What it held before is still there. Free the disk or the permissions and try again.",
    ]


def check_tidy(where: Path) -> None:
    """The index is up to date, and nothing is in its folder that no commit needs."""
    found = status(where, VOCABULARY)
    assert (found.problems, found.stale, len(found.documents)) == ((), (), 3)
    names = {path.name for path in where.iterdir()}
    assert not [name for name in names if name.endswith((".part", ".tmp"))]
    segments = {name.split(".")[0] for name in names if name.startswith("MAIN_")}
    assert len(segments) <= len([name for name in names if name.endswith(".toc")]) + 1
    assert len([name for name in names if name.endswith(".summary")]) <= 2
    assert LOCK in names


@contextmanager
def small_disk(where: Path, size: str) -> Iterator[None]:
    """A disk of this size at a folder; the test is left out where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(where)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only an administrator can make a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(where)], check=True)


# Whoosh leaves a file that it cannot finish to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_disk_is_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, old = index_of(tmp_path)
    with small_disk_of(tmp_path) as disk:
        where = Path(shutil.copytree(old, disk / "index"))
        before = [answers(where, opener) for opener in OPENERS]
        failures = 0
        # Room for this much more: too little for a record, for a segment, for its snapshot ...
        for room in range(0, 1_400_000, 100_000):
            fill(disk, room)
            code = run(["index", f"--index={where}"])
            printed = capsys.readouterr()
            (disk / "ballast").unlink()
            if code == 0:
                break
            failures += 1
            check_told(code, printed.err, where, "No space left on device")
            assert [answers(where, opener) for opener in OPENERS] == before
        assert failures > 3
        assert build([], index=where, vocabulary=VOCABULARY).warnings == ()
        check_tidy(where)


@contextmanager
def small_disk_of(folder: Path) -> Iterator[Path]:
    disk = folder / "disk"
    disk.mkdir()
    with small_disk(disk, "4m"):
        yield disk


def fill(disk: Path, room: int) -> None:
    """Leave so many bytes free."""
    found = os.statvfs(disk)
    size = max(0, found.f_bavail * found.f_frsize - room)
    (disk / "ballast").write_bytes(bytes(size))


@pytest.mark.parametrize("largest", [0, 100, 5_000, 100_000, 250_000])
def test_a_file_cannot_grow_further(tmp_path: Path, largest: int) -> None:
    _, where = index_of(tmp_path)
    before = [answers(where, opener) for opener in OPENERS]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    done = subprocess.run(
        [*COMMAND, "index", f"--index={where}"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    check_told(done.returncode, done.stderr, where, "File too large")
    assert [answers(where, opener) for opener in OPENERS] == before
    assert run(["index", f"--index={where}"]) == 0
    check_tidy(where)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder below which others may look; those of tests are for their user alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without an administrator's rights, for whom permissions mean nothing."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def test_no_permission_to_write(open_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, where = index_of(open_folder)
    give_away(where)
    before = [answers(where, opener) for opener in OPENERS]
    where.chmod(0o555)
    with as_nobody():
        code = run(["index", f"--index={where}"])
        check_told(code, capsys.readouterr().err, where, "Permission denied")
        assert [answers(where, opener) for opener in OPENERS] == before
        assert run(["status", f"--index={where}"]) == 0
    where.chmod(0o755)
    assert run(["index", f"--index={where}"]) == 0
    check_tidy(where)


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_the_permission_is_taken_in_mid_build(open_folder: Path, mode: int) -> None:
    _, where = index_of(open_folder)
    give_away(where)
    before = [answers(where, opener) for opener in OPENERS]

    def take(progress: Progress) -> None:
        if not progress.path:
            where.chmod(mode)

    with as_nobody(), pytest.raises(PeelsearchError, match="could not be written: Permission"):
        build([], index=where, vocabulary=VOCABULARY, progress=take)
    where.chmod(0o755)
    assert [answers(where, opener) for opener in OPENERS] == before
    with as_nobody():
        assert build([], index=where, vocabulary=VOCABULARY).warnings == ()
    check_tidy(where)


@pytest.mark.parametrize("name", ["", "*.summary", "*.snapshot", "commit-1.json"])
def test_no_permission_to_read(
    open_folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, where = index_of(open_folder)
    give_away(where)
    path = next(where.glob(name)) if name else where
    path.chmod(0)
    with as_nobody():
        assert run(["search", "force", f"--index={where}"]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert lines[0].startswith(f"Error: The index in {where} cannot be read: ")
        assert path.name in lines[0]
        assert "Permission denied" in lines[0]
        assert len(lines) == 2
        assert run(["status", f"--index={where}"]) == 2
        printed = capsys.readouterr()
        assert "Permission denied" in printed.out + printed.err
