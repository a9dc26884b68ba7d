"""Ways in which the same text reaches people: wrapped, without blank lines, with page breaks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping

Perturbation = Callable[[str], str]

FOOTER = "HMICFRS – Bedfordshire Police"


def without_contents(text: str) -> str:
    """The contents list cut out: its heading and all its entries."""
    return re.sub(r"^Contents\n+(?:\S.*(?:\t| \.+ )\d+\n+)+", "", text, flags=re.MULTILINE)


def wrapped(width: int) -> Perturbation:
    """Every line without tabs hard-wrapped."""

    def wrap(text: str) -> str:
        return "\n".join(_wrap(line, width) for line in text.split("\n"))

    return wrap


def wrapped_by_textwrap(width: int) -> Perturbation:
    """Every line hard-wrapped, rows too, tabs made spaces: what careless tools do."""

    def wrap(text: str) -> str:
        return "\n".join(
            textwrap.fill(line, width) if line.strip() else line for line in text.split("\n")
        )

    return wrap


def _wrap(line: str, width: int) -> str:
    if "\t" in line or len(line) <= width:
        return line
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)


def without_blank_lines(text: str) -> str:
    """Only the lines that hold something."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def with_crlf(text: str) -> str:
    """Line ends as Windows writes them."""
    return text.replace("\n", "\r\n")


def with_pages(
    lines_per_page: int, *, form_feed: bool = True, numbered: bool = True
) -> Perturbation:
    """A running footer with a page number after every so many lines."""

    def paginate(text: str) -> str:
        lines = text.split("\n")
        pages = [lines[at : at + lines_per_page] for at in range(0, len(lines), lines_per_page)]
        written = []
        for number, page in enumerate(pages, 1):
            foot = f"{FOOTER} {number}" if numbered else FOOTER
            written.append("\n".join([*page, "", foot]))
        return ("\n\f" if form_feed else "\n\n").join(written)

    return paginate


def with_page_numbers(text: str) -> str:
    """A page number by itself, and a running head from the second page on, around form feeds."""
    lines = text.split("\n")
    pages = ["\n".join(lines[at : at + 45]) for at in range(0, len(lines), 45)]
    head = "PEEL 2021/22: An inspection\n\n"
    return "\f".join(
        f"{head if number > 1 else ''}{page}\n\n{number}\n" for number, page in enumerate(pages, 1)
    )


def then(*steps: Perturbation) -> Perturbation:
    """One perturbation after the other."""

    def apply(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return apply


PERTURBATIONS: Mapping[str, Perturbation] = {
    "no contents": without_contents,
    "wrapped at 70": wrapped(70),
    "wrapped at 80": wrapped(80),
    "wrapped at 70 by textwrap": wrapped_by_textwrap(70),
    "wrapped at 80 by textwrap": wrapped_by_textwrap(80),
    "no blank lines": without_blank_lines,
    "CRLF": with_crlf,
    "pages": with_pages(40),
    "pages of 57 lines": with_pages(57),
    "pages, same footer": with_pages(40, numbered=False),
    "pages without form feeds": with_pages(40, form_feed=False),
    "page numbers and heads": with_page_numbers,
    "no contents, no blank lines": then(without_contents, without_blank_lines),
    "no contents, wrapped at 80": then(without_contents, wrapped(80)),
    "wrapped at 70, pages": then(wrapped(70), with_pages(50)),
    "wrapped at 80, page numbers and heads": then(wrapped(80), with_page_numbers),
    "no blank lines, pages": then(without_blank_lines, with_pages(50)),
    "no contents, wrapped at 80, pages, CRLF": then(
        without_contents, wrapped(80), with_pages(50), with_crlf
    ),
    "no blank lines, CRLF": then(without_blank_lines, with_crlf),
}
# Paragraphs can then only be told by short lines, so one that ends on a full line is lost.
HARDER: Mapping[str, Perturbation] = {
    "no blank lines, wrapped at 70": then(without_blank_lines, wrapped(70)),
    "no blank lines, wrapped at 80": then(without_blank_lines, wrapped(80)),
}
