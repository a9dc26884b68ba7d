"""Repairing a damaged commit from its own files: what searching reads, from what Whoosh holds.

Snapshots and the summary are made anew from the stored passages, the table of contents and the
manifest. They come out byte for byte as they were, so the commit stays the commit that it was.
What else is damaged can only be had from the documents again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from peelsearch.engine import checks, folder, sweeping, syncing
from peelsearch.engine.damage import listed
from peelsearch.engine.folder import INDEX_NAME, SCRATCH
from peelsearch.engine.locking import WriteLock
from peelsearch.engine.manifest import FileEntry, Manifest
from peelsearch.engine.schema import from_payload
from peelsearch.engine.segments import remake_snapshot, snapshot_entries, snapshot_name
from peelsearch.engine.snapshot.summary_writing import write_summary
from peelsearch.engine.whoosh_parts import TOC, FileStorage, SegmentReader
from peelsearch.errors import IndexDamagedError
from peelsearch.model import Passage


@dataclass(frozen=True, slots=True)
class Repair:
    """What was wrong with an index, and whether it is sound now."""

    damages: tuple[str, ...] = ()
    sound: bool = True

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was done about it, for people; nothing when nothing was wrong."""
        if not self.damages:
            return ()
        done = "repaired" if self.sound else "built anew from the documents"
        return (f"The index was damaged ({listed(self.damages)}): it was {done}.",)


def repair(where: Path) -> Repair:
    """Read all files of the newest commit, and make anew those that can be made from others.

    Raises IndexBusyError, IndexFormatError, NotAnIndexError or OSError.
    """
    folder.check_ours(where, folder.names(where))
    if not folder.has_commit(where):
        return Repair()
    lock = WriteLock(where, now=datetime.now().astimezone())
    try:
        with folder.newest(where) as manifest:
            return _repair(where, manifest)
    except IndexDamagedError as error:
        return Repair((error.what,), sound=False)
    finally:
        sweeping.clear_scratch(where)
        lock.release()


def _repair(where: Path, manifest: Manifest) -> Repair:
    found = checks.faults(where, manifest)
    derived = all(checks.is_derived(name) for name in found)
    sound = not found or (derived and _remake(where, manifest, found))
    return Repair(tuple(found.values()), sound)


def _remake(where: Path, manifest: Manifest, names: Iterable[str]) -> bool:
    """Make derived files anew; whether they are what was written.

    They are not if an older program wrote them whose words were not these.
    """
    segments = TOC.read(FileStorage(str(where)), INDEX_NAME, gen=manifest.generation).segments
    by_name = {snapshot_name(INDEX_NAME, segment.segid): segment for segment in segments}
    files = {entry.name: entry for entry in manifest.files}
    # Snapshots first: the summary is the last thing that a search lacks.
    ordered = sorted(names, key=lambda name: name == manifest.summary.name)
    # Not beside the others, where Whoosh would take it for a part of the segment.
    (where / SCRATCH).mkdir(exist_ok=True)
    for name in ordered:
        scratch = where / SCRATCH / name
        if name == manifest.summary.name:
            _remake_summary(scratch, manifest, segments)
        else:
            remake_snapshot(scratch, _passages(where, by_name[name]))
        if not _put(scratch, files[name], where):
            return False
    return True


def _put(made: Path, wanted: FileEntry, where: Path) -> bool:
    """Put a file that was made in its place, if it is the one that is wanted."""
    if checks.describe(made) != wanted:
        return False
    syncing.sync_file(made)
    made.replace(where / wanted.name)
    syncing.sync_folder(where)
    return True


def _remake_summary(path: Path, manifest: Manifest, segments: Iterable[Any]) -> None:
    entries = snapshot_entries(INDEX_NAME, segments, manifest.segments)
    write_summary(path, manifest.generation, manifest.passages, manifest.contents, entries)


def _passages(where: Path, segment: Any) -> list[Passage]:
    """All passages of a segment in its order, deleted ones included."""
    storage = FileStorage(str(where))
    schema = TOC.read(storage, INDEX_NAME).schema
    reader = SegmentReader(storage, schema, segment)
    try:
        return [from_payload(reader.stored_fields(n)) for n in range(reader.doc_count_all())]
    finally:
        reader.close()
