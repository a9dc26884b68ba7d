"""The vocabulary file and how names are looked up in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.errors import UnknownValueError, VocabularyError
from peelsearch.vocabulary import TABLES, Vocabulary, fold, load_vocabulary, parse_vocabulary

SMALL = """
[[force]]
id = "north"
label = "North Council"
short = ["N"]
[[theme]]
id = "care"
label = "Care"
[[grade]]
id = "good"
label = "Good"
[[kind]]
id = "narrative"
label = "Narrative"
[[type]]
id = "other"
label = "Other"
[[round]]
id = "2020"
label = "2020"
"""


@given(st.text(max_size=40))
def test_folding_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Devon & Cornwall Police", "devon and cornwall police"),
        ("HM Inspector’s observations", "HM Inspector's observations:"),
        ("PEEL 2023–25", "peel 2023-25"),
        ("Requires\nimprovement", "requires improvement"),
    ],
)
def test_names_are_compared_without_case_and_punctuation(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_long_names_fold_like_short_ones() -> None:
    name = "Devon & Cornwall " * 100
    assert fold(name) == " ".join(["devon and cornwall"] * 100)


def test_the_43_forces_and_others(vocabulary: Vocabulary) -> None:
    ids = [entry.id for entry in vocabulary.force]
    assert len(ids) >= 43
    assert ids[:2] == ["avon-and-somerset", "bedfordshire"]


@pytest.mark.parametrize(
    ("table", "typed", "expected"),
    [
        ("grade", "RI", ("requires-improvement",)),
        ("kind", "AFI", ("area-for-improvement",)),
        ("kind", "Areas for improvement", ("area-for-improvement",)),
        ("kind", "ask", ("area-for-improvement", "cause-of-concern", "recommendation")),
        ("theme", "Good use of resources", ("leadership-resources",)),
        ("theme", "stop and search", ("public-treatment",)),
        ("round", "2021-22", ("2021-22",)),
        ("round", "2021/22", ("2021-22",)),
        ("force", "Beds", ("bedfordshire",)),
        ("force", "devon & cornwall", ("devon-and-cornwall",)),
        ("force", "Not stated", ("not-stated",)),
        ("type", "letter", ("commissioner-letter",)),
    ],
)
def test_typed_values(
    table: str, typed: str, expected: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert vocabulary.resolve(table, typed) == expected


def test_a_value_of_another_table_says_which(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownValueError) as caught:
        vocabulary.resolve("grade", "Bedfordshire")
    assert "it is a force" in caught.value.message


def test_an_unknown_value_has_suggestions(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownValueError) as caught:
        vocabulary.resolve("force", "Bedfordshre")
    assert caught.value.suggestions[0] == "bedfordshire"


def test_no_name_means_two_things_in_a_text(vocabulary: Vocabulary) -> None:
    for table in TABLES:
        names: dict[str, str] = {}
        for entry in vocabulary.table(table):
            for name in {fold(name) for name in entry.names}:
                assert names.setdefault(name, entry.id) == entry.id, (table, name)


def test_kinds_refer_to_kinds(vocabulary: Vocabulary) -> None:
    for kind in vocabulary.kind:
        for other in (kind.members, kind.passage, kind.carries):
            assert other is None or other in vocabulary.kind


def test_a_small_vocabulary_of_another_inspectorate() -> None:
    vocabulary = parse_vocabulary(SMALL)
    assert vocabulary.label("force", "north") == "North Council"
    assert vocabulary.offices == ()
    assert vocabulary.known_heading("Introduction") is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("[[round]]", "[[rounds]]"), "no [[round]]"),
        (('label = "Good"', 'labels = "Good"'), 'unknown key "labels"'),
        (('label = "Good"', "label = 3"), 'needs a text for "label"'),
        (('label = "Good"', 'label = "Good"\nstate = "yes"'), 'value of "state"'),
        (('label = "Good"', 'label = "Good"\naliases = "g"'), 'value of "aliases"'),
        (('label = "Narrative"', 'label = "N"\nlevel = true'), 'value of "level"'),
        (("[[force]]", 'offices = "mayor"\n[[force]]'), "list of texts"),
        (('id = "good"', 'id = "good'), "not valid TOML"),
        (('id = "2020"\n', ""), 'needs a text for "id"'),
        (
            ("[[round]]", '[[known_heading]]\nheadings = ["A"]\nlevel = 0\n[[round]]'),
            "number from 1",
        ),
        (
            (
                "[[round]]",
                '[[known_heading]]\nheadings = ["A"]\nlevel = 1\nmembers = "x"\n[[round]]',
            ),
            'no kind "x"',
        ),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(change: tuple[str, str], message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(SMALL.replace(*change, 1))
    assert message in caught.value.message


def test_a_file_is_loaded_and_named_in_errors(tmp_path: Path) -> None:
    path = tmp_path / "council.toml"
    with pytest.raises(VocabularyError, match=r"council\.toml"):
        load_vocabulary(path)
    path.write_text(SMALL, encoding="utf-8")
    first = load_vocabulary(path).fingerprint
    path.write_text(SMALL + "\n", encoding="utf-8")
    assert load_vocabulary(path).fingerprint != first
