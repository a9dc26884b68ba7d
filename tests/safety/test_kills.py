"""Builds killed at any moment: the index is the old or the new one, and the next build works."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from injection import RARE
from safety_samples import OPENERS, VOCABULARY

from peelsearch.corpus import Opener, open_corpus
from peelsearch.errors import IndexMissingError
from peelsearch.indexing import build, status
from peelsearch.search import SearchOptions, search

LETTER = """Letter {0}

The force of {0} uses stop and search.

Recommendation

By May the chief constable should review crime number {1}.
"""
# Of the many writes of a build so many are tried, evenly spread.
WRITES = 10


class Killer:
    """The process that forks builds and ends them (``killed_builds``)."""

    def __init__(self, folder: Path) -> None:
        self._trace = folder / "trace"
        script = [sys.executable, str(Path(__file__).with_name("killed_builds.py"))]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(script, stdin=pipe, stdout=pipe, text=True)

    def run(self, index: Path, **job: Any) -> tuple[int, float, list[int]]:
        """Do a job; its exit status, seconds and processes."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"index": str(index), **job}) + "\n")
        self.process.stdin.flush()
        status, seconds, helpers = json.loads(self.process.stdout.readline())
        return status, seconds, helpers

    def trace(self, index: Path, **job: Any) -> list[tuple[str, str]]:
        """The operations of a build that nobody stops."""
        assert self.run(index, trace=str(self._trace), **job)[0] == 0
        return [(kind, path) for kind, path in json.loads(self._trace.read_text())]


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    killer = Killer(tmp_path_factory.mktemp("killer"))
    with killer.process:
        yield killer
        assert killer.process.stdin is not None
        killer.process.stdin.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents (``docs``), and an index (``old``) of what they were before they changed."""
    folder = tmp_path_factory.mktemp("killed")
    docs, old = folder / "docs", folder / "old"
    docs.mkdir()
    for number, name in enumerate(("Kent", "Cheshire", "Devon", "Surrey", "Essex")):
        (docs / f"{name}.txt").write_text(LETTER.format(name, number))
        # Several commits, so that the next one has something to sweep.
        build([docs], index=old, vocabulary=VOCABULARY)
    (docs / "Kent.txt").write_text(LETTER.format("Kent", "one"))
    (docs / "Devon.txt").unlink()
    (docs / "Dorset.txt").write_text(LETTER.format("Dorset", 7))
    build([docs], index=folder / "new", vocabulary=VOCABULARY)
    return folder


def content(where: Path, openers: Sequence[Opener] = OPENERS) -> list[Any]:
    """All passages, and what searches answer; by one opener after the other."""
    found: list[Any] = []
    for opener in openers:
        corpus = open_corpus(where, opener)
        assert corpus.reader.problems() == ()
        found.append([corpus.reader.passages(document) for document in corpus.documents])
        found.append([corpus.structure(document) for document in corpus.documents])
        for query in ("force", "stop and search", "kind:recommendation", "crim* Dorset~"):
            answer = search(corpus, VOCABULARY, query, SearchOptions(limit=100))
            found.append(replace(answer, took_ms=0))
        corpus.close()
    return found


@cache
def known(where: Path) -> list[Any]:
    """The content of an index that nobody changes."""
    return content(where)


def spread(operations: Sequence[tuple[str, str]]) -> list[int]:
    """The operations to be killed at: all but writes, of which there are too many."""
    writes = [n for n, (kind, _) in enumerate(operations) if kind not in (*RARE, "open")]
    rare = [n for n, (kind, _) in enumerate(operations) if kind in RARE]
    opened = [n for n, (kind, _) in enumerate(operations) if kind == "open"]
    step = max(1, len(writes) // WRITES)
    return sorted({*rare, *opened[::6], *writes[::step], *writes[-2:]})


def check(folder: Path, where: Path, *, first: bool) -> str:
    """That a killed build left the old index or the new; which. Then build, and compare."""
    new = known(folder / "new")
    try:
        found = content(where)
        state = "new" if found == new else "old"
        assert found == (new if state == "new" else known(folder / "old"))
    except IndexMissingError:
        assert first
        state = "none"
    paths = [folder / "docs"] if first else []
    report = build(paths, index=where, vocabulary=VOCABULARY)
    assert report.warnings == ()
    # The commit was verified as a whole, so that one opener is enough.
    built = content(where, OPENERS[:1])
    assert built == new[: len(built)]
    assert status(where, VOCABULARY).stale == ()
    left = [p.name for p in where.iterdir() if p.name.endswith((".part", ".tmp", ".ctmp"))]
    assert state == "new" or not left
    return state


CASES = {
    "full": {"paths": True},
    "incremental": {"copy": True},
    "rebuild": {"copy": True, "rebuild": True},
}


@pytest.mark.parametrize("case", CASES)
def test_killed_at_each_operation(folder: Path, killer: Killer, tmp_path: Path, case: str) -> None:
    options = CASES[case]
    job: dict[str, Any] = {"rebuild": options.get("rebuild", False)}
    if options.get("paths"):
        job["paths"] = [str(folder / "docs")]

    def prepared(name: str) -> Path:
        if options.get("copy"):
            shutil.copytree(folder / "old", tmp_path / name)
        return tmp_path / name

    operations = killer.trace(prepared("whole"), **job)
    points = spread(operations)
    if case == "rebuild":
        # It begins like a full build; what it removes in the end is another matter.
        points = points[::4] + points[-20:]
    assert len(points) >= 30
    states = []
    for number in sorted(set(points)):
        where = prepared(str(number))
        assert killer.run(where, operation=number, **job)[0] == -9, operations[number]
        states.append(check(folder, where, first=case == "full"))
        shutil.rmtree(where)
    # Killed on both sides of the commit, and nowhere back and forth.
    assert states[0] == ("none" if case == "full" else "old")
    assert states[-1] == "new"
    assert states == sorted(states, key=["none", "old", "new"].index)


def test_everything_is_on_the_disk_before_the_commit_names_it(
    folder: Path, killer: Killer, tmp_path: Path
) -> None:
    """A killed process loses nothing that it wrote; a power cut loses what was not synced."""
    where = Path(shutil.copytree(folder / "old", tmp_path / "index"))
    before = {path.name for path in where.iterdir()}
    operations = killer.trace(where)
    generation = open_corpus(where).generation
    at = operations.index(("replace", str(where / f"_MAIN_{generation}.toc")))
    manifest = open_corpus(where).manifest
    assert operations[at - 1] == ("fsync", str(where))
    names = {entry.name for entry in manifest.files} | {f"commit-{generation}.json"}
    for name in names - before:
        own = [kind for kind, path in operations[:at] if Path(path).name.startswith(name)]
        assert "fsync" in own, name
        assert not {"write", "open"} & set(own[own.index("fsync") :]), name
    assert operations[at + 1] == ("fsync", str(where))


def test_killed_at_random_times(folder: Path, killer: Killer, tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - for moments, no secrets
    job = {"paths": [str(folder / "docs")]}
    usual = killer.run(tmp_path / "usual", **job)[1]
    for number in range(10):
        for first in (True, False):
            where = tmp_path / f"{number}{first}"
            if not first:
                shutil.copytree(folder / "old", where)
            killer.run(where, after=chance.random() * usual, **(job if first else {}))
            check(folder, where, first=first)


def test_killed_while_a_second_process_writes_too(
    folder: Path, killer: Killer, tmp_path: Path
) -> None:
    chance = random.Random(5)  # noqa: S311 - for moments, no secrets
    job: dict[str, Any] = {"paths": [str(folder / "docs")], "batch": 2}
    whole, usual, _ = killer.run(tmp_path / "whole", **job)
    assert whole == 0
    assert len(list((tmp_path / "whole").glob("*.snapshot"))) > 1
    seen = 0
    for number in range(8):
        where = tmp_path / str(number)
        _, _, helpers = killer.run(where, after=(0.2 + 0.8 * chance.random()) * usual, **job)
        seen += bool(helpers)
        # What outlived the build could write into the folder of the next.
        until = time.monotonic() + 20
        while any(map(running, helpers)):
            assert time.monotonic() < until, helpers
            time.sleep(0.01)
        check(folder, where, first=True)
    assert seen


def test_the_second_process_is_killed(folder: Path, killer: Killer, tmp_path: Path) -> None:
    job: dict[str, Any] = {"paths": [str(folder / "docs")], "batch": 2, "helper": True}
    usual = killer.run(tmp_path / "usual", **job)[1]
    for number in range(4):
        where = tmp_path / str(number)
        killer.run(where, after=usual * (number + 2) / 6, **job)
        check(folder, where, first=True)


def running(process: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z" and process != os.getpid()
