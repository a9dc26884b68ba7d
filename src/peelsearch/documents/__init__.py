"""From files to structured documents: one reader per format, then rules that know no format."""

from peelsearch.documents.formats import READERS, Format, Reader, is_plain, rank
from peelsearch.documents.names import Named, forces_named
from peelsearch.documents.reading import extract, read_bytes, read_document, skip_reason, structure
from peelsearch.documents.sniffing import sniff

__all__ = [
    "READERS",
    "Format",
    "Named",
    "Reader",
    "extract",
    "forces_named",
    "is_plain",
    "rank",
    "read_bytes",
    "read_document",
    "skip_reason",
    "sniff",
    "structure",
]
