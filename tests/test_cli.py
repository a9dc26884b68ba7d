"""The commands as a person types them: what is printed, where, and the exit code."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands import Terminal
from peelsearch.cli import COMMANDS

SEEDS = Path(__file__).parents[1] / "seeds"


def test_search_as_json_keeps_the_contract(terminal: Terminal) -> None:
    found = terminal.json("search", "stop and search")
    assert found["query"] == "stop and search"
    assert {"interpreted", "total", "more", "page", "limit", "suggestion", "took_ms"} <= set(found)
    assert found["total"] == sum(v["count"] for v in found["facets"]["grade"])
    document = found["hits"][0]["document"]
    assert set(document) == {"id", "title", "path", "also", "type", "date", "round"}
    text = Path(document["path"]).read_text("utf-8")
    for hit in found["hits"]:
        source = Path(hit["document"]["path"]).read_text("utf-8")
        assert source[hit["start"] : hit["end"]] == hit["text"]
        snippet = hit["snippet"]
        assert source[snippet["start"] : snippet["end"]] == snippet["text"]
    assert "stop and search" in text


def test_search_takes_several_words_and_words_to_leave_out(terminal: Terminal) -> None:
    separate = terminal.json("search", "domestic", "abuse", "-Emerald")
    together = terminal.json("search", "domestic abuse -Emerald")
    assert separate["total"] == together["total"] == 5
    assert not any("Emerald" in hit["text"] for hit in separate["hits"])


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (["--kind", "AFI"], 10),
        (["--kind", "areas for improvement"], 10),
        (["kind:recommendation"], 3),
        (["--kind", "ask"], 13),
        (["force contact centre", "--grade", "RI"], 8),
        (["--theme", "Good use of resources", "--kind", "AFI"], 1),
        (["--round", "2021-22", "--kind", "innovative practice"], 2),
        (["--force", "Beds", "--doc-type", "letter", "--kind", "promising-practice"], 2),
        (["--grade", "reported separately"], 2),
        (["--year", "2023", "stop and search"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_filters_take_ids_labels_and_aliases(
    terminal: Terminal, arguments: list[str], total: int
) -> None:
    assert terminal.json("search", *arguments)["total"] == total


def test_search_as_text_says_where_each_hit_stands(terminal: Terminal) -> None:
    code, out, err = terminal("search", "digital triage vans", "--limit", "2")
    assert code == 0
    assert not err
    assert "6 passages in 1 document" in out
    assert "3 with this phrase, 3 with only some of it" in out
    assert "3 passages hold all of these; those that hold some of them follow." in out
    assert "Investigating crime › Innovative practice" in out
    assert "theme graded Requires improvement" in out
    assert "April 2022" in out
    assert "Hits 1 to 2 of 6; --page 2 shows the next." in out
    assert "\x1b" not in out


def test_search_says_what_was_perhaps_meant(terminal: Terminal) -> None:
    code, out, _ = terminal("search", "safegaurding", "oficers")
    assert code == 1
    coverage = '"peelsearch coverage" says what is held and what is missing.'
    assert out.splitlines()[1:] == ["Did you mean: safeguarding officers", coverage]
    assert terminal.json("search", "burglry", code=1)["suggestion"] == "burglary"
    code, out, _ = terminal("search", "Nottinghamshir")
    assert code == 1
    assert out.splitlines()[1:] == ["No document here is about Nottinghamshire Police.", coverage]


def test_search_counts_the_typed_words_apart_from_related_ones(terminal: Terminal) -> None:
    code, out, _ = terminal("search", "neighbourhood policing", "--limit", "1")
    assert code == 0
    assert out.splitlines()[:3] == [
        '7 passages in 1 document · "neighbourhood policing" or the related "community policing" '
        'in any form; passages with "neighbourhood policing" as a phrase first',
        "1 with this phrase, 1 with the words apart, 50 with only some of it",
        "2 passages with the words that were typed come first; 5 hold related words instead.",
    ]


def test_search_as_csv_and_markdown(terminal: Terminal) -> None:
    _, out, _ = terminal("search", "kind:AFI", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 10
    assert rows[0]["theme"] == "responding"
    _, out, _ = terminal("search", "kind:AFI", "--format", "markdown")
    assert out.count("\n1") >= 1
    assert "**10 passages in 1 document**" in out


def test_nothing_found_is_exit_code_one(terminal: Terminal) -> None:
    found = terminal.json("search", "xylophone", code=1)
    assert found["total"] == 0
    assert found["hits"] == []


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["search"], "The query is empty", "Give a word"),
        (["search", "("], "no word to search for", "Give a word"),
        (["search", "(" * 5_000], "5,000 characters", "few of its words"),
        (["search", "*a*"], "only the end of a word", "one asterisk"),
        (["search", "officer~9"], "at most 2", "officer~2"),
        (["search", "a" * 100_000], "100,000 characters", "few of its words"),
        (["search", "x", "--force", "Bedfordshre"], "No force", "bedfordshire"),
        (["search", "x", "--grade", "kent"], "is a force", "force:kent"),
        (["search", "x", "--year", "2021/22"], "not a year", "round:2021-22"),
        (["search", "x", "--since", "soon"], "not a date", "--help"),
        (["search", "x", "--limit", "0"], "--limit", "--help"),
        (["search", "x", "--forse", "kent"], "No such option", "--help"),
        (["search", "x", "--index", "nowhere"], "nowhere", "peelsearch index"),
        (["show", "nothing-like-it"], "No document", "status"),
        (["show", "Bedfordshire"], "names 2 documents", "one of these ids"),
        (["index", "missing-folder", "--index", "i"], "missing-folder", ""),
        (["index", "--index", "i"], "othing", "peelsearch index"),
        (["frobnicate"], "No such command", "--help"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_bad_input_is_one_message_with_the_next_thing_to_do(
    terminal: Terminal, arguments: list[str], message: str, hint: str
) -> None:
    code, out, err = terminal(*arguments)
    assert code == 2
    assert not out
    assert err.startswith("Error: ")
    assert message in err
    assert hint in err
    assert "Traceback" not in err


def test_errors_are_json_when_json_was_asked_for(terminal: Terminal) -> None:
    for arguments in (["search", "*a*"], ["search", "x", "--limit", "none"]):
        found = terminal.json(*arguments, code=2)
        assert set(found) == {"error", "hint"}


def test_sections_as_json(terminal: Terminal) -> None:
    found = terminal.json("sections", "000_401df79f5bc0650f.txt")
    assert [s["heading"] for s in found["sections"] if s["kind"] == "recommendation"] == [
        "Recommendation 2",
        "Recommendation 3",
        "Recommendation 6",
    ]
    deadlines = [f["deadline"] for f in found["findings"] if f["kind"] == "recommendation"]
    assert [d["text"] for d in deadlines] == [
        "By January 2024",
        "By January 2024",
        "By January 4",
    ]
    assert [d["date"] for d in deadlines] == ["2024-01", "2024-01", None]
    assert "how they conduct exit interviews" in found["findings"][2]["quote"]
    assert {finding["source"] for finding in found["findings"]} == {"quoted"}


def test_show_prints_the_text_as_it_was_read(terminal: Terminal) -> None:
    seed = SEEDS / "001_e142b4b2e42d0060.txt"
    code, out, _ = terminal("show", seed.name, "--text")
    assert code == 0
    assert out == seed.read_text("utf-8")


def test_show_prints_a_section_and_a_passage(terminal: Terminal) -> None:
    _, out, _ = terminal("show", "An inspection of", "Governance structures support")
    assert "Main findings › Governance structures support effective stop and search" in out
    assert "A quarterly stop and search meeting" in out
    hit = terminal.json("search", "quarterly stop and search meeting")["hits"][0]
    _, out, _ = terminal("show", hit["passage"])
    assert "A quarterly stop and search meeting" in out


def test_facets_list_values_with_counts(terminal: Terminal) -> None:
    counts = {v["value"]: v["count"] for v in terminal.json("facets", "kind")["facets"]["kind"]}
    assert counts["area-for-improvement"] == 10
    _, out, _ = terminal("facets", "grade")
    assert out.index("grade:outstanding") < out.index("grade:requires-improvement")


def test_adding_and_deleting_a_document(terminal: Terminal, tmp_path: Path) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "documents")
    index = ("--index", str(tmp_path / "own"))
    first = terminal.json("index", str(folder), *index)
    assert (first["added"], first["documents"]) == (3, 3)
    assert [Path(item["path"]).name for item in first["skipped"]] == ["README.md"]

    letter = folder / "new letter.txt"
    letter.write_text("Dear HMICFRS\n\nWe thank you for the marmalade report.\n", "utf-8")
    added = terminal.json("index", *index)
    assert (added["added"], added["unchanged"], added["documents"]) == (1, 3, 4)
    assert terminal.json("search", "marmalade", *index)["total"] == 1

    letter.unlink()
    removed = terminal.json("index", *index)
    assert (removed["removed"], removed["unchanged"], removed["documents"]) == (1, 3, 3)
    terminal.json("search", "marmalade", *index, code=1)


def test_an_unreadable_file_is_reported_and_the_rest_indexed(
    terminal: Terminal, tmp_path: Path
) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "documents")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    report = terminal.json("index", str(folder), "--index", str(tmp_path / "own"), code=2)
    assert report["documents"] == 3
    assert {Path(item["path"]).name for item in report["failed"]} == {"empty.txt", "binary.txt"}
    assert all(item["error"] for item in report["failed"])


def test_status_says_what_is_stale(terminal: Terminal, tmp_path: Path) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "documents")
    index = ("--index", str(tmp_path / "own"))
    terminal.json("index", str(folder), *index)
    (folder / "late.txt").write_text("Dear HMICFRS\n\nThank you.\n", "utf-8")
    found = terminal.json("status", *index)
    assert found["sound"]
    assert [(Path(i["path"]).name, i["reason"]) for i in found["stale"]] == [("late.txt", "new")]
    _, out, _ = terminal("status", "--documents", *index)
    assert "An inspection of Bedfordshire Police" in out
    assert "The index is sound." in out


def test_a_damaged_index_is_said_plainly_and_repaired(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    index = ("--index", str(folder))
    terminal.json("index", str(SEEDS), *index)
    snapshot = next(folder.glob("*.snapshot"))
    snapshot.write_bytes(snapshot.read_bytes()[:100])
    code, _, err = terminal("search", "force", *index)
    assert code == 2
    assert err.endswith("Repair it from the documents: peelsearch index\n")
    assert "was repaired" in terminal.json("index", *index)["warnings"][0]
    assert terminal.json("search", "force", *index)["total"] > 0


def test_settings_come_from_file_environment_and_flags(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "peelsearch.toml").write_text("limit = 3\n", "utf-8")
    assert len(terminal.json("search", "force")["hits"]) == 3
    monkeypatch.setenv("PEELSEARCH_LIMIT", "2")
    assert len(terminal.json("search", "force")["hits"]) == 2
    assert len(terminal.json("search", "force", "--limit", "1")["hits"]) == 1
    monkeypatch.setenv("PEELSEARCH_LIMIT", "many")
    code, _, err = terminal("search", "force")
    assert code == 2
    assert "PEELSEARCH_LIMIT" in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(terminal: Terminal, shell: str) -> None:
    code, out, _ = terminal("completion", shell)
    assert code == 0
    assert "_PEELSEARCH_COMPLETE" in out


def test_completion_offers_facet_values(tmp_path: Path) -> None:
    completed = subprocess.run(
        [sys.executable, "-c", "from peelsearch.cli import main; main()"],
        env={
            **os.environ,
            "_PEELSEARCH_COMPLETE": "bash_complete",
            "COMP_WORDS": "peelsearch search --grade req",
            "COMP_CWORD": "3",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "requires-improvement" in completed.stdout


def test_colour_only_where_it_is_wanted(seeds_index: Path, tmp_path: Path) -> None:
    """In a terminal there is colour, with NO_COLOR there is none."""
    script = shutil.which("script")
    assert script is not None
    command = f"{sys.executable} -c 'from peelsearch.cli import main; main()' search force"
    plain = {**os.environ, "PEELSEARCH_INDEX": str(seeds_index), "TERM": "xterm"}
    plain.pop("NO_COLOR", None)
    outputs = [
        subprocess.run(
            [script, "-qec", command, "/dev/null"],
            env=environment,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        ).stdout
        for environment in (plain, {**plain, "NO_COLOR": "1"})
    ]
    assert b"\x1b[" in outputs[0]
    assert b"\x1b[" not in outputs[1]


def test_every_command_summary_agrees_with_its_help(terminal: Terminal) -> None:
    _, out, _ = terminal("--help")
    for name, _, summary in COMMANDS:
        assert name in out
        code, text, _ = terminal(name, "--help")
        assert code == 0
        assert summary in " ".join(text.split())


CATALOGUE = """
[[document]]
path = "001_e142b4b2e42d0060.txt"
title = "Bedfordshire 2021/22"
date = "2022-04-22"

[[document]]
title = "Police performance: Getting a grip"
type = "national report"
date = 2023-07-07
"""


def test_a_catalogue_corrects_and_is_followed(terminal: Terminal, tmp_path: Path) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "documents")
    index = ("--index", str(tmp_path / "own"))
    terminal.json("index", str(folder), *index)
    (folder / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    assert [i["reason"] for i in terminal.json("status", *index)["stale"]] == ["new"]

    report = terminal.json("index", *index)
    assert (report["updated"], report["unchanged"]) == (1, 2)
    status = terminal.json("status", *index)
    corrected = next(d for d in status["documents"] if d["title"] == "Bedfordshire 2021/22")
    assert corrected["date"] == "2022-04-22"
    assert corrected["basis"]["date"] == corrected["basis"]["title"] == "catalogue.toml"
    assert corrected["basis"]["force"] == "the title"
    assert [stub["title"] for stub in status["stubs"]] == ["Police performance: Getting a grip"]
    found = terminal.json("search", "kind:AFI", "--since", "2022-04-20", *index)
    assert found["total"] == 10
    _, out, _ = terminal("status", "--documents", *index)
    assert "22 April 2022  (catalogue.toml)" in out
    assert "not stated" in out

    (folder / "catalogue.toml").unlink()
    assert terminal.json("index", *index)["updated"] == 1
    assert terminal.json("status", *index)["stubs"] == []


def test_a_broken_catalogue_stops_the_build_and_loses_nothing(
    terminal: Terminal, tmp_path: Path
) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "documents")
    index = ("--index", str(tmp_path / "own"))
    terminal.json("index", str(folder), *index)
    (folder / "catalogue.toml").write_text('[[document]]\npath = "a"\nforce = "Kant"\n', "utf-8")
    code, _, err = terminal("index", *index)
    assert code == 2
    assert 'document 1: No force is called "Kant"' in err
    assert "kent" in err
    assert terminal.json("search", "kind:AFI", *index)["total"] == 10


def test_a_catalogue_entry_without_its_file_is_warned_of(
    terminal: Terminal, tmp_path: Path
) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "documents")
    (folder / "catalogue.toml").write_text('[[document]]\npath = "gone.pdf"\n', "utf-8")
    report = terminal.json("index", str(folder), "--index", str(tmp_path / "own"))
    assert any("speaks of gone.pdf" in warning for warning in report["warnings"])


def test_front_matter_wins_over_the_text(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(
        "---\ntitle: A letter\ntype: post\ndate: 2020-05\n---\n"
        "1 May 2023\n\nDear HMICFRS\n\nThank you for the marmalade report.\n",
        "utf-8",
    )
    index = ("--index", str(tmp_path / "own"))
    terminal.json("index", str(tmp_path / "letter.md"), *index)
    document = terminal.json("status", *index)["documents"][0]
    assert (document["title"], document["date"]) == ("A letter", "2020-05")
    assert document["basis"]["date"] == "front matter"
    assert 'No type is called "post"' in document["remarks"][0]
