"""Blocks as the rules of structure see them: words in one line, cut paragraphs joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from peelsearch.documents.lines import TERMINAL
from peelsearch.model import Block, BlockKind, ExtractedText

_CLOSERS = "'\"’”)]»"
_ADDRESSES = ("www.", "http://", "https://")


@dataclass(frozen=True, slots=True)
class Unit:
    """One or more blocks that read as one. ``text`` has single spaces; offsets are the blocks'."""

    kind: BlockKind
    start: int
    end: int
    text: str
    lines: int = 1
    level: int | None = None
    page: int | None = None

    @property
    def ends_sentence(self) -> bool:
        """Whether a stop of any kind stands at its end, quotes and brackets aside."""
        return self.text.rstrip(_CLOSERS)[-1:] in TERMINAL


def one_line(text: str) -> str:
    """The text with single spaces. Tabs count as space."""
    return " ".join(text.split())


def read_units(extracted: ExtractedText, *, stands_alone: Callable[[str], bool]) -> list[Unit]:
    """The units of a text, in order.

    ``stands_alone`` tells of a text that it is complete without a stop (a grade, a label), so
    that a paragraph in lower case after it is no continuation.
    """
    units: list[Unit] = []
    pieces: list[Unit] = []
    for unit in _single(extracted):
        if pieces and _continues(pieces[-1], unit, stands_alone):
            pieces.append(unit)
            continue
        if pieces:
            units.append(_joined(pieces))
        pieces = [unit]
    if pieces:
        units.append(_joined(pieces))
    return units


def _single(extracted: ExtractedText) -> Iterator[Unit]:
    for block in extracted.blocks:
        unit = _unit(extracted.text, block)
        if unit.text:
            yield unit


def _unit(text: str, block: Block) -> Unit:
    raw = text[block.start : block.end]
    return Unit(
        block.kind,
        block.start,
        block.end,
        one_line(raw),
        len(re.findall(r"\n|\r(?!\n)", raw)) + 1,
        block.level,
        block.page,
    )


def _joined(pieces: list[Unit]) -> Unit:
    first = pieces[0]
    if len(pieces) == 1:
        return first
    text = " ".join(piece.text for piece in pieces)
    lines = sum(piece.lines for piece in pieces)
    return Unit(first.kind, first.start, pieces[-1].end, text, lines, first.level, first.page)


def _continues(before: Unit, after: Unit, stands_alone: Callable[[str], bool]) -> bool:
    """Whether a page break cut a sentence between the two."""
    if after.kind is not BlockKind.PARAGRAPH or before.kind is BlockKind.ROW:
        return False
    if before.kind is BlockKind.HEADING or before.ends_sentence:
        return False
    # "iCAIT" and the like begin sentences of their own.
    lower = after.text[:1].islower() and not after.text[1:2].isupper()
    lower = lower and not after.text.startswith(_ADDRESSES)
    return lower and not stands_alone(before.text)
