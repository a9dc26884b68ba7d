"""An index of two segments with deletions, and all that searching says of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from peelsearch.corpus import Opener, open_corpus
from peelsearch.engine import writer
from peelsearch.engine.opening import open_reader
from peelsearch.engine.serving import open_serving_reader
from peelsearch.indexing import build
from peelsearch.model import Sort
from peelsearch.search import SearchOptions, search
from peelsearch.vocabulary import load_vocabulary

SEEDS = Path(__file__).parents[2] / "seeds"
VOCABULARY = load_vocabulary()
OPENERS: tuple[Opener, ...] = (open_reader, open_serving_reader)
NOTE = "Letter\n\nThe constabulary should review its use of force by {} at once.\n"
QUERIES = (
    "force",
    "use of force",
    '"stop and search"',
    "constabul* OR offcer~",
    "officers -custody should crime",
    "kind:recommendation",
)


def two_segments(where: Path, docs: Path, *, month: str = "May") -> None:
    """Index the seeds, then change one of them and add a note; the old segment stays."""
    docs.mkdir()
    for seed in SEEDS.glob("*.txt"):
        shutil.copy(seed, docs)
    build([docs], index=where, vocabulary=VOCABULARY)
    (docs / "note.txt").write_text(NOTE.format(month))
    changed = next(docs.glob("003*"))
    changed.write_text(changed.read_text() + "\n\nThis was added.\n")
    limit, writer.REWRITE_ALL = writer.REWRITE_ALL, 0
    try:
        build([], index=where, vocabulary=VOCABULARY)
    finally:
        writer.REWRITE_ALL = limit


def newest_files(where: Path) -> list[Path]:
    """The files of the newest commit, its manifest among them."""
    corpus = open_corpus(where)
    try:
        names = [entry.name for entry in corpus.manifest.files]
        return [where / name for name in (*names, f"commit-{corpus.generation}.json")]
    finally:
        corpus.close()


def answers(where: Path, opener: Opener) -> dict[str, Any]:
    """What each kind of search answers; the time that it took left out."""
    corpus = open_corpus(where, opener)
    try:
        found: dict[str, Any] = {
            query: replace(search(corpus, VOCABULARY, query, SearchOptions(limit=200)), took_ms=0)
            for query in QUERIES
        }
        by_date = SearchOptions(limit=5, sort=Sort.DATE, since="2010")
        found["by date"] = replace(search(corpus, VOCABULARY, "force", by_date), took_ms=0)
        found["documents"] = dict(corpus.documents)
        found["passages"] = {d: corpus.reader.passages(d) for d in corpus.documents}
        found["near"] = corpus.reader.words_near("officer", 2)
        return found
    finally:
        corpus.close()


def without_scores(found: dict[str, Any]) -> dict[str, Any]:
    """The same answers without scores and order, which change when segments are joined."""

    def plain(value: Any) -> Any:
        if not hasattr(value, "hits"):
            return value
        hits = sorted(
            (replace(hit, rank=0, score=0.0) for hit in value.hits), key=lambda h: h.passage.id
        )
        return replace(value, hits=tuple(hits))

    return {name: plain(value) for name, value in found.items() if name != "by date"}


Damage = Callable[[bytes], bytes | None]


def put(path: Path, data: bytes | None) -> None:
    """Put a file with this content in the place of another, or nothing."""
    # Another file, not other bytes in it: the old one may still be mapped by a reader.
    path.unlink(missing_ok=True)
    if data is not None:
        path.write_bytes(data)
