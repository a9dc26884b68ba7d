"""Text to words, stems and sentences: one analysis for documents, queries, snippets and answers.

A *word* is a folded form (case, accents, curly apostrophes and the possessive "'s" are folded
away); a *stem* joins the forms of a word. Compounds are written as their parts, one after the
other: "stop-and-search" is ``stop and search``, "2019/20" and "2019–20" are both ``2019 20``,
"4.5%" is ``4.5 percent``, so that phrases find every spelling. Function words are kept: "stop and
search" is not "stop the search".

The only package that imports NLTK, which takes longer to load than a search takes. It is loaded
for the first word that ``plain_stems`` leaves to it, and for the first piece of text with
characters beyond those of English.
``sentences`` is loaded at its first use too: an index knows the sentences of its passages.
"""

import importlib
from typing import TYPE_CHECKING, Any

from peelsearch.analysis.folding import (
    FUNCTION_WORDS,
    MAX_WORD,
    fold_word,
    is_function_word,
)
from peelsearch.analysis.stemming import Stemmer, Term, stem, stems, terms
from peelsearch.analysis.tokens import (
    WordSpan,
    piece_words,
    read_piece,
    sequences,
    spans,
    without_links,
    words,
)

if TYPE_CHECKING:
    from peelsearch.analysis.splitting import sentences

# Changes when words, stems or sentences change; an index made by another analysis says so.
ANALYSIS_VERSION = "2"

__all__ = [
    "ANALYSIS_VERSION",
    "FUNCTION_WORDS",
    "MAX_WORD",
    "Stemmer",
    "Term",
    "WordSpan",
    "fold_word",
    "is_function_word",
    "piece_words",
    "read_piece",
    "sentences",
    "sequences",
    "spans",
    "stem",
    "stems",
    "terms",
    "without_links",
    "words",
]


def __getattr__(name: str) -> Any:
    """``sentences``, loaded at its first use."""
    if name != "sentences":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = importlib.import_module("peelsearch.analysis.splitting").sentences
    globals()[name] = value
    return value
