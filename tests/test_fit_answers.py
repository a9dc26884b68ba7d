"""The fit of the weights finds what tells answers from other sentences, and always the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from peelsearch.answers.sentences import Measures
from tools.fit_answers import Sample, fitted, judged, main


def sample(seed: int) -> Sample:
    """Eight sentences; the one that holds most of the question answers."""
    measured = np.random.default_rng(seed).random((8, len(Measures._fields)))
    right = measured[:, Measures._fields.index("covered")] == measured[:, 0].max()
    return Sample(measured, right, right)


def test_what_tells_answers_weighs_most() -> None:
    samples = [sample(seed) for seed in range(60)]
    weights = fitted(samples)
    assert weights.argmax() == Measures._fields.index("covered")
    assert np.array_equal(weights, fitted(samples))
    first = [row[0] for row in judged(weights, samples)]
    assert sum(first) > 50


def test_a_question_without_an_answer_teaches_nothing() -> None:
    samples = [sample(seed) for seed in range(10)]
    none = np.zeros(8, dtype=bool)
    blank = [Sample(s.measured, none, none) for s in samples]
    assert [row[0] for row in judged(fitted(samples), blank)] == [False] * 10
    assert fitted(blank)[1:] == pytest.approx(0)


def test_the_weights_are_printed_as_they_are_held(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = [
        ("The lake is 3.8 metres deep.", "How deep is the lake?", "3.8"),
        *[
            (
                f"Bridge number {n} was opened in {1900 + n}.",
                f"When was bridge {n} opened?",
                f"{1900 + n}",
            )
            for n in range(1, 6)
        ],
    ]
    passages, questions = [], []
    for n, (text, question, answer) in enumerate(facts):
        passages.append({"id": str(n), "title": f"T{n}", "text": f"{text} Nothing else is known."})
        questions.append(
            {
                "id": str(n),
                "question": question,
                "answers": [answer],
                "answer_starts": [text.index(answer)],
                "passage_id": str(n),
            }
        )
    for name, rows in (("passages", passages), ("questions", questions)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    main([str(tmp_path)])
    printed = capsys.readouterr().out
    assert printed.startswith("6 questions")
    held = printed[printed.index("Measures(") :]
    assert eval(held, {"Measures": Measures})._fields == Measures._fields  # noqa: S307
