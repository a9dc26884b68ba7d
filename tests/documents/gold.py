"""The seeds and their hand-labelled sections."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peelsearch.documents import structure
from peelsearch.documents.plain_text import read_plain_text
from peelsearch.model import StructuredDocument
from peelsearch.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
GOLDEN = ROOT / "tests" / "golden"
REPORT = "001_e142b4b2e42d0060.txt"
LETTER = "000_401df79f5bc0650f.txt"
PRESS_RELEASE = "003_a37952609bf572f0.txt"
DOCUMENTS = (REPORT, LETTER, PRESS_RELEASE)


@dataclass(frozen=True)
class Gold:
    """A section as it was labelled by hand."""

    heading: str
    level: int
    path: tuple[str, ...]
    kind: str
    heading_end: int
    start: int
    end: int
    theme: str | None
    grade: str | None


def gold_sections(document: str) -> Sequence[Gold]:
    """The hand-labelled sections of a seed."""
    rows: list[dict[str, Any]] = json.loads((GOLDEN / "gold_sections.json").read_text("utf-8"))
    return [
        Gold(
            row["heading"],
            row["level"],
            tuple(row["parent_path"]),
            row["kind"],
            row["heading_end"],
            row["start"],
            row["end"],
            row["theme"],
            row["grade"],
        )
        for row in rows
        if row["doc"] == document
    ]


def seed_text(document: str) -> str:
    """The text of a seed, line ends as they are."""
    return (SEEDS / document).read_bytes().decode("utf-8")


def understood(text: str | bytes, vocabulary: Vocabulary) -> StructuredDocument:
    """The structure of a text, as if it had been read from a file."""
    data = text.encode() if isinstance(text, str) else text
    return structure(read_plain_text(data), vocabulary, name="a text")
