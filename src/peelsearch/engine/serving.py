"""Opening an index for a process that answers many searches; it loads numpy."""

from __future__ import annotations

from pathlib import Path

from peelsearch.engine.protocol import Reader
from peelsearch.engine.snapshot import newest
from peelsearch.engine.snapshot.array_tokens import Tokens
from peelsearch.engine.snapshot.arrays import Arrays
from peelsearch.engine.snapshot.view import View


def open_serving_reader(where: Path) -> Reader:
    """A reader of the newest commit for many searches: all files are verified when it opens.

    Raises what ``opening.open_reader`` raises.
    """
    return newest.open_reader(where, _prepared, trusted=True)


def _prepared(view: View) -> Arrays:
    tokens = Tokens(view)
    tokens.prepare()
    arrays = Arrays(view, tokens)
    arrays.prepare()
    return arrays
