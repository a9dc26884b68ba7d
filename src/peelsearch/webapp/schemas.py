"""The objects of the API as schemas: docs/json.md in a form that programs read.

Fields may be added, so a schema does not forbid what it does not name; the tests do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from peelsearch.model.answers import QuestionType, State
from peelsearch.model.index import Sort
from peelsearch.model.register import DeadlineState, Outcome
from peelsearch.model.responses import ReplyState

Schema: TypeAlias = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def ref(name: str) -> Schema:
    """A schema of the table below by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def each(of: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": of}


def maybe(of: Schema) -> Schema:
    """Something, or null."""
    return {"oneOf": [of, {"type": "null"}]}


def by_name(of: Schema) -> Schema:
    """An object whose names are data."""
    return {"type": "object", "additionalProperties": of}


def one_of(*values: str) -> Schema:
    """One of some words."""
    return {"type": "string", "enum": list(values)}


def record(fields: Mapping[str, Schema], *also: str, **more: Schema) -> Schema:
    """An object with all of these fields, and with those that are called ``also``."""
    named = {name: field for other in also for name, field in SCHEMAS[other]["properties"].items()}
    properties = {**fields, **more, **named}
    return {"type": "object", "properties": properties, "required": list(properties)}


def optional(schema: Schema, *names: str) -> Schema:
    """The same object where some of the fields may be missing."""
    return {**schema, "required": [name for name in schema["required"] if name not in names]}


TEXTS = each(TEXT)
MARK: Schema = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
OFFSETS: Mapping[str, Schema] = {"start": COUNT, "end": COUNT}
LABELS: Mapping[str, Schema] = {"force": TEXTS, "theme": TEXT, "grade": TEXT}

SCHEMAS: dict[str, Schema] = {}
SCHEMAS["problem"] = record({"error": TEXT, "hint": TEXT})
SCHEMAS["document"] = record(
    {"id": TEXT, "title": TEXT, "path": TEXT, "also": TEXTS, "type": TEXT},
    date=maybe(TEXT),
    round=maybe(TEXT),
)
SCHEMAS["quotation"] = record({"quote": TEXT, **OFFSETS, "passage": TEXT})
SCHEMAS["place"] = record(
    {"document": ref("document"), "headings": TEXTS, "page": maybe(COUNT)}, "quotation"
)
_FACET = record({"value": TEXT, "label": TEXT, "count": COUNT, "selected": FLAG})
SCHEMAS["facet-counts"] = by_name(each(_FACET))
_PASSAGE: Mapping[str, Schema] = {
    "passage": TEXT,
    "headings": TEXTS,
    **LABELS,
    "kind": TEXT,
    "page": maybe(COUNT),
    **OFFSETS,
}
SCHEMAS["hit"] = record(
    {"rank": COUNT, "score": NUMBER, "document": ref("document"), **_PASSAGE, "text": TEXT},
    marks=each(MARK),
    heading_marks=each({"type": "array", "items": COUNT, "minItems": 3, "maxItems": 3}),
    snippet=record({"text": TEXT, **OFFSETS, "marks": each(MARK)}),
)
SCHEMAS["search"] = record(
    {"query": TEXT, "interpreted": TEXT, "notes": TEXTS, "total": COUNT, "documents": COUNT},
    more=record({name: maybe(COUNT) for name in ("phrase", "apart", "some")}),
    page=COUNT,
    pages=COUNT,
    limit=COUNT,
    sort=one_of(*Sort),
    filters=by_name(TEXTS),
    hits=each(ref("hit")),
    facets=ref("facet-counts"),
    suggestion=maybe(TEXT),
    took_ms=NUMBER,
    groups=maybe(
        each(
            record({"rank": COUNT, "document": ref("document"), "total": COUNT, "passages": TEXTS})
        )
    ),
)
SCHEMAS["facets"] = record({"facets": ref("facet-counts")})
SCHEMAS["answer"] = record(
    {"rank": COUNT, "score": NUMBER, "quote": TEXT, "span": maybe(MARK), "speaker": TEXT},
    year=TEXT,
    document=ref("document"),
    **_PASSAGE,
    context=record({"text": TEXT, **OFFSETS}),
)
SCHEMAS["ask"] = record(
    {"question": TEXT, "type": one_of(*QuestionType), "state": one_of(*State), "reason": TEXT},
    notes=TEXTS,
    filters=by_name(TEXTS),
    missing=TEXTS,
    total=maybe(COUNT),
    answers=each(ref("answer")),
    took_ms=NUMBER,
)

# --- documents --------------------------------------------------------------------------------
_STUB = record(
    {"title": TEXT, "type": TEXT, "date": maybe(TEXT), "round": maybe(TEXT), "force": TEXTS},
    link=TEXT,
)
SCHEMAS["documents"] = record(
    {"generation": COUNT, "passages": COUNT, "stubs": each(_STUB), "fingerprint": TEXT},
    documents=each(
        record({"passages": COUNT, "force": TEXTS}, "document", basis=by_name(TEXT), remarks=TEXTS)
    ),
)
SCHEMAS["text"] = record({"document": ref("document"), "text": TEXT})
_SOURCE = record({"evidence": TEXT, "grade": TEXT, "quote": TEXT, **OFFSETS})
SCHEMAS["sections"] = record(
    {"document": record({"date_basis": TEXT}, "document")},
    sections=each(
        record({"heading": TEXT, "level": COUNT, "path": TEXTS, "kind": TEXT, **LABELS, **OFFSETS})
    ),
    findings=each(
        record(
            {"kind": TEXT, "number": maybe(TEXT), "headline": TEXT, "quote": TEXT, "source": TEXT},
            **LABELS,
            **OFFSETS,
            deadline=maybe(
                record({"text": TEXT, "date": maybe(TEXT), "basis": TEXT, **OFFSETS}),
            ),
        )
    ),
    judgments=each(
        record(
            {"force": TEXT, "theme": TEXT, "label": TEXT, "grade": TEXT, "conflict": FLAG},
            sources=each(_SOURCE),
        )
    ),
)

# --- tables -----------------------------------------------------------------------------------
_STATED = record({"document": TEXT, "evidence": TEXT, "grade": TEXT}, "quotation")
_HINT = record(
    {"pillar": TEXT, "rounds": TEXTS}, others=each(record({"round": TEXT, "themes": TEXTS}))
)
_WARNING = optional(
    record({"text": TEXT, "document": maybe(ref("document"))}, "quotation"),
    "quote",
    "start",
    "end",
    "passage",
)
_CELL: Mapping[str, Schema] = {"theme": TEXT, "label": TEXT, "round": TEXT, "state": TEXT}
SCHEMAS["judgments"] = record(
    {"rounds": TEXTS, "warnings": each(_WARNING), "undated": COUNT, "hints": each(_HINT)},
    judgments=each(
        record(
            {**_CELL, "force": TEXT, "grade": TEXT, "grades": TEXTS, "date": maybe(TEXT)},
            "quotation",
            document=ref("document"),
            evidence=TEXT,
            also=each(_STATED),
            carried_over=maybe(ref("quotation")),
        )
    ),
    absent=each(record({**_CELL, "force": TEXT})),
    fingerprint=TEXT,
)
_DUE = record(
    {"text": TEXT, "date": maybe(DAY), "earliest": maybe(DAY), "basis": TEXT, "hint": TEXT},
    **OFFSETS,
)
_REPEAT = record(
    {"outcome": one_of(*Outcome), "outcome_said": maybe(ref("quotation"))}, "quotation"
)
SCHEMAS["noted"] = record(dict.fromkeys(("owner", "status", "note", "evidence", "closed"), TEXT))
_TRACKER = record(
    {"file": TEXT},
    unjoined=each(
        record(
            {"line": COUNT, "id": TEXT, "reference": TEXT, "state": TEXT, "hint": TEXT},
            "noted",
            finding=maybe(record({"id": TEXT, "reference": TEXT})),
        )
    ),
)
# Where the site shows people's notes of findings.
_WITH_NOTES = "tracker"
_ENTRY = record(
    {"id": TEXT, "reference": TEXT, "kind": TEXT, "number": maybe(TEXT), "source": TEXT},
    **LABELS,
    addressee=TEXTS,
    headline=TEXT,
    quote=TEXT,
    deadline=maybe(_DUE),
    deadline_state=one_of(*DeadlineState),
    repeat=maybe(_REPEAT),
    document=ref("document"),
    headings=TEXTS,
    **OFFSETS,
    also=each(
        record(
            {"document": ref("document"), "source": TEXT, "force": TEXTS, "headings": TEXTS},
            "quotation",
            deadline=maybe(_DUE),
        )
    ),
    tracker=maybe(ref("noted")),
)
SCHEMAS["entry"] = optional(_ENTRY, _WITH_NOTES)
_REGISTER = record(
    {"entries": each(ref("entry")), "total": COUNT, "as_of": DAY, "undated": COUNT},
    hints=each(_HINT),
    fingerprint=TEXT,
    expectations=each(
        record(
            {**LABELS, "document": ref("document"), "headings": TEXTS, "heading": FLAG},
            "quotation",
            repeat=maybe(_REPEAT),
        )
    ),
    tracker=_TRACKER,
)
SCHEMAS["register"] = optional(_REGISTER, _WITH_NOTES)
_LAW: Mapping[str, Schema] = {"law": TEXT, "days": COUNT, "fingerprint": TEXT}


def _letter(quotation: str) -> Schema:
    """A letter whose quotations are of one of the schemas."""
    return record(
        {"letter": ref("document"), "force": TEXTS, "report": maybe(ref("document"))},
        report_known_as=maybe(TEXT),
        published=maybe(TEXT),
        published_said=maybe(ref(quotation)),
        last_day=maybe(DAY),
        day_of_letter=maybe({"type": "integer"}),
        not_counted=TEXT,
        comments_published=maybe(TEXT),
        asks=each(
            record(
                {"id": TEXT, "reference": TEXT, "headline": TEXT, "addressee": TEXTS},
                state=one_of(*ReplyState),
                reply=maybe(ref(quotation)),
            )
        ),
    )


SCHEMAS["responses"] = record({"responses": each(_letter("quotation")), **_LAW})
_GRADE = record(
    {**_CELL, "pillar": FLAG, "grades": TEXTS, "carried_over": each(ref("place"))},
    places=each(record({"grade": TEXT, "evidence": TEXT}, "place")),
)
_FINDINGS = each(
    optional(record({"page": maybe(COUNT), "places": each(ref("place"))}, "entry"), _WITH_NOTES)
)
_FORCE = record(
    {"force": TEXT, "round": maybe(TEXT), "earlier_rounds": TEXTS, "unreported_rounds": TEXTS},
    **{name: each(_GRADE) for name in ("grades", "pending", "unplaced")},
    **dict.fromkeys(("asks", "general_asks", "practices"), _FINDINGS),
    **{name: each(ref("document")) for name in ("documents", "undated")},
    letters=each(_letter("place")),
    mentions=each(record({"passages": COUNT}, "place")),
    warnings=each(_WARNING),
    as_of=DAY,
    tracker=_TRACKER,
    **_LAW,
)
SCHEMAS["force"] = optional(_FORCE, _WITH_NOTES)
_ASK = record(
    {"id": TEXT, "reference": TEXT, "headline": TEXT, "deadline": maybe(TEXT), "hint": TEXT},
    document=ref("document"),
)
SCHEMAS["coverage"] = record(
    {"documents": COUNT, "fingerprint": TEXT, "not_held": each(_STUB)},
    counts=each(record({"force": TEXT, "round": TEXT, "type": TEXT, "documents": COUNT})),
    **{
        name: each(ref("document"))
        for name in ("without_force", "without_date", "without_round", "letters_without_report")
    },
    **dict.fromkeys(("asks_without_theme", "unresolved_deadlines"), each(_ASK)),
    failed=each(record({"path": TEXT, "error": TEXT})),
)
