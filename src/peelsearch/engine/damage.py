"""What can be wrong with the files of an index, each said in one way."""

from __future__ import annotations

from peelsearch.errors import IndexDamagedError, IndexFormatError

# Raised whenever a file of the index changes its form: manifest, record, summary, snapshot, the
# schema or a stored passage.
FORMAT = 3

REPAIR = "Repair it from the documents: peelsearch index"
REBUILD = "Build it anew from the documents: peelsearch index --rebuild"


def damaged(what: str) -> IndexDamagedError:
    """The error for a damaged index; ``what`` goes on after a colon."""
    return IndexDamagedError(f"The index is damaged: {what}.", hint=REPAIR)


def other_format(found: object) -> IndexFormatError:
    """The error for an index of another format than this program reads."""
    return IndexFormatError(
        f"The index has format {found}; this version of peelsearch reads format {FORMAT}.",
        hint=REBUILD,
    )
