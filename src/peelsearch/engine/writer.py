"""Writing commits: segments with their snapshots, the manifest and summary, then the commit itself.

Whoosh's own commit would neither sync files to the disk nor keep the files of the commit before,
so committing is done here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peelsearch.engine import checks, folder, latest, manifest, plain, sweeping, syncing
from peelsearch.engine.folder import INDEX_NAME, SCRATCH
from peelsearch.engine.locking import WriteLock
from peelsearch.engine.manifest import Contents, FileEntry, Manifest
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.schema import schema
from peelsearch.engine.segments import BATCH, Makers, snapshot_entries, snapshot_name
from peelsearch.engine.snapshot.segment import Segment
from peelsearch.engine.snapshot.summary_writing import write_summary
from peelsearch.engine.whoosh_parts import TOC, FileStorage
from peelsearch.engine.whoosh_segments import segment_of
from peelsearch.model import Passage, StructuredDocument

# Whoosh goes on counting deleted passages in its statistics, which changes scores. Up to so many
# passages in the index, segments with deletions are rewritten without them: about a second of
# work. Larger indexes rewrite only segments that are mostly deleted, so their scores can differ a
# little from those of a fresh build.
REWRITE_ALL = 5_000
MOSTLY = 0.5
# Many segments make every search slower. When there are so many of up to the number of passages
# that is named above, the smallest are joined, and with them each further one that is no larger
# than what is written anyway, at most as many passages. Then most commits join none, and each
# passage is written again only a few times.
MAX_SEGMENTS = 10


def open_writer(where: Path, *, rebuild: bool = False) -> IndexWriter:
    """The writer of an index folder, which is made when missing.

    Starts from the newest commit, or from nothing with ``rebuild``. Raises IndexBusyError,
    NotAnIndexError, IndexDamagedError or IndexFormatError. Call ``close`` in the end.
    """
    folder.check_ours(where, folder.names(where))
    where.mkdir(parents=True, exist_ok=True)
    lock = WriteLock(where, now=datetime.now().astimezone())
    try:
        sweeping.clear_scratch(where)
        base = None if rebuild or not folder.has_commit(where) else _load(where)
        return IndexWriter(where, base, lock)
    except BaseException:
        lock.release()
        raise


def _load(where: Path) -> Manifest:
    generation = folder.latest(where)
    found = folder.read_manifest(where, generation, latest.from_bytes)
    checks.check_sizes(where, found.files)
    checks.read_checked(where, found.toc)
    return found


class IndexWriter:
    """The protocol's Writer. Holds the folder's lock until ``close``."""

    def __init__(self, where: Path, base: Manifest | None, lock: WriteLock) -> None:
        self.folder = where
        self._lock = lock
        self._storage = FileStorage(str(where))
        self._makers = Makers(where, INDEX_NAME)
        self._start_from(base)

    def apply(self, changes: Iterable[DocumentChange]) -> None:
        """Take the changes. No document twice between two commits."""
        for change in changes:
            self._delete(change.document)
            self._pending.extend(change.passages)
            if len(self._pending) >= BATCH:
                self._flush(more=True)

    def save_record(self, document: str, structured: StructuredDocument) -> FileEntry:
        """Keep the structured document in a file of its own."""
        data = plain.dumps(structured)
        digest = manifest.digest(data)
        name = folder.record_name(document, digest)
        syncing.write_part(self.folder, name, data)
        self._records.append(name)
        return FileEntry(name, len(data), digest)

    def commit(self, contents: Contents) -> int:
        """Make the changes visible, all at once and lastingly; the new generation's number."""
        generation = folder.next_generation(self.folder)
        self._rewrite()
        self._flush(more=False)
        for made in self._makers.finish():
            self._segments.append(segment_of(made.segment))
        written = self._describe(generation, contents)
        syncing.put_parts(self.folder, dict.fromkeys(self._records), self._unsynced(written))
        name = folder.commit_name(generation)
        syncing.write_part(self.folder, name, latest.to_bytes(written))
        syncing.put_parts(self.folder, [name])
        syncing.sync_folder(self.folder)
        # The commit point.
        (self.folder / SCRATCH / written.toc.name).replace(self.folder / written.toc.name)
        syncing.sync_folder(self.folder)
        self._lock.note(generation)
        sweeping.sweep(self.folder, written, *([self.base] if self.base else []))
        self._start_from(written)
        return generation

    def cancel(self) -> None:
        """Leave the index as it was."""
        self._makers.close()
        self._start_from(self.base)
        sweeping.sweep(self.folder)

    def close(self) -> None:
        """Let others write. What was not committed is left for the next sweep."""
        self._makers.close()
        self._forget_snapshots()
        self._lock.release()

    # --- segments ---------------------------------------------------------------------------

    def _start_from(self, base: Manifest | None) -> None:
        self.base = base
        self._pending: list[Passage] = []
        self._segments: list[Any] = []
        self._indexed: set[str] = set()
        self._records: list[str] = []
        self._snapshots: dict[str, Segment] = {}
        self._known = {entry.name: entry for entry in base.segments} if base else {}
        if base is not None:
            toc = TOC.read(self._storage, INDEX_NAME, gen=base.generation)
            self._segments = list(toc.segments)
            self._indexed = {indexed.document.id for indexed in base.documents}

    def _snapshot(self, segment: Any) -> Segment:
        """The snapshot of an old segment, kept open until the commit."""
        name = snapshot_name(INDEX_NAME, segment.segid)
        if name not in self._snapshots:
            file = self._known[name]
            path = self.folder / name
            self._snapshots[name] = Segment(path, file.size, int(file.digest, 16))
        return self._snapshots[name]

    def _forget_snapshots(self) -> None:
        for snapshot in self._snapshots.values():
            snapshot.file.close()
        self._snapshots.clear()

    def _delete(self, document: str) -> None:
        if document not in self._indexed:
            return
        for segment in self._segments:
            for number in self._snapshot(segment).passages_of(document):
                segment.delete_document(number)

    def _flush(self, *, more: bool) -> None:
        """Make a segment of the passages that wait."""
        if self._pending:
            pending, self._pending = self._pending, []
            self._makers.make(pending, more=more)

    def _rewrite(self) -> None:
        """Take the passages of some old segments again, without their deletions."""
        rewritten = _to_rewrite(self._segments, len(self._pending))
        for segment in rewritten:
            self._segments.remove(segment)
            snapshot = self._snapshot(segment)
            self._pending += [
                snapshot.passage(number)
                for number in range(snapshot.size)
                if not segment.is_deleted(number)
            ]
        self._forget_snapshots()

    # --- the commit -------------------------------------------------------------------------

    def _describe(self, generation: int, contents: Contents) -> Manifest:
        """Write the commit's summary and TOC; its manifest. Nothing is synced yet."""
        segments = self._described_segments()
        passages = sum(segment.doc_count() for segment in self._segments)
        entries = snapshot_entries(INDEX_NAME, self._segments, segments)
        summary = self.folder / folder.summary_name(generation)
        write_summary(summary, generation, passages, contents, entries)
        return Manifest(
            generation=generation,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            passages=passages,
            toc=self._write_toc(generation),
            summary=checks.describe(summary),
            segments=segments,
            contents=contents,
        )

    def _described_segments(self) -> tuple[FileEntry, ...]:
        names: dict[str, list[str]] = {}
        for name in sorted(folder.names(self.folder)):
            names.setdefault(name.partition(".")[0], []).append(name)
        return tuple(
            self._known.get(name) or checks.describe(self.folder / name)
            for segment in self._segments
            for name in names.get(segment.segment_id(), ())
        )

    def _unsynced(self, written: Manifest) -> list[Path]:
        """The new files of the commit that are in their places; the TOC where it waits."""
        new = [entry.name for entry in written.segments if entry.name not in self._known]
        paths = [self.folder / name for name in (*new, written.summary.name)]
        return [*paths, self.folder / SCRATCH / written.toc.name]

    def _write_toc(self, generation: int) -> FileEntry:
        """Write the table of contents where no reader looks for it."""
        scratch = self._storage.temp_storage(SCRATCH)
        TOC(schema(), self._segments, generation).write(scratch, INDEX_NAME)
        return checks.describe(self.folder / SCRATCH / folder.toc_name(generation))


def _to_rewrite(segments: list[Any], added: int) -> list[Any]:
    """The segments that are better written anew, given that so many passages are added."""
    total = added + sum(segment.doc_count() for segment in segments)
    chosen = [
        segment
        for segment in segments
        if segment.has_deletions()
        and (total <= REWRITE_ALL or segment.deleted_count() >= MOSTLY * segment.doc_count_all())
    ]
    size = sum(segment.doc_count() for segment in chosen)
    left = [s for s in segments if s not in chosen and s.doc_count() <= REWRITE_ALL]
    return chosen + _to_join(sorted(left, key=lambda s: s.doc_count()), size, added)


def _to_join(small: list[Any], size: int, added: int) -> list[Any]:
    """Those of the segments that are joined to what is rewritten; the smallest come first."""
    if len(small) < MAX_SEGMENTS:
        return []
    for number, segment in enumerate(small):
        count = segment.doc_count()
        wanted = len(small) - number >= MAX_SEGMENTS or count <= size + added
        if not wanted or size + count > REWRITE_ALL:
            return small[:number]
        size += count
    return small
