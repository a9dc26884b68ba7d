"""The site answering on a free port of this machine, for as long as something needs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peelsearch.webapp import Server, Serving


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, answering; stopped at the end whatever happens."""
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@contextmanager
def served(index: Path, serving: Serving | None = None) -> Iterator[str]:
    """The address of a site over an index."""
    with running(Server(index, port=0, serving=serving or Serving())) as server:
        yield server.address
