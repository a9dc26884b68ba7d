"""Passages cover the sections, never overlap, never cross one, and have every facet."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.documents import read_document, structure
from peelsearch.facets import FACETS
from peelsearch.model import (
    Block,
    BlockKind,
    Document,
    ExtractedText,
    Passage,
    StructuredDocument,
)
from peelsearch.passages import LONGEST, build_passages
from peelsearch.vocabulary import Vocabulary, load_vocabulary

SEEDS = Path(__file__).parents[1] / "seeds"
REPORT, LETTER, PRESS_RELEASE = (
    "001_e142b4b2e42d0060.txt",
    "000_401df79f5bc0650f.txt",
    "003_a37952609bf572f0.txt",
)
VOCABULARY = load_vocabulary()


def passages_of(structured: StructuredDocument, identifier: str = "a-1") -> tuple[Passage, ...]:
    known = structured.description
    document = Document(identifier, known.title, "a.txt", (), known.type, known.date, known.round)
    return build_passages(document, structured, VOCABULARY)


def of_text(text: str) -> StructuredDocument:
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, match.start(), match.end())
        for match in re.finditer(r"\S(?:.*\S)?", text)
    )
    return structure(ExtractedText(text, blocks), VOCABULARY, name="a")


def check(structured: StructuredDocument, passages: tuple[Passage, ...]) -> None:
    end = -1
    bounds = [(section.start, section.end) for section in structured.sections]
    for passage in passages:
        assert passage.start >= end
        assert structured.text[passage.start : passage.end] == passage.text
        assert any(start <= passage.start and passage.end <= stop for start, stop in bounds)
        assert set(passage.facets) == {facet.name for facet in FACETS}
        assert all(values and all(values) for values in passage.facets.values())
        end = passage.end
    assert len({passage.id for passage in passages}) == len(passages)


@pytest.mark.parametrize("name", [REPORT, LETTER, PRESS_RELEASE])
def test_passages_of_the_seeds(name: str) -> None:
    structured = read_document(SEEDS / name, VOCABULARY)
    check(structured, passages_of(structured))


def test_a_passage_per_finding_and_none_for_bare_headings() -> None:
    structured = read_document(SEEDS / REPORT, VOCABULARY)
    passages = passages_of(structured)
    kinds = Counter(passage.facets["kind"] for passage in passages)
    assert kinds[("area-for-improvement",)] == 10
    assert kinds[("innovative-practice",)] == 2
    for absent in ("contents", "footer", "areas-for-improvement", "front-matter", "summary"):
        assert kinds[(absent,)] == 0
    assert {p.facets["year"] for p in passages} == {("2022",)}
    assert {p.facets["round"] for p in passages} == {("2021-22",)}


def test_mentions_are_other_forces() -> None:
    passages = passages_of(read_document(SEEDS / REPORT, VOCABULARY))
    named = [p for p in passages if p.facets["mentions"] != ("not-stated",)]
    assert {p.facets["mentions"] for p in named} == {("cambridgeshire", "hertfordshire")}
    assert all("Hertfordshire" in p.text for p in named)


def test_what_is_not_stated_is_a_value() -> None:
    (passage,) = passages_of(read_document(SEEDS / PRESS_RELEASE, VOCABULARY))
    assert passage.facets["year"] == passage.facets["round"] == ("not-stated",)
    assert passage.facets["grade"] == ("good",)


def test_text_under_a_group_heading_is_narrative() -> None:
    text = (
        "Responding to the public\n\nGood\n\nArea for improvement\n\nThis is what we found.\n\n"
        "The force should answer calls\n\nIt takes long.\n\nInvestigating crime\n\nGood\n\n"
        "Kent Police is good at investigating crime."
    )
    passages = passages_of(of_text(text))
    introduction = next(p for p in passages if "what we found" in p.text)
    assert introduction.facets["kind"] == ("narrative",)


PARAGRAPH = "It was found that the force does this well and often enough. "


def test_a_long_section_is_cut_at_paragraphs_into_similar_parts() -> None:
    text = "A title of it\n\n" + "\n\n".join([PARAGRAPH * 8] * 20)
    structured = of_text(text)
    passages = passages_of(structured)
    check(structured, passages)
    assert len(passages) == 3
    sizes = [len(passage.text) for passage in passages]
    assert max(sizes) <= LONGEST
    assert min(sizes) > 0.7 * max(sizes)
    assert "".join(text.split()) == "".join("".join(p.text for p in passages).split())


def test_a_finding_is_one_passage_whatever_its_length() -> None:
    text = "Recommendation 1\n\n" + "\n\n".join([PARAGRAPH * 8] * 20)
    structured = of_text("A report of it\n\n" + text)
    found = [p for p in passages_of(structured) if p.facets["kind"] == ("recommendation",)]
    assert [p.text for p in found] == [text.rstrip()]


@pytest.mark.parametrize("text", ["a" * 100_000, PARAGRAPH * 2_000, "word " * 20_000])
def test_one_long_paragraph_is_cut(text: str) -> None:
    structured = of_text(text)
    passages = passages_of(structured)
    check(structured, passages)
    assert max(len(passage.text) for passage in passages) <= LONGEST
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())


def test_ids_depend_on_heading_path_and_text_alone() -> None:
    structured = read_document(SEEDS / REPORT, VOCABULARY)
    passages = passages_of(structured)
    turned = passages_of(replace(structured, sections=tuple(reversed(structured.sections))))
    assert {p.id for p in passages} == {p.id for p in turned}
    longer = read_document(SEEDS / REPORT, VOCABULARY)
    moved = of_text("\n\n\n" + longer.text)
    assert {p.id for p in passages_of(moved)} & {p.id for p in passages}
    assert all(re.fullmatch(r"a-1-[0-9a-f]{8}(?:-\d+)?", p.id) for p in passages)


def test_an_exact_repeat_has_a_suffix() -> None:
    part = "\n\nRecommendation 1\n\nForces should do it."
    found = passages_of(of_text("A report of it\n\nIt is short." + part + part))
    ids = [p.id for p in found if p.facets["kind"] == ("recommendation",)]
    assert ids == [ids[0], ids[0] + "-2"]


@given(
    st.lists(
        st.sampled_from(
            [PARAGRAPH * 30, PARAGRAPH, "Main findings", "The force does it", "x" * 5000, "Good"]
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_passages_never_overlap_nor_cross_a_section(paragraphs: list[str]) -> None:
    structured = of_text("\n\n".join(paragraphs))
    passages = passages_of(structured)
    check(structured, passages)
    assert passages == passages_of(structured)


def test_vocabulary_decides_the_kind_of_a_passage(vocabulary: Vocabulary) -> None:
    groups = [kind for kind in vocabulary.kind if kind.members and kind.passage]
    assert {vocabulary.kind[g.members or ""].finding for g in groups} == {True}
