"""Searching one commit: every number against a recount by hand over the passages."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import pytest
from engine_samples import commit, corpora, expressions, matches, passage, stems
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length, length_to_byte

from peelsearch import analysis
from peelsearch.engine import ranking
from peelsearch.engine.opening import open_reader
from peelsearch.engine.protocol import Reader
from peelsearch.facets import FACETS
from peelsearch.model import (
    AllOf,
    AnyOf,
    Everything,
    Expression,
    Passage,
    Phrase,
    Request,
    Sort,
    Stem,
    StemPhrase,
    Word,
)

filters = st.lists(
    st.tuples(
        st.sampled_from([facet.name for facet in FACETS]),
        st.lists(st.sampled_from(["red", "green", "none"]), min_size=1, max_size=2, unique=True),
    ),
    max_size=3,
    unique_by=lambda item: item[0],
).map(lambda found: tuple((name, tuple(values)) for name, values in found))


def has(found: Passage, name: str, values: tuple[str, ...]) -> bool:
    return any(value in found.facets[name] for value in values)


@settings(max_examples=60, deadline=None)
@given(
    documents=corpora(),
    match=expressions,
    excluded=st.lists(expressions, max_size=1).map(tuple),
    chosen=filters,
    restricted=st.none() | st.frozensets(st.sampled_from("abcxyz")),
    counted=st.lists(expressions, max_size=2).map(tuple),
)
def test_totals_and_facet_counts_equal_a_recount(
    documents, match, excluded, chosen, restricted, counted
) -> None:
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), documents)
        reader = open_reader(Path(name))
        request = Request(
            match, excluded, filters=chosen, documents=restricted, counted=counted, limit=100
        )
        answer = reader.search(request)
        reader.close()
    scope = [
        p
        for passages in documents.values()
        for p in passages
        if not any(matches(e, p) for e in excluded)
        and (restricted is None or p.document in restricted)
    ]
    allowed = [p for p in scope if all(has(p, n, v) for n, v in chosen)]
    found = [p for p in allowed if matches(match, p)]
    assert answer.total == len(found) == len(answer.matches)
    assert {m.passage.id: m.passage for m in answer.matches} == {p.id: p for p in found}
    assert answer.documents == len({p.document for p in found})
    assert answer.counts == tuple(sum(matches(e, p) for p in allowed) for e in counted)
    for facet in FACETS:
        others = [(n, v) for n, v in chosen if n != facet.name]
        base = [p for p in scope if matches(match, p) and all(has(p, n, v) for n, v in others)]
        counts: dict[str, int] = {}
        for p in base:
            for value in p.facets[facet.name]:
                counts[value] = counts.get(value, 0) + 1
        assert answer.facets[facet.name] == counts


@settings(max_examples=25, deadline=None)
@given(documents=corpora(), expression=expressions)
def test_frequency_counts_the_matches(documents, expression) -> None:
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), documents)
        reader = open_reader(Path(name))
        counted = reader.frequency(expression)
        reader.close()
    assert counted == sum(matches(expression, p) for ps in documents.values() for p in ps)


@settings(max_examples=25, deadline=None)
@given(documents=corpora(), match=st.lists(stems, min_size=1, max_size=3), boost=stems)
def test_scores_are_bm25_with_light_headings(documents, match, boost) -> None:
    with tempfile.TemporaryDirectory() as name:
        commit(Path(name), documents)
        reader = open_reader(Path(name))
        found = reader.search(Request(AnyOf(tuple(map(Stem, match))), boost=(boost,), limit=100))
        reader.close()
    passages = [p for ps in documents.values() for p in ps]
    for hit in found.matches:
        by_hand = sum(bm25(stem, hit.passage, passages, body) for stem in match)
        by_hand += ranking.HEADING * bm25(boost, hit.passage, passages, heading)
        by_hand += ranking.PATH * bm25(boost, hit.passage, passages, path)
        assert hit.score == pytest.approx(by_hand, abs=1e-8)


def body(p: Passage) -> tuple[str, ...]:
    return analysis.stems(p.text)


def heading(p: Passage) -> tuple[str, ...]:
    return analysis.stems(p.headings[-1])


def path(p: Passage) -> tuple[str, ...]:
    return analysis.stems(" ".join(p.headings[:-1]))


def bm25(stem: str, hit: Passage, passages: list[Passage], field) -> float:
    df = sum(stem in field(p) for p in passages)
    tf = field(hit).count(stem)
    if not tf:
        return 0.0
    idf = math.log(len(passages) / (df + 1)) + 1
    average = sum(len(field(p)) for p in passages) / len(passages)
    # Whoosh keeps the length of a text in one byte, which rounds it.
    length = byte_to_length(length_to_byte(len(field(hit))))
    norm = 1 - ranking.B + ranking.B * length / average
    return idf * tf * (ranking.K1 + 1) / (tf + ranking.K1 * norm)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    documents = {
        "a": [
            passage("a", 0, "The use of force by officers", date="2021"),
            passage("a", 100, "The force uses an office", date="2021"),
        ],
        "b": [
            passage("b", 0, "Use of force, use of force", date="2022-04"),
            passage("b", 50, "Nothing of interest here at all", date="2022-04"),
        ],
        "c": [passage("c", 0, "Force is used", headings=("Use of force", "Use"))],
    }
    commit(tmp_path, documents)
    return open_reader(tmp_path)


USE_FORCE = AllOf((Stem("use"), Stem("forc")))


@pytest.mark.parametrize(
    ("match", "ids"),
    [
        pytest.param(Stem("offic"), ["a-0", "a-100"], id="a stem joins officer and office"),
        pytest.param(Word("office"), ["a-100"], id="a word does not"),
        pytest.param(Phrase(("use", "of", "force")), ["a-0", "b-0"], id="a phrase"),
        pytest.param(Phrase(("force", "use")), ["b-0"], id="a phrase over punctuation"),
        pytest.param(StemPhrase(("forc", "use")), ["a-100", "b-0"], id="a phrase of stems"),
        pytest.param(AnyOf(()), [], id="no alternative"),
        pytest.param(AllOf((Everything(), Word("used"))), ["c-0"], id="everything and a word"),
        pytest.param(Stem("report"), [], id="headings above do not match"),
    ],
)
def test_matching(reader: Reader, match: Expression, ids: list[str]) -> None:
    found = reader.search(Request(match, sort=Sort.DOCUMENT))
    assert [m.passage.id for m in found.matches] == ids


def test_preferred_passages_come_first_in_their_order(reader: Reader) -> None:
    prefer = (Word("used"), Phrase(("use", "of", "force")))
    found = reader.search(Request(USE_FORCE, prefer=prefer))
    assert [m.passage.id for m in found.matches] == ["c-0", "b-0", "a-0", "a-100"]


def test_headings_add_to_the_score_but_do_not_match(reader: Reader) -> None:
    plain = reader.search(Request(USE_FORCE))
    boosted = reader.search(Request(USE_FORCE, boost=("use", "forc")))
    assert {m.passage.id for m in plain.matches} == {m.passage.id for m in boosted.matches}
    before = {m.passage.id: m.score for m in plain.matches}
    for match in boosted.matches:
        more = match.passage.id == "c-0"
        assert (match.score > before[match.passage.id]) is more


def test_dates_are_sorted_newest_first_and_undated_last(reader: Reader) -> None:
    found = reader.search(Request(Everything(), sort=Sort.DATE))
    assert [m.passage.id for m in found.matches] == ["b-0", "b-50", "a-0", "a-100", "c-0"]


def test_everything_is_in_document_order_without_scores(reader: Reader) -> None:
    found = reader.search(Request(Everything(), offset=1, limit=3))
    assert [m.passage.id for m in found.matches] == ["a-100", "b-0", "b-50"]
    assert found.total == 5
    assert {m.score for m in found.matches} == {0.0}


def test_a_page_past_the_end_is_empty(reader: Reader) -> None:
    found = reader.search(Request(Stem("forc"), offset=50))
    assert (found.total, found.matches) == (4, ())


def test_passages_are_found_by_id_and_document(reader: Reader) -> None:
    assert reader.passage("b-50") == passage(
        "b", 50, "Nothing of interest here at all", date="2022-04"
    )
    assert reader.passage("b-51") is None
    assert [p.id for p in reader.passages("a")] == ["a-0", "a-100"]
    assert reader.passages("nobody") == ()


def test_words_with_prefix_are_in_order_and_one_more_than_the_limit(reader: Reader) -> None:
    assert reader.words_with_prefix("o", 10) == ("of", "office", "officers")
    assert reader.words_with_prefix("o", 1) == ("of", "office")
    assert reader.words_with_prefix("zz", 3) == ()


def test_words_near_are_nearest_first_with_their_passages(reader: Reader) -> None:
    assert reader.words_near("focre", 2) == (("force", 1, 4),)
    assert reader.words_near("use", 1) == (("use", 0, 2), ("used", 1, 1), ("uses", 1, 1))
    assert reader.words_near("orce", 1) == ()
    assert reader.words_near("", 2) == ()


def test_indexed_words_have_stems_and_stems_have_forms(reader: Reader) -> None:
    assert reader.forms("use") == {"use", "used", "uses"}
    assert reader.forms("nowher") == frozenset()
    assert reader.stem("officers") == "offic"
    assert reader.stem("using") is None
    for word in reader.words_with_prefix("", 100):
        assert word in reader.forms(analysis.stem(word))
        assert reader.stem(word) == analysis.stem(word)


def test_an_empty_index_answers(tmp_path: Path) -> None:
    commit(tmp_path, {})
    reader = open_reader(tmp_path)
    assert reader.search(Request(Everything())).total == 0
    assert reader.search(
        Request(Stem("forc"), prefer=(Word("x"),), counted=(Word("y"),))
    ).counts == (0,)
    assert reader.words_with_prefix("a", 3) == ()
    assert reader.passage("a") is None
    assert reader.problems() == ()
