"""The tracker: a CSV file that people write, joined to the findings. It is never written to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from peelsearch.corpus import Corpus
from peelsearch.errors import InputError
from peelsearch.extracts import ExtractMemory
from peelsearch.model import Filters
from peelsearch.model.papers import RowState, TrackedRow, Tracker, TrackerRow
from peelsearch.model.register import Entry
from peelsearch.papers.tracker_file import parse
from peelsearch.register import RegisterOptions, register
from peelsearch.vocabulary import Vocabulary

# The end of a finding's id: what its headings and words give, whatever file they stand in.
_WORDS = re.compile(r"-([0-9a-f]{8}(?:-\d+)?)$")
# Problems that a message lists.
_LISTED = 5


def read_tracker(file: Path) -> tuple[TrackerRow, ...]:
    """The rows of a file. Raises InputError, which names the lines that cannot be used."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"The tracker {file} cannot be read: {error.strerror or error}.",
            hint='"peelsearch tracker --new FILE" writes a file to start with.',
        ) from error
    rows, problems = parse(data)
    if problems:
        shown = "; ".join(problems[:_LISTED])
        more = f"; and {len(problems) - _LISTED} more" if len(problems) > _LISTED else ""
        raise InputError(
            f"The tracker {file} cannot be used: {shown}{more}.",
            hint="Mend these lines; nothing in the file was changed.",
        )
    return rows


def joined_tracker(
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
    file: str,
    rows: Sequence[TrackerRow],
) -> Tracker:
    """The rows with their findings: by id, else by the words that the id stands for.

    The whole register is asked, so that a row does not go missing under a filter.
    """
    found = register(corpus, vocabulary, memory, RegisterOptions(as_of="2000-01-01"))
    joining = _Joining(found.entries)
    # Ids come first, so that a row that only has the same words cannot take a finding.
    exact = {row.line: entry for row in rows if (entry := joining.by_id.get(row.id))}
    taken: dict[str, int] = {}
    for row in rows:
        if row.line in exact:
            taken.setdefault(exact[row.line].id, row.line)
    joined = tuple(joining.row(row, exact.get(row.line), taken) for row in rows)
    tracked = {one.entry.id for one in joined if one.entry}
    untracked = tuple(e for e in found.entries if e.ask and e.id not in tracked)
    return Tracker(file, joined, untracked, found.fingerprint)


def starting_tracker(
    corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory, filters: Filters = ()
) -> tuple[tuple[str, str], ...]:
    """Id and reference of each ask under the filters: what a new file starts with."""
    options = RegisterOptions(as_of="2000-01-01", filters=filters)
    found = register(corpus, vocabulary, memory, options).entries
    return tuple((entry.id, entry.reference) for entry in found if entry.ask)


class _Joining:
    """The findings by all that a row may know of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        # A letter's quotation joins its report once that is held: both ids are the finding's.
        self.by_id: Mapping[str, Entry] = {
            identifier: entry
            for entry in reversed(entries)
            for identifier in (*(place.said.passage for place in entry.also), entry.id)
            if identifier
        }
        self._by_words: dict[str, list[Entry]] = {}
        for identifier, entry in self.by_id.items():
            known = self._by_words.setdefault(_words(identifier), [])
            if entry not in known:
                known.append(entry)
        self._by_reference: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_reference.setdefault(_folded(entry.reference), []).append(entry)

    def row(self, row: TrackerRow, exact: Entry | None, taken: dict[str, int]) -> TrackedRow:
        """The row with its finding. ``taken`` says which line has a finding, and learns of it."""
        entry, state = exact, RowState.HELD
        if entry is None:
            entry, state = self._moved(row), RowState.MOVED
        if entry is None:
            return TrackedRow(row, RowState.GONE, None, self._guess(row))
        line = taken.setdefault(entry.id, row.line)
        if line != row.line:
            return TrackedRow(row, RowState.TWICE, None, f"line {line} is of the same finding")
        hint = "" if row.id == entry.id else f"its id is now {entry.id}"
        return TrackedRow(row, state, entry, hint)

    def _moved(self, row: TrackerRow) -> Entry | None:
        """The one finding with the words of a row's id, unless its reference speaks against it."""
        same = self._by_words.get(_words(row.id), [])
        if row.reference:
            same = [e for e in same if _folded(e.reference) == _folded(row.reference)]
        return same[0] if len(same) == 1 else None

    def _guess(self, row: TrackerRow) -> str:
        """What a row without a finding may have meant; a person has to decide."""
        worded = self._by_words.get(_words(row.id), [])
        if worded:
            return f"the same words: {_listed(worded)}"
        named = self._by_reference.get(_folded(row.reference), []) if row.reference else []
        return f"the same reference: {_listed(named)}" if named else ""


def _listed(entries: Iterable[Entry]) -> str:
    return ", ".join(f"{entry.reference} ({entry.id})" for entry in entries)


def _words(identifier: str) -> str:
    """The part of an id that does not depend on the file; the whole of what is no id of ours."""
    found = _WORDS.search(identifier)
    return found[1] if found else identifier


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
