"""Writes benchmarks/RESULTS.md from the results that the runs kept in the work folder.

    python -m benchmarks.report --work FOLDER [--output FILE]

Nothing is stated that was not measured: a section without results is left out.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.common import ROOT, default_work
from benchmarks.peers import OURS, PEERS
from benchmarks.queries import COUNTS, KINDS

OUTPUT = ROOT / "benchmarks" / "RESULTS.md"
MEGABYTE = 1_000_000
Results: TypeAlias = Mapping[str, Mapping[int, Mapping[str, Any]]]
"""What was kept, by section and size."""
LABELS = {peer.name: peer.label for peer in PEERS}


def main() -> int:
    """Read, write; 2 when there is nothing to report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=default_work(), help="where results are")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="file to write")
    options = parser.parse_args()
    results = load(options.work)
    if not results:
        print(f"There are no results in {options.work}; run make bench first.", file=sys.stderr)
        return 2
    options.output.write_text(report(results), "utf-8")
    print(f"wrote {options.output}")
    return 0


def load(work: Path) -> Results:
    """The kept results."""
    found: dict[str, dict[int, Mapping[str, Any]]] = {}
    for path in sorted((work / "results").glob("*.json")):
        kept = json.loads(path.read_text("utf-8"))
        found.setdefault(kept["section"], {})[kept["size"]] = kept
    return found


def report(results: Results) -> str:
    """The whole file."""
    parts = [
        "# Benchmarks\n\nWritten by `make bench`; every figure was measured. How: the docstrings of"
        " the scripts in this folder.",
        _machine(results),
        *_queries(results.get("queries", {}), "Queries: text, heading and path"),
        *_queries(results.get("queries-body", {}), "Queries: the text alone"),
        *_growth(results.get("queries", {})),
        *_build(results.get("build", {})),
        *_updates(results.get("updates", {})),
        *_memory(results.get("memory", {})),
        *_cold(results.get("cold", {})),
        *_site(results.get("site", {})),
    ]
    return "\n\n".join(parts) + "\n"


def _machine(results: Results) -> str:
    kept = [row["machine"] for sizes in results.values() for row in sizes.values()]
    rows: dict[str, None] = {}
    for machine in kept:
        versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
        rows[
            f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB,"
            f" {machine['system']}, Python {machine['python']}; {versions}"
        ] = None
        for label, reason in machine["left_out"].items():
            rows[f"{label} was left out: {reason}."] = None
    dates = sorted({machine["date"] for machine in kept})
    lines = [f"- {row}" for row in rows]
    return "\n".join(
        ["## The machine", "", *lines, f"- measured {' to '.join(dates[:1] + dates[1:][-1:])}"]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _queries(sizes: Mapping[int, Mapping[str, Any]], title: str) -> list[str]:
    if not sizes:
        return []
    parts = [
        f"## {title}\n\n{sum(COUNTS.values())} queries, each the ten best passages with snippets,"
        " the exact total and the counts of three facets over all matches. *Ratio* is an engine's"
        f" time by {OURS.label}'s, as the geometric mean over the queries that both answer; *first*"
        " is the same for the first time that each query is asked."
    ]
    for size, kept in sorted(sizes.items()):
        rows = []
        for name, row in kept["engines"].items():
            kinds = row.get("kinds_ratio", {})
            rows.append(
                (
                    LABELS[name],
                    str(row["queries"]),
                    f"{row['p50_ms']:.2f}",
                    f"{row['p95_ms']:.2f}",
                    _ratio(row.get("ratio")),
                    _ratio(row.get("first_ratio")),
                    *(_ratio(kinds.get(kind)) for kind in KINDS),
                )
            )
        head = ("engine", "queries", "p50 ms", "p95 ms", "ratio", "first", *KINDS)
        parts.append(f"### {size:,} passages, {kept['rounds']} rounds\n\n{_table(head, rows)}")
        parts += _agreement(kept["agreement"])
    return parts


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _agreement(agreement: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines = []
    for name, kinds in agreement.items():
        asked = sum(row["asked"] for row in kinds.values())
        totals = sum(row["total"] for row in kinds.values())
        facets = sum(row["facets"] for row in kinds.values())
        differ = [kind for kind, row in kinds.items() if row["differ"]]
        where = f"; the others are of the kind {', '.join(differ)}" if differ else ""
        lines.append(
            f"- {LABELS[name]}: {totals} totals and {facets} facet counts of {asked} are those of"
            f" stock Whoosh{where}"
        )
    return ["\n".join(lines)] if lines else []


def _growth(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """The slope of log time over log size, from the smallest corpus to the largest."""
    if len(sizes) < 2:
        return []
    low, high = min(sizes), max(sizes)
    span = math.log(high / low)
    rows = []
    for name, row in sizes[high]["engines"].items():
        before = sizes[low]["engines"].get(name)
        if before is None:
            continue
        small, large = before["kinds_p50_ms"], row["kinds_p50_ms"]
        slopes = [
            f"{math.log(large[kind] / small[kind]) / span:.2f}" if kind in small else "-"
            for kind in KINDS
        ]
        rows.append((LABELS[name], *slopes))
    title = f"## Growth from {low:,} to {high:,} passages\n\n"
    how = "The exponent: with 0 a query takes the same at any size, with 1 in proportion to it.\n\n"
    return [title + how + _table(("engine", *KINDS), rows)]


def _build(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    parts = []
    for size, kept in sorted(sizes.items()):
        ours = kept["engines"].get(OURS.name, {})
        rows = [
            (
                LABELS[name],
                f"{row['passages_per_second']:,.0f}",
                _ratio(ours["seconds"] / row["seconds"] if ours else None),
                f"{row['peak_bytes'] / MEGABYTE:,.0f}",
                f"{row['index_bytes'] / MEGABYTE:,.0f}",
            )
            for name, row in kept["engines"].items()
        ]
        head = ("engine", "passages a second", f"speed by {OURS.label}'s", "peak MB", "index MB")
        text = f"## Building from {size:,} passages in memory\n\n{_table(head, rows)}"
        if ours:
            seconds = ours["analysis_seconds"]
            text += f"\n\nThe analysis alone, which is in all of these: {seconds:.1f} s."
        parts.append(text)
    return parts


def _updates(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    if not sizes:
        return []
    rows = [
        (
            f"{size:,}",
            f"{kept['added_passages']:.0f}",
            f"{kept['seconds'] * 1_000:.0f}",
            str(kept["commits"]),
            str(kept["segments"]),
            f"{(kept['ratio'] - 1) * 100:+.0f} %",
        )
        for size, kept in sorted(sizes.items())
    ]
    head = ("passages", "passages added", "ms", "commits", "segments", "query against one")
    return [
        "## Updates\n\nThe time to add ten documents, from documents in memory to the commit; and"
        " how much longer a query takes after the same passages came in many commits.\n\n"
        + _table(head, rows)
    ]


def _memory(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    parts = []
    for size, kept in sorted(sizes.items()):
        rows = [
            (
                LABELS[name],
                f"{row['own_bytes'] / MEGABYTE:,.1f}",
                f"{row['own_bytes'] / size:,.0f}",
            )
            for name, row in kept["engines"].items()
        ]
        head = ("engine", "MB beyond mapped files", "bytes a passage")
        parts.append(f"## Memory while serving {size:,} passages\n\n{_table(head, rows)}")
    return parts


def _cold(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    parts = []
    for size, kept in sorted(sizes.items()):
        bare = kept["seconds"]["bare interpreter"]
        rows = [
            (name, f"{taken * 1_000:.0f}", f"{(taken - bare) * 1_000:.0f}")
            for name, taken in kept["seconds"].items()
        ]
        head = ("command", "ms", "ms beyond the interpreter")
        words = " ".join(kept["words"])
        parts.append(
            f"## Cold start: `peelsearch search {words}` over {size:,} passages\n\n"
            f"{_table(head, rows)}\n\nMedians of {kept['runs']} runs each, in turn."
        )
    return parts


def _site(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    parts = []
    for size, kept in sorted(sizes.items()):
        rows = [
            (
                name,
                f"{kept[name]['per_second']:.0f}",
                f"{kept[name]['p50_ms']:.1f}",
                f"{kept[name]['p99_ms']:.1f}",
                f"{kept[name]['wrong']} of {kept[name]['requests']:,}",
            )
            for name in ("api", "pages")
        ]
        head = ("what", "a second", "p50 ms", "p99 ms", "wrong answers")
        own = kept["server_own_bytes"] / MEGABYTE
        parts.append(
            f"## The site: {kept['clients']} clients at once, {size:,} passages\n\n"
            f"{_table(head, rows)}\n\nThe server held {own:.0f} MB beyond mapped files at the end."
        )
    return parts


if __name__ == "__main__":
    sys.exit(main())
