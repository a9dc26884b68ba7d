"""How the commands that print tables deliver them: to the screen or to a file."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peelsearch.cli.options import FORMATS, F, format_options, print_json, print_text, warn
from peelsearch.errors import InputError
from peelsearch.records import dataclass
from peelsearch.render.sheets import Export, Sheet, export_markdown, sheet_csv

TABLE_FORMATS = (*FORMATS, "docx")


@dataclass(frozen=True, slots=True)
class Shapes:
    """A result in each of its shapes; what is not asked for is not made."""

    text: Callable[[], str]
    json: Callable[[], dict[str, Any]]
    sheet: Callable[[], Sheet]
    export: Callable[[], Export]
    fingerprint: str


def table_options(function: F) -> F:
    """--format, --json and --output; the command gets ``output`` and ``target``."""
    function = click.option(
        "--output",
        "target",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to a file; docx needs one.",
    )(function)
    return format_options(*TABLE_FORMATS)(function)


def day_option(function: F) -> F:
    """--as-of DATE, a full day; the command gets ``as_of``, today without it."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str:  # noqa: ARG001
        if value is None:
            return datetime.datetime.now().astimezone().date().isoformat()
        try:
            return datetime.datetime.strptime(value, "%Y-%m-%d").date().isoformat()
        except ValueError:
            raise click.BadParameter(f'"{value}" is not a day: write it like 2024-01-31.') from None

    return click.option(
        "--as-of",
        metavar="DAY",
        callback=check,
        help="The day that deadlines are held to, like 2024-01-31 (default: today).",
    )(function)


def deliver(shapes: Shapes, output: str, target: Path | None) -> None:
    """Print the result, or write it to the file. Raises InputError where it cannot be written."""
    if output == "docx":
        if target is None:
            raise InputError("A Word file is not printed.", hint="Name the file: --output FILE")
        from peelsearch.render.word import export_docx  # noqa: PLC0415 - few ask for it

        _write(target, export_docx(shapes.export()))
        return
    if target is not None:
        _write(target, _as_text(shapes, output).encode("utf-8", "backslashreplace"))
    elif output == "json":
        print_json(shapes.json())
    else:
        print_text(_as_text(shapes, output))


def _as_text(shapes: Shapes, output: str) -> str:
    if output == "json":
        return json.dumps(shapes.json(), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return sheet_csv(shapes.sheet(), shapes.fingerprint)
    if output == "markdown":
        return export_markdown(shapes.export())
    return shapes.text()


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror or error}.",
            hint="Name another file: --output FILE",
        ) from error
    warn(f"Written: {target}")
