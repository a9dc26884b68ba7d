"""How much a search has to go through, which decides what computes it."""

from __future__ import annotations

from peelsearch.engine.fields import BODY, WORDS
from peelsearch.engine.snapshot.view import View
from peelsearch.model import AllOf, AnyOf, Everything, Expression, Stem, Word

# Alternatives cost so many times the postings of words that must all be there: scores of every
# passage of each are worked out, where words together are scored where they meet.
_ALTERNATIVES = 2


def postings(view: View, expression: Expression) -> int:
    """How many postings a search goes through for an expression, those of phrases aside."""
    match expression:
        case Stem(stem):
            return view.term(BODY, stem).frequency
        case Word(word):
            return view.term(WORDS, word).frequency
        case AllOf(parts):
            return sum(postings(view, part) for part in set(parts))
        case AnyOf(parts):
            return sum(postings(view, part) for part in set(parts)) * _ALTERNATIVES
        case Everything():
            return view.size
        case _:
            return 0
