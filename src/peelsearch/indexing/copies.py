"""Files with the same words: one is kept and read, the others are its copies.

Which one is kept depends on the files alone, never on what is in the index already: an update
and a build from nothing agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from peelsearch.engine.manifest import IndexedDocument
from peelsearch.indexing.plan import Planned, source_files


@dataclass(frozen=True, slots=True)
class Known:
    """What the index tells of files: their words by the digest of their bytes."""

    wordings: Mapping[str, str]
    documents: Mapping[str, IndexedDocument]

    def current(self, planned: Planned) -> IndexedDocument | None:
        """The document in the index, if it was made from these very bytes."""
        indexed = self.documents.get(planned.id)
        return indexed if indexed is not None and indexed.digest == planned.digest else None


def known_from(documents: Iterable[IndexedDocument]) -> Known:
    """What the documents of the index tell."""
    held = {indexed.document.id: indexed for indexed in documents}
    wordings = {file.digest: d.wording for d in held.values() for file in d.files if d.wording}
    return Known(wordings, held)


def to_read(documents: Sequence[Planned], known: Known) -> list[Planned]:
    """Those that are new or changed, or whose better copy is gone. Preferred ones come first."""
    found: list[Planned] = []
    claimed: set[str] = set()
    for planned in documents:
        wording = known.wordings.get(planned.digest)
        if wording is not None and wording in claimed:
            continue
        if wording is None or known.current(planned) is None:
            found.append(planned)
        if wording is not None:
            claimed.add(wording)
    return found


@dataclass
class Kept:
    """A document that is in the index, and the files that hold it, its own first."""

    indexed: IndexedDocument
    files: list[Planned]

    def finished(self) -> IndexedDocument:
        """The document with its paths of today."""
        paths = [str(file.path) for planned in self.files for file in planned.files]
        document = replace(self.indexed.document, path=paths[0], also=tuple(paths[1:]))
        files = tuple(file for planned in self.files for file in source_files(planned))
        return replace(self.indexed, document=document, files=files)
