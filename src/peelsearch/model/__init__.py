"""The data that crosses from one layer to the next: frozen, slotted, tuples inside.

Every offset is a code-point offset into the *extracted text* of a document (for .txt and .md
files that text is the decoded file itself), half open: ``text[start:end]``. Facet values are the
ids of the vocabulary, never labels. Nothing here computes anything.

What only reading, indexing and answering need is loaded when it is first used: making a data class
takes longer than finding a word.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from peelsearch.model.basics import NOT_STATED, REPORTED_SEPARATELY, UNGRADED, Acronym, Span
from peelsearch.model.index import (
    AllOf,
    AnyOf,
    Document,
    Everything,
    Expression,
    Filters,
    KnownAcronym,
    Match,
    Matches,
    Passage,
    Phrase,
    Request,
    Sort,
    Stem,
    StemPhrase,
    Word,
)
from peelsearch.model.results import (
    Clause,
    ClauseKind,
    DocumentHits,
    FacetCount,
    HeadingMark,
    Hit,
    More,
    Query,
    SearchResults,
    Snippet,
)

if TYPE_CHECKING:
    from peelsearch.model.answers import Answer, Answers, Question, QuestionType, State
    from peelsearch.model.statements import Stated, Stub
    from peelsearch.model.structure import (
        Block,
        BlockKind,
        Deadline,
        Description,
        Evidence,
        ExtractedText,
        Finding,
        Judgment,
        JudgmentSource,
        Section,
        Source,
        StructuredDocument,
    )

__all__ = [
    "NOT_STATED",
    "REPORTED_SEPARATELY",
    "UNGRADED",
    "Acronym",
    "AllOf",
    "Answer",
    "Answers",
    "AnyOf",
    "Block",
    "BlockKind",
    "Clause",
    "ClauseKind",
    "Deadline",
    "Description",
    "Document",
    "DocumentHits",
    "Everything",
    "Evidence",
    "Expression",
    "ExtractedText",
    "FacetCount",
    "Filters",
    "Finding",
    "HeadingMark",
    "Hit",
    "Judgment",
    "JudgmentSource",
    "KnownAcronym",
    "Match",
    "Matches",
    "More",
    "Passage",
    "Phrase",
    "Query",
    "Question",
    "QuestionType",
    "Request",
    "SearchResults",
    "Section",
    "Snippet",
    "Sort",
    "Source",
    "Span",
    "State",
    "Stated",
    "Stem",
    "StemPhrase",
    "StructuredDocument",
    "Stub",
    "Word",
]


# Where the names that are loaded at first use stand, but for those of ``structure``.
_MODULES = {
    "Stated": "statements",
    "Stub": "statements",
    **dict.fromkeys(("Answer", "Answers", "Question", "QuestionType", "State"), "answers"),
}


def __getattr__(name: str) -> Any:
    """A name of the modules that are loaded at first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _MODULES.get(name, "structure")
    value = getattr(importlib.import_module(f"peelsearch.model.{module}"), name)
    globals()[name] = value
    return value
