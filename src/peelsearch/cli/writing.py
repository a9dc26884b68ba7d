"""Files that people go on writing in: put down whole, and never over what they wrote."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from peelsearch.cli.options import warn
from peelsearch.errors import InputError


def write_new(target: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file that is not there yet. Raises InputError where another one is."""
    write_new_with(target, lambda file: file.write(data), overwrite=overwrite)


def write_new_with(
    target: Path, write: Callable[[BinaryIO], object], *, overwrite: bool = False
) -> None:
    """The same with what writes into the open file, for what is not held as a whole.

    It gets its name when it is whole, so that a run that is stopped leaves nothing under it.
    """
    with _told(target), _beside(target) as (file, name):
        write(file)
        file.close()
        if not overwrite and target.exists():
            if filecmp.cmp(name, target, shallow=False):
                warn(f"Already written: {target}")
                return
            raise InputError(
                f"{target} is there already, and somebody may have written in it.",
                hint="Name another file, or replace it with --overwrite.",
            )
        name.replace(target)
    warn(f"Written: {target}")


def write_over(target: Path, data: bytes) -> None:
    """Write a file whole, in the place of one that is there; through links, and into devices."""
    write_quietly(target, data)
    warn(f"Written: {target}")


def write_quietly(target: Path, data: bytes) -> None:
    """The same without saying so."""
    with _told(target):
        real = target.resolve()
        if real.exists() and not real.is_file():
            real.write_bytes(data)
        else:
            with _beside(real) as (file, name):
                file.write(data)
                file.close()
                if real.exists():
                    name.chmod(real.stat().st_mode & 0o7777)
                name.replace(real)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What the system says against writing, as one of our messages."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror or error}.",
            hint="Name another file: --output FILE",
        ) from error


@contextmanager
def _beside(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file in the same folder that is gone at the end unless it was given another name."""
    handle, name = tempfile.mkstemp(prefix=".peelsearch-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
