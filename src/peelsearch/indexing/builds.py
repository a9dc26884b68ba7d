"""Building and updating: from the files below the remembered paths to a commit of the index.

A document that cannot be read is reported and left out; anything else that goes wrong leaves the
index as it was.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from peelsearch.documents import read_document
from peelsearch.engine import folder
from peelsearch.engine.manifest import Contents, IndexedDocument, Issue
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.whoosh_writer import WhooshWriter, open_writer
from peelsearch.errors import InputError, PeelsearchError, ReadingError
from peelsearch.indexing.fingerprint import fingerprint, reread_warning
from peelsearch.indexing.plan import Plan, Planned, choose_paths, make_plan, source_files
from peelsearch.indexing.report import Duplicate, IndexReport, Progress, Watch
from peelsearch.model import Document, StructuredDocument
from peelsearch.passages import build_passages
from peelsearch.vocabulary import Vocabulary, remembered_vocabulary


def build(
    paths: Sequence[Path],
    *,
    index: Path,
    vocabulary: Vocabulary | None = None,
    verify: bool = False,
    rebuild: bool = False,
    forget: Sequence[Path] = (),
    progress: Watch | None = None,
) -> IndexReport:
    """Bring the index up to date with the remembered paths and these.

    Without ``vocabulary`` the one that the index remembers is used, at first the program's own.
    ``verify`` reads every file to see whether it changed; ``rebuild`` starts from nothing, which
    is also the way out of a damaged index or one of another format. Raises InputError when there
    is nothing to index, and IndexProblem.
    """
    started = time.monotonic()
    known = _remembered(index, rebuild=rebuild)
    roots, _ = choose_paths(known, paths, forget)
    if not roots and not forget:
        raise _nothing(index, rebuild=rebuild)
    try:
        writer = open_writer(index, rebuild=rebuild)
    except OSError as error:
        raise _not_written(index, error) from error
    try:
        # Another build may have changed the paths before the lock was ours.
        roots, forgotten = choose_paths(
            writer.base.contents if writer.base else known, paths, forget
        )
        base = writer.base.contents if writer.base else Contents()
        plan = make_plan(
            roots, forgotten, base, index=index, verify=verify, keep=writer.base is not None
        )
        words = vocabulary or remembered_vocabulary((base if writer.base else known).vocabulary)
        return _Build(writer, words, progress).run(plan, base, started=started)
    except OSError as error:
        writer.cancel()
        raise _not_written(index, error) from error
    except BaseException:
        writer.cancel()
        raise
    finally:
        writer.close()


def _remembered(index: Path, *, rebuild: bool) -> Contents:
    folder.check_ours(index, folder.names(index))
    if rebuild:
        return folder.salvage(index)
    if not folder.has_commit(index):
        return Contents()
    return folder.read_manifest(index, folder.latest(index)).contents


def _nothing(index: Path, *, rebuild: bool) -> InputError:
    if rebuild and folder.has_commit(index):
        return InputError(
            "Which paths the index was made from can no longer be read.",
            hint="Name them: peelsearch index --rebuild PATH",
        )
    return InputError(
        "There is nothing to index yet.", hint="Name files or folders: peelsearch index PATH"
    )


def _not_written(index: Path, error: OSError) -> PeelsearchError:
    return PeelsearchError(
        f"The index in {index} could not be written: {error.strerror or error}.",
        hint="What it held before is still there. Free the disk or the permissions and try again.",
    )


@dataclass
class _Build:
    """One run: what it has found so far."""

    writer: WhooshWriter
    vocabulary: Vocabulary
    progress: Watch | None
    documents: list[IndexedDocument] = field(default_factory=list)
    failed: list[Issue] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def run(self, plan: Plan, base: Contents, *, started: float) -> IndexReport:
        """Do it all and commit, if anything changed."""
        mark = fingerprint(self.vocabulary)
        known = {d.document.id: d for d in base.documents} if base.fingerprint == mark else {}
        before = {document.document.id for document in base.documents}
        self._read_all(plan, known, before)
        contents = Contents(
            fingerprint=mark,
            roots=plan.roots,
            forgotten=plan.forgotten,
            documents=tuple(sorted(self.documents, key=lambda d: d.document.id)),
            skipped=plan.skipped,
            failed=(*plan.failed, *self.failed),
            vocabulary=self.vocabulary.source,
        )
        self._remove(before - {d.document.id for d in self.documents})
        if self.writer.base is None or _lasting(contents) != _lasting(base):
            self._tell(Progress(len(plan.documents), len(plan.documents), ""))
            self.writer.commit(contents)
        warnings = reread_warning(base.fingerprint, mark) if self.writer.base and before else ()
        return self._report(contents, warnings, time.monotonic() - started)

    def _read_all(self, plan: Plan, known: dict[str, IndexedDocument], before: set[str]) -> None:
        self.documents.extend(plan.kept)
        self.unchanged += len(plan.kept)
        to_read = []
        for planned in plan.documents:
            indexed = known.get(planned.id)
            if indexed is not None and indexed.digest == planned.digest:
                self.documents.append(_moved(indexed, planned))
                self.unchanged += 1
            else:
                to_read.append(planned)
        for done, planned in enumerate(to_read):
            self._tell(Progress(done, len(to_read), str(planned.files[0].path)))
            if self._read(planned):
                self.added += planned.id not in before
                self.updated += planned.id in before

    def _read(self, planned: Planned) -> bool:
        """Read one document and write its passages; False when it cannot be read."""
        first = planned.files[0]
        try:
            structured = read_document(first.path, self.vocabulary)
            now = first.path.stat()
            if (now.st_size, now.st_mtime_ns) != (first.size, first.mtime_ns):
                raise ReadingError("it was changed while it was read; index it again")
        except (ReadingError, OSError) as error:
            reason = error.message if isinstance(error, ReadingError) else str(error.strerror)
            self.failed.extend(Issue(str(file.path), reason) for file in planned.files)
            return False
        document = _document(planned, structured)
        passages = build_passages(document, structured, self.vocabulary)
        self.writer.apply([DocumentChange(document.id, passages)])
        record = self.writer.save_record(document.id, structured)
        self.documents.append(
            IndexedDocument(
                document=document,
                forces=structured.description.forces,
                acronyms=structured.acronyms,
                digest=planned.digest,
                files=source_files(planned.files),
                passages=len(passages),
                record=record,
            )
        )
        return True

    def _remove(self, gone: set[str]) -> None:
        self.writer.apply(DocumentChange(document, ()) for document in sorted(gone))
        self.removed = len(gone)

    def _tell(self, progress: Progress) -> None:
        if self.progress is not None:
            self.progress(progress)

    def _report(self, contents: Contents, warnings: tuple[str, ...], seconds: float) -> IndexReport:
        base = self.writer.base
        return IndexReport(
            added=self.added,
            updated=self.updated,
            removed=self.removed,
            unchanged=self.unchanged,
            skipped=contents.skipped,
            failed=contents.failed,
            duplicates=tuple(
                Duplicate(copy, document.document.path)
                for document in contents.documents
                for copy in document.document.also
            ),
            documents=len(contents.documents),
            passages=base.passages if base else 0,
            seconds=seconds,
            generation=base.generation if base else 0,
            warnings=warnings,
        )


def _document(planned: Planned, structured: StructuredDocument) -> Document:
    description = structured.description
    paths = [str(file.path) for file in planned.files]
    return Document(
        id=planned.id,
        title=description.title,
        path=paths[0],
        also=tuple(paths[1:]),
        type=description.type,
        date=description.date,
        round=description.round,
    )


def _moved(indexed: IndexedDocument, planned: Planned) -> IndexedDocument:
    """The same document with its paths of today."""
    paths = [str(file.path) for file in planned.files]
    document = replace(indexed.document, path=paths[0], also=tuple(paths[1:]))
    return replace(indexed, document=document, files=source_files(planned.files))


def _lasting(contents: Contents) -> Contents:
    """The contents without time stamps: those alone are not worth a commit."""
    documents = tuple(
        replace(d, files=tuple(replace(file, mtime_ns=0) for file in d.files))
        for d in contents.documents
    )
    return replace(contents, documents=documents)
