"""Whom a question is about, where no vocabulary says so: names that titles of documents hold.

"How many children live in Lambeth?" is about the documents with Lambeth in their titles; what
another document says answers it only if it names Lambeth itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from peelsearch.analysis import is_function_word, words
from peelsearch.answers.candidates import years_named
from peelsearch.corpus import Corpus
from peelsearch.model import Question
from peelsearch.records import dataclass

# A name in capitals is an abbreviation, which everybody uses.
_NAME = re.compile(r"(?<![\w'’])[A-ZÀ-Þ][a-zß-ÿ]\w+(?:-[\w]+)*(?P<own>['’]s?\b)?")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# The first word of a question is a name where it is in the titles of no more documents than so
# many, or than one of so many.
_FEW, _SHARE = 3, 10


@dataclass(frozen=True, slots=True)
class Subject:
    """The names that a question holds, folded, and the ids of the documents about them.

    ``dates`` are the words of the question that say of when the documents are, where they do.
    """

    names: frozenset[str]
    documents: frozenset[str]
    dates: frozenset[str] = frozenset()


def subject(question: Question, corpus: Corpus) -> Subject | None:
    """The subject that tells some of the documents from the others, None without one."""
    titles = {key: _title_names(title) for key, title in corpus.titles.items()}
    names = {}
    for name, is_first in _names(question.text):
        about = frozenset(key for key, title in titles.items() if name in title)
        most = max(_FEW, len(titles) // _SHARE) if is_first else len(titles) - 1
        if 0 < len(about) <= min(most, len(titles) - 1):
            names[name] = about
    if not names:
        return None
    found = frozenset.intersection(*names.values()) or frozenset().union(*names.values())
    years = {str(year) for year in years_named(question.typed)}
    dated = {key for key in found if (corpus.document(key).date or "")[:4] in years}
    if not dated:
        return Subject(frozenset(names), found)
    dates = years | (_MONTHS & set(words(question.typed)))
    return Subject(frozenset(names), frozenset(dated), frozenset(dates))


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a question that may name something, and whether they may only be written large
    because the question begins with them."""
    for match in _NAME.finditer(text):
        is_first = not text[: match.start()].strip() and not match["own"]
        name = match.group().removesuffix(match["own"] or "")
        yield from ((word, is_first) for word in words(name) if _tells(word))


def is_in_titles(name: str, corpus: Corpus) -> bool:
    """Whether a name stands in the title of a document."""
    wanted = {word for word in words(name) if _tells(word)}
    titles = map(_title_names, corpus.titles.values())
    return bool(wanted) and any(wanted <= title for title in titles)


@lru_cache(maxsize=16_384)
def _title_names(title: str) -> frozenset[str]:
    found = (word for match in _NAME.finditer(title) for word in words(match.group()))
    return frozenset(word for word in found if _tells(word))


def _tells(word: str) -> bool:
    return len(word) > 2 and word not in _MONTHS | _DAYS and not is_function_word(word)
