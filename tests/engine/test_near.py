"""Edit distance by optimal string alignment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.engine.near import distance, within


def slow(first: str, second: str) -> int:
    """Optimal string alignment, straight from its definition."""
    table = [
        [i + j if not i * j else 0 for j in range(len(second) + 1)] for i in range(len(first) + 1)
    ]
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            same = first[i - 1] == second[j - 1]
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (not same)
            )
            if first[i - 2 : i] == second[j - 2 : j][::-1] and min(i, j) > 1:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


short = st.text("abc", max_size=7)


@given(short, short, st.integers(0, 3))
def test_distance_is_exact_up_to_its_limit(first: str, second: str, limit: int) -> None:
    assert distance(first, second, limit) == min(slow(first, second), limit + 1)


@given(short, st.lists(short), st.integers(0, 2))
def test_no_word_is_missed(word: str, candidates: list[str], edits: int) -> None:
    expected = [(c, slow(word, c)) for c in candidates if slow(word, c) <= edits]
    assert list(within(word, candidates, edits)) == expected


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [("burglary", "burglray", 1), ("ca", "abc", 3), ("force", "force", 0), ("", "ab", 2)],
)
def test_known_distances(first: str, second: str, edits: int) -> None:
    assert distance(first, second, 5) == edits
