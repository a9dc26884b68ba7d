"""A better spelling for words that are found nowhere. It is offered, never applied.

What is offered are words that passages hold, and names of the vocabulary that documents of the
index have. A known force or theme that no document has is said instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from peelsearch.analysis import is_function_word, spans
from peelsearch.engine.protocol import Reader
from peelsearch.model import ClauseKind, Query, Stem, Word
from peelsearch.records import dataclass
from peelsearch.spelling.typed import Typed
from peelsearch.vocabulary import Vocabulary

if TYPE_CHECKING:
    from peelsearch.spelling.names import Name

# Who typed more words than this that are found nowhere did not misspell them.
MOST_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Spelling:
    """``suggestion`` is the query in other words; ``absent`` are names that no document has."""

    suggestion: str | None = None
    absent: tuple[Name, ...] = ()


def spelling(
    query: Query,
    reader: Reader,
    vocabulary: Vocabulary,
    *,
    held: Callable[[Name], bool],
    sound: Callable[[str], bool],
) -> Spelling:
    """What was perhaps meant by the words of a query that no passage holds.

    All of them are replaced at once. ``held`` says whether a passage has the value of a name,
    ``sound`` whether a word is known to be spelled right. Filters typed inside the query stay as
    they are.
    """
    typed = tuple(_typed(query, reader, sound))
    if not any(word.unknown or word.strange for word in typed):
        return Spelling()
    if sum(word.unknown for word in typed) > MOST_UNKNOWN:
        return Spelling()
    from peelsearch.spelling import meant  # noqa: PLC0415 - few queries have such words

    return Spelling(*meant.meant(query.typed, typed, reader, vocabulary, held))


def _typed(query: Query, reader: Reader, sound: Callable[[str], bool]) -> Iterator[Typed]:
    for clause, alone in ((c, len(group) == 1) for group in query.groups for c in group):
        end = clause.position + len(clause.typed)
        there = query.typed[clause.position : end] == clause.typed
        if not there or clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY):
            continue
        whole = Word("".join(clause.words))
        known = clause.kind is ClauseKind.COMPOUND and reader.frequency(whole) > 0
        found = spans(clause.typed)
        if len(found) != len(clause.stems):
            continue
        for (word, first, last), stem in zip(found, clause.stems, strict=True):
            right = known or reader.frequency(Word(word)) > 0
            right = right or is_function_word(word) or sound(word)
            by_stem = not right and reader.frequency(Stem(stem)) > 0
            yield Typed(
                word,
                stem,
                clause.position + first,
                clause.position + last,
                not (right or by_stem),
                by_stem,
                alone and clause.kind is ClauseKind.WORD,
            )
