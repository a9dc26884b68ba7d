"""The seeds as Word files, web pages and Markdown, with the headings that were labelled by hand.

``.venv/bin/python tests/documents/make_formats.py FOLDER`` writes them to look at.
"""

from __future__ import annotations

import html
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import docx
from gold import DOCUMENTS, Gold, gold_sections, seed_text

from peelsearch.documents.plain_text import read_plain_text
from peelsearch.model import BlockKind

# Sections whose first words are no heading that anybody would mark as one.
UNMARKED = {"signature", "response", "footer"}
BULLET = "- "


@dataclass(frozen=True)
class Piece:
    """A block of a seed as an author would enter it. ``level`` is that of a heading."""

    kind: BlockKind
    text: str
    level: int | None = None


def pieces(document: str) -> list[Piece]:
    """A seed in pieces: headings from the labelled sections, all else as the text shows it."""
    text = seed_text(document)
    sections = gold_sections(document)
    found: list[Piece] = []
    for block in read_plain_text(text.encode()).blocks:
        raw = text[block.start : block.end]
        section = next(s for s in reversed(sections) if s.start <= block.start)
        if block.start < section.heading_end and _is_marked(section, text):
            _add_heading(found, " ".join(raw.split()), section)
        elif section.kind == "contents":
            found.append(Piece(BlockKind.PARAGRAPH, raw))
        else:
            found.append(Piece(block.kind, raw))
    return found


def _add_heading(found: list[Piece], text: str, section: Gold) -> None:
    """A heading; what stands on several lines of the text is one."""
    if found and found[-1].level is not None and section.heading != text:
        before = found.pop()
        text = f"{before.text}\n{text}"
    found.append(Piece(BlockKind.HEADING, text, section.level))


def _is_marked(section: Gold, text: str) -> bool:
    words = " ".join(text[section.start : section.heading_end].split())
    # A letter's opening and a paragraph that only begins a section are named by us.
    whole = text[section.heading_end : section.heading_end + 1] in ("", "\n", "\r")
    return section.kind not in UNMARKED and words == section.heading and whole


# --- one function for each format -------------------------------------------------------------


def as_docx(document: str) -> bytes:
    """A Word file: heading styles, bulleted lists, a table, running header and footer."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "A running header"
    file.sections[0].footer.paragraphs[0].text = "A running footer\t12"
    for kind, group in groupby(pieces(document), key=lambda piece: piece.kind):
        members = list(group)
        if kind is BlockKind.ROW:
            rows = [piece.text.split("\t") for piece in members]
            table = file.add_table(len(rows), max(map(len, rows)))
            for cells, row in zip(rows, table.rows, strict=True):
                for cell, place in zip(cells, row.cells, strict=False):
                    place.text = cell.strip()
            continue
        for piece in members:
            if piece.level is not None:
                file.add_heading(piece.text, piece.level)
            elif kind is BlockKind.ITEM:
                file.add_paragraph(piece.text.removeprefix(BULLET), style="List Bullet")
            else:
                file.add_paragraph(" ".join(piece.text.split("\n")))
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title} - The site</title>
<style>p {{ color: black }}</style>
<script>var tracked = "a script";</script>
</head>
<body>
<div id="cookie-banner"><h2>Cookies on this site</h2><p>We use cookies.</p></div>
<a class="skip-link" href="#main">Skip to main content</a>
<header><p>The site</p><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<nav aria-label="Breadcrumb"><ol><li>Home</li><li>Reports</li></ol></nav>
<main id="main">
<div class="share-links"><p>Share this page</p></div>
{body}
<p hidden>A hidden paragraph</p>
</main>
<footer><h2>Support links</h2><p>A footer</p></footer>
</body>
</html>
"""


def as_html(document: str) -> bytes:
    """A web page, with a site around the article."""
    body: list[str] = []
    members = pieces(document)
    for kind, group in groupby(members, key=lambda piece: piece.kind):
        lines = [_html(piece) for piece in group]
        wrapped = {BlockKind.ITEM: "ul", BlockKind.ROW: "table"}.get(kind)
        body += [f"<{wrapped}>", *lines, f"</{wrapped}>"] if wrapped else lines
    title = html.escape(" ".join(members[0].text.split()))
    return PAGE.format(title=title, body="\n".join(body)).encode()


def _html(piece: Piece) -> str:
    if piece.kind is BlockKind.ROW:
        cells = (f"<td>{html.escape(cell.strip())}</td>" for cell in piece.text.split("\t"))
        return f"<tr>{''.join(cells)}</tr>"
    text = html.escape(piece.text.removeprefix(BULLET)).replace("\t", "&emsp;")
    if piece.level is not None:
        lines = text.replace("\n", "<br>")
        return f"<h{piece.level}>{lines}</h{piece.level}>"
    tag = "li" if piece.kind is BlockKind.ITEM else "p"
    return f"<{tag}>{text}</{tag}>"


def as_markdown(document: str) -> bytes:
    """Markdown with front matter, headings, lists and a table."""
    parts = ["---\ncomment: written by a script\n---"]
    for kind, group in groupby(pieces(document), key=lambda piece: piece.kind):
        lines = list(_markdown(list(group), kind))
        parts.append(
            ("\n\n" if kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) else "\n").join(lines)
        )
    return "\n\n".join(parts).encode() + b"\n"


def _markdown(members: list[Piece], kind: BlockKind) -> Iterator[str]:
    if kind is BlockKind.ROW:
        rows = [[cell.strip() for cell in piece.text.split("\t")] for piece in members]
        width = max(map(len, rows))
        for number, cells in enumerate(rows):
            yield "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"
            if number == 0:
                yield "|" + " --- |" * width
        return
    for piece in members:
        if piece.level is not None:
            yield "#" * piece.level + " " + " ".join(piece.text.split())
        else:
            yield piece.text


FORMATS: Mapping[str, Callable[[str], bytes]] = {
    ".docx": as_docx,
    ".html": as_html,
    ".md": as_markdown,
}


def write_all(folder: Path) -> list[Path]:
    """Every seed in every format."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for document in DOCUMENTS:
        for suffix, make in FORMATS.items():
            path = folder / (Path(document).stem + suffix)
            path.write_bytes(make(document))
            paths.append(path)
    return paths


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
