"""Words of a page, with place, size and weight.

Words and not letters: the library knows where spaces are, and asking for two letters of each
word instead of all makes it fast enough (about 4 ms a page).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from peelsearch.documents.pdf.characters import cleaned
from peelsearch.documents.pdf.layout import Page, Rule, Style, Word

_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_BOLD = re.compile(r"bold|black|heavy|demi|-medi\b|cmbx", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingding|webding|dingbat|symbol(?!a)", re.IGNORECASE)
_BOLD_WEIGHT = 700
# No page of prose comes near; what lies behind is left out rather than waited for.
_MOST_LETTERS = 200_000
_MOST_OBJECTS = 4_000
# Text at a slant of more degrees than this from all four directions is a watermark.
_SLANT = 10
# A raised number is smaller than the letters before it ...
_RAISED_SIZE = 0.8
# ... and a rule is thinner and longer than this (points).
_RULE_THICKNESS = 2.5
_RULE_LENGTH = 20
_MARK = re.compile(r"(?P<word>.*[^\W\d_]{2,}[.,;:!?'’”\")]*|.*[.,;:!?'’”\")])(?P<mark>\d{1,3})")

_Point = tuple[float, float]
_Box = tuple[float, float, float, float]
_Place = Callable[[float, float, int], _Point]


@dataclass(frozen=True, slots=True)
class _Run:
    """What all letters of an object of the page share: their style and the line they stand on."""

    style: Style
    base: float
    readable: bool


@dataclass
class _Text:
    """The letters of a page that is open.

    ``place`` turns points of the file into ours; ``left`` is the page's left edge in the file.
    """

    page: ctypes.c_void_p
    place: _Place
    left: float
    runs: dict[bytes, _Run] = field(default_factory=dict)
    box: pdfium.FS_RECTF = field(default_factory=pdfium.FS_RECTF)

    def run(self, index: int) -> _Run:
        """The object that a letter belongs to, looked at once."""
        shown = pdfium.FPDFText_GetTextObject(self.page, index)
        key = bytes(shown)
        found = self.runs.get(key)
        if found is None:
            found = self.runs[key] = self._look(index, shown)
        return found

    def _look(self, index: int, shown: object) -> _Run:
        style = _style(self.page, index, shown)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.page, index, x, y)
        base = self.place(x.value, y.value, style.turn or 0)[1]
        unknown = pdfium.FPDFText_HasUnicodeMapError(self.page, index) == 1
        return _Run(style, base, style.turn is not None and not unknown)

    def edges(self, index: int, turn: int) -> tuple[float, float]:
        """Left and right edge of a letter, its own space included."""
        box = self.box
        pdfium.FPDFText_GetLooseCharBox(self.page, index, box)
        if turn == 0:
            # Nearly all text stands up; this is asked for two letters of every word.
            return box.left - self.left, box.right - self.left
        a = self.place(box.left, box.bottom, turn)[0]
        b = self.place(box.right, box.top, turn)[0]
        return (a, b) if a <= b else (b, a)


def read_page(document: pypdfium2.PdfDocument, index: int) -> tuple[Page, ...]:
    """The words and rules of a page, the direction with most letters first.

    A page that cannot be read or has no words gives nothing.
    """
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return ()
    try:
        box = page.get_bbox()
        text = page.get_textpage()
        try:
            layers = _layers(_Text(text.raw, _placing(*box), box[0]))
        finally:
            text.close()
        return tuple(_turned(page, index + 1, box, layers))
    except pypdfium2.PdfiumError:
        return ()
    finally:
        page.close()


def _turned(
    page: pypdfium2.PdfPage, number: int, box: _Box, layers: dict[int, list[Word]]
) -> Iterator[Page]:
    across, up = box[2] - box[0], box[3] - box[1]
    place = _placing(*box)
    ordered = sorted(layers, key=lambda turn: -sum(len(word.text) for word in layers[turn]))
    for side, turn in enumerate(ordered):
        width, height = (up, across) if turn % 2 else (across, up)
        rules = () if side else tuple(_rules(page, place, turn))
        yield Page(number, side, width, height, tuple(layers[turn]), rules)


def _placing(left: float, bottom: float, right: float, top: float) -> _Place:
    """How points of the file are turned, so that text of so many quarter turns stands up."""

    def place(x: float, y: float, turn: int) -> _Point:
        if turn == 0:
            return x - left, top - y
        if turn == 1:  # text runs upwards in the file
            return y - bottom, x - left
        if turn == 2:
            return right - x, y - bottom
        return top - y, right - x

    return place


def _style(page: ctypes.c_void_p, index: int, shown: object) -> Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = round(pdfium.FPDFText_GetFontSize(page, index) * scale, 1)
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace")
    drawn = pdfium.FPDFTextObj_GetTextRenderMode(shown) if shown else -1
    heavy, symbols = _font_kind(font)
    bold = (
        heavy
        or pdfium.FPDFText_GetFontWeight(page, index) >= _BOLD_WEIGHT
        or drawn == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    )
    return Style(size or 1.0, bold, symbols, _turn(matrix.a, matrix.b))


@lru_cache(maxsize=1_024)
def _font_kind(name: str) -> tuple[bool, bool]:
    """Whether a font is bold by its name, and whether it is one of symbols."""
    return _BOLD.search(name) is not None, _SYMBOLS.search(name) is not None


def _turn(a: float, b: float) -> int | None:
    """The quarter turns of text by its matrix; None for a slant."""
    if b == 0 and a > 0:
        return 0
    angle = math.degrees(math.atan2(b, a))
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - quarter * 90) <= _SLANT else None


def _letters(page: ctypes.c_void_p) -> str:
    """The letters of a page, one for each index that the library counts."""
    count = min(pdfium.FPDFText_CountChars(page), _MOST_LETTERS)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
    if len(text) == count and not re.search(r"[\ud800-\udfff]", text):
        return text
    codes = (pdfium.FPDFText_GetUnicode(page, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)


def _layers(text: _Text) -> dict[int, list[Word]]:
    """The words by direction, in quarter turns. Watermarks are left out."""
    found: defaultdict[int, list[Word]] = defaultdict(list)
    for match in _WORD.finditer(_letters(text.page)):
        run = text.run(match.start())
        if run.readable and run.style.turn is not None:
            word = _word(text, match, run, run.style.turn)
            if word is not None:
                found[run.style.turn].append(word)
    return found


def _word(text: _Text, match: re.Match[str], run: _Run, turn: int) -> Word | None:
    start, last = match.start(), match.end() - 1
    if last > start and not match.group()[0].isalpha():
        # The sign of a footnote before its first word.
        run = max(run, text.run(last), key=lambda run: run.style.size)
    style = run.style
    shown = cleaned(match.group(), symbols=style.symbols)
    if not shown:
        return None
    mark = _MARK.fullmatch(shown) if shown[-1].isdigit() else None
    if mark and len(shown) == last - start + 1 and _is_raised(text.run(last), run):
        shown = mark["word"]
        last = start + len(shown) - 1
    x0, x1 = text.edges(start, turn)
    if last > start:
        left, right = text.edges(last, turn)
        x0, x1 = min(x0, left), max(x1, right)
    return Word(shown, x0, x1, run.base, style.size, style.bold)


def _is_raised(mark: _Run, run: _Run) -> bool:
    return mark.style.size < _RAISED_SIZE * run.style.size


def _rules(page: pypdfium2.PdfPage, place: _Place, turn: int) -> Iterator[Rule]:
    """The horizontal lines that are drawn on the page."""
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        shape = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            continue
        ax, ay = place(left.value, bottom.value, turn)
        bx, by = place(right.value, top.value, turn)
        if abs(bx - ax) >= _RULE_LENGTH and abs(by - ay) <= _RULE_THICKNESS:
            yield Rule(min(ax, bx), max(ax, bx), (ay + by) / 2)


def has_letters(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether a page shows letters of any kind, readable or not."""
    try:
        return any(shape.type == pdfium.FPDF_PAGEOBJ_TEXT for shape in _shapes(document[index]))
    except pypdfium2.PdfiumError:
        return False


def has_image(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether a page shows an image."""
    try:
        return any(shape.type == pdfium.FPDF_PAGEOBJ_IMAGE for shape in _shapes(document[index]))
    except pypdfium2.PdfiumError:
        return False


def _shapes(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfObject]:
    return islice(page.get_objects(max_depth=2), _MOST_OBJECTS)
