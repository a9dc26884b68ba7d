"""A better spelling for words that are found nowhere. It is offered, never applied."""

from __future__ import annotations

from collections.abc import Iterable

from peelsearch.engine.protocol import Reader
from peelsearch.model import Clause, ClauseKind, Query, Stem, Word

# A word of three letters is two edits from almost anything.
MIN_LETTERS = 4
LONG_WORD = 7
# Who typed more words than this that are found nowhere did not misspell them.
MOST_UNKNOWN = 5


def unknown_words(query: Query, reader: Reader) -> tuple[Clause, ...]:
    """The single words of a query that no passage holds in any form."""
    clauses = (clause for group in query.groups for clause in group)
    return tuple(
        clause
        for clause in clauses
        if clause.kind is ClauseKind.WORD
        and clause.content
        and not reader.frequency(Stem(clause.stems[0]))
        and not reader.frequency(Word(clause.words[0]))
    )


def suggest(query: Query, unknown: Iterable[Clause], reader: Reader) -> str | None:
    """The query with each unknown word replaced by the nearest indexed one, None without any.

    Nearest is fewest edits, then most passages. Filters typed inside the query stay as they are.
    """
    text, changed = query.typed, False
    wrong = sorted(unknown, key=lambda clause: clause.position, reverse=True)
    if len(wrong) > MOST_UNKNOWN:
        return None
    for clause in wrong:
        word = _nearest(clause.words[0], reader)
        end = clause.position + len(clause.typed)
        if word is None or text[clause.position : end] != clause.typed:
            continue
        text, changed = text[: clause.position] + word + text[end:], True
    return text if changed else None


def _nearest(word: str, reader: Reader) -> str | None:
    if len(word) < MIN_LETTERS:
        return None
    near = reader.words_near(word, 2 if len(word) >= LONG_WORD else 1)
    best = min(near, key=lambda found: (found[1], -found[2], found[0]), default=None)
    return best[0] if best else None
