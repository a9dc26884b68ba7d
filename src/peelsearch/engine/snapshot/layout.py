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
tokens.ends                rows of passages
tokens.from, tokens.size   where a word starts in its passage's text and how long it is written

units.from, units.to       spans of sentences in the passage's text; units.ends: rows of passages
texts, ids                 of passages
ids.order                  passages in order of their ids
documents                  ids, sorted; documents.first: its first passage, and one more
passages.document, .start, .end, .page (plus 1, 0 for none), .date, .path, .profile
dates                      sorted, empty for none
headings                   distinct headings; paths: rows of distinct heading paths
profiles                   how many there are: the distinct combinations of counted facets
FACET.values               of a facet, sorted
FACET.of                   rows of profiles (of passages for a facet that is not counted): values
lengths                    total length in words of body, words, heading and path
"""

from __future__ import annotations

from peelsearch.engine.schema import BODY, HEADING, PATH, WORDS

FIELDS = (BODY, WORDS, HEADING, PATH)


def facet_block(name: str) -> str:
    """The beginning of the names of a facet's blocks."""
    return f"facet.{name}"
