"""Posting lists put together in bulk read as those of Whoosh's own writer."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from segment_samples import blocks, info_of

from peelsearch.engine.whoosh_blocks import Lists
from peelsearch.engine.whoosh_parts import FileStorage, W3Codec
from peelsearch.engine.whoosh_postings import encode

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.codec.whoosh3 import W3TermInfo
    from whoosh.formats import Existence, Format, Frequency, Positions
    from whoosh.util.numeric import byte_to_length, length_to_byte

# A posting: the passage, and the positions of the word in it.
Posting = tuple[int, Sequence[int]]

# Numbers of one, two and four bytes, neighbours among them.
numbers = st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2**31 - 1))
positions = st.one_of(
    numbers.map(lambda n: [n]),
    st.lists(numbers, min_size=1, max_size=4, unique=True).map(sorted),
    st.tuples(st.integers(1, 400), st.integers(0, 300)).map(lambda p: [*range(p[1], sum(p))]),
    # Values of 254 to 258 bytes: a length takes one byte up to 255.
    st.integers(120, 124).map(lambda count: [*range(count)]),
)


@st.composite
def postings(draw: st.DrawFn) -> list[Posting]:
    """A posting list: short and mixed, or longer than a block and made of few different ones."""
    if draw(st.booleans()):
        passages = sorted(draw(st.sets(numbers, min_size=1, max_size=8)))
        return [(passage, draw(positions)) for passage in passages]
    some = draw(st.lists(positions, min_size=1, max_size=3))
    step, count = draw(st.sampled_from([1, 300])), draw(st.sampled_from([127, 128, 129, 256, 300]))
    return [(step * n, some[n % len(some)]) for n in range(count)]


def length_of(passage: int) -> int:
    """Any length; lengths of all sizes are among neighbours."""
    return (1, 11, 180, 5_000, 200_000)[passage % 5]


class ByPassage:
    """The length bytes of two thousand million passages, which nobody wants to hold."""

    def __getitem__(self, passages: Any) -> Any:
        table = np.array([length_to_byte(length_of(n)) for n in range(5)], dtype=np.uint8)
        return table[passages % 5]


def value_of(form: Format, places: Sequence[int]) -> bytes:
    """The value that Whoosh's format gives a posting."""
    words = ["x"] * len(places)
    if isinstance(form, Positions):
        return form.encode(places)
    ((_, _, _, value),) = form.word_values(words, None)
    return value


def stock(path: Path, form: Format, lists: Sequence[Sequence[Posting]]) -> list[Any]:
    """The lists written posting by posting with Whoosh's writer, and read."""
    with FileStorage(str(path)).create_file("stock") as file:
        writer = W3Codec().postings_writer(file)
        infos = []
        for postings in lists:
            writer.start_postings(form, W3TermInfo())
            for passage, places in postings:
                length = byte_to_length(length_to_byte(length_of(passage)))
                weight = 1.0 if isinstance(form, Existence) else float(len(places))
                writer.add_posting(passage, weight, value_of(form, places), length)
            infos.append(writer.finish_postings().to_bytes())
    return read(path / "stock", form, infos)


def bulk(path: Path, form: Format, lists: Sequence[Sequence[Posting]], level: int) -> list[Any]:
    """The lists encoded at once, and read."""
    flat = [posting for postings in lists for posting in postings]
    plain = isinstance(form, Existence)
    data, infos = encode(
        Lists(
            starts=np.array([0, *accumulate(map(len, lists))]),
            passages=np.array([passage for passage, _ in flat]),
            counts=np.array([1 if plain else len(places) for _, places in flat]),
            positions=np.array([place for _, places in flat for place in places]),
            value_size=form.fixed_value_size(),
            lengths=ByPassage(),
        ),
        offset=5,
        level=level,
    )
    (path / "bulk").write_bytes(b"_____" + data.tobytes())
    return read(path / "bulk", form, [info.tobytes() for info in infos])


def read(path: Path, form: Format, infos: Sequence[bytes]) -> list[Any]:
    """Each list as a stock Whoosh reads it."""
    found = []
    with FileStorage(str(path.parent)).open_file(path.name) as file:
        for data in infos:
            info = W3TermInfo.from_bytes(data)
            matcher = W3Codec().postings_reader(file, info, form)
            found.append((info_of(info), list(blocks(matcher))))
    return found


@pytest.mark.parametrize("form", [Positions, Frequency, Existence])
@pytest.mark.parametrize("level", [0, 1])
def test_posting_lists_read_the_same(form: Callable[[], Format], level: int) -> None:
    @settings(max_examples=60, deadline=None)
    @given(lists=st.lists(postings(), min_size=1, max_size=4))
    def check(lists: list[list[Posting]]) -> None:
        with tempfile.TemporaryDirectory() as name:
            expected = stock(Path(name), form(), lists)
            assert bulk(Path(name), form(), lists, level) == expected

    check()
