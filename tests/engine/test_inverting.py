"""Passages inverted in bulk are what they are word by word, whatever was inverted before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from batch_samples import batch_of
from engine_samples import corpora, passage
from hypothesis import given, settings

from peelsearch import analysis
from peelsearch.engine import pieces
from peelsearch.engine.batches import Batch
from peelsearch.engine.inverting import Tokens, held, invert
from peelsearch.model import Passage


def plain(batch: Batch) -> dict[str, tuple[Any, ...]]:
    return {
        name: (
            list(field.terms),
            field.starts.tolist(),
            field.passages.tolist(),
            field.counts.tolist(),
            None if field.positions is None else field.positions.tolist(),
            field.lengths.tolist(),
        )
        for name, field in batch.fields.items()
    }


def written(tokens: Tokens) -> list[tuple[str, str, int, int]]:
    columns = (tokens.ids, tokens.starts, tokens.ends)
    return [
        (tokens.words[word], tokens.stems[tokens.stem_of[word]], start, end)
        for word, start, end in zip(*(column.tolist() for column in columns), strict=True)
    ]


def assert_right(passages: Sequence[Passage]) -> None:
    expected = batch_of(passages)
    batch, tokens = invert(expected.passages)
    assert plain(held(batch)) == plain(expected)
    assert written(tokens) == [term for p in batch.passages for term in _terms(p)]
    headings = {word for p in passages for text in p.headings for word in analysis.words(text)}
    assert set(tokens.words) == {word for p in passages for word, *_ in _terms(p)} | headings


def _terms(found: Passage) -> list[tuple[str, str, int, int]]:
    return [(t.word, t.stem, t.start, t.end) for t in analysis.terms(found.text)]


@settings(max_examples=60, deadline=None)
@given(corpus=corpora())
def test_any_passages_are_inverted(corpus: dict[str, list[Passage]]) -> None:
    passages = [found for some in corpus.values() for found in some]
    if passages:
        assert_right(passages)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PIECES", 50)
    monkeypatch.setattr(pieces, "_LETTERS", 10_000)
    for text in ("use of force", " ".join(f"w{n}" for n in range(60)), "x" * 10_001, "use, of"):
        assert_right([passage("a", 0, text)])
        assert sum(len(kept) for kept in pieces._kept) < 50
        assert sum(len(piece) for kept in pieces._kept for piece in kept) < 10_000
