"""Searches that go through a great many postings, from the command line's reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_samples import commit, passage

from peelsearch.engine.opening import open_reader
from peelsearch.engine.serving import open_serving_reader
from peelsearch.engine.snapshot import list_hits, reader
from peelsearch.engine.snapshot.arrays import Arrays
from peelsearch.engine.snapshot.lists import Lists
from peelsearch.model import AnyOf, Matches, Request, Word

# Each passage holds two words of its own and one that all hold, some more often than others.
WORDS = [f"w{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]
RARE = Request(match=AnyOf(tuple(map(Word, WORDS))), boost=tuple(WORDS[:3]), limit=70)
ALL = Request(match=AnyOf((Word("police"), *map(Word, WORDS[:5]))), limit=70)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two segments."""
    rows = [
        passage(f"d{n:02d}", 0, f"Heading {word} {WORDS[n - 1]} " + "police " * (n % 4 + 1))
        for n, word in enumerate(WORDS)
    ]
    first = {row.document: [row] for row in rows[:40]}
    commit(tmp_path / "index", first)
    commit(tmp_path / "index", {**first, **{row.document: [row] for row in rows[40:]}})
    return tmp_path / "index"


def found(answer: Matches) -> list[tuple[str, float]]:
    return [(match.passage.id, round(match.score, 9)) for match in answer.matches]


def test_many_rare_alternatives_are_scored_posting_by_posting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poured = []
    original = list_hits._poured

    def watched(*given: object) -> list[float]:
        poured.append(given)
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(list_hits, "_is_sparse", lambda *_: False)
    term_by_term = found(open_reader(folder).search(RARE))
    monkeypatch.undo()
    monkeypatch.setattr(list_hits, "_poured", watched)
    command, site = open_reader(folder), open_serving_reader(folder)
    answer = command.search(RARE)
    assert found(answer) == term_by_term == found(site.search(RARE))
    assert answer.total == len(WORDS)
    assert any(len(parts) == len(WORDS) for parts, *_ in poured)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("request_", [RARE, ALL])
def test_a_command_computes_with_numpy_where_there_are_many_postings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, request_: Request
) -> None:
    few = open_reader(folder)
    expected = few.search(request_)
    assert isinstance(few._vectors, Lists)  # type: ignore[attr-defined]
    monkeypatch.setattr(reader, "MANY", 10)
    many = open_reader(folder)
    answer = many.search(request_)
    assert isinstance(many._vectors, Arrays)  # type: ignore[attr-defined]
    assert found(answer) == found(expected)
    assert (answer.total, answer.facets) == (expected.total, expected.facets)
