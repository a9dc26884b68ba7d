"""Making segments: passages to a Whoosh segment and its snapshot, here or in a second process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peelsearch.engine.folder import SNAPSHOT
from peelsearch.engine.inverting import held, invert
from peelsearch.engine.manifest import FileEntry
from peelsearch.engine.snapshot.summary import SegmentEntry
from peelsearch.engine.snapshot.writing import write_snapshot
from peelsearch.engine.whoosh_segments import SegmentMade, write_segment
from peelsearch.model import Passage

# Passages in one segment of a large build: making it takes some 400 MB, and two are made at once.
BATCH = 25_000


@dataclass(frozen=True, slots=True)
class Made:
    """A segment that was written: Whoosh's part, and the snapshot's file."""

    segment: SegmentMade
    snapshot: str


def snapshot_name(index: str, segment: str) -> str:
    """The file of a segment's snapshot; with Whoosh's own prefix, so that Whoosh keeps it too."""
    return f"{index}_{segment}.{SNAPSHOT}"


def snapshot_entries(
    index: str, segments: Iterable[Any], files: Iterable[FileEntry]
) -> list[SegmentEntry]:
    """The segments of a table of contents as a summary names them; ``files`` are a commit's."""
    known = {entry.name: entry for entry in files}
    entries = []
    for segment in segments:
        file = known[snapshot_name(index, segment.segid)]
        deleted = frozenset(segment.deleted_docs())
        entries.append(SegmentEntry(file.name, file.size, int(file.digest, 16), deleted))
    return entries


def make_segment(where: Path, index: str, passages: Sequence[Passage]) -> Made:
    """Write the segment and the snapshot of some passages; they come in any order."""
    ordered = sorted(passages, key=lambda p: (p.document.encode("utf-8", "surrogatepass"), p.start))
    batch, tokens = invert(ordered)
    segment = write_segment(where, held(batch))
    name = snapshot_name(index, segment.id)
    write_snapshot(where / name, batch, tokens)
    return Made(segment, name)


def remake_snapshot(path: Path, stored: Sequence[Passage]) -> None:
    """Write the snapshot of a segment again; ``stored`` are all its passages in its own order."""
    write_snapshot(path, *invert(stored))


class Makers:
    """Two processes that make segments: this one, and one that is started for a second batch."""

    def __init__(self, where: Path, index: str) -> None:
        self._where = where
        self._index = index
        self._pool: ProcessPoolExecutor | None = None
        self._running: Future[Made] | None = None
        self._made: list[Made] = []

    def make(self, passages: Sequence[Passage], *, more: bool) -> None:
        """Make a segment; in the other process if ``more`` are to come and it has nothing to do."""
        if more and (self._running is None or self._running.done()):
            self._collect()
            self._running = self._other().submit(make_segment, self._where, self._index, passages)
            return
        self._made.append(make_segment(self._where, self._index, passages))

    def finish(self) -> list[Made]:
        """All that was made since the last time."""
        self._collect()
        made, self._made = self._made, []
        return made

    def close(self) -> None:
        """End the other process, whatever it is doing."""
        if self._pool is not None:
            for process in list(self._pool._processes.values()):
                process.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._running = None

    def _collect(self) -> None:
        if self._running is not None:
            running, self._running = self._running, None
            try:
                self._made.append(running.result())
            except BrokenProcessPool as error:
                raise OSError(0, "the process that writes a segment was ended") from error

    def _other(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # A fresh interpreter, not a copy of this one with whatever threads and locks it has.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_prepare)
        return self._pool


def _prepare() -> None:
    """Make the other process one that lasts as long as this one, and no longer."""
    # Ctrl-C is for the process that started it to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process pool waits for work for ever when whoever gives it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
