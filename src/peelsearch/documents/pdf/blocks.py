"""Lines joined to paragraphs, items and headings, over columns and pages too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from peelsearch.documents.pdf.characters import is_dash
from peelsearch.documents.pdf.layout import Piece, TableRow

# Lines whose sizes differ by less look the same.
_SAME_SIZE = 1.06
# A gap of more than the usual distance of lines times this separates paragraphs: the reports at
# hand add at least .35 of a line, and lines with raised marks up to .2.
_WIDER = 1.27
# The usual distance of lines where too few show it, in sizes; and the most that it can be.
_USUAL = 1.25
_MOST_USUAL = 2.1
_FEWEST_PAIRS = 3
# A line is full when the next word would end within so many sizes of the right edge.
_SLACK = 0.6
_SPACE = 0.3
_INDENT = 0.8
_TERMINAL = ".!?:"
_CLOSERS = "'\"’”)]"
# Smaller than the body by this is a footnote, which a paragraph passes over.
_SMALLER = 0.93
# A title's lines end early; less than this share of the width is a heading of its own.
_EARLY = 0.45
_FEWEST_LETTERS_CUT = 40
# "Date: ...", one of several such lines.
_LABELLED = re.compile(r"[A-Z][^:.]{2,40}:\s")


@dataclass(frozen=True, slots=True)
class Flow:
    """The items of a region in reading order; ``edges`` are right edges of text by its size.

    ``right`` is the right edge of all regions that begin there, for sizes of which few lines are.
    """

    items: tuple[Piece | TableRow, ...]
    page: int
    side: int
    left: float
    right: float
    edges: dict[float, float]

    def edge(self, size: float) -> float:
        """How far lines of a size go."""
        return self.edges.get(size, self.right)


@dataclass(slots=True)
class Draft:
    """A block that is being put together: lines of text that look alike, or a row.

    ``aside`` is true of text in another direction than most of its page, ``plain`` of text that
    is no heading whatever it looks like.
    """

    pieces: list[Piece] = field(default_factory=list)
    row: TableRow | None = None
    aside: bool = False
    plain: bool = False

    @property
    def page(self) -> int:
        """The page that it starts on."""
        return self.row.page if self.row else self.pieces[0].page

    @property
    def size(self) -> float:
        """The size of its letters in points; 0 for rows, which have several."""
        return self.pieces[0].size if self.pieces else 0.0

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.pieces) and all(piece.bold for piece in self.pieces)

    @property
    def long(self) -> bool:
        """Whether it has more letters than a label or a name."""
        return sum(len(piece.text) for piece in self.pieces[-2:]) >= _FEWEST_LETTERS_CUT


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: size and weight of the body, distances of lines by size."""

    size: float
    bold: bool
    distances: dict[float, float]

    def distance(self, size: float) -> float:
        """The usual distance of two lines of a paragraph, in points."""
        return self.distances.get(size, _USUAL * size)


def measure(regions: Iterable[Sequence[Piece]]) -> Measures:
    """Measures of a document. The body's size is that of most letters."""
    letters: Counter[float] = Counter()
    bold: Counter[float] = Counter()
    distances: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for region in regions:
        for piece in region:
            letters[piece.size] += len(piece.text)
            bold[piece.size] += len(piece.text) * piece.bold
        for a, b in pairwise(region):
            gap = round(2 * (b.base - a.base)) / 2
            if a.size == b.size and 0.8 * a.size <= gap <= _MOST_USUAL * a.size:
                distances[a.size][gap] += 1
    size = max(letters, key=lambda s: letters[s], default=12.0)
    return Measures(
        size,
        2 * bold[size] > letters[size],
        {size: _usual(counts) for size, counts in distances.items() if _enough(counts)},
    )


def _enough(counts: Counter[float]) -> bool:
    return sum(counts.values()) >= _FEWEST_PAIRS


def _usual(counts: Counter[float]) -> float:
    """The smallest distance that is frequent: lines of a paragraph are never further apart."""
    most = max(counts.values())
    return min(gap for gap, count in counts.items() if count >= 0.3 * most)


def drafts(flows: Iterable[Flow], measures: Measures) -> list[Draft]:
    """The blocks of a document, in order."""
    found: list[Draft] = []
    right = 0.0
    for flow in flows:
        begins = True
        for index, item in enumerate(flow.items):
            if isinstance(item, TableRow):
                found.extend(_row_drafts(item, flow.items[max(0, index - 1) : index + 2], measures))
                begins = False
                continue
            last = found[-1] if found else None
            if begins and not flow.side and (cut := _cut_block(found, item, measures, right)):
                cut.pieces.append(item)
            elif begins or last is None or last.row or _breaks(last, item, flow, measures):
                found.append(Draft([item], aside=flow.side > 0))
            else:
                last.pieces.append(item)
            begins = False
        right = flow.right
    return found


def _row_drafts(
    row: TableRow, beside: Sequence[Piece | TableRow], measures: Measures
) -> Iterator[Draft]:
    """A row; or, of one that stands alone and looks like a heading, its cells one by one.

    A section may be headed by a box with its name in one cell and its grade in the next.
    ``beside`` holds the row itself and the items before and after it.
    """
    alone = sum(isinstance(item, TableRow) for item in beside) == 1
    if not (alone and all(_is_heading_like(p, measures) for cell in row.cells for p in cell)):
        yield Draft(row=row)
        return
    for number, cell in enumerate(cell for cell in row.cells if cell):
        yield Draft(list(cell), plain=number > 0)


def _is_heading_like(piece: Piece, measures: Measures) -> bool:
    return piece.size > _SAME_SIZE * measures.size or (piece.bold and not measures.bold)


def _same_look(before: Piece, after: Piece, *, goes_on: bool = False) -> bool:
    if max(before.size, after.size) > _SAME_SIZE * min(before.size, after.size):
        return False
    # Bold words may begin or end a paragraph in the middle of a line.
    return before.bold == after.bold or goes_on or (before.bold_end and after.bold_start)


def _full(before: Piece, after: Piece, right: float) -> bool:
    """Whether the next line's first word would not have fitted on the line before."""
    return before.x1 + after.first + (_SPACE + _SLACK) * before.size >= right


def _breaks(draft: Draft, after: Piece, flow: Flow, measures: Measures) -> bool:
    """Whether a line begins a block of its own."""
    before, first = draft.pieces[-1], draft.pieces[0]
    gap = after.base - before.base
    full = _full(before, after, flow.edge(before.size))
    ends = before.text.rstrip(_CLOSERS)[-1:] in _TERMINAL
    goes_on = full and not ends and after.text[0].islower()
    # A dash within a sentence may come to stand at the start of a line.
    dash = full and not ends and not first.labelled and is_dash(after.text[0])
    if (after.labelled and not dash) or not _same_look(before, after, goes_on=goes_on):
        return True
    if not 0 < gap <= _WIDER * measures.distance(before.size):
        return True
    if not full and _LABELLED.match(after.text) and _LABELLED.match(first.text):
        return True
    if _is_heading_like(before, measures) and before.bold == after.bold:
        width = flow.right - flow.left
        return before.x1 - flow.left < _EARLY * width and not after.text[0].islower()
    if not full and (ends or not after.text[0].islower()):
        return True
    return _is_indented(draft, after, ends=ends)


def _is_indented(draft: Draft, after: Piece, *, ends: bool) -> bool:
    """Whether a line begins further right than a paragraph's lines do, or left of an item's."""
    before, first = draft.pieces[-1], draft.pieces[0]
    edge = first.inner if len(draft.pieces) == 1 else before.x0
    if after.x0 > edge + _INDENT * after.size and ends:
        return True
    hanging = first.labelled and len(draft.pieces) > 1 and before.x0 > first.x0 + 1
    return hanging and after.x0 < before.x0 - _INDENT * after.size


def _cut_block(
    found: Sequence[Draft], after: Piece, measures: Measures, right: float
) -> Draft | None:
    """The block that a column or page break cut, if a line goes on with it.

    ``right`` is the right edge of the text before the break.
    """
    draft = next((d for d in reversed(found[-12:]) if not _is_footnote(d, measures)), None)
    if draft is None or draft.row or after.labelled or after.page - draft.pieces[-1].page > 1:
        return None
    same = _same_look(draft.pieces[-1], after)
    return draft if same and _goes_on(draft, after, measures, right) else None


def _goes_on(draft: Draft, after: Piece, measures: Measures, right: float) -> bool:
    """Whether the words and the place of a line after a break continue a block."""
    before, first = draft.pieces[-1], draft.pieces[0]
    full = _full(before, after, right)
    if first.labelled and full and abs(after.x0 - first.inner) < 1:
        return True
    if before.text.rstrip(_CLOSERS)[-1:] in _TERMINAL:
        return False
    if after.text[0].islower() or before.text.endswith((",", "-")):
        return True
    prose = not _is_heading_like(before, measures) and draft.long
    return prose and full and before.text[-1] != ";"


def _is_footnote(draft: Draft, measures: Measures) -> bool:
    return draft.row is None and draft.size < _SMALLER * measures.size
