"""The engine that is in use. Who opens one gets the protocol, and need not know which it is."""

from __future__ import annotations

from pathlib import Path

from peelsearch.engine import whoosh_reader, whoosh_writer
from peelsearch.engine.protocol import Reader, Writer


def open_reader(where: Path) -> Reader:
    """A reader of the newest commit in a folder; see ``whoosh_reader.open_reader``."""
    return whoosh_reader.open_reader(where)


def open_writer(where: Path, *, rebuild: bool = False) -> Writer:
    """The writer of an index folder; see ``whoosh_writer.open_writer``."""
    return whoosh_writer.open_writer(where, rebuild=rebuild)
