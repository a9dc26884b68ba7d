"""A paper: headings, words, quotations and boxes, in the order in which they are read.

What a paper says is put together once; ``paper_markdown`` here, ``paper_html`` and ``paper_word``
write it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from peelsearch.records import dataclass
from peelsearch.render.sheets import escaped, shown

# A blank line, or a line break before a mark of a list, ends a paragraph of a quotation.
_APART = re.compile(
    r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-–—•▪◦*·‣]|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)])\s)"
)
# What Markdown reads as something else: an entity, and the beginning of a list or a heading.
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARK = re.compile(r"^(?:(\d+)([.)])|([-+=]))")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the paper has level 0."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, a text for each paragraph."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, as pairs of name and value."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Empty boxes for people to write into, each with its label."""

    labels: tuple[str, ...]


Block: TypeAlias = Heading | Words | Quote | Facts | Boxes


@dataclass(frozen=True, slots=True)
class Paper:
    """The blocks under a title; ``origin`` says what they were made of."""

    title: str
    blocks: tuple[Block, ...]
    origin: str


def quoted(text: str) -> Quote:
    """The words as paragraphs, as people read them: lines that only the page broke are joined."""
    return Quote(tuple(part for block in _APART.split(text) if (part := shown(block))))


def paper_markdown(paper: Paper) -> str:
    """The paper as Markdown; a box is a table with an empty row."""
    return "".join(markdown_pieces(paper.title, paper.blocks, paper.origin))


def markdown_pieces(title: str, blocks: Iterable[Block], origin: str) -> Iterator[str]:
    """The same a block at a time, for papers that are not held as a whole."""
    yield f"# {_plain(title)}\n\n"
    for block in blocks:
        yield "\n".join([*_block(block), "", ""])
    yield _plain(origin) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {_plain(text)}"
        case Words(text):
            yield _plain(text)
        case Quote(paragraphs):
            yield "\n>\n".join(f"> {_plain(text)}" for text in paragraphs)
        case Facts(pairs):
            yield from (f"- **{_plain(name)}:** {_plain(value)}" for name, value in pairs)
        case Boxes(labels):
            tables = (f"| {_plain(label)} |\n| --- |\n| &nbsp; |" for label in labels)
            yield "\n\n".join(tables)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    text = _ENTITY.sub(r"\\&", escaped(text))
    return _MARK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)
