"""What is new for a saved search.

A passage is known by its words, its headings and its document's date, not by its id or its file:
what was only renamed, moved or read again is not new, and words that were changed are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from peelsearch.corpus import Corpus
from peelsearch.digests import sha256
from peelsearch.errors import InputError
from peelsearch.evidence.paging import all_hits
from peelsearch.model import Document, Hit
from peelsearch.model.watches import News, Watch
from peelsearch.search import SearchOptions, search
from peelsearch.vocabulary import Vocabulary

# Hexadecimal digits of a mark: among a million passages two alike are as likely as one in
# thirty million.
_DIGITS = 16


def news_of(corpus: Corpus, vocabulary: Vocabulary, watch: Watch) -> News:
    """What the search finds and has not been told of. What it has seen stays seen, also what is
    no longer found, so that no passage is told of twice."""
    try:
        asked = search(corpus, vocabulary, watch.query, SearchOptions(limit=1))
        new: list[Hit] = []
        seen = set(watch.seen)
        for hit in all_hits(corpus, vocabulary, watch.query, SearchOptions()):
            found = mark(hit)
            if found not in seen:
                new.append(hit)
                seen.add(found)
    except InputError as error:
        return News(watch, "", 0, (), watch, error.message)
    after = replace(watch, seen=frozenset(seen))
    return News(watch, asked.interpreted, asked.total, tuple(new), after)


def mark(hit: Hit) -> str:
    """What a passage is known by from one look to the next."""
    return mark_of(hit.document, hit.passage.headings, hit.passage.text)


def mark_of(document: Document, headings: Iterable[str], text: str) -> str:
    """The same for words of a document below headings."""
    parts = (document.date or "", *headings, text)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass"))[:_DIGITS]
