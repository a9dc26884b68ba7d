"""The table of terms, read by the class of Whoosh that reads such tables."""

from __future__ import annotations

import tempfile
import warnings

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peelsearch.engine.whoosh_parts import FileStorage, OrderedHashWriter
from peelsearch.engine.whoosh_terms import TermTable, _slots

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.filedb.filetables import OrderedHashReader

keys = st.sets(st.binary(max_size=6), max_size=40)


@settings(deadline=None)
@given(first=keys, second=keys)
@example(first={b"%d" % n for n in range(5_000)}, second=set())
def test_every_key_is_found(first: set[bytes], second: set[bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        storage = FileStorage(name)
        table = TermTable(OrderedHashWriter(storage.create_file("table")))
        table.extras["fieldmap"] = {"a": 1}
        expected = {}
        for prefix, some in ((b"1:", sorted(first)), (b"2:", sorted(second))):
            values = np.arange(3 * len(some)).astype(np.uint8).reshape(-1, 3)
            if some:
                table.add_many(prefix, some, values)
            expected |= {
                prefix + key: value.tobytes() for key, value in zip(some, values, strict=True)
            }
        table.close()
        reader = OrderedHashReader.open(storage, "table")
        assert reader.extras["fieldmap"] == {"a": 1}
        assert dict(reader) == expected
        assert {key: list(reader.all(key)) for key in expected} == {
            key: [value] for key, value in expected.items()
        }
        assert all(reader.closest_key(key) == key for key in expected)
        assert reader.closest_key(b"") == min(expected, default=None)
        assert list(reader.all(b"3:")) == []
        reader.close()


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 2**24 - 1)), min_size=1, max_size=60))
# Three that want the last slot of six, and the first of them.
@example([(7, 5), (7, 5), (7, 0), (9, 1)])
@example([(255, n) for n in (9, 9, 9, 8, 8)])
def test_a_key_is_found_from_the_slot_that_it_wants(wants: list[tuple[int, int]]) -> None:
    buckets = np.array([bucket for bucket, _ in wants])
    wanted = np.array([slot for _, slot in wants])
    counts = np.bincount(buckets, minlength=256)
    slots = _slots(wanted, buckets, counts).tolist()
    taken = set(zip(buckets.tolist(), slots, strict=True))
    assert len(taken) == len(wants)
    for (bucket, want), slot in zip(wants, slots, strict=True):
        size = 2 * int(counts[bucket])
        assert 0 <= slot < size
        passed = range((slot - want) % size)
        assert all((bucket, (want + step) % size) in taken for step in passed)
