"""What one document states, as far as tables show it."""

from __future__ import annotations

from peelsearch.model.index import Document
from peelsearch.model.judgments import JudgmentRow
from peelsearch.model.register import Entry, Expectation
from peelsearch.model.responses import LetterExtract
from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """What one document states, as far as tables show it. It holds no text but quotations.

    ``published`` is the ISO date of its publication, None where its date is of something else.
    """

    document: Document
    forces: tuple[str, ...]
    judgments: tuple[JudgmentRow, ...]
    entries: tuple[Entry, ...]
    expectations: tuple[Expectation, ...]
    published: str | None = None
    letter: LetterExtract | None = None
