"""Figures as a table for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tools.quality.figures import FIRST, PLAIN, Figure, Result
from tools.quality.floors import Floors

_COLUMNS = ("measure", "count", "peelsearch", PLAIN, FIRST, "floor")


def table(results: Sequence[Result], floors: Floors) -> str:
    """Every figure with what simpler ways reach and its floor."""
    lines = []
    for result in results:
        pinned = floors.get(result.collection, {})
        rows = [_row(figure, pinned.get(figure.measure)) for figure in result.figures.values()]
        lines += [result.collection, *_aligned([_COLUMNS, *rows])]
        lines += [f"  quotations that are not their document's slice: {len(result.violations)}", ""]
    return "\n".join(lines)


def misses(result: Result) -> Iterable[str]:
    """What was wrong, run by run."""
    for run in result.runs:
        yield from (f"{run.name}: {line}" for line in (*run.violations, *run.misses))


def as_json(results: Sequence[Result], floors: Floors) -> dict[str, Any]:
    """The same figures as one object."""
    return {
        "collections": [
            {
                "collection": result.collection,
                "violations": list(result.violations),
                "figures": [
                    {
                        "run": run.name,
                        "measure": figure.measure,
                        "value": figure.value,
                        "count": figure.count,
                        "baselines": dict(figure.baselines),
                        "floor": floors.get(result.collection, {}).get(figure.measure),
                    }
                    for run in result.runs
                    for figure in run.figures
                ],
            }
            for result in results
        ]
    }


def _row(figure: Figure, floor: float | None) -> tuple[str, ...]:
    def shown(value: float | None) -> str:
        return "" if value is None else f"{value:.3f}" if figure.pinned else f"{value:.1f}"

    simpler = (shown(figure.baselines.get(name)) for name in (PLAIN, FIRST))
    return (figure.measure, str(figure.count), shown(figure.value), *simpler, shown(floor))


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
