"""Floors: the least that each measure of a collection may be. They only go up."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from tools.quality.collection import ROOT
from tools.quality.figures import Result

FLOORS = ROOT / "tests" / "quality_floors.json"
Floors: TypeAlias = Mapping[str, Mapping[str, float]]
"""Measure to floor, by collection."""


class LoweredError(Exception):
    """A floor would have to be lowered; the message names the measures."""


def read_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors."""
    found: Floors = json.loads(path.read_text("utf-8"))
    return found


def failures(result: Result, floors: Floors) -> list[str]:
    """Each measure below its floor, each floor without a measure, each quotation that is wrong."""
    figures = result.figures
    found = [
        f"{result.collection}: not a slice of its document: {line}" for line in result.violations
    ]
    for measure, floor in floors.get(result.collection, {}).items():
        figure = figures.get(measure)
        if figure is None:
            found.append(f"{result.collection}: nothing measures {measure}, which has a floor")
        elif figure.value < floor:
            found.append(f"{result.collection}: {measure} is {figure.value:.4f}, its floor {floor}")
    return found


def raised(results: Sequence[Result], floors: Floors) -> dict[str, dict[str, float]]:
    """The floors raised to just below what was measured; measures without a floor get one.

    Collections that were not measured keep theirs. Raises LoweredError.
    """
    lowered = [line for result in results for line in failures(result, floors)]
    if lowered:
        raise LoweredError("\n".join(lowered))
    found = {collection: dict(pinned) for collection, pinned in floors.items()}
    for result in results:
        pinned = found.setdefault(result.collection, {})
        for figure in result.figures.values():
            if figure.pinned:
                below = math.floor(figure.value * 1_000) / 1_000
                pinned[figure.measure] = max(pinned.get(figure.measure, below), below)
    return found


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors, one measure a line."""
    path.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n", "utf-8")
