"""The text seeds as PDFs: a page of HTML from the hand-labelled headings, printed by Chromium.

    .venv/bin/python tests/documents/make_pdf.py FOLDER

writes the three PDFs into FOLDER, to be looked at.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peelsearch.documents.plain_text import read_plain_text
from peelsearch.model import Block, BlockKind

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "golden" / "gold_sections.json"
# These may be plain paragraphs.
PLAIN = ("signature", "footer")
STYLE = """
@page { size: A4; margin: 22mm 20mm 25mm;
        @bottom-left { content: "Printed for the tests"; font-size: 8pt }
        @bottom-right { content: counter(page); font-size: 8pt } }
body { font: 11pt/1.4 sans-serif }
td { border: 1px solid #999; padding: 4pt; vertical-align: top; width: 25% }
table { border-collapse: collapse }
"""
_TAGS = {BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "li", BlockKind.ROW: "tr"}


def gold_of(name: str) -> list[dict[str, Any]]:
    """The hand-labelled sections of a seed."""
    return [entry for entry in json.loads(GOLD.read_text("utf-8")) if entry["doc"] == name]


def headings_of(name: str) -> list[tuple[str, int]]:
    """The headings of a seed that are marked in its HTML, with their levels.

    Names that the labels give where the text has none are not among them.
    """
    return [(_words(entry["heading"]), entry["level"]) for entry in _marked(name)]


def _marked(name: str) -> list[dict[str, Any]]:
    text, blocks = _read(name)
    ends = {block.end for block in blocks}
    return [
        entry
        for entry in gold_of(name)
        if entry["heading_start"] < entry["heading_end"]
        and entry["heading_end"] in ends
        and entry["kind"] not in PLAIN
        and _words(text[entry["heading_start"] : entry["heading_end"]]) == _words(entry["heading"])
    ]


def _words(text: str) -> str:
    return " ".join(text.split())


def _read(name: str) -> tuple[str, tuple[Block, ...]]:
    extracted = read_plain_text((SEEDS / name).read_bytes())
    return extracted.text, extracted.blocks


def html_of(name: str) -> str:
    """A seed as a page of HTML."""
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>" + "\n".join(_body(name))


def _body(name: str) -> Iterator[str]:
    text, blocks = _read(name)
    marked = _marked(name)
    last = ""
    for block in blocks:
        heading = next(
            (m for m in marked if m["heading_start"] <= block.start < m["heading_end"]), None
        )
        tag = "h" if heading else _TAGS[block.kind]
        yield from _between(last, tag)
        last = tag
        if heading is None:
            yield _element(tag, text[block.start : block.end])
        elif block.end == heading["heading_end"]:
            words = html.escape(_words(heading["heading"]))
            yield f"<h{heading['level']}>{words}</h{heading['level']}>"
    yield from _between(last, "")


def _between(last: str, tag: str) -> Iterator[str]:
    around = {"li": "ul", "tr": "table"}
    if last != tag and last in around:
        yield f"</{around[last]}>"
    if last != tag and tag in around:
        yield f"<{around[tag]}>"


def _element(tag: str, words: str) -> str:
    if tag == "tr":
        cells = "".join(f"<td>{html.escape(cell.strip())}</td>" for cell in words.split("\t"))
        return f"<tr>{cells}</tr>"
    return f"<{tag}>{html.escape(words.lstrip('•-* ') if tag == 'li' else words)}</{tag}>"


def chromium() -> str | None:
    """The browser that prints, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def print_pdf(page: str, target: Path, *, browser: str) -> None:
    """Print a page of HTML into a file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, "utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for seed in sorted(SEEDS.glob("*.txt")):
        print_pdf(html_of(seed.name), out / f"{seed.stem}.pdf", browser=chromium() or "chromium")
