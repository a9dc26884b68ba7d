"""Whether answers are those of stock Whoosh: the 200 queries, both executors, match by match.

    python -m benchmarks.run_oracle --size 10000

For each query the same totals, facet counts and ten best passages in the same order, and scores
within 1e-9. Prints what differs; the exit code says whether anything does.
"""

from __future__ import annotations

import sys

from benchmarks.common import parser, setting
from benchmarks.oracle.reader import open_reader as open_oracle
from benchmarks.peers import OURS
from benchmarks.queries import BenchQuery, Fuzzy, Prefix, make_queries
from benchmarks.run_build import build_missing
from peelsearch.alternatives import MAX_EXPANSION
from peelsearch.engine.opening import open_reader
from peelsearch.engine.protocol import Reader
from peelsearch.engine.serving import open_serving_reader
from peelsearch.model import AnyOf, Matches, Request, Word

SCORE = 1e-9


def main() -> int:
    """Compare, print and keep what was found."""
    chosen = parser(__doc__).parse_args()
    chosen.peers = [OURS.name]
    run = setting(chosen)
    build_missing(run)
    where = run.index(OURS)
    oracle = open_oracle(where)
    readers = {"commands": open_reader(where), "site": open_serving_reader(where)}
    queries = make_queries(run.size, run.work)
    differing = 0
    for query in queries:
        expected = oracle.search(request(query, readers["site"]))
        for name, reader in readers.items():
            if not agree(reader.search(request(query, reader)), expected):
                differing += 1
                print(f"query {query.number} ({query.kind}), {name}: differs")
    compared = len(queries) * len(readers)
    print(f"{compared - differing} of {compared} answers are those of stock Whoosh")
    run.save("oracle", {"compared": compared, "differing": differing})
    return 1 if differing else 0


def request(query: BenchQuery, reader: Reader) -> Request:
    """The query with its prefix or near words spelled out by the reader."""
    match query.match:
        case Prefix(prefix):
            words = tuple(reader.words_with_prefix(prefix, MAX_EXPANSION))
        case Fuzzy(word, edits):
            words = tuple(near for near, _, _ in reader.words_near(word, edits))
        case _:
            return Request(query.match, filters=query.filters, boost=query.boost)
    return Request(AnyOf(tuple(map(Word, words))), filters=query.filters, boost=query.boost)


def agree(found: Matches, expected: Matches) -> bool:
    """Whether totals, counts, the best passages and their scores are the same."""
    counts = all(expected.facets[name] == values for name, values in found.facets.items())
    same = [match.passage for match in found.matches] == [m.passage for m in expected.matches]
    close = all(
        abs(ours.score - theirs.score) <= SCORE
        for ours, theirs in zip(found.matches, expected.matches, strict=False)
    )
    totals = (found.total, found.documents) == (expected.total, expected.documents)
    return totals and counts and same and close


if __name__ == "__main__":
    sys.exit(main())
