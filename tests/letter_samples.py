"""The letter among the seeds, a second one, and the national report that both answer."""

from __future__ import annotations

from pathlib import Path

from peelsearch.corpus import Corpus, open_corpus
from peelsearch.indexing import build
from peelsearch.vocabulary import Vocabulary

SEEDS = Path(__file__).parents[1] / "seeds"
LETTER = next(SEEDS.glob("000_*.txt")).read_text("utf-8")
SECOND = (
    LETTER.replace("Bedfordshire", "Kent")
    .replace("Festus Akinbusoye", "A. Person")
    .replace("21 September 2023", "3 October 2023")
    .replace("By January 4,", "By January 2024,")
)
NATIONAL = """\
Police performance: Getting a grip

A thematic inspection of performance management in police forces

7 July 2023

Summary

We looked at how forces in England and Wales manage their performance. This is what we found.

Recommendations

""" + LETTER[
    LETTER.index("Recommendation 2") : LETTER.index("Bedfordshire Police have provided")
].replace("By January 4,", "By January 2024,")
STUB = """\
[[document]]
title = "Police performance: Getting a grip"
type = "national report"
date = "2023-07-07"
"""


def made(folder: Path, files: dict[str, str], vocabulary: Vocabulary) -> Corpus:
    """An index of these files."""
    where = folder / "documents"
    where.mkdir()
    for name, text in files.items():
        (where / name).write_text(text, "utf-8")
    build([where], index=folder / "index", vocabulary=vocabulary)
    return open_corpus(folder / "index")
