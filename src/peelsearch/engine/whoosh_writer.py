"""Writing commits: passages into Whoosh segments, then the manifest, then the commit itself.

Whoosh's writer is used for segments only. Its own commit would neither sync files to the disk nor
keep the files of the commit before, so committing is done here.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from peelsearch import analysis
from peelsearch.engine import columns, folder, manifest, plain
from peelsearch.engine.folder import INDEX_NAME, SCRATCH
from peelsearch.engine.locking import WriteLock
from peelsearch.engine.manifest import Contents, FileEntry, Manifest
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.schema import (
    BODY,
    DATE,
    DOCUMENT,
    HEADING,
    ID_FIELD,
    PATH,
    PAYLOAD,
    START,
    WORDS,
    facet_field,
    from_payload,
    schema,
    to_payload,
)
from peelsearch.engine.whoosh_parts import TOC, FileIndex, FileStorage, SegmentWriter
from peelsearch.facets import FACETS
from peelsearch.model import NOT_STATED, Passage, StructuredDocument

# Whoosh goes on counting deleted passages in its statistics, which changes scores. Up to so many
# passages in the index, segments with deletions are rewritten without them: at 150 to 350 passages
# a second, some ten seconds at the worst. Larger indexes rewrite only segments that are mostly
# deleted, so their scores can differ a little from those of a fresh build.
REWRITE_ALL = 2_000
MOSTLY = 0.5
# More segments than this make every search slower: the smallest are then joined.
MAX_SEGMENTS = 8
# Megabytes of postings that Whoosh collects before it sorts a part of them to disk.
POOL_MB = 256


def open_writer(where: Path, *, rebuild: bool = False) -> WhooshWriter:
    """The writer of an index folder, which is made when missing.

    Starts from the newest commit, or from nothing with ``rebuild``. Raises IndexBusyError,
    NotAnIndexError, IndexDamagedError or IndexFormatError. Call ``close`` in the end.
    """
    folder.check_ours(where, folder.names(where))
    where.mkdir(parents=True, exist_ok=True)
    lock = WriteLock(where, now=datetime.now().astimezone())
    try:
        base = None if rebuild or not folder.has_commit(where) else _load(where)
        return WhooshWriter(where, base, lock)
    except BaseException:
        lock.release()
        raise


def _load(where: Path) -> Manifest:
    generation = folder.latest(where)
    found = folder.read_manifest(where, generation)
    folder.check_sizes(where, found.files)
    folder.read_checked(where, found.toc)
    return found


class WhooshWriter:
    """The protocol's Writer. Holds the folder's lock until ``close``."""

    def __init__(self, where: Path, base: Manifest | None, lock: WriteLock) -> None:
        self.folder = where
        self._lock = lock
        self._storage = FileStorage(str(where))
        self._schema = schema()
        self._readers: dict[Any, Any] = {}
        self._new: Any = None
        self._start_from(base)

    def apply(self, changes: Iterable[DocumentChange]) -> None:
        """Write the changes into a new segment. No document twice between two commits."""
        for change in changes:
            self._delete(change.document)
            for passage in change.passages:
                self._add(passage)

    def save_record(self, document: str, structured: StructuredDocument) -> FileEntry:
        """Keep the structured document in a file of its own."""
        data = plain.dumps(structured)
        name = folder.record_name(document, manifest.digest(data))
        return folder.write_durably(self.folder, name, data)

    def commit(self, contents: Contents) -> int:
        """Make the changes visible, all at once and lastingly; the new generation's number."""
        generation = folder.next_generation(self.folder)
        self._rewrite()
        self._finish_segment()
        segments = self._sync_segments()
        toc = self._write_toc(generation)
        written = Manifest(
            generation=generation,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            passages=sum(segment.doc_count() for segment in self._segments),
            toc=toc,
            segments=segments,
            contents=contents,
        )
        name = folder.commit_name(generation)
        folder.write_durably(self.folder, name, manifest.to_bytes(written))
        folder.sync_folder(self.folder)
        # The commit point.
        (self.folder / SCRATCH / toc.name).replace(self.folder / toc.name)
        folder.sync_folder(self.folder)
        self._lock.note(generation)
        folder.sweep(self.folder)
        self._start_from(written)
        return generation

    def cancel(self) -> None:
        """Leave the index as it was."""
        if self._new is not None:
            # Whatever stopped the build may have left Whoosh's writer half closed.
            with suppress(Exception):
                self._new.cancel()
            self._new = None
        self._forget_readers()
        self._start_from(self.base)
        folder.sweep(self.folder)

    def close(self) -> None:
        """Let others write. What was not committed is left for the next sweep."""
        self._forget_readers()
        self._lock.release()

    # --- segments ---------------------------------------------------------------------------

    def _start_from(self, base: Manifest | None) -> None:
        self.base = base
        self._segments: list[Any] = []
        self._indexed: set[str] = set()
        if base is not None:
            toc = TOC.read(self._storage, INDEX_NAME, gen=base.generation)
            self._segments = list(toc.segments)
            self._indexed = {indexed.document.id for indexed in base.documents}

    def _reader(self, segment: Any) -> Any:
        """A reader of one old segment, kept open until the commit."""
        if segment not in self._readers:
            self._readers[segment] = FileIndex._reader(self._storage, self._schema, [segment], 0)
        return self._readers[segment]

    def _forget_readers(self) -> None:
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()

    def _delete(self, document: str) -> None:
        if document not in self._indexed:
            return
        for segment in self._segments:
            leaves = self._reader(segment).leaf_readers()
            for number in list(columns.posted(leaves, DOCUMENT, document)):
                segment.delete_document(number)

    def _add(self, passage: Passage) -> None:
        if self._new is None:
            index = SimpleNamespace(
                storage=self._storage,
                indexname=INDEX_NAME,
                _read_toc=lambda: TOC(self._schema, [], 0),
            )
            self._new = SegmentWriter(index, _lk=False, limitmb=POOL_MB)
        self._new.add_document(**_fields(passage))

    def _rewrite(self) -> None:
        """Put the passages of some old segments into the new one, without their deletions."""
        rewritten = _to_rewrite(self._segments, self._new.doc_count() if self._new else 0)
        self._segments = [s for s in self._segments if s not in rewritten]
        for segment in rewritten:
            # The passages are analysed again: Whoosh's own merging keeps rounded lengths only, and
            # the average length would no longer be that of a fresh build.
            for stored in self._reader(segment).all_stored_fields():
                self._add(from_payload(stored))
        self._forget_readers()

    def _finish_segment(self) -> None:
        if self._new is not None:
            self._segments.append(self._new._finalize_segment())
            self._new._finish()
            self._new = None

    def _sync_segments(self) -> tuple[FileEntry, ...]:
        known = {entry.name: entry for entry in self.base.segments} if self.base else {}
        entries = []
        for segment in self._segments:
            for name in sorted(segment.list_files(self._storage)):
                entries.append(known.get(name) or self._sync(name))
        return tuple(entries)

    def _sync(self, name: str) -> FileEntry:
        path = self.folder / name
        folder.sync_file(path)
        return FileEntry(name, path.stat().st_size, folder.file_digest(path))

    def _write_toc(self, generation: int) -> FileEntry:
        """Write the table of contents where no reader looks for it, and sync it."""
        scratch = self._storage.temp_storage(SCRATCH)
        TOC(self._schema, self._segments, generation).write(scratch, INDEX_NAME)
        name = folder.toc_name(generation)
        path = self.folder / SCRATCH / name
        folder.sync_file(path)
        return FileEntry(name, path.stat().st_size, folder.file_digest(path))


def _to_rewrite(segments: list[Any], added: int) -> list[Any]:
    """The segments that are better written anew, given that so many passages are added."""
    total = added + sum(segment.doc_count() for segment in segments)
    chosen = [
        segment
        for segment in segments
        if segment.has_deletions()
        and (total <= REWRITE_ALL or segment.deleted_count() >= MOSTLY * segment.doc_count_all())
    ]
    left = sorted((s for s in segments if s not in chosen), key=lambda s: s.doc_count())
    size = sum(segment.doc_count() for segment in chosen)
    while len(left) >= MAX_SEGMENTS and size + left[0].doc_count() <= REWRITE_ALL:
        size += left[0].doc_count()
        chosen.append(left.pop(0))
    return chosen


def _fields(passage: Passage) -> dict[str, Any]:
    """The passage as the arguments of Whoosh's ``add_document``, words already analysed."""
    terms = analysis.terms(passage.text)
    return {
        BODY: [term.stem for term in terms],
        WORDS: [term.word for term in terms],
        HEADING: list(analysis.stems(passage.headings[-1])) if passage.headings else [],
        PATH: [stem for heading in passage.headings[:-1] for stem in analysis.stems(heading)],
        ID_FIELD: passage.id,
        DOCUMENT: passage.document,
        START: passage.start,
        DATE: passage.date or NOT_STATED,
        PAYLOAD: to_payload(passage),
        **{facet_field(f.name): list(dict.fromkeys(passage.facets[f.name])) for f in FACETS},
    }
