"""Processes beside the first one that answer at the same sockets: one alone uses one processor.

Each connection belongs to whichever process accepts it. The mapped files of the index are shared.
A helper ends with the process that started it, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol, TypeAlias

# A fresh interpreter, not a copy of this one with whatever threads and locks it has.
_CONTEXT = multiprocessing.get_context("spawn")
# Each has memory of its own beside the shared files.
MOST_PROCESSES = 4
# What a helper may take to start, on a busy machine; the site goes on without it.
_STARTING = 10.0
# What a helper may take to finish the requests that it is answering.
_ENDING = 10.0


class Stoppable(Protocol):
    """A server as a helper runs it."""

    def run(self) -> None:
        """Answer until ``stop`` is called."""

    def stop(self) -> None:
        """Have ``run`` return."""


Make: TypeAlias = Callable[[Sequence[socket.socket]], Stoppable]
"""Makes the server that answers at listening sockets. It must be possible to pickle it."""


def processes() -> int:
    """How many processes can answer at once on this machine."""
    return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


@contextmanager
def helping(make: Make, sockets: Sequence[socket.socket], count: int) -> Iterator[None]:
    """So many helpers at the sockets. They finish what they are answering before they end."""
    started: list[tuple[SpawnProcess, Connection]] = []
    try:
        for _ in range(count):
            started.append(_start(make, sockets))
        # Clients keep their connections: those of the first moments would all be ours.
        for _, connection in started:
            connection.poll(_STARTING)
        yield
    finally:
        for process, connection in started:
            if not connection.poll():
                # It is not ready, so it answers nobody.
                process.kill()
            connection.close()
        for process, _ in started:
            process.join(_ENDING)
            process.kill()
            process.join()


def _start(make: Make, sockets: Sequence[socket.socket]) -> tuple[SpawnProcess, Connection]:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_help, args=(make, list(sockets), theirs), daemon=True)
    # Ctrl-C is for the first process to answer; a process inherits what is blocked.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    theirs.close()
    return process, ours


def _help(make: Make, sockets: Sequence[socket.socket], connection: Connection) -> None:
    """What a helper does: answer until it is told to stop or whoever started it is gone."""
    server = make(sockets)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    threading.Thread(target=_stop_at_end, args=(connection, server), daemon=True).start()
    server.run()


def _stop_at_end(connection: Connection, server: Stoppable) -> None:
    try:
        connection.send(None)
        connection.recv()
    except (EOFError, OSError):
        server.stop()
