"""The blocks of a segment's snapshot: their names, and what is in each.

Numbers count from 0. "Rows of X" means that ``NAME.ends`` holds where the row of each X starts in
``NAME``, and one number more.

words, stems               the dictionaries, sorted by bytes; words of headings included
words.stem                 each word's stem
stems.words                rows of stems: the words that have it

FIELD.starts               rows of words (field ``words``) or stems (others): its postings
FIELD.passages             of each posting, ascending in a row
FIELD.codes                of each posting: a number into the next two
FIELD.code.count           term frequency
FIELD.code.length          length of the passage in words, as Whoosh rounds it to a byte

words.occurrences          rows of words: its places in ``tokens``, ascending
tokens                     the words of all passages, one after the other
tokens.from, tokens.size   where a word starts in its passage's text and how long it is written

passages                   a record of ``Record`` for each passage, and a last one for the ends
passages.profile           PROFILE of each record once more, because counting reads no other
passages.tokens            TOKENS of each record, the last one too, because phrases read no other
ids, texts                 of passages, one after the other
ids.order                  passages in order of their ids
units                      spans of sentences in the passage's text: start, end, start, end ...
documents                  ids, sorted; documents.first: its first passage, and one more
dates                      sorted, empty for none
headings                   distinct headings; paths: rows of distinct heading paths
profiles                   how many there are: the distinct combinations of counted facets
others                     the same for facets that are not counted
FACET.values               of a facet, sorted
FACET.of                   rows of profiles (of others for a facet that is not counted): values
lengths                    total length in words of body, words, heading and path
"""

from __future__ import annotations

from enum import IntEnum

from peelsearch.engine.fields import BODY, HEADING, PATH, WORDS


class Record(IntEnum):
    """The numbers of a passage's record, in order.

    The first four say where its id, text, words and units begin; they end where those of the next
    passage begin. ``PAGE`` is one more than the page, 0 for none.
    """

    ID = 0
    TEXT = 1
    TOKENS = 2
    UNITS = 3
    DOCUMENT = 4
    START = 5
    END = 6
    PAGE = 7
    DATE = 8
    PATH = 9
    PROFILE = 10
    OTHERS = 11


RECORD = len(Record)
FIELDS = (BODY, WORDS, HEADING, PATH)


def facet_block(name: str) -> str:
    """The beginning of the names of a facet's blocks."""
    return f"facet.{name}"
