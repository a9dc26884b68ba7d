"""Reading files in processes of their own, so that one that hangs or crashes stops nothing else.

A process serves many files, one after the other; it is replaced when it dies or takes too long.
Small files of plain text are read here: they need no protection, and a build of three of them
does not pay for a process.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from peelsearch.indexing.reading import Outcome, Task, Unread, attempt, understand
from peelsearch.vocabulary import Vocabulary

# A fresh interpreter, not a copy of this one with whatever threads and locks it has.
_CONTEXT = multiprocessing.get_context("spawn")
# Starting a second process takes longer than reading this many files one after the other.
MANY = 6
MOST_PROCESSES = 2
# Reading within the limits takes less than a quarter of this; a machine has as much.
MAX_MEMORY = 4_000_000_000
# Results that wait to be fetched are held in memory.
_AHEAD = 8
# What a process may take to start, on a busy machine.
_STARTING = 60
# A process whose parent was killed ends by itself this much after its time.
_GRACE = 30
_SIGNALS = {int(number): number.name for number in signal.Signals}


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read; ``apart`` in a process of its own."""

    path: Path
    apart: bool


class Readers:
    """Processes that read, started when there is something for them. Close them after use."""

    def __init__(self, vocabulary: Vocabulary, *, seconds: float, task: Task = understand) -> None:
        self._vocabulary = vocabulary
        self._seconds = seconds
        self._task = task
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.stop()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that are there now."""
        return tuple(worker.process.pid for worker in self._workers if worker.process.pid)

    def read(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """What comes of each job, in order."""
        waiting = deque(number for number, job in enumerate(jobs) if job.apart)
        done: dict[int, Outcome] = {}
        most = MOST_PROCESSES if len(waiting) >= MANY and (os.cpu_count() or 1) > 1 else 1
        for number, job in enumerate(jobs):
            self._hand_out(jobs, waiting, number + _AHEAD, most)
            if not job.apart:
                yield attempt(self._task, job.path, self._vocabulary)
                continue
            while number not in done:
                done.update(self._collect())
                self._hand_out(jobs, waiting, number + _AHEAD, most)
            yield done.pop(number)

    def _hand_out(self, jobs: Sequence[Job], waiting: deque[int], before: int, most: int) -> None:
        """Give files to processes that have none."""
        while waiting and waiting[0] < before:
            worker = next((w for w in self._workers if w.number is None), None)
            if worker is None and len(self._workers) < most:
                worker = _Worker(self._vocabulary, self._task, self._seconds)
                self._workers.append(worker)
            if worker is None:
                return
            number = waiting.popleft()
            worker.give(number, jobs[number].path)

    def _collect(self) -> dict[int, Outcome]:
        """Wait until a process has finished, died or run out of time."""
        busy = [worker for worker in self._workers if worker.number is not None]
        left = min(worker.deadline for worker in busy) - time.monotonic()
        wait([worker.connection for worker in busy], timeout=max(0.0, left))
        found: dict[int, Outcome] = {}
        for worker in busy:
            number = worker.number
            outcome = worker.outcome()
            if outcome is not None and number is not None:
                found[number] = outcome
            if not worker.alive:
                self._workers.remove(worker)
        return found


@dataclass
class _Worker:
    """One process. ``number`` is that of the job it has."""

    vocabulary: Vocabulary
    task: Task
    seconds: float
    number: int | None = None
    deadline: float = math.inf
    started: bool = False
    alive: bool = True
    process: SpawnProcess = field(init=False)
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(
            target=_serve, args=(theirs, self.vocabulary, self.task, self.seconds), daemon=True
        )
        # Ctrl-C is for us to answer; the process inherits what is blocked.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()

    def give(self, number: int, path: Path) -> None:
        """Let it read a file. That it has died shows when the outcome is fetched."""
        self.number = number
        self.deadline = time.monotonic() + self.seconds + (0 if self.started else _STARTING)
        try:
            self.connection.send(path)
        except OSError:
            self.deadline = time.monotonic()

    def outcome(self) -> Outcome | None:
        """What came of the file; None if it is still being read."""
        try:
            while self.connection.poll():
                outcome: Outcome | None = self.connection.recv()
                if outcome is not None:
                    self.number, self.deadline = None, math.inf
                    return outcome
                self.started = True
                self.deadline = time.monotonic() + self.seconds
        except (EOFError, OSError):
            self.stop()
            return Unread(f"Its reader broke down ({_ending(self.process.exitcode)}).")
        if time.monotonic() < self.deadline:
            return None
        self.stop()
        return Unread(f"It took longer to read than {self.seconds:g} seconds.")

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.alive = False
        # One that is dying tells with which signal; one that goes on is killed.
        self.process.join(0.2 if self.process.exitcode is None and self.number is not None else 0)
        self.process.kill()
        self.process.join()
        self.connection.close()


def _ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None or code >= 0:
        return f"it ended with code {code}"
    name = _SIGNALS.get(-code, f"signal {-code}")
    hint = ", perhaps for want of memory" if name == "SIGKILL" else ""
    return f"{name}{hint}"


def _serve(connection: Connection, vocabulary: Vocabulary, task: Task, seconds: float) -> None:
    """What a process does: read files until nobody gives it any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MAX_MEMORY if hard == resource.RLIM_INFINITY else min(MAX_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        connection.send(None)
        while True:
            path = connection.recv()
            signal.alarm(math.ceil(seconds) + _GRACE)
            outcome = _attempt_all(task, path, vocabulary)
            signal.alarm(0)
            connection.send(outcome)
    except (EOFError, OSError):
        # Whoever gave the files is gone.
        return


def _attempt_all(task: Task, path: Path, vocabulary: Vocabulary) -> Outcome:
    """As ``attempt``; here a mistake in a reader is the file's misfortune and not the build's."""
    try:
        return attempt(task, path, vocabulary)
    except Exception as error:
        words = " ".join(str(error).split())[:200]
        return Unread(f"Its reader failed ({type(error).__name__}: {words}).")
