"""The words of a query as they stand in what was typed, with what the index knows of them."""

from __future__ import annotations

from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the query: where it stands in what was typed, and what is known of it.

    ``unknown`` words are in no passage in any form; of ``strange`` ones another form is;
    ``single`` ones stand by themselves, in no phrase, compound or alternative.
    """

    word: str
    stem: str
    start: int
    end: int
    unknown: bool
    strange: bool
    single: bool
