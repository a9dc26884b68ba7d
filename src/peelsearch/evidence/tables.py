"""Data sets: every passage with its labels, samples of them, words in context, counts."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator

from peelsearch import facets
from peelsearch.citations.citing import Citer
from peelsearch.corpus import Corpus
from peelsearch.digests import sha256
from peelsearch.evidence.packs import fingerprint
from peelsearch.evidence.paging import all_hits, all_passages, found_passages
from peelsearch.facets import FACETS, FACETS_BY_NAME
from peelsearch.model import Passage, Sort
from peelsearch.model.citations import Citation
from peelsearch.model.evidence import Cell, Table
from peelsearch.records import dataclass, replace
from peelsearch.runs import SearchOptions
from peelsearch.search import search
from peelsearch.vocabulary import Vocabulary

PLACE = ("document", "title", "date", "headings", "page", "start", "end", "digest")
LABELS = tuple(facet.name for facet in FACETS)
ROWS = ("id", "reference", *LABELS, *PLACE, "speaker", "text", "fingerprint")
CONTEXT = ("left", "match", "right", "id", *LABELS, *PLACE, "fingerprint")
COUNTED = ("force", "theme", "round", "document")
COUNTS = (
    "by",
    "value",
    "label",
    "passages",
    "passages_searched",
    "documents",
    "documents_searched",
    "query",
    "understood_as",
    "fingerprint",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """How many rows to choose, and the seed that decides which."""

    number: int
    seed: str


def place_cells(cited: Citation) -> tuple[Cell, ...]:
    """Where a citation stands, in the order of ``PLACE``."""
    document, said = cited.place.document, cited.place.said
    return (
        document.id,
        document.title,
        document.date,
        cited.place.headings,
        cited.place.page,
        said.start,
        said.end,
        cited.digest,
    )


def rows_table(
    corpus: Corpus,
    vocabulary: Vocabulary,
    options: SearchOptions,
    *,
    findings: bool = False,
    sample: Sample | None = None,
) -> Table:
    """A row for each passage, or for each that is a finding, in the order of the documents."""

    def passages() -> Iterator[Passage]:
        for passage in all_passages(corpus, options.filters, options.since, options.until):
            kind = vocabulary.kind.get(passage.facets["kind"][0])
            if not findings or (kind is not None and kind.finding):
                yield passage

    total = sum(1 for _ in passages())
    chosen: frozenset[str] | None = None
    if sample is not None:
        chosen = frozenset(sampled((passage.id for passage in passages()), sample))
        total = len(chosen)
    citer, made = Citer(corpus, vocabulary), fingerprint(corpus, vocabulary)
    rows = (
        _row(passage, citer, made)
        for passage in passages()
        if chosen is None or passage.id in chosen
    )
    return Table(ROWS, rows, total, total)


def sampled(identifiers: Iterable[str], sample: Sample) -> list[str]:
    """The ids whose SHA-256, taken behind the seed and a colon, is smallest.

    The same anywhere and at any time; a larger sample of the same seed holds the smaller one.
    """

    def drawn(identifier: str) -> tuple[str, str]:
        mark = f"{sample.seed}:{identifier}".encode(errors="surrogatepass")
        return sha256(mark), identifier

    return heapq.nsmallest(sample.number, identifiers, key=drawn)


def _row(passage: Passage, citer: Citer, made: str) -> tuple[Cell, ...]:
    cited = citer.of(passage, 0, len(passage.text))
    return (
        passage.id,
        cited.reference,
        *(passage.facets[name] for name in LABELS),
        *place_cells(cited),
        cited.speaker,
        passage.text,
        made,
    )


def context_table(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions, width: int
) -> Table:
    """A row for each place that matches, with so many characters of its passage on either side."""
    options = replace(options, sort=Sort.DOCUMENT)
    total = search(corpus, vocabulary, query, replace(options, page=1, limit=1)).total
    citer, made = Citer(corpus, vocabulary), fingerprint(corpus, vocabulary)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for hit in all_hits(corpus, vocabulary, query, options):
            text = hit.passage.text
            for start, end in hit.marks:
                yield (
                    text[max(0, start - width) : start],
                    text[start:end],
                    text[end : end + width],
                    hit.passage.id,
                    *(hit.passage.facets[name] for name in LABELS),
                    *place_cells(citer.of(hit.passage, start, end, part=True)),
                    made,
                )

    return Table(CONTEXT, rows(), total, total)


class _Tally:
    """Passages, and the documents that they stand in, by facet and value."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages: dict[tuple[str, str], int] = defaultdict(int)
        self.documents: dict[tuple[str, str], set[str]] = defaultdict(set)
        for passage in passages:
            for key in _keys(passage):
                self.passages[key] += 1
                self.documents[key].add(passage.document)


def _keys(passage: Passage) -> Iterator[tuple[str, str]]:
    yield "all", ""
    for name in COUNTED:
        values = (passage.document,) if name == "document" else passage.facets[name]
        yield from ((name, value) for value in values)


def counts_table(
    corpus: Corpus, vocabulary: Vocabulary, query: str, options: SearchOptions
) -> Table:
    """How many passages and documents match, in all and by value, beside how many were searched.

    What was searched are all passages under the same filters; values without a match have a row.
    """
    said = search(corpus, vocabulary, query, replace(options, page=1, limit=1))
    found = _Tally(found_passages(corpus, vocabulary, query, said.filters, options))
    searched = _Tally(all_passages(corpus, said.filters, options.since, options.until))
    made = fingerprint(corpus, vocabulary)
    order = {name: at for at, name in enumerate(("all", *COUNTED))}
    keys = sorted(searched.passages, key=lambda key: (order[key[0]], key[1]))
    rows = tuple(
        (
            *key,
            _label(corpus, vocabulary, *key),
            found.passages.get(key, 0),
            searched.passages[key],
            len(found.documents.get(key, ())),
            len(searched.documents[key]),
            query,
            said.interpreted,
            made,
        )
        for key in keys
    )
    return Table(COUNTS, rows, len(rows), said.total)


def _label(corpus: Corpus, vocabulary: Vocabulary, name: str, value: str) -> str:
    if name == "all":
        return "All"
    if name == "document":
        return corpus.document(value).title
    return facets.label(FACETS_BY_NAME[name], value, vocabulary)
