"""peelsearch's analysis as an analyzer of Whoosh's, for stock Whoosh.

A module of its own because every opening of the index imports it: the cold start that is measured
should hold nothing of the benchmarks.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from peelsearch.analysis import terms

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.analysis import Analyzer, Token


class Analysis(Analyzer):  # type: ignore[misc]
    """Stems or words; the highlighter cuts stored texts with it."""

    def __init__(self, *, stems: bool) -> None:
        self.stems = stems

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Analysis) and other.stems == self.stems

    def __hash__(self) -> int:
        return hash(self.stems)

    def __call__(self, value: str, **_: Any) -> Iterator[Any]:
        token = Token(positions=True, chars=True)
        for position, term in enumerate(terms(value)):
            token.text = term.stem if self.stems else term.word
            token.pos = position
            token.startchar, token.endchar = term.start, term.end
            token.boost, token.stopped = 1.0, False
            yield token
