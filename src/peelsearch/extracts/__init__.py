"""What each document states, as far as tables of judgments and findings show it.

An extract holds quotations and no text, so that those of a whole corpus fit into memory. It depends
on nothing but its document and the vocabulary; what documents say together is the business of
``judgments`` and ``register``.
"""

from peelsearch.extracts.due import published
from peelsearch.extracts.memory import ExtractMemory, Wanted, extracts
from peelsearch.extracts.narrowing import (
    document_matches,
    may_speak_of,
    quotes_others,
    within_dates,
)
from peelsearch.extracts.pillars import pillar_hints
from peelsearch.extracts.quoting import Quoting
from peelsearch.extracts.reading import extract

__all__ = [
    "ExtractMemory",
    "Quoting",
    "Wanted",
    "document_matches",
    "extract",
    "extracts",
    "may_speak_of",
    "pillar_hints",
    "published",
    "quotes_others",
    "within_dates",
]
