"""Search and answers do not get worse: measured on judged collections, against pinned floors.

Floors only go up: ``python -m tools.quality floors`` raises them, in the commit that raises the
quality. The shared collections are not part of the project; without them they are skipped.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tools.quality import measures
from tools.quality.__main__ import main
from tools.quality.collection import CollectionError, read_collection
from tools.quality.figures import Figure, Result, Run
from tools.quality.floors import LoweredError, failures, raised, read_floors
from tools.quality.gate import COLLECTIONS
from tools.quality.matching import holds, points, touches
from tools.quality.report import table
from tools.quality.runs import measure


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_measure_falls_below_its_floor(name: str) -> None:
    folder = COLLECTIONS[name]
    if not folder.is_dir():
        pytest.skip(f"the collection is not there: {folder}")
    result = measure(read_collection(folder, name))
    print(table([result], read_floors()))  # noqa: T201
    assert failures(result, read_floors()) == []


def test_every_floor_belongs_to_a_collection() -> None:
    # Spelling is measured by tests/test_spelling_quality.py.
    assert set(read_floors()) <= {*COLLECTIONS, "spelling"}


# The gate's own tests: a small collection of each layout, and figures worked out by hand.


def test_measures_by_hand() -> None:
    assert measures.ndcg([0, 2], [2, 1], 10) == pytest.approx(
        (2 / math.log2(3)) / (2 + 1 / math.log2(3))
    )
    assert measures.ndcg([2, 1], [1, 2, 0], 10) == 1.0
    assert measures.ndcg([0] * 10 + [1], [1], 10) == 0.0
    assert measures.ndcg([], [], 10) == 0.0
    assert measures.recall([1, 0, 3], [1, 1, 1, 1], 3) == 0.5
    assert measures.first_rank([False, True]) == 2
    assert measures.reciprocal_rank(measures.first_rank([False, True])) == 0.5
    assert measures.reciprocal_rank(measures.first_rank([False])) == 0.0
    assert (measures.hit(3, 3), measures.hit(4, 3)) == (1.0, 0.0)
    answered, answerable = [True, False, False, True], [True, True, False, False]
    assert measures.abstention_precision(answered, answerable) == 0.5
    assert measures.abstention_recall(answered, answerable) == 0.5
    assert measures.abstention_precision([True], [True]) == 1.0
    assert [measures.quantile([4, 1, 3, 2], share) for share in (0.5, 0.95)] == [2, 4]


def test_right_means_the_expected_words_and_little_else() -> None:
    assert holds("a [hub \\(MASH\\)](#) in the force’s\n care", ["hub (MASH) in the force's"])
    assert not holds("a hub", ["hubs"])
    assert touches("94.8 percent", ["percent"])
    assert touches("percent", ["94.8 percent"])
    assert not touches("", ["94.8 percent"])
    long = "of the stop and searches that we looked at in the whole of the year 94.8 percent were"
    assert touches(long, ["94.8 percent"])
    assert not points(long, ["94.8 percent"])
    assert points(long, ["searches that we looked at in the whole"])
    assert points("we found that 94.8 percent of these were right", ["94.8 percent"])


def write_lines(path: Path, *records: object) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def test_a_collection_of_texts_is_ranked(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "docs.jsonl",
        {"id": "1", "title": "Wings", "text": "The lift of a wing in a slipstream."},
        {"id": "2", "title": "Heat", "text": "Heat transfer to a blunt body."},
        {"id": "3", "title": "", "text": ""},
    )
    write_lines(
        tmp_path / "queries.jsonl",
        {"id": "a", "text": "lift of wings"},
        {"id": "b", "text": "blunt bodies"},
    )
    (tmp_path / "qrels-with-source.tsv").write_text("a\t1\t3\na\t2\t-1\nb\t1\t2\n", "utf-8")
    figures = measure(read_collection(tmp_path)).figures
    assert figures["nDCG@10"] == Figure("nDCG@10", 0.5, 2, {"BM25": 0.5})
    assert figures["recall@10"].value == 0.5


def write_passages(folder: Path) -> None:
    """Four articles of one passage, with a question about each."""
    facts = {
        "Lakes": ("The lake of Malham is 3.8 metres deep.", "How deep is the lake of Malham?"),
        "Bridges": ("The Humber bridge was opened in 1981.", "When was the Humber bridge opened?"),
        "Poets": ("John Clare was born in Helpston.", "Where was John Clare born?"),
        "Ships": ("The Cutty Sark carried tea and wool.", "What did the Cutty Sark carry?"),
    }
    answers = {
        "Lakes": "3.8 metres",
        "Bridges": "1981",
        "Poets": "Helpston",
        "Ships": "tea and wool",
    }
    write_lines(
        folder / "passages.jsonl",
        *({"id": title, "title": title, "text": text} for title, (text, _) in facts.items()),
    )
    write_lines(
        folder / "questions.jsonl",
        *(
            {
                "id": title,
                "question": question,
                "answers": [answers[title]],
                "answer_starts": [text.index(answers[title])],
                "passage_id": title,
            }
            for title, (text, question) in facts.items()
        ),
    )


def test_questions_about_what_was_removed_are_counted(tmp_path: Path) -> None:
    write_passages(tmp_path)
    result = measure(read_collection(tmp_path))
    figures = {measure: figure.value for measure, figure in result.figures.items()}
    assert figures["answer hit@1"] == figures["passage hit@1"] == figures["kept"] == 1.0
    assert figures["removed: kept"] == figures["removed: abstention recall"] == 1.0
    assert result.figures["removed: abstention recall"].count == 4
    assert result.violations == ()
    again = measure(read_collection(tmp_path)).figures
    assert {m: f.value for m, f in again.items() if f.pinned} == {
        m: f.value for m, f in result.figures.items() if f.pinned
    }


def test_own_questions_and_queries_on_documents(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "note.txt").write_text(
        "Visits\n\nThe team made 3,700 visits in 2021.\n\n"
        "Training\n\nEach officer is trained twice.\n",
        "utf-8",
    )
    question = {"id": "q1", "question": "How many visits were made?", "answerable": True}
    other = {"id": "q2", "question": "How many horses were bought?", "answerable": False}
    (tmp_path / "questions.json").write_text(
        json.dumps([question | {"answer_strings": ["3,700"]}, other | {"answer_strings": []}]),
        "utf-8",
    )
    figures = measure(read_collection(tmp_path)).figures
    assert figures["answer hit@1"].value == figures["span right"].value == 1.0
    assert figures["abstention recall"] == Figure("abstention recall", 1.0, 1)


def test_a_folder_without_a_collection_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CollectionError, match="holds no collection"):
        read_collection(tmp_path)
    (tmp_path / "questions.json").write_text('[{"id": 1}]', "utf-8")
    assert main(["run", str(tmp_path)]) == 2
    assert "not as its layout says" in capsys.readouterr().err


def test_the_command_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_passages(tmp_path)
    assert main(["run", str(tmp_path), "--json"]) == 0
    (collection,) = json.loads(capsys.readouterr().out)["collections"]
    by_name = {figure["measure"]: figure for figure in collection["figures"]}
    assert by_name["answer hit@1"]["value"] == 1.0
    assert by_name["answer hit@1"]["baselines"] == {"first sentence": 1.0}
    assert main(["run", str(tmp_path)]) == 0
    assert "answer hit@1" in capsys.readouterr().out


def result(value: float, *, violations: tuple[str, ...] = ()) -> Result:
    run = Run("r", (Figure("m", value, 1), Figure("ms", 9.0, 1, pinned=False)), (), violations)
    return Result("c", (run,))


def test_floors_only_go_up() -> None:
    floors = {"c": {"m": 0.5}, "other": {"n": 0.1}}
    assert raised([result(0.75555)], floors) == {"c": {"m": 0.755}, "other": {"n": 0.1}}
    assert raised([result(0.5001)], floors) == floors
    with pytest.raises(LoweredError, match=r"m is 0\.4000, its floor 0\.5"):
        raised([result(0.4)], floors)
    assert failures(result(0.5), floors) == []
    assert len(failures(result(0.9, violations=("x",)), floors)) == 1
    assert failures(result(0.9), {"c": {"gone": 0.1}}) == [
        "c: nothing measures gone, which has a floor"
    ]
