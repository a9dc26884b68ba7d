"""What an index holds, whether the files below its paths changed since, whether it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from peelsearch.documents import skip_reason
from peelsearch.engine.checks import faults
from peelsearch.engine.folder import newest
from peelsearch.engine.manifest import Contents, Issue, Manifest
from peelsearch.fingerprint import outdated
from peelsearch.indexing import sources
from peelsearch.indexing.catalogues import is_catalogue
from peelsearch.indexing.report import Status
from peelsearch.indexing.sources import Unreachable
from peelsearch.vocabulary import Vocabulary, remembered_vocabulary


def status(index: Path, vocabulary: Vocabulary | None = None) -> Status:
    """The state of an index; reads every file of it, and the sizes and times of the documents.

    ``vocabulary`` is what the index should have been made with; without it, its own counts.
    Needs the manifest alone to be sound. Raises IndexProblem, or VocabularyError when this
    program no longer reads the index's own vocabulary.
    """
    with newest(index) as manifest:
        words = vocabulary or remembered_vocabulary(manifest.contents.vocabulary)
        return _status(index, manifest, words)


def _status(index: Path, manifest: Manifest, vocabulary: Vocabulary) -> Status:
    contents = manifest.contents
    return Status(
        folder=str(index),
        generation=manifest.generation,
        created=manifest.created,
        roots=contents.roots,
        documents=contents.documents,
        stubs=contents.stubs,
        passages=manifest.passages,
        skipped=contents.skipped,
        failed=contents.failed,
        stale=tuple(_stale(contents, index)),
        warnings=outdated(contents.fingerprint, vocabulary),
        problems=tuple(faults(index, manifest).values()),
        size=sum(path.stat().st_size for path in index.iterdir() if path.is_file()),
        vocabulary=contents.vocabulary,
    )


def _stale(contents: Contents, index: Path) -> Iterator[Issue]:
    recorded = {file.path: file for d in contents.documents for file in d.files}
    recorded |= {file.path: file for file in contents.catalogues}
    reported = {issue.path for issue in (*contents.failed, *contents.skipped)}
    seen = set()
    for root in sources.outermost(contents.roots):
        for found in sources.walk(root, apart=index):
            path = str(found.path)
            seen.add(path)
            forgotten = any(found.path.is_relative_to(p) for p in contents.forgotten)
            if isinstance(found, Unreachable) or path in reported or forgotten:
                continue
            if path not in recorded:
                if skip_reason(found.path) is None or is_catalogue(found.path):
                    yield Issue(path, "new")
                continue
            file = recorded[path]
            if (file.size, file.mtime_ns) == (found.size, found.mtime_ns):
                continue
            # A time stamp alone does not make another document.
            if file.size != found.size or sources.file_digest(found.path) != file.digest:
                yield Issue(path, "changed")
    yield from (Issue(path, "gone") for path in recorded if path not in seen)
