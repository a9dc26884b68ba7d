"""What a build has to do: which files there are, which documents they make, which are new.

Reads files for their digests only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from peelsearch.documents import skip_reason
from peelsearch.engine.manifest import Contents, IndexedDocument, Issue, SourceFile
from peelsearch.errors import InputError
from peelsearch.indexing import sources
from peelsearch.indexing.sources import Found, Unreachable

# A file that was changed this shortly before it is looked at can change again without a trace in
# its time stamp; its digest is taken again the next time.
RACY_NS = 50_000_000


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that the index is to hold. ``files`` are identical; the first one is read."""

    id: str
    digest: str
    files: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the index is to hold after the build.

    ``kept`` are documents of paths that are gone altogether.
    """

    roots: tuple[str, ...]
    documents: tuple[Planned, ...]
    kept: tuple[IndexedDocument, ...]
    skipped: tuple[Issue, ...]
    failed: tuple[Issue, ...]


def choose_roots(
    known: Sequence[str], paths: Sequence[Path], forget: Sequence[Path]
) -> tuple[str, ...]:
    """The remembered paths after a build. Raises InputError for a path that cannot be used."""
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.", hint="Check the path.")
    roots = {*known, *(str(path.absolute()) for path in paths)}
    for path in forget:
        root = str(path.absolute())
        if root not in roots:
            listed = ", ".join(known) or "none"
            raise InputError(
                f"{path} is not one of the remembered paths.",
                hint=f"Remembered are: {listed}. To leave out one file, move it away.",
            )
        roots.discard(root)
    return tuple(sorted(roots))


def make_plan(
    roots: Sequence[str], base: Contents, *, index: Path, verify: bool, trusted: bool = True
) -> Plan:
    """What is below the roots now. Files as recorded in ``base`` are not read, unless ``verify``.

    Without ``trusted`` documents (a rebuild) a path that is gone is an InputError: nothing could
    be kept of it.
    """
    gone = {root for root in roots if not Path(root).exists()}
    if gone and not trusted:
        raise InputError(
            f"{min(gone)} is gone: its documents would be lost.",
            hint=f"Bring it back, or let them go: --forget {min(gone)}",
        )
    kept = tuple(d for d in base.documents if d.files[0].root in gone)
    failed = [
        Issue(root, f"it is gone; its documents stay until it is back, or --forget {root}")
        for root in sorted(gone)
    ]
    skipped: list[Issue] = []
    digests: dict[Found, str] = {}
    recorded = {} if verify else _recorded(base)
    for root in sources.outermost(set(roots) - gone):
        for found in sources.walk(root, apart=index):
            _sort_in(found, recorded, digests, skipped, failed)
    return Plan(tuple(roots), _documents(digests), kept, tuple(skipped), tuple(failed))


def _sort_in(
    found: Found | Unreachable,
    recorded: Mapping[str, tuple[SourceFile, str]],
    digests: dict[Found, str],
    skipped: list[Issue],
    failed: list[Issue],
) -> None:
    path = found.path
    reason = skip_reason(path)
    if reason is not None:
        skipped.append(Issue(str(path), reason))
        return
    if isinstance(found, Unreachable):
        failed.append(Issue(str(path), found.reason))
        return
    file, digest = recorded.get(str(path), (None, ""))
    if file is not None and (file.size, file.mtime_ns) == (found.size, found.mtime_ns):
        digests[found] = digest
        return
    try:
        digests[found] = sources.file_digest(path)
    except OSError as error:
        failed.append(Issue(str(path), f"it cannot be read: {error.strerror}"))


def _recorded(base: Contents) -> Mapping[str, tuple[SourceFile, str]]:
    return {
        file.path: (file, document.digest) for document in base.documents for file in document.files
    }


def _documents(digests: Mapping[Found, str]) -> tuple[Planned, ...]:
    groups = sources.group(digests)
    ids = sources.document_ids([files[0] for files in groups])
    planned = (
        Planned(identifier, digests[files[0]], files)
        for identifier, files in zip(ids, groups, strict=True)
    )
    return tuple(sorted(planned, key=lambda document: document.id))


def source_files(
    files: Sequence[Found], *, now_ns: Callable[[], int] = time.time_ns
) -> tuple[SourceFile, ...]:
    """The files as they are recorded; a time stamp that cannot be relied on as 0."""
    now = now_ns()
    return tuple(
        SourceFile(
            str(file.path),
            file.root,
            file.size,
            0 if now - file.mtime_ns < RACY_NS else file.mtime_ns,
        )
        for file in files
    )
