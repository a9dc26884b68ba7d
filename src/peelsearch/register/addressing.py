"""Names of those whom findings ask to do something, as people type them."""

from __future__ import annotations

from collections.abc import Iterable

from peelsearch.errors import UnknownValueError
from peelsearch.model import NOT_STATED
from peelsearch.vocabulary import Vocabulary, fold


def addressees(typed: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids of addressees: those of the vocabulary, or forces. Raises UnknownValueError."""
    return tuple(_addressee(name, vocabulary) for name in typed)


def _addressee(name: str, vocabulary: Vocabulary) -> str:
    if fold(name) == fold(NOT_STATED):
        return NOT_STATED
    entry = vocabulary.addressee.typed(name) or vocabulary.force.typed(name)
    if entry is None:
        listed = ", ".join(one.id for one in vocabulary.addressee)
        raise UnknownValueError(
            f'No addressee is called "{name}".', hint=f"It is a force, or one of: {listed}."
        )
    return entry.id
