"""Saved searches as people use them: what is new since the last look is told, once."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from peelsearch.cli import run
from peelsearch.corpus import open_corpus
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary
from peelsearch.watches import news_of, read_watches, watches_text

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary) -> Path:
    """A folder to work in, with one document indexed."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a", "Marmalade is made of oranges.")
    build([tmp_path / "papers"], index=tmp_path / "index", vocabulary=vocabulary)
    return tmp_path


def write(folder: Path, name: str, *paragraphs: str) -> None:
    (folder / "papers").mkdir(exist_ok=True)
    text = "\n\n".join(["Dear HMICFRS", "1 May 2023", *paragraphs])
    (folder / "papers" / f"{name}.txt").write_text(text + "\n", "utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What the command prints."""
    capsys.readouterr()
    assert run(["watch", *arguments]) == code
    return capsys.readouterr().out


def new(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[str]]:
    """The texts that are told of, by the names of the searches."""
    capsys.readouterr()
    assert run(["watch", *arguments, "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    return {
        watch["name"]: [hit["snippet"]["text"] for hit in watch["new"]]
        for watch in found["watches"]
    }


def test_what_comes_after_an_index_is_told_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "jam", "marmalade")
    assert new(capsys) == {"jam": []}
    write(folder, "b", "Marmalade keeps for a year.")
    assert run(["index"]) == 0
    shown = said(capsys)
    assert "jam · 1 new of 2 passages" in shown
    assert "keeps for a year" in shown
    assert "oranges" not in shown
    assert "0 new of 2 passages" in said(capsys, code=1)


def test_a_peek_leaves_it_new(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", "jam", "marmalade")
    write(folder, "b", "Marmalade keeps for a year.")
    assert run(["index"]) == 0
    assert "1 new" in said(capsys, "--peek")
    assert "1 new" in said(capsys)
    assert "0 new" in said(capsys, code=1)


def test_a_file_that_is_renamed_or_an_index_made_anew_is_no_news(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "jam", "marmalade")
    (folder / "papers" / "a.txt").rename(folder / "papers" / "z.txt")
    assert run(["index"]) == 0
    assert new(capsys) == {"jam": []}
    kept = (folder / "watches.json").read_bytes()
    assert run(["index", "--rebuild"]) == 0
    assert (folder / "watches.json").read_bytes() == kept
    assert new(capsys) == {"jam": []}


def test_words_that_change_are_news(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", "jam", "marmalade")
    write(folder, "a", "Marmalade is made of lemons.")
    assert run(["index"]) == 0
    assert "lemons" in " ".join(new(capsys)["jam"])


def test_filters_in_the_query_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", "reports", "marmalade type:report")
    write(folder, "b", "Marmalade keeps for a year.")
    assert run(["index"]) == 0
    assert new(capsys) == {"reports": []}


DOCUMENTS = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(["oranges", "lemons", "limes", "plums"]), min_size=1, max_size=2),
    min_size=1,
)


@settings(max_examples=12, deadline=None)
@given(states=st.lists(DOCUMENTS, min_size=2, max_size=4))
def test_each_text_is_told_of_exactly_once(
    states: list[dict[str, list[str]]], vocabulary: Vocabulary
) -> None:
    """Documents come, go, change and are renamed; a text is what its document's fruits are."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told: list[str] = []
        ever: set[str] = set()
        for number, documents in enumerate(states):
            shutil.rmtree(folder / "papers", ignore_errors=True)
            for document, fruits in documents.items():
                write(folder, document, f"Marmalade of {' and '.join(fruits)}.")
            build([folder / "papers"], index=folder / "index", vocabulary=vocabulary)
            ever |= {f"Marmalade of {' and '.join(fruits)}." for fruits in documents.values()}
            if number == 0:
                _quietly(folder, "add", "jam", "marmalade")
                told += sorted(ever)
            told += _told(folder)
        assert sorted(told) == sorted(ever)


def _told(folder: Path) -> list[str]:
    corpus = open_corpus(folder / "index")
    (watch,) = read_watches(folder / "watches.json")
    news = news_of(corpus, corpus.vocabulary, watch)
    (folder / "watches.json").write_text(watches_text([news.after]), "utf-8")
    return [_sentence(hit.passage.text) for hit in news.new]


def _sentence(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("Marmalade"))


def _quietly(folder: Path, *arguments: str) -> None:
    places = ["--index", str(folder / "index"), "--file", str(folder / "watches.json")]
    assert run(["watch", *arguments, *places]) == 0


def test_the_feed_has_what_the_rfc_requires(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "jam", "marmalade")
    write(folder, "b", "Marmalade <b>keeps</b> & \u202estays\x0b for a year.")
    write(folder, "c", "Marmalade is bitter.")
    assert run(["index"]) == 0
    first = said(capsys, "--format", "atom", "--peek")
    feed = etree.fromstring(first.encode("utf-8"))
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert (element.findtext(f"{ATOM}updated") or "")[10] == "T"
    ids = [element.findtext(f"{ATOM}id") or "" for element in (feed, *entries)]
    assert len(set(ids)) == 3
    assert all(identifier.startswith("urn:uuid:") for identifier in ids)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert any("<b>keeps</b> &" in (e.findtext(f"{ATOM}content") or "") for e in entries)
    # The same entries keep their ids.
    assert said(capsys, "--format", "atom") == first


def test_searches_are_listed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", "jam", "marmalade")
    said(capsys, "add", "fruit", "oranges", "-lemons")
    assert said(capsys, "list") == "jam · marmalade\nfruit · oranges -lemons\n"
    said(capsys, "remove", "jam")
    assert said(capsys, "list") == "fruit · oranges -lemons\n"
    assert (folder / "watches.json").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "No search is saved"),
        (("remove", "jam"), "No saved search is named"),
        (("add", "jam", "grade:nonsense"), "nonsense"),
        (("add", " ", "marmalade"), "needs a name"),
        (("--peek", "add", "jam", "marmalade"), "Options stand after the command"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], words: str
) -> None:
    assert run(["watch", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not (folder / "watches.json").exists()


def test_a_name_is_given_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", "jam", "marmalade")
    kept = (folder / "watches.json").read_bytes()
    assert run(["watch", "add", "jam", "oranges"]) == 2
    assert "is saved already" in capsys.readouterr().err
    assert (folder / "watches.json").read_bytes() == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1"),
        ('{"format": 1,\n "watches": [}', "line 2"),
        ("[]", "holds no saved searches"),
        ('{"format": 2, "watches": []}', "another version"),
        ('{"format": 1, "watches": [{"name": "a", "query": 3, "seen": ""}]}', "saved search 1"),
        (
            '{"format": 1, "watches": [{"name": "a", "query": "b", "seen": ""},'
            ' {"name": "a", "query": "c", "seen": ""}]}',
            "two saved searches",
        ),
        ("[" * 100_000, "holds no saved searches"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_kept(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (folder / "watches.json").write_text(text, "utf-8")
    for arguments in ((), ("add", "jam", "marmalade"), ("remove", "a"), ("list",)):
        assert run(["watch", *arguments]) == 2
        assert words in capsys.readouterr().err
    assert (folder / "watches.json").read_text("utf-8") == text


def test_a_query_that_can_no_longer_be_read_stops_no_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "jam", "marmalade")
    held = json.loads((folder / "watches.json").read_text("utf-8"))
    held["watches"].insert(0, {"name": "old", "query": "force:atlantis", "seen": "ab"})
    (folder / "watches.json").write_text(json.dumps(held), "utf-8")
    write(folder, "b", "Marmalade keeps for a year.")
    assert run(["index"]) == 0
    shown = said(capsys)
    assert "The query cannot be read" in shown
    assert "keeps for a year" in shown
    kept = json.loads((folder / "watches.json").read_text("utf-8"))["watches"][0]
    assert kept == {"name": "old", "query": "force:atlantis", "seen": "ab"}
