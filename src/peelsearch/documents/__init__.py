"""From files to structured documents: one reader per format, then rules that know no format.

The readers are loaded when they are first used: who only wants to know what a deadline looks like
need not load them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peelsearch.documents.docx_places import read_places
    from peelsearch.documents.formats import READERS, Format, Reader, is_plain, rank
    from peelsearch.documents.html_text import decode_page
    from peelsearch.documents.names import Named, forces_named
    from peelsearch.documents.reading import (
        extract,
        read_bytes,
        read_document,
        skip_reason,
        structure,
    )
    from peelsearch.documents.sniffing import sniff

__all__ = [
    "READERS",
    "Format",
    "Named",
    "Reader",
    "decode_page",
    "extract",
    "forces_named",
    "is_plain",
    "rank",
    "read_bytes",
    "read_document",
    "read_places",
    "skip_reason",
    "sniff",
    "structure",
]

_MODULES = {
    **dict.fromkeys(("READERS", "Format", "Reader", "is_plain", "rank"), "formats"),
    **dict.fromkeys(("Named", "forces_named"), "names"),
    "decode_page": "html_text",
    "read_places": "docx_places",
    "sniff": "sniffing",
}


def __getattr__(name: str) -> Any:
    """A name of the modules that are loaded at first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"peelsearch.documents.{_MODULES.get(name, 'reading')}")
    value = globals()[name] = getattr(module, name)
    return value
