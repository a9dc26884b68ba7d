"""Fit the weights of answers/evidence.py on questions whose passages and answers are known.

    python -m tools.fit_answers FOLDER

FOLDER has the layout of xquad (see tools/quality/collection.py). A question's sentences are drawn
by a softmax over their scores; the weights maximise the likelihood that one with the answer is
drawn. They are fitted on half of the questions and judged on the other, both ways, and then on all:
these are printed in the form in which evidence.py holds them. The same input gives the same output.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from peelsearch.answers.evidence import WEIGHTS, ranked
from peelsearch.answers.questions import read_question
from peelsearch.answers.sentences import Measures
from peelsearch.answers.terms import question_terms
from tools.quality.collection import Question, read_collection
from tools.quality.indexing import Indexed, index_collection
from tools.quality.questions import right

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

STEPS = 400
RATE = 0.09
# Keeps weights of measures that hardly ever differ from growing.
SHRINKING = 1e-3
# Adam (Kingma and Ba 2015), with its usual constants.
_MEAN, _SQUARE, _TINY = 0.9, 0.999, 1e-8
_DEPTHS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Sample:
    """The sentences of a question: what was measured of each, and which answer."""

    measured: Floats
    right: Bools
    right_passage: Bools


def main(arguments: Sequence[str] | None = None) -> None:
    """Print cross-validated figures and the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder: Path = parser.parse_args(arguments).folder
    found = samples(folder)
    even, odd = found[::2], found[1::2]
    crossed = [*judged(fitted(even), odd), *judged(fitted(odd), even)]
    weights = fitted(found)
    print(f"{len(found)} questions     hit@1  hit@3  hit@5  passage@1")
    print(f"halves crossed    {_shown(crossed)}")
    print(f"fitted on all     {_shown(judged(weights, found))}")
    print(f"as they are now   {_shown(judged(np.array(WEIGHTS), found))}")
    print("\nWEIGHTS = Measures(")
    for name, weight in zip(Measures._fields, weights, strict=True):
        print(f"    {name}={weight:.2f},")
    print(")")


def samples(folder: Path) -> list[Sample]:
    """The sentences of each question that has any, in an order that no weights decide."""
    collection = read_collection(folder)
    with tempfile.TemporaryDirectory() as work:
        indexed = index_collection(collection, Path(work, "index"))
        found = [_sample(question, indexed) for question in collection.questions]
        indexed.corpus.close()
    return [sample for sample in found if sample is not None]


def _sample(question: Question, indexed: Indexed) -> Sample | None:
    read = read_question(question.text, indexed.vocabulary, indexed.corpus)
    terms = question_terms(read, indexed.corpus)
    rows = [sentence for _, sentence in ranked(read, terms, indexed.corpus)]
    rows.sort(key=lambda s: (-s.measures.passage, s.match.passage.id, s.start))
    if not rows:
        return None
    return Sample(
        np.array([row.measures for row in rows]),
        np.array([right(question, row.text, row.match.passage.id, row.start) for row in rows]),
        np.array([row.match.passage.id == question.passage for row in rows]),
    )


def fitted(found: Sequence[Sample]) -> Floats:
    """The weights of the greatest likelihood, shrunk a little."""
    weights = np.zeros(len(Measures._fields))
    weights[0] = 3.0
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = sum((_slope(sample, weights) for sample in found), np.zeros_like(weights))
        slope = slope / len(found) - SHRINKING * weights
        mean = _MEAN * mean + (1 - _MEAN) * slope
        square = _SQUARE * square + (1 - _SQUARE) * slope**2
        change = (mean / (1 - _MEAN**step)) / (np.sqrt(square / (1 - _SQUARE**step)) + _TINY)
        weights = weights + RATE * change
    return weights


def _slope(sample: Sample, weights: Floats) -> Floats:
    """How the likelihood of one question changes with each weight."""
    if not sample.right.any():
        return np.zeros_like(weights)
    scores = sample.measured @ weights
    drawn = np.exp(scores - scores.max())
    drawn /= drawn.sum()
    wanted = drawn * sample.right
    wanted /= wanted.sum()
    slope: Floats = sample.measured.T @ (wanted - drawn)
    return slope


def judged(weights: Floats, found: Sequence[Sample]) -> list[list[bool]]:
    """For each question: the answer at 1, 3 and 5, and the right passage first."""
    rows = []
    for sample in found:
        order = np.argsort(-(sample.measured @ weights), kind="stable")
        hits = [bool(sample.right[order[:depth]].any()) for depth in _DEPTHS]
        rows.append([*hits, bool(sample.right_passage[order[0]])])
    return rows


def _shown(rows: Sequence[Sequence[bool]]) -> str:
    return "  ".join(f"{share:.3f}" for share in np.mean(rows, axis=0))


if __name__ == "__main__":
    main()
