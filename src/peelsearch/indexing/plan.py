"""What a build has to do: which files there are, which documents they make, which are new.

Reads files for their digests only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peelsearch.documents import skip_reason
from peelsearch.engine.manifest import Contents, IndexedDocument, Issue, SourceFile
from peelsearch.errors import InputError, ReadingError
from peelsearch.indexing import sources
from peelsearch.indexing.catalogues import Catalogues, is_catalogue, read_catalogues
from peelsearch.indexing.sources import Found, Identity, Unreachable
from peelsearch.model import Stated
from peelsearch.vocabulary import Vocabulary

# A file that was changed this shortly before it is looked at can change again without a trace in
# its time stamp; its digest is taken again the next time.
RACY_NS = 50_000_000


@dataclass(frozen=True, slots=True)
class Planned:
    """Files that are identical; the first one is read. ``formats`` are their formats' ids.

    ``stated`` is what a catalogue says of the document.
    """

    id: str
    digest: str
    files: tuple[Found, ...]
    formats: tuple[str, ...]
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the index is to hold after the build, but that some documents may have the same words.

    Documents are in the order in which one of those is preferred. ``kept`` are documents of paths
    that are gone altogether.
    """

    roots: tuple[str, ...]
    forgotten: tuple[str, ...]
    documents: tuple[Planned, ...]
    kept: tuple[IndexedDocument, ...]
    skipped: tuple[Issue, ...]
    failed: tuple[Issue, ...]
    catalogues: Catalogues
    catalogue_files: tuple[SourceFile, ...]


def choose_paths(
    known: Contents, paths: Sequence[Path], forget: Sequence[Path]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The remembered and the forgotten paths after a build.

    Naming a path remembers it again. Raises InputError for a path that cannot be used.
    """
    roots = set(known.roots)
    forgotten = set(known.forgotten)
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.", hint="Check the path.")
        root = path.absolute()
        roots.add(str(root))
        forgotten = {
            other
            for other in forgotten
            if not root.is_relative_to(other) and not Path(other).is_relative_to(root)
        }
    for path in forget:
        place = path.absolute()
        if str(place) in roots:
            roots.discard(str(place))
        elif not any(place.is_relative_to(root) for root in roots):
            raise InputError(
                f"{path} is not below any of the remembered paths.",
                hint=f"Remembered are: {', '.join(sorted(roots)) or 'none'}.",
            )
        if any(place.is_relative_to(root) for root in roots):
            forgotten.add(str(place))
    below = (p for p in forgotten if any(Path(p).is_relative_to(root) for root in roots))
    return tuple(sorted(roots)), tuple(sorted(below))


def make_plan(
    roots: Sequence[str],
    forgotten: Sequence[str],
    base: Contents,
    *,
    index: Path,
    vocabulary: Vocabulary,
    verify: bool,
    keep: bool = True,
) -> Plan:
    """What is below the roots now. Files as recorded in ``base`` are not read, unless ``verify``.

    Documents of a path that is gone altogether are kept; with ``keep`` false (a rebuild, which
    has nothing to keep them from) it is an InputError.
    """
    gone = {root for root in roots if not Path(root).exists()}
    if gone and not keep:
        raise InputError(
            f"{min(gone)} is gone: its documents would be lost.",
            hint=f"Bring it back, or let them go: --forget {min(gone)}",
        )
    kept = tuple(d for d in base.documents if d.files[0].root in gone)
    sorting = _Sorting({} if verify else _recorded(base))
    for root in sorted(gone):
        reason = f"it is gone; its documents stay until it is back, or --forget {root}"
        sorting.failed.append(Issue(root, reason))
    for root in sources.outermost(set(roots) - gone):
        for found in sources.walk(root, apart=index):
            if any(found.path.is_relative_to(other) for other in forgotten):
                sorting.skipped.append(Issue(str(found.path), "it was taken out with --forget"))
            else:
                sorting.add(found)
    catalogues = read_catalogues((found.path for found in sorting.catalogues), vocabulary)
    return Plan(
        tuple(roots),
        tuple(forgotten),
        _documents(sorting.files, catalogues),
        kept,
        tuple(sorting.skipped),
        tuple(sorting.failed),
        catalogues,
        tuple(map(_catalogue_file, sorting.catalogues)),
    )


@dataclass
class _Sorting:
    """Files as they are found: those that were identified, those skipped, those that failed."""

    recorded: Mapping[str, SourceFile]
    files: dict[Found, Identity] = field(default_factory=dict)
    skipped: list[Issue] = field(default_factory=list)
    failed: list[Issue] = field(default_factory=list)
    catalogues: list[Found] = field(default_factory=list)

    def add(self, found: Found | Unreachable) -> None:
        """Put a file where it belongs."""
        path = found.path
        reason = skip_reason(path)
        if is_catalogue(path) and isinstance(found, Found):
            self.catalogues.append(found)
        elif reason is not None:
            self.skipped.append(Issue(str(path), reason))
        elif isinstance(found, Unreachable):
            self.failed.append(Issue(str(path), found.reason))
        else:
            try:
                self.files[found] = self._identity(found)
            except ReadingError as error:
                self.failed.append(Issue(str(path), error.message))
            except OSError as error:
                self.failed.append(Issue(str(path), f"it cannot be read: {error.strerror}"))

    def _identity(self, found: Found) -> Identity:
        file = self.recorded.get(str(found.path))
        if file is not None and (file.size, file.mtime_ns) == (found.size, found.mtime_ns):
            return Identity(file.digest, file.format)
        return sources.identify(found.path)


def _recorded(base: Contents) -> Mapping[str, SourceFile]:
    return {file.path: file for document in base.documents for file in document.files}


def _documents(files: Mapping[Found, Identity], catalogues: Catalogues) -> tuple[Planned, ...]:
    groups = sources.group(files)
    ids = sources.document_ids([members[0] for members in groups])
    return tuple(
        Planned(
            identifier,
            files[members[0]].digest,
            members,
            tuple(files[found].format for found in members),
            catalogues.stated([found.path for found in members]),
        )
        for identifier, members in zip(ids, groups, strict=True)
    )


def _catalogue_file(found: Found) -> SourceFile:
    digest = sources.file_digest(found.path)
    return SourceFile(str(found.path), found.root, found.size, found.mtime_ns, digest, "catalogue")


def source_files(
    planned: Planned, *, now_ns: Callable[[], int] = time.time_ns
) -> tuple[SourceFile, ...]:
    """The files as they are recorded; a time stamp that cannot be relied on as 0."""
    now = now_ns()
    return tuple(
        SourceFile(
            str(file.path),
            file.root,
            file.size,
            0 if now - file.mtime_ns < RACY_NS else file.mtime_ns,
            planned.digest,
            format_id,
        )
        for file, format_id in zip(planned.files, planned.formats, strict=True)
    )
