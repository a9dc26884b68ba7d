"""The JSON that scripts may rely on; docs/json.md describes it and a test holds it.

Offsets are code points into the document's extracted text, which ``peelsearch show DOC --text``
prints, except marks, which are offsets into the text they stand beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peelsearch.errors import PeelsearchError
from peelsearch.model import (
    Answer,
    Answers,
    Document,
    DocumentHits,
    FacetCount,
    Hit,
    Passage,
    SearchResults,
)

if TYPE_CHECKING:
    from peelsearch.model import Deadline, Finding, Judgment, Section, StructuredDocument

Json = dict[str, Any]


def error_json(error: PeelsearchError) -> Json:
    """What went wrong and what to do next."""
    return {"error": error.message, "hint": error.hint}


def document_json(document: Document) -> Json:
    """A document as every answer names it."""
    return {
        "id": document.id,
        "title": document.title,
        "path": document.path,
        "also": list(document.also),
        "type": document.type,
        "date": document.date,
        "round": document.round,
    }


def passage_json(passage: Passage) -> Json:
    """A passage without its document."""
    return {
        "passage": passage.id,
        "headings": list(passage.headings),
        "force": list(passage.facets["force"]),
        "theme": passage.facets["theme"][0],
        "grade": passage.facets["grade"][0],
        "kind": passage.facets["kind"][0],
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
    }


def results_json(results: SearchResults) -> Json:
    """A page of hits."""
    return {
        "query": results.query,
        "interpreted": results.interpreted,
        "notes": list(results.notes),
        "total": results.total,
        "documents": results.documents,
        "more": {
            "phrase": results.more.phrase,
            "apart": results.more.apart,
            "some": results.more.some,
        },
        "page": results.page,
        "pages": results.pages,
        "limit": results.limit,
        "sort": results.sort.value,
        "filters": {name: list(values) for name, values in results.filters},
        "hits": [hit_json(hit) for hit in results.hits],
        "facets": facets_json(results.facets),
        "suggestion": results.suggestion,
        "took_ms": round(results.took_ms, 3),
        "groups": None if results.groups is None else list(map(_group_json, results.groups)),
    }


def _group_json(group: DocumentHits) -> Json:
    """A document by its passages' ids; its passages are among the hits."""
    return {
        "rank": group.rank,
        "document": document_json(group.document),
        "total": group.total,
        "passages": [hit.passage.id for hit in group.hits],
    }


def hit_json(hit: Hit) -> Json:
    return {
        "rank": hit.rank,
        "score": hit.score,
        "document": document_json(hit.document),
        **passage_json(hit.passage),
        "marks": [list(mark) for mark in hit.marks],
        "heading_marks": [[m.heading, m.start, m.end] for m in hit.heading_marks],
        "snippet": {
            "text": hit.snippet.text,
            "start": hit.snippet.start,
            "end": hit.snippet.end,
            "marks": [list(mark) for mark in hit.snippet.marks],
        },
    }


def facets_json(facets: Sequence[tuple[str, Sequence[FacetCount]]]) -> Json:
    """Every counted facet with its values."""
    return {
        name: [
            {
                "value": found.value,
                "label": found.label,
                "count": found.count,
                "selected": found.selected,
            }
            for found in values
        ]
        for name, values in facets
    }


def answers_json(found: Answers) -> Json:
    """What the documents say to a question."""
    question = found.question
    return {
        "question": question.typed,
        "type": question.type.value,
        "state": found.state.value,
        "reason": found.reason,
        "notes": list(question.notes),
        "filters": {name: list(values) for name, values in question.filters},
        "missing": list(found.missing),
        "total": found.total,
        "answers": [_answer_json(answer) for answer in found.answers],
        "took_ms": round(found.took_ms, 3),
    }


def _answer_json(answer: Answer) -> Json:
    passage = answer.passage
    where = passage_json(passage)
    start, end = answer.context
    return {
        "rank": answer.rank,
        "score": answer.score,
        "quote": answer.quote,
        "span": list(answer.span) if answer.span else None,
        "start": answer.start,
        "end": answer.end,
        "speaker": answer.speaker,
        "year": answer.year,
        "document": document_json(answer.document),
        **{name: where[name] for name in _PLACE},
        "context": {
            "text": passage.text[start - passage.start : end - passage.start],
            "start": start,
            "end": end,
        },
    }


# What an answer takes over from the passage that it stands in.
_PLACE = ("passage", "headings", "force", "theme", "grade", "kind", "page")


def sections_json(document: Document, structured: StructuredDocument) -> Json:
    """The structure of a document: sections, findings and judgments in the order of the text."""
    return {
        "document": {
            **document_json(document),
            "date_basis": structured.description.date_basis,
        },
        "sections": [section_json(section) for section in structured.sections],
        "findings": [_finding_json(finding, structured.text) for finding in structured.findings],
        "judgments": [_judgment_json(judgment) for judgment in structured.judgments],
    }


def section_json(section: Section) -> Json:
    """A section without its text."""
    return {
        "heading": section.heading,
        "level": section.level,
        "path": list(section.path),
        "kind": section.kind,
        "force": list(section.force),
        "theme": section.theme,
        "grade": section.grade,
        "start": section.start,
        "end": section.end,
    }


def _finding_json(finding: Finding, text: str) -> Json:
    return {
        "kind": finding.kind,
        "number": finding.number,
        "headline": finding.headline,
        "quote": text[finding.start : finding.end],
        "source": finding.source.value,
        "force": list(finding.force),
        "theme": finding.theme,
        "grade": finding.grade,
        "deadline": _deadline_json(finding.deadline),
        "start": finding.start,
        "end": finding.end,
    }


def _deadline_json(deadline: Deadline | None) -> Json | None:
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "date": deadline.date,
        "basis": deadline.basis,
        "start": deadline.start,
        "end": deadline.end,
    }


def _judgment_json(judgment: Judgment) -> Json:
    return {
        "force": judgment.force,
        "theme": judgment.theme,
        "label": judgment.label,
        "grade": judgment.grade,
        "conflict": judgment.conflict,
        "sources": [
            {
                "evidence": source.evidence.value,
                "grade": source.grade,
                "quote": source.quote,
                "start": source.start,
                "end": source.end,
            }
            for source in judgment.sources
        ],
    }
