"""Small passages and commits for the tests of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hypothesis import strategies as st

from peelsearch import analysis
from peelsearch.engine.manifest import Contents, IndexedDocument, SourceFile
from peelsearch.engine.protocol import DocumentChange
from peelsearch.engine.writer import IndexWriter, open_writer
from peelsearch.facets import FACETS
from peelsearch.model import (
    Acronym,
    AllOf,
    AnyOf,
    Description,
    Document,
    Everything,
    Expression,
    Passage,
    Phrase,
    Stem,
    StemPhrase,
    StructuredDocument,
    Word,
)

# Few words, so that small texts repeat them; forms of one stem among them.
WORDS = "use using uses force forces stop search and of the officer office crime".split()
VALUES = ("red", "green", "blue")


def passage(
    document: str,
    start: int,
    text: str,
    *,
    headings: Sequence[str] = ("Report", "Part"),
    facets: Mapping[str, tuple[str, ...]] | None = None,
    date: str | None = None,
) -> Passage:
    """A passage whose facets are "red" unless told otherwise."""
    return Passage(
        id=f"{document}-{start}",
        document=document,
        headings=tuple(headings),
        facets={f.name: (facets or {}).get(f.name, ("red",)) for f in FACETS},
        text=text,
        start=start,
        end=start + len(text),
        page=None,
        date=date,
    )


def structured(text: str) -> StructuredDocument:
    """A structured document that holds nothing but its text and an acronym."""
    description = Description("Title", "report", None, None, (), ())
    return StructuredDocument(text, description, (), (), (), (Acronym("FCC", "force contact"),))


def commit(folder: Path, documents: Mapping[str, Sequence[Passage]]) -> int:
    """Bring the index to hold exactly these documents, changing only what differs."""
    writer = open_writer(folder)
    try:
        return write(writer, documents)
    finally:
        writer.close()


def write(writer: IndexWriter, documents: Mapping[str, Sequence[Passage]]) -> int:
    """Apply what differs from the last commit, and commit."""
    before = {d.document.id: d for d in writer.base.documents} if writer.base else {}
    indexed = []
    for name, passages in sorted(documents.items()):
        mark = str(hash_of(passages))
        if name in before and before[name].digest == mark:
            indexed.append(before[name])
            continue
        writer.apply([DocumentChange(name, tuple(passages))])
        record = writer.save_record(name, structured(" ".join(p.text for p in passages)))
        document = Document(name, "Title", name, (), "report", None, None)
        acronyms = (Acronym("FCC", "force contact"),)
        files = (SourceFile(name, "/", 1, 1),)
        indexed.append(IndexedDocument(document, (), acronyms, mark, files, len(passages), record))
    writer.apply(DocumentChange(name, ()) for name in before if name not in documents)
    return writer.commit(Contents(fingerprint="f", roots=("/",), documents=tuple(indexed)))


def hash_of(passages: Iterable[Passage]) -> str:
    return repr([(p.id, p.text, p.headings, sorted(p.facets.items()), p.date) for p in passages])


# --- what a reader of the passages would say --------------------------------------------------


def matches(expression: Expression, found: Passage) -> bool:  # noqa: PLR0911
    """Whether the passage matches, worked out from its words alone."""
    terms = analysis.terms(found.text)
    words = tuple(term.word for term in terms)
    stems = tuple(term.stem for term in terms)
    match expression:
        case Stem(stem):
            return stem in stems
        case Word(word):
            return word in words
        case Phrase(parts):
            return any(True for _ in analysis.sequences([{part} for part in parts], words))
        case StemPhrase(parts):
            return any(True for _ in analysis.sequences([{part} for part in parts], stems))
        case AllOf(parts):
            return all(matches(part, found) for part in parts)
        case AnyOf(parts):
            return any(matches(part, found) for part in parts)
        case Everything():
            return True
    raise AssertionError(expression)


# --- strategies -------------------------------------------------------------------------------

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
stems = st.sampled_from(WORDS).map(analysis.stem)
words = st.sampled_from([*WORDS, "unknown"])
leaves: st.SearchStrategy[Expression] = st.one_of(
    stems.map(Stem),
    words.map(Word),
    st.lists(words, min_size=1, max_size=4).map(lambda w: Phrase(tuple(w))),
    st.lists(stems, min_size=1, max_size=3).map(lambda s: StemPhrase(tuple(s))),
    st.just(Everything()),
)


def _some_repeated(
    parts: st.SearchStrategy[list[Expression]],
) -> st.SearchStrategy[tuple[Expression, ...]]:
    """Parts of which the first ones may come again, as words of a query may."""
    return st.tuples(parts, st.integers(0, 2)).map(lambda drawn: (*drawn[0], *drawn[0][: drawn[1]]))


expressions: st.SearchStrategy[Expression] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        _some_repeated(st.lists(parts, min_size=1, max_size=3)).map(AllOf),
        _some_repeated(st.lists(parts, max_size=3)).map(AnyOf),
    ),
    max_leaves=5,
)


@st.composite
def corpora(draw: st.DrawFn, *, documents: int = 4) -> dict[str, list[Passage]]:
    """A few documents with a few passages each."""
    found = {}
    for name in draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=documents)):
        found[name] = [
            passage(
                name,
                number * 100,
                draw(texts),
                headings=("Report", draw(texts)),
                facets=draw(facet_values),
                date=draw(st.sampled_from([None, "2021", "2022-04", "2022-04-05"])),
            )
            for number in range(draw(st.integers(0, 4)))
        ]
    return found


facet_values = st.fixed_dictionaries(
    {
        facet.name: (
            st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True).map(tuple)
            if facet.multivalued
            else st.sampled_from(VALUES).map(lambda value: (value,))
        )
        for facet in FACETS
    }
)
