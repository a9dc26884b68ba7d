"""Files that people go on writing in: put down whole, and never over what they wrote."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from peelsearch.cli.options import warn
from peelsearch.errors import InputError


def write_new(target: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file that is not there yet. Raises InputError where another one is.

    It gets its name when it is whole, so that a run that is stopped leaves nothing under it.
    """
    try:
        if not overwrite and target.exists():
            if target.read_bytes() == data:
                warn(f"Already written: {target}")
                return
            raise InputError(
                f"{target} is there already, and somebody may have written in it.",
                hint="Name another file, or replace it with --overwrite.",
            )
        _write(target, data)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror or error}.",
            hint="Name another file: --output FILE",
        ) from error
    warn(f"Written: {target}")


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".peelsearch-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
