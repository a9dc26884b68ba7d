"""The tracker: written by people, joined to findings, never changed and never short of a row."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import Terminal
from letter_samples import LETTER, NATIONAL, SECOND
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.model.papers import RowState, Tracker, TrackerRow
from peelsearch.papers import joined_tracker, read_tracker
from peelsearch.papers.tracker_file import COLUMNS, parse
from peelsearch.register import RegisterOptions, register
from peelsearch.render.tracker import NOTED, TRACKER_COLUMNS
from peelsearch.vocabulary import Vocabulary

SEEDS = Path(__file__).parents[1] / "seeds"
HEAD = ",".join(COLUMNS)
KENT = """\
PEEL 2021/22

An inspection of Kent Police

Responding to the public

Good

Kent Police is good at responding to the public.

Area for improvement

The force should make sure that callers are told how long they will have to wait for an answer

We found that callers were not told. They often gave up, and nobody called them back.

September 2022
"""


def findings(corpus: Corpus, vocabulary: Vocabulary) -> dict[str, str]:
    """Ids of the findings with their references."""
    found = register(corpus, vocabulary, ExtractMemory(), RegisterOptions("2024-02-01"))
    return {entry.id: entry.reference for entry in found.entries}


def joined(corpus: Corpus, vocabulary: Vocabulary, file: Path) -> Tracker:
    rows = read_tracker(file)
    return joined_tracker(corpus, vocabulary, ExtractMemory(), str(file), rows)


def states(tracker: Tracker) -> list[str]:
    return [found.state.value for found in tracker.rows]


# --- the file ---------------------------------------------------------------------------------

CELLS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\x85\u2028\u2029"),
    max_size=20,
).map(str.strip)
IDS = st.text("abcdef0123456789-", min_size=1, max_size=12).map(lambda text: f"id{text}")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS, st.dates() | st.none()), max_size=5),
    st.lists(IDS, min_size=5, max_size=5, unique=True),
    st.sampled_from(",;\t"),
    st.sampled_from(["\r\n", "\n"]),
    st.booleans(),
    st.permutations(COLUMNS),
)
def test_what_spreadsheets_write_is_read(
    cells: list[tuple[object, ...]],
    ids: list[str],
    delimiter: str,
    end: str,
    mark: bool,
    columns: list[str],
) -> None:
    """Any cells, in any order of columns, with any of the usual marks and line ends."""
    wanted = [
        dict(zip(COLUMNS, (identifier, *row), strict=True))
        for identifier, row in zip(ids, cells, strict=False)
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(columns)
    for row in wanted:
        closed = row["closed"]
        writer.writerow(
            closed.isoformat() if name == "closed" and closed else row[name] for name in columns
        )
    data = text.getvalue().encode("utf-8-sig" if mark else "utf-8")
    rows, problems = parse(data)
    assert problems == ()
    assert len(rows) == len(wanted)
    for row, want in zip(rows, wanted, strict=True):
        for name in COLUMNS:
            said = str(want[name] or "")
            # An apostrophe before what a spreadsheet would run is ours.
            kept = said[1:] if said.startswith(("'=", "'+", "'-", "'@")) else said
            assert getattr(row, name) == kept


def test_a_row_has_the_line_it_begins_in() -> None:
    text = f'{HEAD}\n\na,,Ann,open,"two\nlines",,\n,,,,,,\nb;x,,"Bo, B",,,,31/01/2024,,\n'
    rows, problems = parse(text.encode())
    assert problems == ()
    assert [(row.line, row.id, row.owner, row.closed) for row in rows] == [
        (3, "a", "Ann", ""),
        (6, "b;x", "Bo, B", "2024-01-31"),
    ]
    assert rows[0].note == "two\nlines"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"{HEAD}\na,,,,,,2024-02-30\n", ['line 2: "2024-02-30" is not a day']),
        (f"{HEAD}\na,,,,,,soon\nb,,,,,,13/13/2024\n", ["line 2: ", 'line 3: "13/13/2024"']),
        ("id,owner,colour\na,b,c\n", ['line 1: unknown column "colour"', "columns are id, "]),
        ("id,owner,Owner\na,b,c\n", ['line 1: column "owner" stands there 2 times']),
        ("owner,status\na,b\n", ['line 1: there is no column "id"']),
        ("", ['line 1: there is no column "id"']),
        (f"{HEAD}\na\nb\n\na,,,\n", ["line 5: the id a stands in line 2 too"]),
        ("id,owner\na,b\nc,d,e\n", ["line 3: 3 cells for 2 columns"]),
        (f"{HEAD}\n,ref,Ann\n", ["line 2: the id is missing"]),
        (f'{HEAD}\na,"open\nb,,\nc,,\n', ["line 2: "]),
        (f'{HEAD}\na,"x"y\n', ["line 2: "]),
        (f"{HEAD}\na\nb,caf\xe9\n".encode("latin-1"), ["line 3: not UTF-8 text"]),
        (HEAD.encode("utf-16"), ["line 1: not UTF-8 text"]),
    ],
)
def test_a_malformed_row_names_its_line(
    data: str | bytes, said: list[str], tmp_path: Path, terminal: Terminal
) -> None:
    file = tmp_path / "tracker.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    before = file.read_bytes()
    with pytest.raises(InputError) as raised:
        read_tracker(file)
    for words in said:
        assert words in raised.value.message
    # The commands that join it say the same, and leave it as it is.
    for command in (["register"], ["force", "Bedfordshire"], ["tracker"]):
        code, out, err = terminal(*command)
        assert (code, out) == (2, "")
        assert raised.value.message.replace(str(file), "tracker.csv") in err
    assert file.read_bytes() == before


def test_of_many_problems_the_first_are_named(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text(HEAD + "\n" + "".join(f"a{n},,,,,,never\n" for n in range(9)), "utf-8")
    with pytest.raises(InputError, match=r"line 2: .*line 6: .*; and 4 more\.$"):
        read_tracker(file)


# --- a tracker lives for years ----------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, vocabulary: Vocabulary) -> Path:
    """A folder of documents with an index beside it."""
    documents = tmp_path / "documents"
    documents.mkdir()
    for seed in SEEDS.glob("*.txt"):
        shutil.copy(seed, documents)
    (documents / "kent.txt").write_text(KENT, "utf-8")
    build([documents], index=tmp_path / "index", vocabulary=vocabulary)
    return tmp_path


def ten_rows(place: Path, vocabulary: Vocabulary) -> Path:
    """A tracker as a spreadsheet saves it: nine asks of the seed report and the one of Kent."""
    known = findings(open_corpus(place / "index"), vocabulary)
    report = [item for item in known.items() if item[1].startswith("Bedfordshire 2021/22 AFI")]
    kent = [item for item in known.items() if item[1].startswith("Kent")]
    assert (len(report), len(kent)) == (10, 1)
    lines = [";".join(COLUMNS)]
    for number, (identifier, reference) in enumerate([*report[:9], *kent]):
        # Some people delete the reference.
        name = reference if number % 2 else ""
        lines.append(f'{identifier};{name};Owner {number};open;"Noted; and\nkept";=1+1;01/02/2024')
    file = place / "tracker.csv"
    file.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return file


def test_ten_rows_survive(place: Path, vocabulary: Vocabulary) -> None:
    file = ten_rows(place, vocabulary)
    before, stamp = file.read_bytes(), file.stat().st_mtime_ns
    documents, index = place / "documents", place / "index"

    def now() -> Tracker:
        build([documents], index=index, vocabulary=vocabulary)
        found = joined(open_corpus(index), vocabulary, file)
        assert [one.row.owner for one in found.rows] == [f"Owner {n}" for n in range(10)]
        assert file.read_bytes() == before
        assert file.stat().st_mtime_ns == stamp
        return found

    first = now()
    assert states(first) == ["held"] * 10
    references = [one.entry.reference for one in first.rows if one.entry]

    # Built anew, from nothing.
    shutil.rmtree(index)
    assert now() == first

    # The file of the report has another name, and stands in another folder.
    (documents / "2022").mkdir()
    next(documents.glob("001_*.txt")).rename(documents / "2022" / "Bedfordshire.txt")
    moved = now()
    assert states(moved) == ["moved"] * 9 + ["held"]
    assert [one.entry.reference for one in moved.rows if one.entry] == references
    for one in moved.rows[:9]:
        assert one.entry is not None
        assert one.entry.id.startswith("bedfordshire-")
        assert one.hint == f"its id is now {one.entry.id}"

    # A document is removed: its row is there, without a finding.
    (documents / "kent.txt").unlink()
    without = now()
    assert states(without) == ["moved"] * 9 + ["gone"]
    assert [one.row.reference for one in without.unjoined] == [references[9]]

    # All of them are removed but one.
    (documents / "2022" / "Bedfordshire.txt").unlink()
    assert states(now()) == ["gone"] * 10

    # They come back.
    (documents / "kent.txt").write_text(KENT, "utf-8")
    shutil.copy(next(SEEDS.glob("001_*.txt")), documents)
    assert states(now()) == ["held"] * 10


def test_every_command_reports_rows_without_a_finding(
    place: Path, vocabulary: Vocabulary, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = ten_rows(place, vocabulary)
    before = file.read_bytes()
    (place / "documents" / "kent.txt").unlink()
    monkeypatch.setenv("PEELSEARCH_INDEX", str(place / "index"))
    assert terminal("index", str(place / "documents"))[0] == 0
    said = "tracker.csv, line 20: Kent 2021/22 AFI 1 (kent-"
    for command in (["register", "--theme", "leadership"], ["force", "Bedfordshire"], ["tracker"]):
        wide = terminal(*command, "--format", "markdown")[1].replace("\\", "")
        assert "no such finding in this corpus" in wide
        assert "Kent 2021/22 AFI 1" in wide
        if command != ["tracker"]:
            assert said in wide
            assert said in terminal(*command)[1]
            assert said in terminal(*command, "--format", "csv")[2]
            (unjoined,) = json.loads(terminal(*command, "--json")[1])["tracker"]["unjoined"]
            assert (unjoined["line"], unjoined["state"]) == (20, "gone")
    assert file.read_bytes() == before


def test_an_edited_finding_is_offered_not_taken(place: Path, vocabulary: Vocabulary) -> None:
    """Other words are another finding; a person decides whether the row goes on with it."""
    file = ten_rows(place, vocabulary)
    changed = KENT.replace("They often gave up", "They gave up")
    (place / "documents" / "kent.txt").write_text(changed, "utf-8")
    build([place / "documents"], index=place / "index", vocabulary=vocabulary)
    last = joined(open_corpus(place / "index"), vocabulary, file).rows[-1]
    assert (last.state, last.entry) == (RowState.GONE, None)
    assert last.hint.startswith("the same reference: Kent 2021/22 AFI 1 (kent-")


def row(line: int, identifier: str, reference: str = "") -> TrackerRow:
    return TrackerRow(line, identifier, reference, "", "", "", "", "")


def test_the_same_words_twice_are_nobodys(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Two forces that are asked the same are told apart by the reference, or not at all."""
    where = tmp_path / "documents"
    where.mkdir()
    (where / "kent.txt").write_text(KENT, "utf-8")
    (where / "essex.txt").write_text(KENT.replace("Kent", "Essex"), "utf-8")
    build([where], index=tmp_path / "index", vocabulary=vocabulary)
    corpus = open_corpus(tmp_path / "index")
    known = {reference: found for found, reference in findings(corpus, vocabulary).items()}
    kent, essex = known["Kent 2021/22 AFI 1"], known["Essex 2021/22 AFI 1"]
    assert kent[-8:] == essex[-8:]
    gone = f"old-00000000-{kent[-8:]}"
    rows = (row(2, gone), row(3, gone.replace("old", "older"), "Kent 2021/22 AFI 1"))
    found = joined_tracker(corpus, vocabulary, ExtractMemory(), "x", rows)
    assert states(found) == ["gone", "moved"]
    assert found.rows[0].hint.startswith("the same words: ")
    assert found.rows[1].entry is not None
    assert found.rows[1].entry.id == kent


def test_an_id_comes_before_the_same_words(corpus: Corpus, vocabulary: Vocabulary) -> None:
    identifier = next(iter(findings(corpus, vocabulary)))
    moved = f"old-00000000-{identifier.rpartition('-')[2]}"
    found = joined_tracker(
        corpus, vocabulary, ExtractMemory(), "x", (row(2, moved), row(3, identifier))
    )
    assert states(found) == ["twice", "held"]
    assert found.rows[0].hint == "line 3 is of the same finding"


def test_a_letters_quotation_goes_on_as_its_reports_finding(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A row that was begun when only letters were held is joined when the report comes."""
    where = tmp_path / "documents"
    where.mkdir()
    (where / "a.txt").write_text(LETTER, "utf-8")
    (where / "b.txt").write_text(SECOND, "utf-8")
    build([where], index=tmp_path / "index", vocabulary=vocabulary)
    begun = [
        found
        for found, reference in findings(open_corpus(tmp_path / "index"), vocabulary).items()
        if "recommendation" in reference
    ]
    file = tmp_path / "tracker.csv"
    file.write_text("id\n" + "\n".join(begun) + "\n", "utf-8")
    (where / "report.txt").write_text(NATIONAL, "utf-8")
    build([where], index=tmp_path / "index", vocabulary=vocabulary)
    found = joined(open_corpus(tmp_path / "index"), vocabulary, file)
    assert len(found.rows) == 3
    assert set(states(found)) == {"held"}
    for one in found.rows:
        assert one.entry is not None
        assert one.entry.id.startswith("report-")
        assert one.hint == f"its id is now {one.entry.id}"


# --- beside the findings ----------------------------------------------------------------------

NOTES = {
    "owner": "Insp. A. Person",
    "status": "in progress",
    "note": '=HYPERLINK("http://x") and [a](b)',
    "evidence": "\\\\server\\a_(1)\\[b].pdf",
    "closed": "2024-01-31",
}


@pytest.fixture
def noted(terminal: Terminal) -> str:
    """A tracker in the current folder with one row; the id of its finding."""
    identifier = terminal.json("register", "--kind", "AFI")["entries"][3]["id"]
    with Path("tracker.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ("id", *NOTED))
        writer.writeheader()
        writer.writerow({"id": identifier, **NOTES})
    return str(identifier)


@pytest.mark.parametrize("command", [["register"], ["force", "Bedfordshire"]])
def test_notes_stand_beside_their_finding(
    command: list[str], noted: str, terminal: Terminal
) -> None:
    found = terminal.json(*command)
    entries = found["entries" if command == ["register"] else "asks"]
    assert [entry["id"] for entry in entries if entry["tracker"]] == [noted]
    assert next(entry["tracker"] for entry in entries if entry["tracker"]) == NOTES
    assert found["tracker"] == {"file": "tracker.csv", "unjoined": []}
    said = (
        f"{NOTES['owner']} · {NOTES['status']} · closed 31 January 2024 · {NOTES['note']} · "
        f"evidence: {NOTES['evidence']}"
    )
    assert f"Tracker: {said}" in terminal(*command)[1]
    rows = list(csv.DictReader(io.StringIO(terminal(*command, "--format", "csv")[1])))
    assert tuple(rows[0])[-6:] == (*TRACKER_COLUMNS, "fingerprint")
    (own,) = [row for row in rows if row["tracker_owner"]]
    assert own["id" if command == ["register"] else "passage"] == noted
    # What a spreadsheet would run is text.
    assert own["tracker_note"] == "'" + NOTES["note"]
    assert [own[f"tracker_{name}"] for name in NOTED if name != "note"] == [
        NOTES[name] for name in NOTED if name != "note"
    ]
    assert terminal(*command, "--format", "docx", "--output", "table.docx")[0] == 0
    tables = docx.Document("table.docx").tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert cells.count(said) == 1
    assert "Tracker" in terminal(*command, "--format", "markdown")[1]


@pytest.mark.parametrize("command", [["register"], ["force", "Bedfordshire"]])
def test_without_a_tracker_nothing_is_said_of_it(command: list[str], terminal: Terminal) -> None:
    assert "racker" not in terminal(*command)[1]
    assert "tracker" not in terminal(*command, "--json")[1]
    assert "tracker" not in terminal(*command, "--format", "csv")[1].partition("\n")[0]


def test_which_file_is_the_tracker(
    noted: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("tracker.csv").rename("other.csv")
    code, _, err = terminal("tracker")
    assert code == 2
    assert "There is no tracker.csv in this folder." in err
    assert terminal.json("tracker", "--tracker", "other.csv")["rows"][0]["id"] == noted
    monkeypatch.setenv("PEELSEARCH_TRACKER", "other.csv")
    assert terminal.json("register")["tracker"]["file"] == "other.csv"
    monkeypatch.setenv("PEELSEARCH_TRACKER", "missing.csv")
    code, _, err = terminal("register")
    assert code == 2
    assert "The tracker missing.csv cannot be read" in err
    Path("other.csv").rename("tracker.csv")
    monkeypatch.setenv("PEELSEARCH_TRACKER", "")
    assert "tracker" not in terminal.json("register")


def test_a_new_file_is_written_once(terminal: Terminal) -> None:
    assert terminal("tracker", "--new", "tracker.csv", "--theme", "responding")[0] == 0
    data = Path("tracker.csv").read_bytes()
    rows = read_tracker(Path("tracker.csv"))
    asks = terminal.json("register", "--kind", "ask", "--theme", "responding")["entries"]
    assert [(row.id, row.reference) for row in rows] == [(e["id"], e["reference"]) for e in asks]
    code, _, err = terminal("tracker", "--new", "tracker.csv")
    assert code == 2
    assert "nothing was changed in it" in err
    assert Path("tracker.csv").read_bytes() == data
    code, _, err = terminal("tracker", "--theme", "responding")
    assert code == 2
    assert "Filters say what a new file starts with." in err


def test_the_tracker_in_each_format(noted: str, terminal: Terminal) -> None:
    with Path("tracker.csv").open("a", encoding="utf-8") as file:
        file.write("gone-1,=1+1\n")
    found = terminal.json("tracker")
    assert [one["state"] for one in found["rows"]] == ["held", "gone"]
    assert (found["rows"][0]["finding"]["id"], found["rows"][1]["finding"]) == (noted, None)
    assert len(found["untracked"]) == 12
    text = terminal("tracker")[1]
    assert "2 rows (1 joined by its id, 1 no such finding in this corpus)" in text
    rows = list(csv.DictReader(io.StringIO(terminal("tracker", "--format", "csv")[1])))
    assert [row["state"] for row in rows] == ["held", "gone"]
    assert rows[1]["owner"] == "'=1+1"
    assert terminal("tracker", "--format", "docx", "--output", "t.docx")[0] == 0
    cells = [
        cell.text
        for table in docx.Document("t.docx").tables
        for row in table.rows
        for cell in row.cells
    ]
    assert {"gone-1", "=1+1", NOTES["note"], NOTES["evidence"]} <= set(cells)


def test_an_index_of_the_folder_leaves_the_tracker_alone(noted: str, terminal: Terminal) -> None:  # noqa: ARG001
    before = Path("tracker.csv").read_bytes()
    shutil.copy(next(SEEDS.glob("001_*.txt")), "report.txt")
    code, _, said = terminal("index", ".", "--index", "here")
    assert code == 0, said
    assert Path("tracker.csv").read_bytes() == before
    assert len(open_corpus(Path("here")).documents) == 1
