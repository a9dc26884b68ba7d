"""A passage as a Whoosh document, and back from what is stored of it.

The schema is pickled into the index, so it is made of Whoosh's own classes only: a stock Whoosh
opens the folder without this package. Fields are fed words that are already analysed; the
tokenizer in the schema only says how to read them when they are joined by spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peelsearch.engine import plain
from peelsearch.engine.fields import (
    BODY,
    DATE,
    DOCUMENT,
    HEADING,
    ID_FIELD,
    PATH,
    PAYLOAD,
    START,
    WORDS,
    facet_field,
)
from peelsearch.engine.whoosh_parts import (
    ID,
    KEYWORD,
    NUMERIC,
    STORED,
    TEXT,
    Schema,
    SpaceSeparatedTokenizer,
)
from peelsearch.facets import FACETS
from peelsearch.model import Passage


def schema() -> Any:
    """The fields: stems and exact words of the text, its headings, facets, and where it stands."""
    tokenizer = SpaceSeparatedTokenizer()
    fields = {
        BODY: TEXT(analyzer=tokenizer, phrase=True, stored=False),
        WORDS: TEXT(analyzer=tokenizer, phrase=True, stored=False),
        HEADING: TEXT(analyzer=tokenizer, phrase=False, stored=False),
        PATH: TEXT(analyzer=tokenizer, phrase=False, stored=False),
        ID_FIELD: ID(unique=True),
        DOCUMENT: ID(sortable=True),
        START: NUMERIC(sortable=True, signed=False, shift_step=0),
        DATE: ID(sortable=True),
        PAYLOAD: STORED(),
    }
    facets = {facet_field(f.name): KEYWORD(commas=True, scorable=False) for f in FACETS}
    return Schema(**fields, **facets)


def to_payload(passage: Passage) -> str:
    """What is stored of a passage: all of it."""
    return plain.to_json(passage)


def from_payload(stored: Mapping[str, Any]) -> Passage:
    """The passage from the stored fields of its Whoosh document. Raises ValueError."""
    data = stored[PAYLOAD].encode("utf-8", "surrogatepass")
    return plain.from_plain(Passage, plain.loads(data))
