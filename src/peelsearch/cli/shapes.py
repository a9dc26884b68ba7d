"""In which format a file is to be written: what its name ends in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from peelsearch.errors import InputError

PAPERS: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
}


def format_of(target: Path, endings: Mapping[str, str]) -> str:
    """The format that a file's name asks for. Raises InputError."""
    shape = endings.get(target.suffix.lower())
    if shape is None:
        raise InputError(
            f"{target} does not say what to write.",
            hint=f"End it in {', '.join(endings)}, or choose with --format.",
        )
    return shape


def check_printable(shape: str, target: Path | None) -> None:
    """Raises InputError for a Word file without a name."""
    if shape == "docx" and target is None:
        raise InputError("A Word file is not printed.", hint="Name the file: --output FILE")
