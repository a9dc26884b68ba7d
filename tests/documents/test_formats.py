"""The seeds in every format are understood as their text files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from gold import DOCUMENTS, SEEDS
from make_formats import FORMATS

from peelsearch.documents import extract, read_document, structure
from peelsearch.model import StructuredDocument
from peelsearch.vocabulary import load_vocabulary


@cache
def understood(name: str, suffix: str = "") -> StructuredDocument:
    """A seed as it is understood in a format, or as the text it is."""
    if not suffix:
        return read_document(SEEDS / name, load_vocabulary())
    extracted = extract(FORMATS[suffix](name), Path(name).stem + suffix)
    return structure(extracted, load_vocabulary(), name=name)


def sections(document: StructuredDocument) -> list[tuple[Any, ...]]:
    """All that a section is but for its place in the text."""
    return [
        (" ".join(s.heading.split()), s.level, s.kind, s.theme, s.grade, s.force)
        for s in document.sections
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_seed_has_the_same_sections(name: str, suffix: str) -> None:
    plain, found = understood(name), understood(name, suffix)
    assert sections(found) == sections(plain)
    assert [s.path for s in found.sections] == [s.path for s in plain.sections]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_seed_has_the_same_description_judgments_and_findings(name: str, suffix: str) -> None:
    plain, found = understood(name), understood(name, suffix)
    described, expected = found.description, plain.description
    assert (described.type, described.date, described.round, described.forces) == (
        expected.type,
        expected.date,
        expected.round,
        expected.forces,
    )
    assert [
        (j.force, j.theme, j.grade, [s.evidence for s in j.sources]) for j in found.judgments
    ] == [(j.force, j.theme, j.grade, [s.evidence for s in j.sources]) for j in plain.judgments]
    assert [(f.kind, f.number, f.theme, f.grade, f.source) for f in found.findings] == [
        (f.kind, f.number, f.theme, f.grade, f.source) for f in plain.findings
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_quotation_is_in_the_text(name: str, suffix: str) -> None:
    found = understood(name, suffix)
    for judgment in found.judgments:
        for source in judgment.sources:
            assert found.text[source.start : source.end] == source.quote
    for finding in found.findings:
        assert " ".join(finding.headline.split()) in " ".join(
            found.text[finding.start : finding.end].split()
        )
