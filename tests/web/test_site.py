"""What the site keeps of documents: read once, in the background, again only where they change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from letter_samples import LETTER, SECOND
from peelsearch.corpus import open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.judgments import judgments
from peelsearch.model.register import Register
from peelsearch.register import RegisterOptions, register
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import Server
from peelsearch.webapp.app import SITE, create_app
from peelsearch.webapp.site import Site
from register_samples import Report, write
from tools.serving import running

WAITING = 30.0


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + WAITING
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def held(site: Site) -> dict[str, int]:
    """The identity of what is kept of each document of the newest commit."""
    corpus = site.current()
    words = site.words(corpus)
    return {
        found.document.path: id(site.memory.extract(corpus, found, words))
        for found in corpus.manifest.documents
    }


def test_a_new_commit_reads_only_what_changed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in (("a.txt", LETTER), ("b.txt", SECOND)):
        (documents / name).write_text(text, "utf-8")
    build([documents], index=tmp_path / "index", vocabulary=vocabulary)
    site = Site(tmp_path / "index", None, {})
    site.warm()
    wait_for(lambda: len(site.memory) == 2)
    before = held(site)
    first = site.current().generation
    (documents / "b.txt").write_text(SECOND.replace("governance", "oversight"), "utf-8")
    (documents / "c.txt").write_text("Some notes\n\nOf no importance at all.\n", "utf-8")
    build([], index=tmp_path / "index", vocabulary=vocabulary)
    # The changed letter and the notes beside what was kept of both letters.
    wait_for(lambda: site.current().generation > first and len(site.memory) == 4)
    after = held(site)
    assert len(site.memory) == 4
    a, b, c = (str(documents / name) for name in ("a.txt", "b.txt", "c.txt"))
    assert set(after) == {a, b, c}
    assert after[a] == before[a]
    assert after[b] not in before.values()


def test_a_server_reads_before_anybody_asks(
    tmp_path: Path, vocabulary: Vocabulary, many_reports: list[Report]
) -> None:
    build(
        [write(tmp_path / "reports", many_reports[:6])],
        index=tmp_path / "index",
        vocabulary=vocabulary,
    )
    server = Server(tmp_path / "index", port=0)
    site = server.site
    assert len(site.memory) == 0
    with running(server):
        wait_for(lambda: len(site.memory) == 6)


def test_without_an_index_there_is_nothing_to_read(tmp_path: Path) -> None:
    app = create_app(tmp_path / "none")
    site: Site = app.extensions[SITE]
    site.warm()
    assert len(site.memory) == 0
    assert app.test_client().get("/judgments").status_code == 503


def test_threads_that_ask_at_once_get_the_same(
    tmp_path: Path, vocabulary: Vocabulary, many_reports: list[Report]
) -> None:
    index = tmp_path / "index"
    build([write(tmp_path / "reports", many_reports[:20])], index=index, vocabulary=vocabulary)
    site = Site(index, None, {})
    found: list[tuple[Register, str]] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        corpus = site.current()
        options = RegisterOptions("2024-02-01")
        rows = register(corpus, vocabulary, site.memory, options)
        found.append((rows, repr(judgments(corpus, vocabulary, site.memory).rows)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    corpus = site.current()
    fresh = register(corpus, vocabulary, ExtractMemory(), RegisterOptions("2024-02-01"))
    assert len(found) == 8
    assert all(rows == fresh for rows, _ in found)
    assert len({cells for _, cells in found}) == 1
    assert len(site.memory) == 20


def test_a_commit_that_was_replaced_is_not_read_again(
    tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one thread opens a newer commit, others are still given the one before."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text(LETTER, "utf-8")
    build([tmp_path / "documents"], index=tmp_path / "index", vocabulary=vocabulary)
    before = open_corpus(tmp_path / "index")
    (tmp_path / "documents" / "b.txt").write_text(SECOND, "utf-8")
    build([], index=tmp_path / "index", vocabulary=vocabulary)
    site = Site(tmp_path / "index", None, {})
    after, read = site.current(), list[int]()
    monkeypatch.setattr(site, "_read", lambda corpus: read.append(corpus.generation))
    for given in (before, after, before, after):
        monkeypatch.setattr(site._live, "current", lambda given=given: given)
        assert site.current() is given
    assert read == []
