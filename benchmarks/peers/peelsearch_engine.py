"""peelsearch's own engine, as the rest of the program uses it: by its protocol and its snippets."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from benchmarks.corpus import Made
from benchmarks.peers.protocol import COUNTED, TOP, Answer, Peer, Searcher
from benchmarks.queries import BenchQuery, Fuzzy, Prefix
from peelsearch import __version__
from peelsearch.alternatives import MAX_EXPANSION
from peelsearch.engine.manifest import Contents, IndexedDocument, SourceFile
from peelsearch.engine.protocol import DocumentChange, Writer
from peelsearch.engine.serving import open_serving_reader
from peelsearch.engine.writer import open_writer
from peelsearch.fingerprint import fingerprint
from peelsearch.model import (
    AnyOf,
    Description,
    Expression,
    Match,
    Request,
    Section,
    StructuredDocument,
    Word,
)
from peelsearch.snippets import snippet
from peelsearch.vocabulary import load_vocabulary


def build(folder: Path, corpus: Iterable[Made]) -> None:
    """One commit that adds all passages and the documents' records to what the folder holds."""
    writer, vocabulary = open_writer(folder), load_vocabulary()
    try:
        held = writer.base.documents if writer.base else ()
        indexed = [_write(writer, made) for made in corpus]
        contents = Contents(
            fingerprint=fingerprint(vocabulary),
            roots=("/corpus",),
            documents=tuple(sorted((*held, *indexed), key=lambda entry: entry.document.id)),
            vocabulary=vocabulary.source,
        )
        writer.commit(contents)
    finally:
        writer.close()


def _write(writer: Writer, made: Made) -> IndexedDocument:
    writer.apply([DocumentChange(made.document.id, made.passages)])
    return IndexedDocument(
        document=made.document,
        forces=(made.force,),
        acronyms=(),
        digest=made.document.id,
        files=(SourceFile(made.document.path, "/corpus", len(made.text), 1),),
        passages=len(made.passages),
        record=writer.save_record(made.document.id, _structured(made)),
        wording=made.document.id,
    )


def _structured(made: Made) -> StructuredDocument:
    what = made.document
    sections = tuple(
        Section(
            heading=p.headings[-1],
            level=len(p.headings),
            path=p.headings[:-1],
            kind=p.facets["kind"][0],
            force=p.facets["force"],
            theme=p.facets["theme"][0],
            grade=p.facets["grade"][0],
            heading_start=p.start,
            heading_end=p.start + len(p.headings[-1]),
            start=p.start,
            end=p.end,
        )
        for p in made.passages
    )
    described = Description(what.title, what.type, what.date, what.round, (made.force,), ())
    return StructuredDocument(made.text, described, sections, (), (), ())


class _Searcher:
    def __init__(self, folder: Path) -> None:
        self._reader = open_serving_reader(folder)

    def answer(self, query: BenchQuery) -> Answer:
        expression = self._expanded(query)
        request = Request(
            match=expression,
            filters=query.filters,
            boost=query.boost,
            marked=expression,
            facets=COUNTED,
            count_documents=False,
            limit=TOP,
        )
        found = self._reader.search(request)
        return Answer(
            total=found.total,
            facets={name: found.facets[name] for name in COUNTED},
            hits=tuple(match.passage.id for match in found.matches),
            snippets=tuple(map(_snippet, found.matches)),
        )

    def close(self) -> None:
        self._reader.close()

    def _expanded(self, query: BenchQuery) -> Expression:
        match query.match:
            case Prefix(prefix):
                words = self._reader.words_with_prefix(prefix, MAX_EXPANSION)
            case Fuzzy(word, edits):
                words = [near for near, _, _ in self._reader.words_near(word, edits)]
            case _:
                return query.match
        return AnyOf(tuple(map(Word, words)))


def _snippet(match: Match) -> str:
    """The best part of the passage with its marks, as the others give it: in HTML."""
    passage = match.passage
    found = snippet(passage.text, offset=passage.start, units=match.units, marks=match.marks)
    parts, position = [], 0
    for start, end in found.marks:
        parts += [escape(found.text[position:start]), "<b>", escape(found.text[start:end]), "</b>"]
        position = end
    return "".join(parts) + escape(found.text[position:])


def open_searcher(folder: Path) -> Searcher:
    """The newest commit in a folder that ``build`` made."""
    return _Searcher(folder)


PEER = Peer("peelsearch", "peelsearch", lambda: None, lambda: __version__, build, open_searcher)
