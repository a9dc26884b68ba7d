"""How long 200 queries take with each engine, in one interleaved run, and whether answers agree.

    python -m benchmarks.run_queries --size 10000 --rounds 5 [--body-only]

A query is always the ten best passages with a snippet each, the exact total, and counts for three
facets over all matches. Each query goes to every engine before the next one does, and the order of
the engines changes with each, so that a slow spell of the machine falls on all. What counts is a
query's median over the rounds. The first round is kept apart as well: there no engine has seen the
query before, so nothing that it may remember of it helps.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import geometric_mean
from typing import Any, TypeAlias

from benchmarks.common import Setting, middle, parser, percentile, setting
from benchmarks.peers import OURS
from benchmarks.peers.protocol import Answer, Peer, Searcher
from benchmarks.peers.whoosh_stock import PEER as STOCK
from benchmarks.queries import KINDS, BenchQuery, make_queries, without_headings
from benchmarks.run_build import build_missing

ROUNDS = 5
# Asked before the clock starts, so that files are open and in memory.
WARM_UP = 20
Times: TypeAlias = dict[int, list[float]]
"""The seconds of each round, by the query's number."""


@dataclass(slots=True)
class Measured:
    """What an engine took, and the answers of the last round."""

    times: Times = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)


def main() -> int:
    """Measure, print and keep the figures."""
    options = parser(__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS, help=f"default {ROUNDS}")
    options.add_argument("--body-only", action="store_true", help="score by the text alone")
    chosen = options.parse_args()
    run = setting(chosen)
    build_missing(run)
    queries = make_queries(run.size, run.work)
    if chosen.body_only:
        queries = without_headings(queries)
    measured = interleaved(run, queries, chosen.rounds)
    result = summary(measured, queries)
    result["rounds"] = chosen.rounds
    print_summary(result)
    run.save("queries-body" if chosen.body_only else "queries", result)
    return 0


def interleaved(run: Setting, queries: Sequence[BenchQuery], rounds: int) -> dict[str, Measured]:
    """Every query to every engine in turn, so many times."""
    searchers = {peer: peer.open(run.index(peer)) for peer in run.peers}
    measured = {peer.name: Measured() for peer in run.peers}
    for query in make_warm_up(queries):
        for peer, searcher in searchers.items():
            if query.kind not in peer.without:
                searcher.answer(query)
    # What is there stays: the collector need not go over it again in the middle of a query.
    gc.collect()
    gc.freeze()
    for turn in range(rounds):
        for query in queries:
            for peer in _rotated(run.peers, turn + query.number):
                if query.kind not in peer.without:
                    _ask(searchers[peer], query, measured[peer.name])
    for searcher in searchers.values():
        searcher.close()
    return measured


def make_warm_up(queries: Sequence[BenchQuery]) -> Sequence[BenchQuery]:
    """Some queries, spread over the kinds."""
    return queries[:: max(1, len(queries) // WARM_UP)]


def _rotated(peers: Sequence[Peer], by: int) -> Sequence[Peer]:
    start = by % len(peers)
    return (*peers[start:], *peers[:start])


def _ask(searcher: Searcher, query: BenchQuery, measured: Measured) -> None:
    started = time.perf_counter()
    answer = searcher.answer(query)
    measured.times.setdefault(query.number, []).append(time.perf_counter() - started)
    measured.answers[query.number] = answer


def summary(measured: Mapping[str, Measured], queries: Sequence[BenchQuery]) -> dict[str, Any]:
    """Medians and p95 in milliseconds, ratios to ours, agreement with stock Whoosh."""
    kinds = {query.number: query.kind for query in queries}
    typical = {name: {n: middle(t) for n, t in m.times.items()} for name, m in measured.items()}
    first = {name: {n: t[0] for n, t in m.times.items()} for name, m in measured.items()}
    engines = {}
    for name in measured:
        times = typical[name]
        engines[name] = {
            "queries": len(times),
            "p50_ms": percentile(times.values(), 0.5) * 1_000,
            "p95_ms": percentile(times.values(), 0.95) * 1_000,
            "kinds_p50_ms": {
                kind: middle(t for n, t in times.items() if kinds[n] == kind) * 1_000
                for kind in KINDS
                if any(kinds[n] == kind for n in times)
            },
        }
        if OURS.name in measured:
            engines[name]["ratio"] = _ratio(times, typical[OURS.name])
            engines[name]["first_ratio"] = _ratio(first[name], first[OURS.name])
            engines[name]["kinds_ratio"] = {
                kind: _ratio(
                    {n: t for n, t in times.items() if kinds[n] == kind}, typical["peelsearch"]
                )
                for kind in KINDS
                if any(kinds[n] == kind for n in times)
            }
    agreement = {}
    if STOCK.name in measured:
        agreement = {
            name: agreeing(m.answers, measured[STOCK.name].answers, queries)
            for name, m in measured.items()
            if name != STOCK.name
        }
    return {"engines": engines, "agreement": agreement}


def _ratio(times: Mapping[int, float], ours: Mapping[int, float]) -> float:
    """How many times as long as ours: geometric mean over the queries that both answer."""
    return geometric_mean(times[number] / ours[number] for number in times if number in ours)


def agreeing(
    answers: Mapping[int, Answer], stock: Mapping[int, Answer], queries: Sequence[BenchQuery]
) -> dict[str, Any]:
    """How many queries of each kind have the same total, and the same facet counts.

    Engines reach different words from a fuzzy one: whether swapped letters are one edit or two,
    and whether the first letter may differ, is for each to say.
    """
    rows: dict[str, Any] = {}
    for query in queries:
        if query.number not in answers:
            continue
        row = rows.setdefault(query.kind, {"asked": 0, "total": 0, "facets": 0, "differ": []})
        mine, theirs = answers[query.number], stock[query.number]
        row["asked"] += 1
        row["total"] += mine.total == theirs.total
        same = comparable(mine, query) == comparable(theirs, query)
        row["facets"] += same
        if mine.total != theirs.total or not same:
            row["differ"].append([query.number, mine.total, theirs.total])
    return rows


def comparable(answer: Answer, query: BenchQuery) -> dict[str, dict[str, int]]:
    """The facet counts that engines must agree on.

    Where a facet is filtered by, peelsearch counts its other values as well, as if it were not:
    that is what a reader who may choose another value needs, and more than the others do. Only the
    chosen values are compared there.
    """
    chosen = dict(query.filters)
    return {
        name: {
            value: count
            for value, count in counts.items()
            if count and (name not in chosen or value in chosen[name])
        }
        for name, counts in answer.facets.items()
    }


def print_summary(result: Mapping[str, Any]) -> None:
    """The figures as a table."""
    print("engine        p50 ms   p95 ms   ratio   first   " + "  ".join(f"{k:>6}" for k in KINDS))
    for name, row in result["engines"].items():
        kinds = row.get("kinds_ratio", {})
        shown = "  ".join(f"{kinds[kind]:6.2f}" if kind in kinds else "     -" for kind in KINDS)
        print(
            f"{name:<12} {row['p50_ms']:>7.2f} {row['p95_ms']:>8.2f}"
            f" {row.get('ratio', 0):>7.2f} {row.get('first_ratio', 0):>7.2f}   {shown}"
        )
    for name, kinds in result["agreement"].items():
        asked = sum(row["asked"] for row in kinds.values())
        totals = sum(row["total"] for row in kinds.values())
        facets = sum(row["facets"] for row in kinds.values())
        print(
            f"{name}: {totals} totals and {facets} facet counts of {asked} as stock Whoosh has them"
        )
        for kind, row in kinds.items():
            if row["differ"]:
                print(f"  {kind}: query, total, stock's total {row['differ'][:5]}")


if __name__ == "__main__":
    sys.exit(main())
