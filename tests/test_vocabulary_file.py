"""Vocabulary files that people write: documented key by key, remembered by the index."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from peelsearch.cli import run
from peelsearch.errors import VocabularyError
from peelsearch.facets import FACETS
from peelsearch.vocabulary import (
    Entry,
    Vocabulary,
    load_vocabulary,
    parse_vocabulary,
    remembered_vocabulary,
)
from peelsearch.vocabulary.file import FACET_NAMES, HEADING_KEYS, KEYS, LISTS
from peelsearch.vocabulary.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "vocabularies.md"
EXAMPLE = ROOT / "docs" / "examples" / "ilacs.toml"
SMALLEST = "".join(
    f'{table} = [{{id = "one", label = "One"}}]\n'
    for table in ("force", "theme", "grade", "kind", "type", "round")
)
REPORT = """\
Inspection of Torbay local authority children’s services

Inspection dates: 3 to 14 March 2025

The experiences and progress of children in care: good

Foster carers are well supported and say so. Children live with families who know them.
"""


def test_the_guide_names_every_key() -> None:
    named = set(re.findall(r"`\[*([a-z_]+)\]*`", GUIDE.read_text("utf-8")))
    keys = {*KEYS, *HEADING_KEYS, *(set(Entry.__dataclass_fields__) - {"order"})}
    assert keys - named == set()


def test_labels_may_name_every_facet() -> None:
    assert set(FACET_NAMES) == {facet.name for facet in FACETS}


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        ('[labels]\ncolour = "Colour"\n', 'no facet with "colour"'),
        ("labels = 3\n", "[labels] must give a text"),
        ("forceword = []\n", 'unknown key "forceword"'),
        ('known_heading = "Summary"\n', "[[known_heading]]"),
        ("[response_rule]\ndays = 56\n", "[response_rule] needs"),
        ('[response_rule]\ndays = 56\nsince = "soon"\nlaw = "L"\n', "must be a day"),
        ("addressee = 3\n", "[[addressee]]"),
        ('[[known_heading]]\nheadings = ["A"]\nlevels = 1\n', 'unknown key "levels"'),
    ],
)
def test_a_mistake_is_named(addition: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(SMALLEST + addition)
    assert message in caught.value.message


def test_the_smallest_file_is_enough() -> None:
    assert parse_vocabulary(SMALLEST).force["one"].label == "One"


def test_what_the_program_gives_itself_need_not_be_listed() -> None:
    known = load_vocabulary(EXAMPLE)
    assert known.kind["front-matter"].label == "Opening"
    assert known.type["other"].label == "Other document"
    assert known.grade["not-stated"].state
    assert [entry.order for entry in known.kind] == list(range(len(known.kind.entries)))


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    run([*arguments, "--json"])
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def _total(capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    return _json(capsys, "search", "foster", "carers", *arguments).get("total")


def test_the_index_remembers_its_vocabulary(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = reports.parent / "own.toml"
    copy.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert run(["index", str(reports), "--vocabulary", str(copy)]) == 0
    copy.unlink()
    capsys.readouterr()
    assert _total(capsys, "--force", "torbay", "--grade", "Good") == 1
    again = _json(capsys, "index")
    assert (again["unchanged"], again["updated"], again["warnings"]) == (1, 0, [])
    rebuilt = _json(capsys, "index", "--rebuild")
    assert rebuilt["documents"] == 1
    assert _total(capsys, "--force", "Torbay Council") == 1
    run(["facets", "force"])
    assert "Local authority" in capsys.readouterr().out
    run(["status"])
    assert "a file of its own" in capsys.readouterr().out


def values(vocabulary: Vocabulary) -> list[object]:
    """Everything that a vocabulary holds."""
    tables = [vocabulary.table(name).entries for name in TABLES]
    lists = [getattr(vocabulary, name) for name in LISTS]
    return [
        *(*tables, *lists, vocabulary.known_headings, vocabulary.labels),
        *(vocabulary.fingerprint, vocabulary.source),
    ]


@pytest.mark.parametrize("file", [None, EXAMPLE], ids=["own", "example"])
def test_what_is_remembered_is_the_vocabulary(file: Path | None) -> None:
    known = load_vocabulary(file)
    assert values(remembered_vocabulary(known.source)) == values(known)


def test_an_index_made_with_the_programs_own_vocabulary_follows_it() -> None:
    own = load_vocabulary()
    older = json.loads(parse_vocabulary(SMALLEST, own=True).source)
    assert values(remembered_vocabulary(json.dumps(older))) == values(own)
    older["own"] = False
    assert [entry.id for entry in remembered_vocabulary(json.dumps(older)).force] == ["one"]
    assert values(remembered_vocabulary("")) == values(own)


def test_an_index_of_an_earlier_version_remembers_the_text_of_the_file() -> None:
    text = EXAMPLE.read_text("utf-8")
    assert values(remembered_vocabulary(text)) == values(parse_vocabulary(text))
    with pytest.raises(VocabularyError, match="remembers cannot be used"):
        remembered_vocabulary(SMALLEST.replace("force", "forces"))


def test_another_vocabulary_reads_all_again_and_says_so(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index", str(reports)])
    capsys.readouterr()
    assert "error" in _json(capsys, "search", "carers", "--force", "torbay")
    found = _json(capsys, "index", "--vocabulary", str(EXAMPLE))
    assert found["updated"] == 1
    assert "vocabulary" in str(found["warnings"])
    assert _total(capsys, "--force", "torbay") == 1
    found = _json(capsys, "index", "--vocabulary", "default")
    assert found["updated"] == 1
    assert "error" in _json(capsys, "search", "carers", "--force", "torbay")


def test_a_search_with_another_vocabulary_is_warned_of(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index", str(reports)])
    capsys.readouterr()
    run(["search", "carers", "--vocabulary", str(EXAMPLE)])
    assert "another vocabulary" in capsys.readouterr().err


def test_the_date_says_what_it_is_the_date_of(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index", str(reports), "--vocabulary", str(EXAMPLE)])
    capsys.readouterr()
    document = _json(capsys, "sections", "report.txt")["document"]
    assert isinstance(document, dict)
    assert document["date"] == "2025-03-14"
    assert document["date_basis"] == "last day of the inspection"


def test_an_unknown_value_is_called_what_the_vocabulary_calls_it(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["index", str(reports), "--vocabulary", str(EXAMPLE)])
    capsys.readouterr()
    found = _json(capsys, "search", "carers", "--force", "Kent Police")
    assert found["error"] == 'No local authority is called "Kent Police".'
