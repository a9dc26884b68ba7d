"""The formats that are read: one table. Adding one is a module and a row here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import TypeAlias, cast

from peelsearch.model import ExtractedText

Reader: TypeAlias = Callable[[bytes], ExtractedText]
"""Reads the bytes of a file. Raises ReadingError with the reason if it cannot."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: its name for people, its suffixes, and where its reader is.

    ``plain`` formats are text as it stands in the file; reading them cannot fail in surprising
    ways, so that small files need no process of their own.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    function: str
    plain: bool = False


# In the order in which one of several files with the same words is kept: first the formats that
# mark headings, lists and tables, the more reliably the earlier (a DOCX is what the author wrote,
# a web page stands in a site, Markdown knows no merged cells), then text, which marks nothing, and
# last PDF, whose every structure has to be guessed from the place of letters on a page.
READERS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format("Word document", (".docx",), "docx_text", "read_docx"),
        "html": Format("web page", (".html", ".htm", ".xhtml"), "html_text", "read_html"),
        "markdown": Format(
            "Markdown", (".md", ".markdown"), "markdown_text", "read_markdown", plain=True
        ),
        "text": Format("text", (".txt", ".text"), "plain_text", "read_plain_text", plain=True),
    }
)

# Types that are recognised, so that their files are reported and not passed over, though no
# reader for them is in the table.
KNOWN_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".pdf": "pdf"} | {suffix: name for name, row in READERS.items() for suffix in row.suffixes}
)


def suffix_format(name: str) -> str | None:
    """The format that a file's name promises."""
    return KNOWN_SUFFIXES.get(PurePath(name).suffix.casefold())


def rank(format_id: str) -> int:
    """Where a format stands in the order of preference; unknown ones come last."""
    return list(READERS).index(format_id) if format_id in READERS else len(READERS)


def is_plain(format_id: str) -> bool:
    """Whether files of this format are text as it stands."""
    return format_id in READERS and READERS[format_id].plain


def reader(format_id: str) -> Reader:
    """The reader of a format of the table.

    Its module is imported here and not before: what a search needs of ``documents`` reads no files.
    """
    row = READERS[format_id]
    module = importlib.import_module(f"peelsearch.documents.{row.module}")
    return cast(Reader, getattr(module, row.function))
