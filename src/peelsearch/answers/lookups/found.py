"""What a lookup gives back, and what lookups share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from peelsearch.analysis import Stemmer, is_function_word, words
from peelsearch.answers.quoting import Quotes
from peelsearch.answers.terms import Terms
from peelsearch.corpus import Corpus
from peelsearch.model import (
    Answer,
    Everything,
    Expression,
    Filters,
    Match,
    Question,
    QuestionType,
    Request,
    Sort,
    State,
)
from peelsearch.records import dataclass
from peelsearch.vocabulary import Entry, Vocabulary

# How many documents a lookup reads, newest first.
MOST_DOCUMENTS = 12
# Of a name with many words so many, and this share, will do.
_LONG, _MOST = 4, 0.65


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that a lookup needs; ``documents`` are those to look in, None for all."""

    question: Question
    terms: Terms
    corpus: Corpus
    vocabulary: Vocabulary
    quotes: Quotes
    limit: int | None
    documents: frozenset[str] | None = None

    def stem(self, word: str) -> str:
        """The stem of a word that is indexed, any other word itself: NLTK takes long to load."""
        return self.corpus.known_stem(word) or word

    def matches(
        self,
        filters: Filters = (),
        *,
        match: Expression | None = None,
        sort: Sort = Sort.DATE,
        limit: int = 50,
        marked: bool = False,
    ) -> tuple[int, tuple[Match, ...]]:
        """How many passages are under the question's filters and these, and the first of them."""
        wanted = match or Everything()
        request = Request(
            match=wanted,
            filters=with_filters(self.question.filters, filters),
            documents=self.documents,
            marked=wanted if marked else None,
            facets=(),
            count_documents=False,
            sort=sort,
            limit=limit,
        )
        found = self.corpus.reader.search(request)
        return found.total, found.matches


@dataclass(frozen=True, slots=True)
class Found:
    """What a lookup found: the state, why, and the quotations, best first.

    ``type`` is what the question turned out to ask for, None for what its wording says.
    ``in_part`` says that it has words besides, which the text may say more of.
    """

    state: State
    reason: str
    answers: tuple[Answer, ...] = ()
    total: int | None = None
    filters: Filters = ()
    type: QuestionType | None = None
    in_part: bool = False


def with_filters(first: Filters, second: Filters) -> Filters:
    """Both sets of filters: of a facet that both name, the values in both, else the second's.

    A lookup that goes past the question's own filters so is dropped for what it finds.
    """
    merged = dict(first)
    for name, values in second:
        both = tuple(value for value in values if value in merged.get(name, values))
        merged[name] = both or values
    return tuple(merged.items())


def named_entry(
    asked: Asked,
    text: str,
    entries: Iterable[Entry],
    *,
    typed: bool = False,
    parted: bool = False,
    meant: bool = False,
) -> tuple[Entry, frozenset[str]] | None:
    """The entry whose longest name stands in the text, and the words of the text that name it.

    A name counts when its content words stand in the text, in any form and order; of a long name
    most of them.
    ``typed`` also takes the names that only people type; ``parted`` takes the parts of long names
    instead of whole names, ``meant`` also names that other words for those of the question make.
    """
    stem = asked.stem
    held = {key: word for word in words(text) for key in (word, asked.corpus.stem(word))}
    for wording in asked.terms.wordings if meant else ():
        if wording.asked <= held.keys() and len(wording.other) == 1:
            held.setdefault(wording.other[0], held[min(wording.asked)])
    best: tuple[Entry, frozenset[str]] | None = None
    for entry in entries:
        names = (*entry.names, *entry.topics, *entry.prose, *entry.judged)
        if parted:
            names = tuple(part for name in names for part in _parts(name))
        for name in (*names, *entry.short) if typed else names:
            if name.isupper() and not re.search(rf"\b{re.escape(name)}s?\b", text):
                continue
            wanted = set(map(stem, _content_words(name)))
            known = wanted & held.keys()
            if _is_named(wanted, known) and (best is None or len(known) > len(best[1])):
                best = entry, frozenset(held[key] for key in known)
    return best


def _parts(name: str) -> list[str]:
    """The parts of a name that lists several things, where they have more than one word."""
    parts = re.split(r",\s*(?:and )?|\s+and\s+", name)
    return [part for part in parts if len(parts) > 1 and len(content(part, str)) > 1]


def _is_named(wanted: set[str], known: set[str]) -> bool:
    """Whether enough of a name's words are there: all, or most of a long name."""
    return bool(known) and (known == wanted or len(known) >= max(_LONG, _MOST * len(wanted)))


@lru_cache(maxsize=4_096)
def _content_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if not is_function_word(word))


def content(text: str, stem: Stemmer) -> set[str]:
    """The stems of a text's words but function words."""
    return {stem(word) for word in words(text) if not is_function_word(word)}
