"""The one way to say that an index is damaged."""

from __future__ import annotations

from peelsearch.errors import IndexDamagedError

REPAIR = "Repair it from the documents: peelsearch index"


def damaged(what: str) -> IndexDamagedError:
    """The error for a damaged index; ``what`` goes on after a colon."""
    return IndexDamagedError(f"The index is damaged: {what}.", hint=REPAIR)
