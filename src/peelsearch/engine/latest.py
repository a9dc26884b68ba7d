"""The last manifest that a writer of this process read or wrote.

The next writer begins with it, and most of the documents that it will write are the same objects.
"""

from __future__ import annotations

from dataclasses import dataclass

from peelsearch.engine import manifest, plain
from peelsearch.engine.manifest import IndexedDocument, Manifest


@dataclass(frozen=True, slots=True)
class _Latest:
    """A manifest, its file's bytes, and the JSON of those of its documents that were written.

    The JSON is found by ``id``, which no other object has while the document is kept here.
    """

    data: bytes
    found: Manifest
    documents: dict[int, tuple[IndexedDocument, bytes]]


_latest: list[_Latest] = []


def from_bytes(data: bytes, *, name: str) -> Manifest:
    """What ``manifest.from_bytes`` gives; at once for the bytes that it gave last."""
    for latest in _latest:
        if latest.data == data:
            return latest.found
    found = manifest.from_bytes(data, name=name)
    _latest[:] = [_Latest(data, found, {})]
    return found


def to_bytes(written: Manifest) -> bytes:
    """The manifest as its file holds it."""
    known = _latest[0].documents if _latest else {}
    documents = {
        id(document): known.get(id(document)) or (document, plain.dumps(document))
        for document in written.documents
    }
    data = manifest.to_bytes(written, [documents[id(one)][1] for one in written.documents])
    _latest[:] = [_Latest(data, written, documents)]
    return data
