"""Long tables a page at a time; the files and the API hold all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from peelsearch.webapp.state import number_typed
from peelsearch.webapp.table_state import TableState

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands and the links to those beside it, empty where there are none."""

    range: str
    previous: str
    next: str


def page_typed(state: TableState) -> int:
    """The page that is asked for. Raises SettingError."""
    return number_typed("page", state.first("page"), 1)


def paged(
    rows: Sequence[Row], state: TableState, path: str, length: int
) -> tuple[tuple[Row, ...], Pager | None]:
    """The rows of the page, the last one for what lies behind it; no pager where one holds all."""
    last = max(1, -(-len(rows) // length))
    number = min(page_typed(state), last)
    shown = tuple(rows[(number - 1) * length : number * length])
    if last == 1:
        return shown, None
    first = (number - 1) * length + 1
    return shown, Pager(
        range=f"{first:,} to {first + len(shown) - 1:,} of {len(rows):,}",
        previous=state.at_page(number - 1).href(path) if number > 1 else "",
        next=state.at_page(number + 1).href(path) if number < last else "",
    )
