"""Words to pieces of lines: what stands side by side without a wide gap.

A wide gap is where a column or a cell ends. A bullet or a number keeps its text, however wide the
gap behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from peelsearch.documents.pdf.characters import is_bullet, is_numbering, shown_bullet
from peelsearch.documents.pdf.layout import Page, Piece, Word

# Gaps are told in sizes of the letters. Justified text stretches spaces to about .8; the
# narrowest gutters of two-column papers and the gaps between cells are above 1.
_WIDE_GAP = 1.0
# A bullet's text stands at most so far behind it: hanging indents of half an inch at 10 points.
_LABEL_GAP = 4.0
# Words whose lines differ by less stand on one line.
_LEVEL = 0.25
# Raised and lowered words are smaller, and so far from the line at most.
_SMALL = 0.8
_RAISED = 0.65
_LOWERED = 0.3
# Leaders before the page number of a contents list.
_LEADERS = re.compile(r"[.…·_]{4,}$|[.…·_]+$")
_ALL_LEADERS = re.compile(r"[.…·_\s]{3,}|[.…·]")
_FEWEST_LEADERS = 4
_BOLD_SHARE = 0.9

Row = list[Word]


def pieces(page: Page) -> list[Piece]:
    """The pieces of a page from top to bottom, those of a line from left to right."""
    found: list[Piece] = []
    for row in _rows(page.words):
        found.extend(_piece(words, page.number) for words in _cut(row))
    return [piece for piece in found if piece.text]


def _rows(words: Iterable[Word]) -> list[Row]:
    """Words by the line they stand on, each line from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        if rows and word.base - rows[-1][0].base <= _LEVEL * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.x0)
    return _with_raised(rows)


def _with_raised(rows: list[Row]) -> list[Row]:
    """Lines with the small words that stand a little above or below them."""
    kept: list[Row] = []
    waiting: Row = []
    for index, row in enumerate(rows):
        after = rows[index + 1] if index + 1 < len(rows) else None
        if after is not None and _hangs(row, after, _RAISED):
            waiting = sorted([*waiting, *row], key=lambda word: word.x0)
            continue
        if kept and _hangs(row, kept[-1], _LOWERED):
            kept[-1] = sorted([*kept[-1], *row], key=lambda word: word.x0)
            continue
        kept.append(_joined(row, waiting) if waiting else row)
        waiting = []
    return kept


def _hangs(row: Row, line: Row, most: float) -> bool:
    size = max(word.size for word in line)
    return (
        max(word.size for word in row) < _SMALL * size
        and abs(row[0].base - line[0].base) <= most * size
        and len(row) < len(line)
        and row[0].x0 > line[0].x0 - size
        and row[-1].x1 < line[-1].x1 + size
    )


def _joined(row: Row, raised: Row) -> Row:
    """A line with its raised words; the numbers of footnotes behind words are left out."""
    joined = sorted([*row, *raised], key=lambda word: word.x0)
    return [
        word
        for index, word in enumerate(joined)
        if index == 0 or word not in raised or not (word.text.isdigit() and len(word.text) <= 3)
    ]


def _cut(row: Row) -> Iterator[Row]:
    """A line cut at its wide gaps; leaders are gaps too."""
    piece: Row = []
    leaders = sum(len(w.text) for w in row if _ALL_LEADERS.fullmatch(w.text)) >= _FEWEST_LEADERS
    for word in row:
        if leaders and _ALL_LEADERS.fullmatch(word.text):
            if piece:
                yield piece
            piece = []
            continue
        if piece:
            gap = (word.x0 - piece[-1].x1) / max(word.size, piece[-1].size)
            if gap > (_LABEL_GAP if _is_label(piece) else _WIDE_GAP):
                yield piece
                piece = []
        piece.append(word)
    if piece:
        yield piece


def _is_label(words: Sequence[Word]) -> bool:
    return len(words) == 1 and (is_bullet(words[0].text) or is_numbering(words[0].text))


def _piece(words: Row, page: int) -> Piece:
    first = words[0]
    labelled = len(words) > 1 and _is_label(words[:1])
    texts = [word.text for word in words]
    if labelled and is_bullet(first.text):
        # A dash or a letter with only a space behind it may be one of the text.
        wide = words[1].x0 - first.x1 > 0.5 * first.size
        labelled = wide or first.text != "o"
        texts[0] = shown_bullet(first.text, wide=wide) if labelled else first.text
    texts[-1] = _LEADERS.sub("", texts[-1]) if texts[-1].endswith("....") else texts[-1]
    letters = sum(len(word.text) for word in words[labelled:])
    bold = sum(len(word.text) for word in words[labelled:] if word.bold)
    own = words[1] if labelled else first
    return Piece(
        text=_spaced(words, texts),
        x0=first.x0,
        x1=words[-1].x1,
        base=_base(words),
        size=_size(words),
        bold=bold >= _BOLD_SHARE * letters,
        bold_start=own.bold,
        bold_end=words[-1].bold,
        first=own.x1 - own.x0,
        inner=own.x0,
        page=page,
    )


def _spaced(words: Row, texts: list[str]) -> str:
    """The words with spaces, but for parts that touch: "10" and a raised "th"."""
    parts = [texts[0]]
    for (before, after), text in zip(pairwise(words), texts[1:], strict=True):
        touches = after.x0 - before.x1 < 0.05 * before.size and (
            before.size != after.size or before.text.endswith("-")
        )
        parts.append(text if touches else f" {text}")
    return "".join(parts).strip()


def _size(words: Row) -> float:
    """The size of most letters."""
    if all(word.size == words[0].size for word in words):
        return words[0].size
    letters: dict[float, int] = {}
    for word in words:
        letters[word.size] = letters.get(word.size, 0) + len(word.text)
    return max(letters, key=lambda size: letters[size])


def _base(words: Row) -> float:
    return max(words, key=lambda word: word.size).base
