"""From files to structured documents: one reader per format, then rules that know no format."""

from peelsearch.documents.names import Named, forces_named
from peelsearch.documents.reading import (
    READERS,
    Reader,
    read_document,
    skip_reason,
    structure,
)

__all__ = [
    "READERS",
    "Named",
    "Reader",
    "forces_named",
    "read_document",
    "skip_reason",
    "structure",
]
