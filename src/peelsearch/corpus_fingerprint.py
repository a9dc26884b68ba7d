"""What documents, read with which vocabulary, a table was made of."""

from __future__ import annotations

from collections.abc import Iterable

from peelsearch import __version__
from peelsearch.digests import sha256
from peelsearch.engine import plain
from peelsearch.engine.manifest import IndexedDocument
from peelsearch.vocabulary import Vocabulary


def corpus_fingerprint(documents: Iterable[IndexedDocument], vocabulary: Vocabulary) -> str:
    """What tells whether two tables were made of the same documents with the same vocabulary.

    It does not depend on where the documents lie or in which order they came: a digest over the
    digests of their files, sorted, each with what a catalogue states of it.
    """
    marks = sorted(
        f"{found.digest} {plain.to_json(found.stated) if found.stated else ''}"
        for found in documents
    )
    made = sha256("\n".join(marks).encode(errors="surrogatepass"))[:16]
    return (
        f"documents={len(marks)} corpus={made} vocabulary={vocabulary.fingerprint} "
        f"program={__version__}"
    )
