"""Documents in place of passages: the same matches gathered, and each document searched alone."""

from __future__ import annotations

import pytest

from commands import Terminal
from peelsearch.corpus import Corpus
from peelsearch.errors import DocumentNotFoundError
from peelsearch.model import Sort
from peelsearch.records import replace
from peelsearch.search import SearchOptions, facet_values, search
from peelsearch.vocabulary import Vocabulary

ALL = SearchOptions(limit=1_000)
QUERIES = (
    "force",
    "neighbourhood policing",
    "the force should improve how it responds",
    "jail",
    "kind:recommendation",
    "burglary -victims grade:good",
)


def gathered(
    corpus: Corpus, vocabulary: Vocabulary, query: str, sort: Sort
) -> list[tuple[str, list[str]]]:
    """All documents of a search with all of their passages, from the hits one by one."""
    options, order = replace(ALL, sort=sort), dict[str, None]()
    passages: dict[str, list[str]] = {}
    for page in range(1, search(corpus, vocabulary, query, options).pages + 1):
        hits = search(corpus, vocabulary, query, replace(options, page=page)).hits
        order |= dict.fromkeys(hit.document.id for hit in hits)
        for hit in search(corpus, vocabulary, query, replace(ALL, page=page)).hits:
            passages.setdefault(hit.document.id, []).append(hit.passage.id)
    return [(document, passages[document]) for document in order]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", QUERIES)
def test_each_document_stands_once_with_its_best_passages(
    query: str, sort: Sort, many: Corpus, vocabulary: Vocabulary
) -> None:
    expected = gathered(many, vocabulary, query, sort)
    found = []
    options = SearchOptions(by_document=True, sort=sort, limit=7)
    pages = search(many, vocabulary, query, options).pages
    assert pages == max(1, -(-len(expected) // 7))
    for page in range(1, pages + 1):
        results = search(many, vocabulary, query, replace(options, page=page))
        assert results.groups is not None
        assert [hit for group in results.groups for hit in group.hits] == list(results.hits)
        assert all(hit.rank == group.rank for group in results.groups for hit in group.hits)
        found += results.groups
    assert [group.rank for group in found] == list(range(1, len(expected) + 1))
    assert [(g.document.id, g.total, [h.passage.id for h in g.hits]) for g in found] == [
        (document, len(passages), passages[:3]) for document, passages in expected
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_totals_and_counts_are_those_of_passages(
    query: str, many: Corpus, vocabulary: Vocabulary
) -> None:
    plain = search(many, vocabulary, query)
    grouped = search(many, vocabulary, query, SearchOptions(by_document=True))
    assert plain.groups is None
    for name in ("total", "documents", "facets", "more", "notes", "interpreted", "suggestion"):
        assert getattr(plain, name) == getattr(grouped, name), name


@pytest.mark.parametrize("query", QUERIES)
def test_a_document_alone_has_as_many_as_were_said(
    query: str, corpus: Corpus, vocabulary: Vocabulary
) -> None:
    results = search(corpus, vocabulary, query, replace(ALL, by_document=True))
    for group in results.groups or ():
        alone = search(corpus, vocabulary, query, replace(ALL, document=group.document.id))
        assert alone.total == group.total
        assert {hit.document.id for hit in alone.hits} == {group.document.id}
        assert [h.passage.id for h in alone.hits[:3]] == [h.passage.id for h in group.hits]


def test_a_document_alone_is_a_search(corpus: Corpus, vocabulary: Vocabulary) -> None:
    for identifier in corpus.documents:
        held = len(corpus.reader.passages(identifier))
        only = SearchOptions(document=identifier)
        assert search(corpus, vocabulary, "", only).total == held
        assert (
            sum(n.count for n in dict(facet_values(corpus, vocabulary, "", only))["kind"]) == held
        )


def test_the_date_counts_in_a_document_too(corpus: Corpus, vocabulary: Vocabulary) -> None:
    for document in corpus.documents.values():
        options = SearchOptions(document=document.id, until="1990")
        assert search(corpus, vocabulary, "force", options).total == 0


def test_a_document_that_is_not_held_is_said(corpus: Corpus, vocabulary: Vocabulary) -> None:
    for ask in (search, facet_values):
        with pytest.raises(DocumentNotFoundError, match='"nobody"'):
            ask(corpus, vocabulary, "force", SearchOptions(document="nobody"))


def test_a_page_past_the_last_is_the_last(corpus: Corpus, vocabulary: Vocabulary) -> None:
    options = SearchOptions(by_document=True, limit=2, page=9)
    results = search(corpus, vocabulary, "force", options)
    assert (results.page, results.pages) == (2, 2)
    assert [group.rank for group in results.groups or ()] == [3]
    assert any("no page 9" in note for note in results.notes)


def test_nothing_found_has_no_documents(corpus: Corpus, vocabulary: Vocabulary) -> None:
    results = search(corpus, vocabulary, "xylophone", SearchOptions(by_document=True))
    assert (results.total, results.groups, results.pages) == (0, (), 1)


def test_the_command_lists_documents(terminal: Terminal) -> None:
    _, out, _ = terminal("search", "force", "--group", "document", "--limit", "2")
    found = terminal.json("search", "force", "--group", "document", "--limit", "2")
    first, second = found["groups"]
    assert f"1. {first['document']['title']}" in out
    assert f"{first['total']:,} matching passages\n" in out
    assert f"{second['total']:,} matching passage\n" in out
    assert f"Documents 1 to 2 of {found['documents']}; --page 2 shows the next." in out
    assert f"--document {first['document']['id']} shows all {first['total']} passages" in out
    assert [hit["passage"] for hit in found["hits"]] == [*first["passages"], *second["passages"]]
    assert found["pages"] == 2
    alone = terminal.json("search", "force", "--document", first["document"]["id"])
    assert (alone["total"], alone["documents"], alone["groups"]) == (first["total"], 1, None)


def test_the_command_says_what_is_wrong(terminal: Terminal) -> None:
    code, _, said = terminal("search", "force", "--document", "nobody")
    assert (code, said.splitlines()[0]) == (2, 'Error: No document has the id "nobody".')
    assert terminal("search", "force", "--group", "force")[0] == 2
