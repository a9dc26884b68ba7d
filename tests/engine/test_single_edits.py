"""Words one edit away are those that the definition of the distance gives, and no others."""

from __future__ import annotations

from array import array
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.engine import single_edits
from peelsearch.engine.near import distance
from peelsearch.engine.single_edits import one_edit
from peelsearch.engine.snapshot.blocks import Block, Strings

words = st.text("abcé", max_size=6)


def strings(held: set[str]) -> Strings:
    """A dictionary of the words."""
    encoded = sorted(word.encode() for word in held)
    ends = array("I", [0, *accumulate(map(len, encoded))])
    views = (memoryview(b"".join(encoded)), memoryview(ends).cast("B"))
    blob, bounds = (Block(v, 0, code, None) for v, code in zip(views, "BI", strict=True))
    return Strings(blob, bounds)


@pytest.mark.parametrize("few", [0, 2, 128])
@given(held=st.sets(words, min_size=1, max_size=80), word=words)
def test_exactly_the_words_one_edit_away(few: int, held: set[str], word: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # However few words are compared one by one, the walk finds the others.
        patch.setattr(single_edits, "_FEW", few)
        found = one_edit(word, strings(held))
    assert found == {other for other in held if distance(word, other, 2) == 1}


@pytest.mark.parametrize(
    "typed", ["xolice", "olice", "opolice", "oplice", "polcie", "polic", "policee", "poilce"]
)
def test_every_kind_of_edit_at_either_end(typed: str) -> None:
    many = {f"{letter}{number}" for letter in "abcdefopqrstu" for number in range(90)}
    assert one_edit(typed, strings({*many, "police"})) == {"police"}
