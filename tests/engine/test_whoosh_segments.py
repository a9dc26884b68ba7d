"""Segments written in bulk hold what Whoosh's own writer would have written."""

from __future__ import annotations

import multiprocessing
import pickle
import random
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
from batch_samples import batch_of
from engine_samples import corpora, passage
from hypothesis import given, settings
from segment_samples import contents, stock_segment

from peelsearch.corpus import Corpus
from peelsearch.engine import folder, whoosh_segments
from peelsearch.engine.schema import schema
from peelsearch.engine.whoosh_parts import TOC, FileStorage
from peelsearch.engine.whoosh_segments import SegmentMade, segment_of, write_segment
from peelsearch.model import Everything, Passage, Request

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import whoosh


def assert_equal(passages: Sequence[Passage]) -> None:
    """Both writers' segments of the passages read the same."""
    batch = batch_of(passages)
    with tempfile.TemporaryDirectory() as name:
        mine, stock = Path(name, "mine"), Path(name, "stock")
        stock.mkdir()
        expected = contents(stock, stock_segment(stock, batch.passages))
        mine.mkdir()
        found = contents(mine, segment_of(write_segment(mine, batch)))
    for part, value in expected.items():
        assert found[part] == value, part
    assert found.keys() == expected.keys()


@settings(max_examples=40, deadline=None)
@given(corpus=corpora())
def test_any_segment_reads_as_one_of_whoosh(corpus: dict[str, list[Passage]]) -> None:
    assert_equal([found for passages in corpus.values() for found in passages])


@pytest.fixture(params=["compressed", "as it is"])
def _compressed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments that are compressed however small they are, and such as never are."""
    small = 0 if request.param == "compressed" else 1_000_000
    monkeypatch.setattr(whoosh_segments, "SMALL", small)


@pytest.mark.usefixtures("_compressed")
def test_the_seeds_read_the_same(corpus: Corpus) -> None:
    found = corpus.reader.search(Request(Everything(), limit=10_000)).matches
    assert len(found) > 90
    assert_equal([match.passage for match in found])


@pytest.mark.usefixtures("_compressed")
def test_unusual_passages_read_the_same() -> None:
    many = [
        # Words that stand once, equally often or differently often in the passages of a block.
        passage("many", n, " ".join(["use", *["force"] * (n % 5 + 1), "crime", "crime"]))
        for n in range(400)
    ]
    texts = {
        "empty": "...",
        "accents": "naïve Zürich 東京 🚓 ελλάδα ß",
        "long": "use " * 300 + "of force",
        "longer": "rare rare " + "use " * 70_000 + "rare",
        "only": " ".join(f"w{n}" for n in range(2_000)),
    }
    odd = [passage(name, 0, text, headings=()) for name, text in texts.items()]
    odd.append(passage("start", 2**32 - 1, "at the end of the numbers", headings=("One",)))
    odd.append(passage("facets", 0, "use", facets={"force": ("b", "a", "b", "a,c d")}))
    assert_equal([*many, *odd])


def test_terms_that_no_passage_holds_are_left_out(tmp_path: Path) -> None:
    batch = batch_of([passage("a", 0, "use of force"), passage("b", 0, "stop and search")])
    second = write_segment(tmp_path, batch_of([passage("b", 0, "stop and search")]))
    emptied = {name: _without_first(inverted) for name, inverted in batch.fields.items()}
    made = write_segment(tmp_path, type(batch)(batch.passages[1:], emptied))
    assert contents(tmp_path, segment_of(made)) == contents(tmp_path, segment_of(second))


def _without_first(inverted: whoosh_segments.Inverted) -> whoosh_segments.Inverted:
    """The field without its first passage, all of its terms still listed."""
    kept = inverted.passages > 0
    before = whoosh_segments.sums(kept)
    places = kept.repeat(inverted.counts)
    return whoosh_segments.Inverted(
        terms=inverted.terms,
        starts=before[inverted.starts],
        passages=inverted.passages[kept] - 1,
        counts=inverted.counts[kept],
        positions=None if inverted.positions is None else inverted.positions[places],
        lengths=inverted.lengths[1:],
    )


# --- in a folder ------------------------------------------------------------------------------


def commit(where: Path, made: Sequence[SegmentMade]) -> None:
    """A table of contents that lists the segments."""
    segments = [segment_of(one) for one in made]
    TOC(schema(), segments, 1).write(FileStorage(str(where)), folder.INDEX_NAME)


STOCK = """
import sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[2])
from whoosh.index import open_dir
from whoosh.query import And, Phrase, Term
queries = [
    Term("body", "forc"),
    Term("words", "forces"),
    Phrase("words", ["stop", "and", "search"]),
    Phrase("words", ["search", "and", "stop"]),
    Term("facet_theme", "green"),
    And([Term("body", "forc"), Term("facet_theme", "green")]),
    Term("id", "b-0"),
    Term("document", "b"),
]
with open_dir(sys.argv[1]).searcher() as searcher:
    for query in queries:
        hits = searcher.search(query, limit=None)
        print(*sorted(hit["payload"].split('"id":"')[1].split('"')[0] for hit in hits))
    every = searcher.search(Term("facet_force", "red"), sortedby=["document", "start"])
    print(*(hit["payload"].split('"start":')[1].split(",")[0] for hit in every))
assert not [name for name in sys.modules if "peelsearch" in name or "nltk" in name]
"""


def test_a_stock_whoosh_finds_the_same(tmp_path: Path) -> None:
    green = {"theme": ("green",)}
    first = [
        passage("a", 0, "stop and search of officers"),
        passage("a", 90, "the use of force and forces", facets=green),
    ]
    second = [passage("b", 0, "search, then stop and search", facets=green)]
    where = tmp_path / "index"
    where.mkdir()
    commit(where, [write_segment(where, batch_of(some)) for some in (first, second)])
    # Only Whoosh can be imported there.
    only = tmp_path / "only"
    only.mkdir()
    (only / "whoosh").symlink_to(Path(whoosh.__file__).parent)
    script = [sys.executable, "-I", "-S", "-c", STOCK, str(where), str(only)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == [
        "a-90",
        "a-90",
        "a-0 b-0",
        "",
        "a-90 b-0",
        "a-90",
        "b-0",
        "b-0",
        "0 90 0",
        "",
    ]


def _write(where: Path, document: str, count: int) -> list[SegmentMade]:
    """Several segments, from names that a shared seed would make the same in every process."""
    random.seed(1)
    batch = batch_of([passage(document, n, "use of force") for n in range(20)])
    return [write_segment(where, batch) for _ in range(count)]


def test_processes_write_segments_at_the_same_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        tasks = [pool.apply_async(_write, (tmp_path, name, 30)) for name in "ab"]
        made = [segment for task in tasks for segment in task.get(60)]
    assert len({segment.id for segment in made}) == 60
    expected = {name: contents(tmp_path, segment_of(_write(tmp_path, name, 1)[0])) for name in "ab"}
    for number, segment in enumerate(made):
        assert contents(tmp_path, segment_of(segment)) == expected["ab"[number // 30]]
    assert list((tmp_path / folder.SCRATCH).iterdir()) == []


def test_what_was_made_can_be_sent_to_another_process(tmp_path: Path) -> None:
    made = write_segment(tmp_path, batch_of([passage("a", 0, "use of force")]))
    sent = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    assert sent == made
    assert contents(tmp_path, segment_of(sent)) == contents(tmp_path, segment_of(made))


def test_a_segment_that_cannot_be_written_leaves_no_open_file(tmp_path: Path) -> None:
    broken = passage("a", 0, "use of force", headings=("Report",))
    object.__setattr__(broken, "start", 2**32)
    with pytest.raises(ValueError, match="out of range"):
        write_segment(tmp_path, batch_of([broken]))
    assert list((tmp_path / folder.SCRATCH).iterdir()) == []
    with pytest.raises(UnicodeEncodeError):
        write_segment(tmp_path, batch_of([passage("a", 0, "use", facets={"year": ("\ud800",)})]))
