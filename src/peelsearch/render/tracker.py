"""What people note of findings: beside a finding, and as a table of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from peelsearch.model.papers import RowState, TrackedRow, Tracker, TrackerRow
from peelsearch.render import words
from peelsearch.render.sheets import Export, Sheet, Value, literal
from peelsearch.render.style import Style

NOTED = ("owner", "status", "note", "evidence", "closed")
TRACKER_COLUMNS = tuple(f"tracker_{name}" for name in NOTED)
STATES = {
    RowState.HELD: "joined by its id",
    RowState.MOVED: "joined by its words",
    RowState.GONE: "no such finding in this corpus",
    RowState.TWICE: "another row is of the same finding",
}
COLUMNS = ("line", "id", "reference", *NOTED, "state", "finding", "finding_reference", "hint")
# Rows without a finding that stand beside another table.
_LISTED = 5

# --- beside a finding -------------------------------------------------------------------------


def noted_json(row: TrackerRow | None) -> dict[str, Any] | None:
    """What is noted, null where no row is joined."""
    return {name: getattr(row, name) for name in NOTED} if row else None


def noted_cells(row: TrackerRow | None) -> tuple[Value, ...]:
    """A value for each of the tracker's columns."""
    return tuple(getattr(row, name) or None for name in NOTED) if row else (None,) * len(NOTED)


def noted_words(row: TrackerRow | None) -> str:
    """Owner, status, day of closing, note and evidence; empty where nothing is noted."""
    if row is None:
        return ""
    closed = f"closed {words.date(row.closed)}" if row.closed else ""
    evidence = f"evidence: {row.evidence}" if row.evidence else ""
    parts = (row.owner, row.status, closed, row.note, evidence)
    return " · ".join(" ".join(part.split()) for part in parts if part)


def noted_literal(row: TrackerRow | None) -> str:
    """The same for a table, which takes its texts for those of documents."""
    return literal(noted_words(row))


def unjoined_json(tracker: Tracker) -> dict[str, Any]:
    """The file and those of its rows that no finding shows."""
    return {"file": tracker.file, "unjoined": [tracked_json(one) for one in tracker.unjoined]}


def unjoined_words(tracker: Tracker | None) -> tuple[str, ...]:
    """A sentence for each row that no finding shows, the first ones where there are many."""
    if tracker is None:
        return ()
    unjoined = tracker.unjoined
    said = [f"{tracker.file}, line {one.row.line}: {_unjoined(one)}" for one in unjoined[:_LISTED]]
    if len(unjoined) > _LISTED:
        said.append(f'And {len(unjoined) - _LISTED} more rows: "peelsearch tracker" lists them.')
    return tuple(said)


def _unjoined(one: TrackedRow) -> str:
    name = f"{one.row.reference} ({one.row.id})" if one.row.reference else one.row.id
    hint = f"; {one.hint}" if one.hint else ""
    return " ".join(f"{name}: {STATES[one.state]}{hint}.".split())


# --- by itself --------------------------------------------------------------------------------


def tracker_json(tracker: Tracker) -> dict[str, Any]:
    """Every row with its finding, and the asks without a row."""
    return {
        "file": tracker.file,
        "rows": [tracked_json(one) for one in tracker.rows],
        "untracked": [
            {"id": entry.id, "reference": entry.reference} for entry in tracker.untracked
        ],
        "fingerprint": tracker.fingerprint,
    }


def tracked_json(one: TrackedRow) -> dict[str, Any]:
    """A row as it is written, and where its finding is."""
    row, entry = one.row, one.entry
    return {
        "line": row.line,
        "id": row.id,
        "reference": row.reference,
        **{name: getattr(row, name) for name in NOTED},
        "state": one.state.value,
        "finding": {"id": entry.id, "reference": entry.reference} if entry else None,
        "hint": one.hint,
    }


def tracker_text(tracker: Tracker, style: Style) -> str:
    """A paragraph for each row, in the order of the file."""
    lines = [style.bold(counted_words(tracker))]
    for one in tracker.rows:
        lines += ["", *_row_text(one, style)]
    lines += ["", untracked_words(tracker), "", style.dim(f"Made of: {tracker.fingerprint}")]
    return "\n".join(lines) + "\n"


def counted_words(tracker: Tracker) -> str:
    """How many rows there are, by where their findings are."""
    counts = Counter(one.state for one in tracker.rows)
    parts = ", ".join(f"{counts[state]} {STATES[state]}" for state in RowState if counts[state])
    return f"{tracker.file}: {words.count(len(tracker.rows), 'row')}" + (parts and f" ({parts})")


def untracked_words(tracker: Tracker) -> str:
    """How many asks have no row."""
    return f"{words.count(len(tracker.untracked), 'ask')} of this corpus without a row."


def _row_text(one: TrackedRow, style: Style) -> Iterator[str]:
    row = one.row
    name = one.entry.reference if one.entry else row.reference or row.id
    yield style.bold(" ".join(name.split())) + f" · line {row.line}"
    yield style.wrap(noted_words(row) or "nothing noted", "  ")
    if one.state is not RowState.HELD or one.hint:
        hint = f"; {one.hint}" if one.hint else ""
        yield style.wrap(f"{STATES[one.state]}{hint}", "  ")
    yield style.dim(f"  {row.id}")


def tracker_sheet(tracker: Tracker) -> Sheet:
    """A row for each row."""
    rows = tuple(
        (
            one.row.line,
            one.row.id,
            one.row.reference,
            *noted_cells(one.row),
            one.state.value,
            one.entry.id if one.entry else None,
            one.entry.reference if one.entry else None,
            one.hint,
        )
        for one in tracker.rows
    )
    return Sheet("Tracker", COLUMNS, rows)


def tracker_export(tracker: Tracker) -> Export:
    """The rows to read, those without a finding too; then the asks without a row."""
    rows = tuple(
        (
            one.entry.reference if one.entry else literal(one.row.reference or one.row.id),
            literal(one.row.owner),
            literal(one.row.status),
            words.date(one.row.closed or None),
            literal(one.row.note),
            literal(one.row.evidence),
            "; ".join(filter(None, (STATES[one.state], one.hint))),
        )
        for one in tracker.rows
    )
    columns = ("Finding", "Owner", "Status", "Closed", "Note", "Evidence", "Row")
    missing = tuple((entry.reference, entry.headline) for entry in tracker.untracked)
    return Export(
        "Tracker",
        (counted_words(tracker), untracked_words(tracker)),
        (
            Sheet("Rows", columns, rows),
            Sheet("Asks without a row", ("Reference", "Words"), missing),
        ),
        tracker.fingerprint,
    )
