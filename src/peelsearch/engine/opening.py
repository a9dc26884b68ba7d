"""Opening an index to read. Who opens one gets the protocol, and need not know the engine."""

from __future__ import annotations

from pathlib import Path

from peelsearch.engine.protocol import Reader
from peelsearch.engine.snapshot import newest
from peelsearch.engine.snapshot.lists import Lists
from peelsearch.engine.snapshot.vectors import Vectors
from peelsearch.engine.snapshot.view import View


def open_reader(where: Path) -> Reader:
    """A reader of the newest commit for a few searches: quick to open, nothing to load.

    Numpy is loaded only for a search that has to go through a great many postings.
    Parts of the files are verified when they are first read. Raises IndexMissingError,
    IndexDamagedError, IndexFormatError or NotAnIndexError.
    """
    return newest.open_reader(where, Lists, for_many=_arrays)


def _arrays(view: View) -> Vectors:
    from peelsearch.engine.snapshot.arrays import checked_arrays  # noqa: PLC0415 - it loads numpy

    return checked_arrays(view)
