"""Writes small PDFs for the tests: text at places, rules, images; standard fonts only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
PLAIN, BOLD, SIGNS = "F1", "F2", "F3"
_SIGNS_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar <6C> <F0B7> <66> <FB01> endbfchar endcmap end end"""


@dataclass
class Page:
    """The marks of a page. Places are points from the top left corner."""

    rotate: int = 0
    marks: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, *, size: float = 11, font: str = PLAIN, turn: int = 0
    ) -> None:
        """Words with their left end on the line at ``y``; ``turn`` 1 lets them run upwards."""
        matrix = {0: "1 0 0 1", 1: "0 1 -1 0"}[turn]
        shown = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.marks.append(f"BT /{font} {size} Tf {matrix} {x} {HEIGHT - y} Tm ({shown}) Tj ET")

    def lines(self, x: float, y: float, lines: Iterable[str], *, step: float = 14) -> float:
        """Lines under each other; where the next would stand."""
        for line in lines:
            self.text(x, y, line)
            y += step
        return y

    def rule(self, x0: float, x1: float, y: float) -> None:
        """A horizontal line."""
        self.marks.append(f"{x0} {HEIGHT - y} m {x1} {HEIGHT - y} l S")

    def image(self) -> None:
        """A grey image over most of the page."""
        self.marks.append("q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q")


def write(
    pages: Iterable[Page],
    *,
    info: str = "",
    encrypted: bool = False,
    outline: Iterable[tuple[str, int]] = (),
) -> bytes:
    """The file. ``outline`` names headings and their pages from 0; ``info`` is a dictionary."""
    objects: dict[int, bytes] = {}
    pages = list(pages)
    kids = " ".join(f"{100 + 2 * i} 0 R" for i in range(len(pages)))
    objects[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    for number, name in ((3, "Helvetica"), (4, "Helvetica-Bold")):
        objects[number] = _font(name)
    objects[5] = _font("Helvetica", "/ToUnicode 6 0 R")
    objects[6] = _stream(_SIGNS_MAP)
    objects[7] = f"<<{info}>>".encode()
    fonts = "<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>"
    for index, page in enumerate(pages):
        number = 100 + 2 * index
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {page.rotate}"
            f"/Resources<</Font{fonts}>>/Contents {number + 1} 0 R>>"
        ).encode()
        objects[number + 1] = _stream("\n".join(page.marks).encode("cp1252"))
    entries = list(outline)
    for index, (title, target) in enumerate(entries):
        after = f"/Next {21 + index} 0 R" if index + 1 < len(entries) else ""
        objects[20 + index] = (
            f"<</Title({title})/Parent 10 0 R/Dest[{100 + 2 * target} 0 R /Fit]{after}>>".encode()
        )
    if entries:
        last = 19 + len(entries)
        objects[10] = f"<</First 20 0 R/Last {last} 0 R/Count {len(entries)}>>".encode()
    objects[1] = b"<</Type/Catalog/Pages 2 0 R" + b"/Outlines 10 0 R" * bool(entries) + b">>"
    return _assembled(objects, encrypted=encrypted)


def _font(name: str, more: str = "") -> bytes:
    return f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding{more}>>".encode()


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _assembled(objects: dict[int, bytes], *, encrypted: bool) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    lock = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"5a" * 32,
        b"a5" * 32,
    )
    out += b"trailer<</Size %d/Root 1 0 R/Info 7 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1,
        lock if encrypted else b"",
        start,
    )
    return bytes(out)
