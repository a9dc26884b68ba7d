"""The names of the fields of a passage in Whoosh and in the snapshot."""

from __future__ import annotations

BODY = "body"
WORDS = "words"
HEADING = "heading"
PATH = "path"
ID_FIELD = "id"
DOCUMENT = "document"
START = "start"
DATE = "date"
PAYLOAD = "payload"


def facet_field(name: str) -> str:
    """The field of a facet; the prefix keeps a facet from taking the name of another field."""
    return f"facet_{name}"
