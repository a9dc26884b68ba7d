"""Opening the newest commit of a folder to search it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from weakref import WeakValueDictionary

from peelsearch.engine import folder
from peelsearch.engine.damage import damaged, unreadable
from peelsearch.engine.locking import Lease
from peelsearch.engine.snapshot.reader import MakeVectors, SnapshotReader
from peelsearch.engine.snapshot.segment import Segment
from peelsearch.engine.snapshot.summary import SegmentEntry, Summary
from peelsearch.engine.snapshot.vectors import Vectors
from peelsearch.engine.snapshot.view import View


def open_reader(
    where: Path, vectors: MakeVectors, *, trusted: bool = False, for_many: MakeVectors | None = None
) -> SnapshotReader:
    """A reader of the newest commit in the folder, with the vectors to compute with.

    ``for_many`` makes what computes from the first search on that goes through ``MANY`` postings.
    ``trusted`` verifies all files now rather than each part when it is first read; files that
    this process has verified for another commit are not read again. Raises IndexMissingError,
    IndexDamagedError, IndexFormatError, IndexUnreadableError or NotAnIndexError.
    """
    try:
        found = _open_newest(where, vectors, trusted=trusted)
    except OSError as error:
        raise unreadable(where, error) from error
    found.for_many = for_many
    return found


def _open_newest(
    where: Path, vectors: Callable[[View], Vectors], *, trusted: bool
) -> SnapshotReader:
    tried = 0
    while True:
        generation = folder.latest(where)
        try:
            return _open(where, generation, vectors, trusted=trusted)
        except FileNotFoundError as error:
            # Builds may have swept it since the folder was listed; then there is a newer one.
            if generation == tried:
                # An index of another format has no such file, and says so in its manifest.
                folder.read_manifest(where, generation)
                raise damaged(f"{Path(error.filename).name} is missing") from error
            tried = generation


def _open(
    where: Path, generation: int, vectors: Callable[[View], Vectors], *, trusted: bool
) -> SnapshotReader:
    lease = Lease(where / folder.commit_name(generation))
    try:
        summary = Summary(where / folder.summary_name(generation), trusted=trusted)
        if summary.generation != generation:
            raise damaged(f"{summary.file.name} is the summary of another commit")
        entries = summary.segments()
        segments = [_segment(where, entry, trusted=trusted) for entry in entries]
        view = View(segments, [entry.deleted for entry in entries])
        return SnapshotReader(where, summary, view, vectors, lease)
    except BaseException:
        lease.release()
        raise


# Verified segments in use, for a process that goes from commit to commit.
_SEGMENTS: WeakValueDictionary[tuple[Path, int, int, int], Segment] = WeakValueDictionary()


def _segment(where: Path, entry: SegmentEntry, *, trusted: bool) -> Segment:
    path = where / entry.name
    if not trusted:
        return Segment(path, entry.size, entry.mark)
    status = path.stat()
    # A repair puts another file in the place of the one that may still be mapped.
    key = (path, status.st_ino, status.st_mtime_ns, entry.mark)
    found = _SEGMENTS.get(key)
    if found is None:
        found = _SEGMENTS[key] = Segment(path, entry.size, entry.mark, trusted=True)
    return found
