"""Building and updating: from the files below the remembered paths to a commit of the index.

A document that cannot be read is reported and left out; anything else that goes wrong leaves the
index as it was.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from peelsearch.documents import READERS, is_plain
from peelsearch.engine import folder
from peelsearch.engine.manifest import Contents, IndexedDocument, Issue
from peelsearch.engine.protocol import DocumentChange, Writer
from peelsearch.engine.repair import Repair, repair
from peelsearch.engine.writer import open_writer
from peelsearch.errors import InputError, PeelsearchError
from peelsearch.fingerprint import fingerprint, reread_warning
from peelsearch.indexing.copies import Kept, Known, known_from, to_read
from peelsearch.indexing.news import Changes
from peelsearch.indexing.plan import Plan, Planned, choose_paths, make_plan, source_files
from peelsearch.indexing.reading import Outcome, Understood, Unread, Wanted
from peelsearch.indexing.report import Duplicate, IndexReport, Progress, Watch
from peelsearch.indexing.workers import Job, Readers
from peelsearch.model import Document, StructuredDocument
from peelsearch.passages import build_passages
from peelsearch.vocabulary import Vocabulary, remembered_vocabulary

# What reading one document may take, unless settings say otherwise.
SECONDS = 60.0
# Text up to this size is read here: it takes milliseconds, and Markdown that is nothing but marks
# three seconds. Starting a process takes one.
SMALL = 250_000


def build(  # noqa: PLR0913 - one for each option of the command
    paths: Sequence[Path],
    *,
    index: Path,
    vocabulary: Vocabulary | None = None,
    verify: bool = False,
    rebuild: bool = False,
    forget: Sequence[Path] = (),
    seconds: float = SECONDS,
    progress: Watch | None = None,
) -> IndexReport:
    """Bring the index up to date with the remembered paths and these; repair it first if damaged.

    Without ``vocabulary`` the one that the index remembers is used, at first the program's own.
    ``verify`` reads every file to see whether it changed; ``rebuild`` starts from nothing, which
    is also the way out of an index of another format. Reading one document takes at most
    ``seconds``. Raises InputError when there is nothing to index, and IndexProblem.
    """
    started = time.monotonic()
    found = Repair() if rebuild else _repaired(index)
    rebuild = rebuild or not found.sound
    known = _remembered(index, rebuild=rebuild)
    roots, _ = choose_paths(known, paths, forget)
    if not roots and not forget:
        raise _nothing(index, rebuild=rebuild)
    try:
        writer = open_writer(index, rebuild=rebuild)
    except OSError as error:
        raise _not_written(index, error) from error
    try:
        plan, words = _planned(writer, known, paths, forget, index, vocabulary, verify=verify)
        base = writer.base.contents if writer.base else Contents()
        changes = Changes(index, base.documents, words)
        report = _Build(writer, words, changes, seconds, progress).run(plan, base, started=started)
        return replace(report, warnings=(*found.warnings, *report.warnings))
    except OSError as error:
        _cancel(writer)
        raise _not_written(index, error) from error
    except BaseException:
        _cancel(writer)
        raise
    finally:
        writer.close()


def _cancel(writer: Writer) -> None:
    """Leave the index as it was; what the system does not let us tidy up, the next build does."""
    with suppress(OSError):
        writer.cancel()


def _repaired(index: Path) -> Repair:
    try:
        return repair(index)
    except OSError as error:
        raise _not_written(index, error) from error


def _planned(
    writer: Writer,
    known: Contents,
    paths: Sequence[Path],
    forget: Sequence[Path],
    index: Path,
    vocabulary: Vocabulary | None,
    *,
    verify: bool,
) -> tuple[Plan, Vocabulary]:
    """What is to be done, and by which vocabulary, now that nobody else writes.

    Another build may have changed the paths before the lock was ours.
    """
    held = writer.base.contents if writer.base else known
    words = vocabulary or remembered_vocabulary(held.vocabulary)
    roots, forgotten = choose_paths(held, paths, forget)
    plan = make_plan(
        roots,
        forgotten,
        writer.base.contents if writer.base else Contents(),
        index=index,
        vocabulary=words,
        verify=verify,
        keep=writer.base is not None,
    )
    return plan, words


def _remembered(index: Path, *, rebuild: bool) -> Contents:
    folder.check_ours(index, folder.names(index))
    if rebuild:
        return folder.salvage(index)
    if not folder.has_commit(index):
        return Contents()
    with folder.newest(index) as manifest:
        return manifest.contents


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

    writer: Writer
    vocabulary: Vocabulary
    changes: Changes
    seconds: float
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
        known = known_from(base.documents if base.fingerprint == mark else ())
        before = {document.document.id for document in base.documents}
        self._read_all(plan, known, before)
        contents = Contents(
            fingerprint=mark,
            roots=plan.roots,
            forgotten=plan.forgotten,
            documents=tuple(sorted(self.documents, key=lambda d: d.document.id)),
            skipped=plan.skipped,
            failed=(*plan.failed, *self.failed),
            stubs=plan.catalogues.stubs,
            catalogues=plan.catalogue_files,
            vocabulary=self.vocabulary.source,
        )
        self._remove(before - {d.document.id for d in self.documents})
        if self.writer.base is None or _lasting(contents) != _lasting(base):
            self._tell(Progress(len(plan.documents), len(plan.documents), ""))
            self.writer.commit(contents)
        warnings = reread_warning(base.fingerprint, mark) if self.writer.base and before else ()
        files = (file.path for planned in plan.documents for file in planned.files)
        warnings = (*warnings, *plan.catalogues.unmatched(files))
        return self._report(contents, warnings, time.monotonic() - started)

    def _read_all(self, plan: Plan, known: Known, before: set[str]) -> None:
        """Every document once, the preferred one of several files with the same words."""
        kept: dict[str, Kept] = {}
        reading = to_read(plan.documents, known)
        awaited = {planned.id for planned in reading}
        done = 0
        with Readers(self.vocabulary, seconds=self.seconds) as readers:
            outcomes = readers.read([_job(planned) for planned in reading])
            for planned in plan.documents:
                outcome: Outcome | None = None
                if planned.id in awaited:
                    self._tell(Progress(done, len(reading), str(planned.files[0].path)))
                    done += 1
                    outcome = _unless_changed(next(outcomes), planned)
                self._place(planned, outcome, known, kept, before)
        self.documents.extend(plan.kept)
        self.documents.extend(document.finished() for document in kept.values())
        self.unchanged += len(plan.kept)

    def _place(
        self,
        planned: Planned,
        outcome: Outcome | None,
        known: Known,
        kept: dict[str, Kept],
        before: set[str],
    ) -> None:
        """Put a document into the index, unless it is there or is a copy."""
        if outcome is None:
            wording = known.wordings[planned.digest]
            current = known.current(planned)
            if wording in kept:
                kept[wording].files.append(planned)
                return
            if current is not None:
                self.unchanged += 1
                kept[wording] = Kept(current, [planned])
                return
            # The file that was preferred to this one can no longer be read.
            with Readers(self.vocabulary, seconds=self.seconds) as readers:
                outcome = next(readers.read([_job(planned)]))
        if isinstance(outcome, Unread):
            self.failed.extend(Issue(str(file.path), outcome.reason) for file in planned.files)
        elif outcome.wording in kept:
            kept[outcome.wording].files.append(planned)
        else:
            self.changes.written(planned.id, outcome.structure)
            kept[outcome.wording] = Kept(self._write(planned, outcome), [planned])
            self.added += planned.id not in before
            self.updated += planned.id in before

    def _write(self, planned: Planned, understood: Understood) -> IndexedDocument:
        """Write the passages and the record of a document."""
        structured = understood.structure
        document = _document(planned, structured)
        passages = build_passages(document, structured, self.vocabulary)
        self.writer.apply([DocumentChange(document.id, passages)])
        return IndexedDocument(
            document=document,
            forces=structured.description.forces,
            acronyms=structured.acronyms,
            digest=planned.digest,
            files=source_files(planned),
            passages=len(passages),
            record=self.writer.save_record(document.id, structured),
            wording=understood.wording,
            stated=planned.stated,
            basis=structured.description.basis,
            remarks=structured.description.remarks,
        )

    def _remove(self, gone: set[str]) -> None:
        self.changes.removed(gone)
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
            news=self.changes.new,
            gone=self.changes.gone,
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


def _job(planned: Planned) -> Job:
    """Where to read a file: here only small text, in which nothing is unpacked or laid out."""
    small = planned.files[0].size <= SMALL
    wanted = Wanted(planned.files[0].path, planned.stated)
    return Job(wanted, apart=not (small and _harmless(planned.formats[0])))


def _harmless(format_id: str) -> bool:
    """Whether nothing can happen in reading; of types without a reader only the reason is told."""
    return is_plain(format_id) or format_id not in READERS


def _unless_changed(outcome: Outcome, planned: Planned) -> Outcome:
    """What was read, if the file is still as it was found."""
    first = planned.files[0]
    try:
        now = first.path.stat()
    except OSError as error:
        return Unread(f"The file cannot be opened: {error.strerror}.")
    if (now.st_size, now.st_mtime_ns) != (first.size, first.mtime_ns):
        return Unread("it was changed while it was read; index it again")
    return outcome


def _lasting(contents: Contents) -> Contents:
    """The contents without time stamps: those alone are not worth a commit."""
    documents = tuple(
        replace(d, files=tuple(replace(file, mtime_ns=0) for file in d.files))
        for d in contents.documents
    )
    catalogues = tuple(replace(file, mtime_ns=0) for file in contents.catalogues)
    return replace(contents, documents=documents, catalogues=catalogues)
