"""What can be wrong with the files of an index, each said in one way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peelsearch.errors import IndexDamagedError, IndexFormatError, IndexUnreadableError

# Raised whenever a file of the index changes its form: manifest, record, summary, snapshot, the
# schema or a stored passage.
FORMAT = 5

# Damages that a message names.
_LISTED = 3

REPAIR = "Repair it from the documents: peelsearch index"
REBUILD = "Build it anew from the documents: peelsearch index --rebuild"


def damaged(what: str) -> IndexDamagedError:
    """The error for a damaged index; ``what`` goes on after a colon."""
    return IndexDamagedError(f"The index is damaged: {what}.", hint=REPAIR, what=what)


def unreadable(where: Path, error: OSError) -> IndexUnreadableError:
    """The error for an index that the system does not let us read."""
    name = f"{Path(error.filename).name}: " if isinstance(error.filename, str) else ""
    return IndexUnreadableError(
        f"The index in {where} cannot be read: {name}{error.strerror or error}.",
        hint="See to it that you may read its files, or name another folder with --index.",
    )


def listed(damages: Sequence[str]) -> str:
    """Damages on one line: the first ones, and how many more there are."""
    first = "; ".join(damages[:_LISTED])
    more = len(damages) - _LISTED
    return f"{first}; and {more} more" if more > 0 else first


def other_format(found: object) -> IndexFormatError:
    """The error for an index of another format than this program reads."""
    return IndexFormatError(
        f"The index has format {found}; this version of peelsearch reads format {FORMAT}.",
        hint=REBUILD,
    )
