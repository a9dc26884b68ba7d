"""What a reader keeps stays within its bound and changes no answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_samples import commit, passage

from peelsearch.engine.serving import open_serving_reader
from peelsearch.engine.snapshot import reader
from peelsearch.engine.snapshot.kept import Kept
from peelsearch.model import Everything, Request

EVERY = Request(Everything(), limit=20)


def test_what_no_longer_fits_makes_room_by_beginning_anew() -> None:
    kept: Kept[str] = Kept(len, 10)
    for key in "abc":
        kept.put(key, key * 5)
    assert [kept.get(key) for key in "abc"] == [None, None, "ccccc"]
    assert kept.put("d", "ddddd") == "ddddd"
    assert [kept.get(key) for key in "cd"] == ["ccccc", "ddddd"]


@pytest.mark.parametrize("most", [0, 100, reader._READ])
def test_passages_that_are_kept_are_those_that_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    documents = {
        name: [passage(name, at * 100, f"Use of force {at}. It is {name}.") for at in range(4)]
        for name in "abc"
    }
    commit(tmp_path, documents)
    first = open_serving_reader(tmp_path).search(EVERY)
    monkeypatch.setattr(reader, "_READ", most)
    again = open_serving_reader(tmp_path)
    for _ in range(3):
        assert again.search(EVERY) == first
    held = len(again._read._values)  # type: ignore[attr-defined]
    assert held == 12 if most > 100 else held < 12
    assert len(first.matches) == 12
