"""Evidence packs and data sets as people export them, on the real index of the seeds."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import Terminal
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.evidence.tables import Sample, sampled
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary

QUERY = ("domestic", "abuse")
FORMATS = ("docx", "md", "html", "csv", "jsonl")
SLOW = """
import sys, time
from peelsearch.citations.citing import Citer
real = Citer.of
def slow(self, *args, **more):
    print("writing", flush=True)
    time.sleep(0.05)
    return real(self, *args, **more)
Citer.of = slow
from peelsearch.cli import run
sys.exit(run(sys.argv[1:]))
"""
PEAK = """
import resource, sys
from peelsearch.cli import run
assert run(sys.argv[1:]) == 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_export_twice_is_the_same_bytes(
    terminal: Terminal, tmp_path: Path, ending: str
) -> None:
    for name in ("one", "two"):
        code, _, told = terminal("export", *QUERY, "-o", f"{name}.{ending}")
        assert (code, told) == (0, f"Written: {name}.{ending}\n")
    one, two = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert names(tmp_path) == [f"one.{ending}", f"two.{ending}"]


def test_every_quotation_is_whole_and_cited(terminal: Terminal, corpus: Corpus) -> None:
    _, out, _ = terminal("export", *QUERY, "--format", "jsonl")
    found = terminal.json("search", *QUERY)
    rows = lines(out)
    assert {row["id"] for row in rows} == {hit["passage"] for hit in found["hits"]}
    for row in rows:
        text = corpus.structure(row["document"]).text
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["speaker"]
        assert len(row["digest"]) == 64
    groups = [row["group"] for row in rows]
    assert len(set(groups)) == sum(a != b for a, b in zip(["", *groups], groups, strict=False))


def test_a_word_file_says_what_the_markdown_says(terminal: Terminal, tmp_path: Path) -> None:
    terminal("export", *QUERY, "--group-by", "force", "-o", "pack.docx")
    _, out, _ = terminal("export", *QUERY, "--group-by", "force")
    file = docx.Document(str(tmp_path / "pack.docx"))
    headings = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [line[3:] for line in out.splitlines() if line.startswith("## ")]
    assert headings[-1] == "Sources"
    said = [p for p in file.paragraphs if p.style and p.style.name == "Quotation"]
    assert len(said) == sum(line.startswith("> ") for line in out.splitlines())


def test_another_corpus_has_another_fingerprint(
    terminal: Terminal, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("A report\n\nFindings\n\nDomestic abuse is investigated well.\n")
    build([other], index=tmp_path / "index2", vocabulary=vocabulary)
    _, here, _ = terminal("export", *QUERY, "--format", "csv")
    _, there, _ = terminal("export", *QUERY, "--format", "csv", "--index", str(tmp_path / "index2"))
    assert not {r["fingerprint"] for r in table(here)} & {r["fingerprint"] for r in table(there)}


def test_questions_are_answered_or_said_not_to_be(terminal: Terminal, tmp_path: Path) -> None:
    asked = ["What does MASH stand for?", "Who won the football world cup in 1966?"]
    (tmp_path / "questions.txt").write_text("\n\n".join(asked))
    code, out, _ = terminal("export", "--answers", "questions.txt", "--format", "jsonl")
    rows = lines(out)
    assert code == 0
    notes = {row["group"]: row["note"] for row in rows if row["id"] is None}
    assert notes[asked[1]].startswith("Not answered in these documents.")
    assert {row["group"] for row in rows if row["id"]} == {asked[0]}
    assert any("multi-agency safeguarding hub" in (row["quote"] or "") for row in rows)


@pytest.mark.parametrize(
    ("question", "state", "said"),
    [
        ("Who won the football world cup?", "closest", "Not answered in these documents."),
        ("How does zyzzyva brachiate?", "none", "Not in these documents."),
    ],
)
def test_what_is_said_of_a_question_is_what_ask_finds(
    terminal: Terminal, tmp_path: Path, question: str, state: str, said: str
) -> None:
    _, out, _ = terminal("ask", question, "--json")
    assert json.loads(out)["state"] == state
    (tmp_path / "questions.txt").write_text(question)
    _, out, _ = terminal("export", "--answers", "questions.txt", "--format", "jsonl")
    (row,) = lines(out)
    assert row["note"] == f"{said} {json.loads(terminal('ask', question, '--json')[1])['reason']}"


def test_counts_and_limits_stand_above_the_quotations(terminal: Terminal, tmp_path: Path) -> None:
    question = "How many areas for improvement does Bedfordshire have?"
    (tmp_path / "questions.txt").write_text(question)
    _, out, _ = terminal("export", "--answers", "questions.txt", "--format", "markdown")
    before = out.partition("> “")[0]
    assert "These documents hold 10 areas for improvement." in before
    assert "Limited to Force: Bedfordshire Police; Kind: Area for improvement." in before
    assert out.count("> “") == 10


def test_asks_are_those_of_the_register(terminal: Terminal) -> None:
    _, out, _ = terminal("export", "--asks", "--format", "jsonl")
    _, register, _ = terminal("register", "--kind", "ask", "--format", "csv")
    assert {row["id"] for row in lines(out)} == {row["id"] for row in table(register)}
    assert {row["reference"] for row in lines(out)} == {r["reference"] for r in table(register)}


def test_all_sections_have_a_row(terminal: Terminal, corpus: Corpus) -> None:
    _, out, _ = terminal("export", "--all", "--format", "jsonl")
    rows = lines(out)
    wanted = [p.id for name in corpus.documents for p in corpus.reader.passages(name)]
    assert [row["id"] for row in rows] == wanted
    for row in rows:
        text = corpus.structure(row["document"]).text
        assert text[row["start"] : row["end"]] == row["text"]


def test_words_in_context_are_slices(terminal: Terminal, corpus: Corpus) -> None:
    _, out, _ = terminal("export", "--kwic", "safeguarding", "--width", "17", "--format", "jsonl")
    rows = lines(out)
    assert rows
    for row in rows:
        text = corpus.structure(row["document"]).text
        start, end = row["start"], row["end"]
        assert text[start:end] == row["match"]
        assert text[start - len(row["left"]) : start] == row["left"]
        assert text[end : end + len(row["right"])] == row["right"]
        assert max(len(row["left"]), len(row["right"])) <= 17
    marks = sum(
        len(h["marks"]) for h in terminal.json("search", "safeguarding", "--limit", "1000")["hits"]
    )
    assert len(rows) == marks


def test_counts_are_those_of_a_recount(terminal: Terminal) -> None:
    _, out, _ = terminal("export", "--counts", *QUERY)
    hits = terminal.json("search", *QUERY, "--limit", "1000")["hits"]
    _, every, _ = terminal("export", "--all", "--format", "jsonl")
    found, searched = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for hit in hits:
        found.update([("all", ""), ("theme", hit["theme"]), ("document", hit["document"]["id"])])
        found.update(("force", force) for force in hit["force"])
    for row in lines(every):
        searched.update([("all", ""), ("theme", row["theme"][0]), ("document", row["document"])])
        searched.update(("force", force) for force in row["force"])
    rows = {(r["by"], r["value"]): r for r in table(out) if r["by"] != "round"}
    assert set(rows) == set(searched)
    for key, row in rows.items():
        assert (int(row["passages"]), int(row["passages_searched"])) == (found[key], searched[key])
    assert int(rows["all", ""]["documents"]) == len({hit["document"]["id"] for hit in hits})


@given(st.sets(st.text(max_size=8), max_size=30), st.integers(1, 20), st.integers(0, 20), st.text())
def test_a_sample_depends_on_seed_and_ids_alone(
    ids: set[str], number: int, more: int, seed: str
) -> None:
    small = sampled(sorted(ids), Sample(number, seed))
    large = sampled(sorted(ids, reverse=True), Sample(number + more, seed))
    assert small == large[:number]
    assert len(small) == min(number, len(ids))
    assert set(small) <= ids


def test_a_sample_is_the_same_on_every_machine(terminal: Terminal) -> None:
    assert sampled(["a", "b", "c", "d"], Sample(2, "7")) == ["c", "a"]
    _, one, _ = terminal("export", "--all", "--sample", "12", "--seed", "7")
    _, all_, _ = terminal("export", "--all")
    rows, every = table(one), table(all_)
    assert len(rows) == 12
    assert [row for row in every if row in rows] == rows


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("abuse", "-o", "pack.xls"), "does not say what to write"),
        (("abuse", "--format", "docx"), "A Word file is not printed."),
        (("--all", "-o", "all.docx"), "A data set is not written as docx."),
        (("--all", "--sample", "0"), "--sample"),
        (("--all", "--asks"), "choose one"),
        (("--asks", "abuse"), "takes no query"),
        (("--answers", "nothing.txt"), "does not exist"),
        (("--answers", "empty.txt"), "holds no question"),
        (("--answers", "binary.txt"), "cannot be read as text"),
        (("abuse", "-o", "no/such/folder.md"), "cannot be written"),
        ((), "The query is empty."),
        (("abuse", "--sample", "3"), "--all"),
    ],
)
def test_what_cannot_be_is_said_once(
    terminal: Terminal, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "empty.txt").write_text("\n \n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    before = names(tmp_path)
    code, out, told = terminal("export", *arguments)
    assert (code, out) == (2, "")
    assert message in told
    assert told.count("Error:") == 1
    assert names(tmp_path) == before


def test_nothing_found_writes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    code, out, told = terminal("export", "xylophone", "-o", "pack.docx")
    assert (code, out) == (1, "")
    assert "Nothing found" in told
    assert names(tmp_path) == []


def test_what_somebody_wrote_is_kept(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "pack.md").write_text("mine")
    code, _, told = terminal("export", *QUERY, "-o", "pack.md")
    assert code == 2
    assert "--overwrite" in told
    assert (tmp_path / "pack.md").read_text() == "mine"
    assert terminal("export", *QUERY, "-o", "pack.md", "--overwrite")[0] == 0
    assert "Already written" in terminal("export", *QUERY, "-o", "pack.md")[2]


def test_a_table_goes_through_a_link_and_keeps_the_rights(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert terminal("register", "--format", "csv", "--output", "link.csv")[0] == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("id,")
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640
    assert terminal("register", "--format", "csv", "--output", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("ending", ["docx", "csv"])
def test_an_interrupted_export_leaves_nothing(
    seeds_index: Path, tmp_path: Path, ending: str
) -> None:
    command = [sys.executable, "-c", SLOW, "export", "force", "--index", str(seeds_index)]
    process = subprocess.Popen(
        [*command, "-o", f"pack.{ending}"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "\nInterrupted.\n")
    assert names(tmp_path) == []


def test_memory_does_not_grow_with_the_hits(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Twenty times the passages, each of 4,000 letters, and less than a tenth of them in memory."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(20):
        parts = (
            f"Part {number} {part}\n\n" + f"The force does well {part}. " * 160
            for part in range(100)
        )
        (folder / f"{number:02}.md").write_text("\n\n".join(f"# {text}" for text in parts))
    build([folder], index=tmp_path / "index", vocabulary=vocabulary)
    assert open_corpus(tmp_path / "index").reader.passage_count >= 2_000

    def peak(limit: int) -> int:
        target = str(tmp_path / f"{limit}.docx")
        more = ["export", "well", "--index", str(tmp_path / "index"), "-o", target]
        done = subprocess.run(
            [sys.executable, "-c", PEAK, *more, "--limit", str(limit)],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert "%" not in done.stderr
        return int(done.stdout.split()[-1])

    # As one tree or one text they would take 8 MB and many times that.
    assert peak(2_000) - peak(500) < 6_000
