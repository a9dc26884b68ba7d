"""Files that are too much, and readers that hang or die: one reason each, and the rest goes on."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

import pytest
from gold import LETTER, REPORT, SEEDS
from make_formats import FORMATS

from peelsearch.documents import extract, limits, read_document
from peelsearch.documents.linear import Linear
from peelsearch.errors import ReadingError
from peelsearch.indexing import build
from peelsearch.indexing.reading import Outcome, Understood, Unread, understand
from peelsearch.indexing.workers import Job, Readers
from peelsearch.vocabulary import Vocabulary

SECONDS = 3.0


def misbehave(path: Path, vocabulary: Vocabulary) -> Understood:
    """Do what the file's name says."""
    match path.stem:
        case "hang":
            time.sleep(600)
        case "spin":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                pass
        case "crash":
            ctypes.string_at(0)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "recursion":
            return misbehave(path, vocabulary)
        case "memory":
            return understand(Path("x" * len(bytearray(20_000_000_000))), vocabulary)
        case "mistake":
            raise KeyError("rId7")
    return understand(path, vocabulary)


def outcomes(paths: list[Path], vocabulary: Vocabulary) -> list[Outcome]:
    with Readers(vocabulary, seconds=SECONDS, task=misbehave) as readers:
        return list(readers.read([Job(path, apart=True) for path in paths]))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(FORMATS[".docx"](LETTER))
    return path


def test_a_reader_that_hangs_or_dies_stops_nothing_else(
    letter: Path, vocabulary: Vocabulary
) -> None:
    bad = {
        "crash": "SIGSEGV",
        "killed": "memory",
        "recursion": "nested too deep",
        "memory": "more memory",
        "mistake": "KeyError: 'rId7'",
        "spin": "longer to read than 3 seconds",
    }
    paths = [path for name in bad for path in (letter, letter.with_name(name))]
    found = outcomes([*paths, letter], vocabulary)
    assert [type(outcome) for outcome in found[::2]] == [Understood] * (len(bad) + 1)
    for outcome, (name, reason) in zip(found[1::2], bad.items(), strict=True):
        assert isinstance(outcome, Unread), name
        assert reason in outcome.reason


def test_what_comes_is_in_order_and_the_same_as_here(letter: Path, vocabulary: Vocabulary) -> None:
    paths = [SEEDS / LETTER, letter, SEEDS / LETTER, letter]
    with Readers(vocabulary, seconds=SECONDS) as readers:
        jobs = [Job(path, apart=path == letter) for path in paths]
        found = list(readers.read(jobs))
    assert found == [understand(path, vocabulary) for path in paths]


def test_small_texts_need_no_process(vocabulary: Vocabulary) -> None:
    with Readers(vocabulary, seconds=SECONDS) as readers:
        list(readers.read([Job(SEEDS / LETTER, apart=False)] * 3))
        assert readers.processes == ()


def test_processes_end_when_reading_is_broken_off(letter: Path, vocabulary: Vocabulary) -> None:
    readers = Readers(vocabulary, seconds=SECONDS, task=misbehave)
    with readers:
        # The second file is being read when nobody wants it any more.
        next(readers.read([Job(letter, apart=True), Job(Path("hang"), apart=True)]))
        started = readers.processes
    assert len(started) == 1
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_build_goes_on_around_files_that_cannot_be_read(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "good.html").write_bytes(FORMATS[".html"](LETTER))
    (docs / "good.txt").write_bytes((SEEDS / REPORT).read_bytes())
    (docs / "deep.html").write_bytes(b"<html>" + b"<div>" * 100_000 + b"text")
    (docs / "cut.docx").write_bytes(FORMATS[".docx"](LETTER)[:5_000])
    (docs / "empty.md").write_bytes(b"")
    (docs / "renamed.pdf").write_bytes(b"\x89PNG\r\n\x1a\n")
    (docs / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    report = build([docs], index=tmp_path / "index", vocabulary=vocabulary)
    assert report.documents == 2
    reasons = {Path(issue.path).name: issue.reason for issue in report.failed}
    assert reasons.keys() == {"deep.html", "cut.docx", "empty.md", "renamed.pdf"}
    assert "nested too deep" in reasons["deep.html"]
    assert "damaged" in reasons["cut.docx"]
    assert [Path(issue.path).name for issue in report.skipped] == ["old.doc"]


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES + 1)
    with pytest.raises(ReadingError, match="too large: 200 MB"):
        read_document(path, vocabulary)
    report = build([path], index=tmp_path / "index", vocabulary=vocabulary)
    assert "too large" in report.failed[0].reason


def test_too_many_blocks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BLOCKS", 100)
    linear = Linear()
    for _ in range(100):
        linear.paragraph("text")
    with pytest.raises(ReadingError, match="more than 100"):
        linear.paragraph("text")
    for name in ("a.txt", "a.md"):
        with pytest.raises(ReadingError, match="too many"):
            extract(b"# text\n\n" * 101, name)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"> " * 50_000 + b"text", id="quotations"),
        pytest.param(b"- " * 50_000 + b"text", id="lists"),
        pytest.param(b"[" * 100_000 + b"text", id="brackets"),
        pytest.param(b"*a _" * 50_000, id="emphasis"),
        pytest.param(b"<" * 100_000 + b"text", id="tags"),
        pytest.param(b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n" + b"|b" * 20_000, id="cells"),
        pytest.param(b"`" * 100_000 + b"text", id="ticks"),
        pytest.param(b"<!--" * 30_000 + b"text", id="comments"),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_marks_without_end_take_no_time(data: bytes, name: str) -> None:
    started = time.process_time()
    with contextlib.suppress(ReadingError):
        extract(data, name)
    assert time.process_time() - started < 5
