"""Markdown: the text is the file's own, and every offset refers to it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.documents.markdown_text import read_markdown


def read(text: str) -> list[tuple[str, int | None, str]]:
    extracted = read_markdown(text.encode())
    assert extracted.text == text
    return [(b.kind.value, b.level, text[b.start : b.end]) for b in extracted.blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headings_lists_tables_and_paragraphs(end: str) -> None:
    text = """# First part #

Some *text*
goes on.

Second part
===========

Third
-----

- one
- two
  goes on

  and on

1. three

| a | b |
|---|---|
|   | c |

> Quoted.

```
code
```
#### **Bold** ####
## **All bold**
"""
    found = read(text.replace("\n", end))
    assert [(kind, level, " ".join(words.split())) for kind, level, words in found] == [
        ("heading", 1, "First part"),
        ("paragraph", None, "Some *text* goes on."),
        ("heading", 1, "Second part"),
        ("heading", 2, "Third"),
        ("item", None, "- one"),
        ("item", None, "- two goes on"),
        ("paragraph", None, "and on"),
        ("item", None, "1. three"),
        ("row", None, "a | b"),
        ("row", None, "| c"),
        ("paragraph", None, "Quoted."),
        ("paragraph", None, "code"),
        ("heading", 4, "Bold"),
        ("heading", 2, "All bold"),
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("---\ntitle: 'A report'\ndate: 2022-04 # known\nlist:\n  - a\n---\n",
         (("title", "A report"), ("date", "2022-04"))),
        ('+++\nTitle = "A report"\ndate = 2022-04-01\ntags = ["a"]\n+++\n',
         (("title", "A report"), ("date", "2022-04-01"))),
    ],
)  # fmt: skip
def test_front_matter_is_metadata_and_no_block(front: str, expected: object) -> None:
    extracted = read_markdown((front + "\n# A heading\n").encode())
    assert extracted.metadata == expected
    assert [extracted.text[b.start : b.end] for b in extracted.blocks] == ["A heading"]


def test_a_rule_is_no_front_matter() -> None:
    text = "---\n\nText.\n\n---\n\nMore.\n"
    assert [words for _, _, words in read(text)] == ["Text.", "More."]


def test_an_unclosed_front_matter_is_text() -> None:
    assert read("---\ntitle: A report\n\nText.\n")[-1][2] == "Text."


pieces = st.sampled_from(
    [
        "# a",
        "b",
        "- c",
        "  d",
        "> e",
        "| f | g |",
        "|--|--|",
        "===",
        "```",
        "",
        "\t",
        "1. h",
        "*",
        "é",
    ]
)


@given(st.lists(pieces, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_blocks_are_in_order_and_hold_no_blank_line(lines: list[str], end: str) -> None:
    text = end.join(lines)
    extracted = read_markdown(text.encode())
    at = 0
    for block in extracted.blocks:
        assert at <= block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words.strip()
        assert all(line.strip(" \t>") for line in re.split(r"\r\n?|\n", words))
        at = block.end
