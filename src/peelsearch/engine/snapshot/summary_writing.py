"""Writing the summary of a commit; ``summary`` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from peelsearch import analysis
from peelsearch.engine.manifest import Contents
from peelsearch.engine.snapshot.blocks import BlockWriter
from peelsearch.engine.snapshot.summary import DOCUMENT_COLUMNS, SegmentEntry, to_bytes
from peelsearch.model import Document, KnownAcronym


def write_summary(
    path: Path,
    generation: int,
    passages: int,
    contents: Contents,
    segments: Sequence[SegmentEntry],
) -> None:
    """Write the summary of a commit, not synced. The same gives the same bytes."""
    writer = BlockWriter(path)
    try:
        writer.add_numbers("commit", (generation, passages))
        writer.add_strings("texts", map(to_bytes, (contents.fingerprint, contents.vocabulary)))
        writer.add_strings("segments", (to_bytes(segment.name) for segment in segments))
        writer.add_numbers("segments.size", (segment.size for segment in segments))
        writer.add_numbers("segments.mark", (segment.mark for segment in segments))
        for index, segment in enumerate(segments):
            writer.add_numbers(f"deleted.{index}", sorted(segment.deleted))
        _write_documents(writer, [indexed.document for indexed in contents.documents])
        _write_acronyms(writer, _usable(contents))
        writer.finish()
    except BaseException:
        writer.abandon()
        raise


def _write_documents(writer: BlockWriter, documents: Iterable[Document]) -> None:
    ordered = sorted(documents, key=lambda document: to_bytes(document.id))
    for name in DOCUMENT_COLUMNS:
        column = (getattr(document, name) or "" for document in ordered)
        writer.add_strings(f"document.{name}", map(to_bytes, column))
    copies = [document.also for document in ordered]
    writer.add_strings("copies", (to_bytes(path) for paths in copies for path in paths))
    ends = [0]
    for paths in copies:
        ends.append(ends[-1] + len(paths))
    writer.add_numbers("document.copies", ends)


def _usable(contents: Contents) -> list[KnownAcronym]:
    """The acronyms that can be told from other words: one word, not one that serves grammar."""
    found = {acronym for indexed in contents.documents for acronym in indexed.acronyms}
    usable = []
    for acronym in sorted(found, key=lambda a: (a.short, a.long)):
        words = analysis.words(acronym.short)
        if len(words) == 1 and not analysis.is_function_word(words[0]):
            stems = analysis.stems(acronym.long)
            usable.append(KnownAcronym(acronym, analysis.stem(words[0]), stems))
    return usable


def _write_acronyms(writer: BlockWriter, acronyms: Sequence[KnownAcronym]) -> None:
    writer.add_strings("acronyms.short", (to_bytes(a.acronym.short) for a in acronyms))
    writer.add_strings("acronyms.long", (to_bytes(a.acronym.long) for a in acronyms))
    for name, keys in (
        ("short", [a.short_stem for a in acronyms]),
        ("long", [" ".join(a.long_stems) for a in acronyms]),
    ):
        order = sorted(range(len(keys)), key=lambda number: to_bytes(keys[number]))
        writer.add_strings(f"acronyms.by_{name}", (to_bytes(keys[number]) for number in order))
        writer.add_numbers(f"acronyms.by_{name}.number", order)
    writer.add_strings("acronyms.short_stem", (to_bytes(a.short_stem) for a in acronyms))
    writer.add_strings("acronyms.long_stems", (to_bytes(" ".join(a.long_stems)) for a in acronyms))
