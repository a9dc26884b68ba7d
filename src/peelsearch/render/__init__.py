"""Results as text, JSON, CSV and Markdown: one shape each, the same for every interface.

``contract`` is the documented JSON (docs/json.md), ``terminal`` what people read in a terminal,
``tables`` CSV and Markdown. Nothing here searches or prints.
"""

from peelsearch.render.contract import (
    answers_json,
    document_json,
    error_json,
    facets_json,
    passage_json,
    results_json,
    section_json,
    sections_json,
)

__all__ = [
    "answers_json",
    "document_json",
    "error_json",
    "facets_json",
    "passage_json",
    "results_json",
    "section_json",
    "sections_json",
]
