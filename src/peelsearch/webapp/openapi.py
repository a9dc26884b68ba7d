"""The description of the API that programs read, at ``/api/v1/openapi.json`` (OpenAPI 3.1).

One row for each address and one for each parameter; a table's parameters are those of its page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peelsearch import __version__, facets
from peelsearch.judgments import Order
from peelsearch.model import Sort, Source
from peelsearch.model.register import DeadlineState
from peelsearch.register import RegisterOrder
from peelsearch.search import MAX_LIMIT
from peelsearch.webapp.paths import API
from peelsearch.webapp.schemas import DAY, SCHEMAS, TEXT, Schema, each, one_of, ref
from peelsearch.webapp.state import DOCUMENT
from peelsearch.webapp.table_state import YES
from peelsearch.webapp.tables import TablePage

_DATE: Schema = {
    "type": "string",
    "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
}
_FACETS = tuple(facet.name for facet in facets.FACETS)
_NARROWED = ("q", *_FACETS, "since", "until")
_WITHIN = (*_NARROWED, "document")
_SEARCHED = (*_WITHIN, "sort", "group", "limit", "page")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address; a list may be given several times, and any of it counts."""

    about: str
    schema: Schema
    example: Any


@dataclass(frozen=True, slots=True)
class Address:
    """An address below ``/api/v1``, ``{name}`` in its path being a parameter of that name."""

    path: str
    summary: str
    schema: str
    names: tuple[str, ...] = ()


PARAMETERS: Mapping[str, Parameter] = {
    "q": Parameter("Query or question, as it is typed into the box.", TEXT, "stop and search"),
    **{
        facet.name: Parameter(f"{facet.help} An id, a label or a short name.", each(TEXT), [value])
        for facet, value in zip(
            facets.FACETS,
            ("bedfordshire", "responding", "good", "ask", "peel", "2021/22", "2022", "kent"),
            strict=True,
        )
    },
    "since": Parameter("The first year, month or day of documents.", _DATE, "2022-04"),
    "until": Parameter("The last year, month or day of documents.", _DATE, "2024"),
    "sort": Parameter("The order of hits.", one_of(*Sort), "date"),
    "group": Parameter("Documents in place of passages.", one_of(DOCUMENT), DOCUMENT),
    "limit": Parameter(
        "How many are wanted.", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}, 5
    ),
    "page": Parameter("Which page of hits.", {"type": "integer", "minimum": 1}, 1),
    "all-forces": Parameter("Forces without a report too.", one_of(YES), YES),
    "addressee": Parameter("Whom a finding asks.", each(TEXT), ["force"]),
    "deadline": Parameter("State of the deadline.", each(one_of(*DeadlineState)), ["date-ahead"]),
    "source": Parameter("Whose words a finding is.", one_of(*Source), "original"),
    "as-of": Parameter("The day that deadlines are compared with, today without one.", DAY, None),
    "expectations": Parameter("Expectations outside findings alone.", one_of(YES), YES),
    "document": Parameter("Id of a document.", TEXT, None),
    "force-name": Parameter("Any name of a force.", TEXT, "bedfordshire"),
}
# Where the name stands for something else than in most addresses.
ORDERS: Mapping[str, Parameter] = {
    "judgments": Parameter("The order of rows.", one_of(*Order), "grade"),
    "register": Parameter("The order of findings.", one_of(*RegisterOrder), "deadline"),
}
ADDRESSES: tuple[Address, ...] = (
    Address("/search", "A page of passages", "search", _SEARCHED),
    Address("/ask", "Quotations that answer a question", "ask", (*_NARROWED, "limit")),
    Address("/facets", "The values of the facets with their counts", "facets", _WITHIN),
    Address("/documents", "The documents", "documents"),
    Address("/documents/{document}", "A document with its text", "text"),
    Address("/documents/{document}/sections", "How a document was understood", "sections"),
)
TABLES: Mapping[str, str] = {
    "judgments": "Which force has which grade",
    "register": "What was asked, of whom and by when",
    "responses": "What letters say to each ask",
    "force": "What the documents say of one force",
    "coverage": "What the corpus holds and lacks",
}
_PROBLEMS = {
    "400": "Something in the address cannot be used; the object says what.",
    "404": "There is nothing at this address.",
    "503": "The index cannot be used as it is.",
}


def described(root: str, tables: Sequence[TablePage]) -> dict[str, Any]:
    """The description of the API of a site whose address is ``root``."""
    addresses = (*ADDRESSES, *map(_table, tables))
    paths = {address.path: {"get": _operation(address)} for address in addresses}
    paths["/openapi.json"] = {"get": _own()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "peelsearch",
            "version": __version__,
            "description": "The objects of the command line; all of it can only be read.",
        },
        "servers": [{"url": f"{root}{API}v1"}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _table(page: TablePage) -> Address:
    path = f"{page.path}{{force-name}}" if page.path.endswith("/") else page.path
    # The whole table is one answer.
    names = tuple(name for name in page.names if name != "page")
    return Address(path, TABLES[page.name], page.name, names)


def _operation(address: Address) -> dict[str, Any]:
    inside = re.findall(r"\{([^}]+)\}", address.path)
    return {
        "operationId": address.schema,
        "summary": address.summary,
        "parameters": [
            *(_parameter(name, "path", address) for name in inside),
            *(_parameter(name, "query", address) for name in address.names),
        ],
        "responses": {
            "200": _response(f"{address.summary}.", ref(address.schema)),
            "304": {"description": "Nothing has changed since the answer with this ETag."},
            **{status: _response(words, ref("problem")) for status, words in _PROBLEMS.items()},
        },
    }


def _parameter(name: str, where: str, address: Address) -> dict[str, Any]:
    known = PARAMETERS[name]
    if name == "sort":
        known = ORDERS.get(address.schema, known)
    described = {
        "name": name,
        "in": where,
        "description": known.about,
        "required": where == "path",
        "schema": known.schema,
    }
    return described if known.example is None else {**described, "example": known.example}


def _own() -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": "This description",
        "responses": {"200": _response("This description.", {"type": "object"})},
    }


def _response(words: str, schema: Schema) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
