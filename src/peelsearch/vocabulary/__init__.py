"""The words of the field, read from one data file: forces, themes, grades, kinds, types, rounds.

The rest of the program knows ids and asks here what a heading, a cell or a typed value means.
Another file makes the same program serve another inspectorate. Finding things *in documents* is
the business of ``documents``; this package only compares names. ``file`` reads and checks the
file, ``tables`` answers.
"""

from peelsearch.vocabulary.file import (
    load_vocabulary,
    parse_vocabulary,
    remembered_vocabulary,
)
from peelsearch.vocabulary.tables import (
    NEAR,
    SUGGESTIONS,
    TABLES,
    Entry,
    KnownHeading,
    ResponseRule,
    Table,
    Vocabulary,
    fold,
)

__all__ = [
    "NEAR",
    "SUGGESTIONS",
    "TABLES",
    "Entry",
    "KnownHeading",
    "ResponseRule",
    "Table",
    "Vocabulary",
    "fold",
    "load_vocabulary",
    "parse_vocabulary",
    "remembered_vocabulary",
]
