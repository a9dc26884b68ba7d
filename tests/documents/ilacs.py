"""What the tests on another inspectorate share: its vocabulary, and short reports made up here."""

from __future__ import annotations

from pathlib import Path

from peelsearch.documents.plain_text import read_plain_text
from peelsearch.documents.reading import structure
from peelsearch.model import Judgment, StructuredDocument
from peelsearch.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "docs" / "examples" / "ilacs.toml"

OPENING = """\
{title}

Inspection dates: 3 to 14 March 2025

Lead inspector: A. Person

"""
CLOSING = """

What needs to improve?

• The speed of replies to families.
• Planning for children who move.

Services have changed much, and leaders know what is left to do. They visit often.
"""


def read(text: str) -> StructuredDocument:
    """A text as the vocabulary for children's services makes the program understand it."""
    return structure(read_plain_text(text.encode()), load_vocabulary(VOCABULARY), name="report.txt")


def report(body: str, *, title: str = "Inspection of Torbay children’s services") -> str:
    """A short report around the part that a test is about."""
    return OPENING.format(title=title) + body + CLOSING


def grades(document: StructuredDocument) -> dict[str, str]:
    """The grade of each area, after a look at the quotations."""
    for judgment in document.judgments:
        check_quotations(document, judgment)
    return {judgment.theme: judgment.grade for judgment in document.judgments}


def check_quotations(document: StructuredDocument, judgment: Judgment) -> None:
    """Every quotation is what stands there, and holds the words of its grade."""
    names = {
        "outstanding": ("outstanding",),
        "good": ("good",),
        "requires-improvement": ("requires improvement", "require improvement"),
        "inadequate": ("inadequate",),
    }
    assert judgment.sources
    for source in judgment.sources:
        assert document.text[source.start : source.end] == source.quote
        words = " ".join(source.quote.split()).casefold()
        assert any(name in words for name in names[source.grade]), source
