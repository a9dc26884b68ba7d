"""A report as a PDF, for the tests of what the site does with pages."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "documents"))
from pdf_writer import BOLD, Page, write

PAGES = {
    "Summary": "The force answers most calls quickly and sends officers to those who need them.",
    "Responding to the public": "The force should make sure that call handlers say how long.",
    "Investigating crime": "The force records its burglary investigations in good time.",
}


def report(target: Path) -> Path:
    """A PDF with a heading and some lines on each of three pages."""
    pages = []
    for heading, words in PAGES.items():
        page = Page()
        page.text(60, 90, heading, size=18, font=BOLD)
        page.lines(
            60, 130, [words, "This is what we found when we looked at it in April 2022."] * 3
        )
        pages.append(page)
    target.write_bytes(write(pages))
    return target


def long_section(target: Path, pages: int) -> Path:
    """A PDF with a heading on its first page, and a sentence of its own on each."""
    made = []
    for number in range(1, pages + 1):
        page = Page()
        if number == 1:
            page.text(60, 90, "Summary", size=18, font=BOLD)
        said = f"Officers told us of experience number {number} of many that they had."
        page.lines(60, 130, [said, "This is what we found when we looked at it in April 2022."])
        made.append(page)
    target.write_bytes(write(made))
    return target
