"""tantivy by its Python binding: pre-analysed fields, terms aggregations, its snippet generator.

The words are written joined by spaces and cut at these. The snippet generator takes the stored text
apart by the field's tokenizer, which is another one when searching: tantivy's own words, lower case
and English stemmer, whose stems are nearly those of the analysis. For fuzzy words the generator
knows no terms, and gives the beginning of the passage without marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.corpus import Made
from benchmarks.peers.protocol import (
    COUNTED,
    SNIPPET_CHARACTERS,
    TOP,
    Answer,
    Peer,
    Searcher,
    analysed,
)
from benchmarks.queries import BenchQuery, Fuzzy, Prefix, Wanted
from peelsearch.engine import ranking
from peelsearch.model import AllOf, AnyOf, Phrase, Stem, Word

INSTALLED = find_spec("tantivy") is not None
if INSTALLED:
    import tantivy
    from tantivy import Occur, Query

# All in one segment, as the others have it: one writing thread, and room for 100,000 passages.
HEAP = 2_000_000_000
# More words than any prefix here reaches.
EXPANSIONS = 1_000
_AGGREGATIONS = {name: {"terms": {"field": name, "size": 1_000}} for name in COUNTED}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="stems", index_option="position")
    builder.add_text_field("words", tokenizer_name="words", index_option="position")
    for name in ("heading", "path"):
        builder.add_text_field(name, tokenizer_name="stems", index_option="freq")
    for name in COUNTED:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _lower_case() -> Any:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return words.filter(tantivy.Filter.lowercase())


def _open(folder: Path, words: Any, stems: Any) -> Any:
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("words", words)
    index.register_tokenizer("stems", stems)
    return index


def build(folder: Path, corpus: Iterable[Made]) -> None:
    """One commit with all passages."""
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    writer = _open(folder, spaces, spaces).writer(heap_size=HEAP, num_threads=1)
    for made in corpus:
        for passage in made.passages:
            found = analysed(passage)
            document = tantivy.Document()
            document.add_text("id", passage.id)
            document.add_text("text", passage.text)
            document.add_text("body", " ".join(found.stems))
            document.add_text("words", " ".join(found.words))
            document.add_text("heading", " ".join(found.heading))
            document.add_text("path", " ".join(found.path))
            for name in COUNTED:
                document.add_text(name, passage.facets[name][0])
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class _Searcher:
    def __init__(self, folder: Path) -> None:
        stems = _lower_case().filter(tantivy.Filter.stemmer("english"))
        index = _open(folder, _lower_case().build(), stems.build())
        self._schema = index.schema
        self._searcher = index.searcher()

    def answer(self, query: BenchQuery) -> Answer:
        match = self._query(query.match)
        filters = [(Occur.Must, self._filter(name, values)) for name, values in query.filters]
        matching = Query.boolean_query([(Occur.Must, match), *filters])
        boosts = [(Occur.Should, boost) for boost in self._boosts(query.boost)]
        scored = Query.boolean_query([(Occur.Must, match), *boosts, *filters])
        # The binding has no search that counts facets as well. Counting needs no headings, and once
        # it is done, the search for the best ten may skip what cannot be among them.
        counts = self._searcher.aggregate(matching, _AGGREGATIONS)
        found = self._searcher.search(scored, limit=TOP, count=False)
        facets = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counts[name]["buckets"]}
            for name in COUNTED
        }
        documents = [self._searcher.doc(address) for _, address in found.hits]
        return Answer(
            total=sum(facets[COUNTED[-1]].values()),
            facets=facets,
            hits=tuple(document.get_first("id") for document in documents),
            snippets=self._snippets(query, match, documents),
        )

    def close(self) -> None:
        del self._searcher

    def _snippets(self, query: BenchQuery, match: Any, documents: Sequence[Any]) -> tuple[str, ...]:
        field = "body" if query.kind in ("rare", "common", "or", "and") else "words"
        generator = tantivy.SnippetGenerator.create(self._searcher, match, self._schema, field)
        generator.set_max_num_chars(SNIPPET_CHARACTERS)
        found = []
        for document in documents:
            text = document.get_first("text")
            shown = tantivy.Document()
            shown.add_text(field, text)
            html = generator.snippet_from_doc(shown).to_html()
            found.append(html or text[:SNIPPET_CHARACTERS])
        return tuple(found)

    def _query(self, match: Wanted) -> Any:
        made: Any
        match match:
            case Stem(stem):
                made = Query.term_query(self._schema, "body", stem)
            case Word(word):
                made = Query.term_query(self._schema, "words", word)
            case Phrase(words):
                made = Query.phrase_query(self._schema, "words", list(words))
            case AllOf(parts):
                made = Query.boolean_query([(Occur.Must, self._query(part)) for part in parts])
            case AnyOf(parts):
                made = Query.boolean_query([(Occur.Should, self._query(part)) for part in parts])
            case Prefix(prefix):
                reached = self._searcher.terms_with_prefix("words", prefix, limit=EXPANSIONS)
                terms = [Query.term_query(self._schema, "words", word) for word, _ in reached]
                made = Query.boolean_query([(Occur.Should, term) for term in terms])
            case Fuzzy(word, edits):
                made = Query.fuzzy_term_query(self._schema, "words", word, edits)
            case _:
                raise NotImplementedError(match)
        return made

    def _boosts(self, stems: Sequence[str]) -> list[Any]:
        weights = (("heading", ranking.HEADING), ("path", ranking.PATH))
        return [
            Query.boost_query(
                Query.term_query(self._schema, field, stem, index_option="freq"), weight
            )
            for stem in stems
            for field, weight in weights
        ]

    def _filter(self, name: str, values: Sequence[str]) -> Any:
        terms = [
            (Occur.Should, Query.term_query(self._schema, name, value, index_option="basic"))
            for value in values
        ]
        return Query.const_score_query(Query.boolean_query(terms), 0.0)


def open_searcher(folder: Path) -> Searcher:
    """tantivy over an index that ``build`` made."""
    return _Searcher(folder)


def _missing() -> str | None:
    return None if INSTALLED else "the package tantivy is not installed"


PEER = Peer("tantivy", "tantivy", _missing, lambda: version("tantivy"), build, open_searcher)
