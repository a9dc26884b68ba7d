"""Entries, tables and the vocabulary that holds them: names compared, values resolved."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, lru_cache
from itertools import chain

from peelsearch.errors import UnknownValueError
from peelsearch.records import dataclass

# What a facet calls each table of the file. ``mentions`` and ``force`` share one.
TABLES = ("force", "theme", "grade", "kind", "type", "round")
SUGGESTIONS = 3
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"['’‘`´]")
_LINE = 300
# A typed value this close to a name is worth suggesting (difflib ratio; "Bedfordshre" is .95).
NEAR = 0.6


def fold(name: str) -> str:
    """A name as it is compared: lower case, "&" as "and", no punctuation, single spaces."""
    return _fold_line(name) if len(name) <= _LINE else _fold(name)


def _fold(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", name)))


# Lines of documents repeat, and each is compared with every table.
_fold_line = lru_cache(maxsize=65_536)(_fold)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that has an id. ``aliases`` name it in texts; ``short`` only when a person types.

    ``headings``, ``members``, ``passage``, ``prefix``, ``level``, ``listed``, ``finding``,
    ``ask`` and ``carries`` belong to kinds, ``topics``, ``prose``, ``judged``, ``within`` and
    ``pillar`` to themes, ``state`` and ``clues`` to grades, ``titles``, ``clues``, ``quoting``
    and ``round`` to types; docs/vocabularies.md explains them.
    """

    id: str
    label: str
    order: int
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    level: int = 2
    listed: bool = False
    within: bool = False
    pillar: bool = False
    quoting: bool = False
    round: bool = False
    members: str | None = None
    passage: str | None = None
    carries: str | None = None
    finding: bool = False
    ask: bool = False
    state: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What a text may call it: label, then aliases."""
        return (self.label, *self.aliases)

    @property
    def typed_names(self) -> tuple[str, ...]:
        """What a person may type for it."""
        return (self.id, self.label, *self.aliases, *self.short, *self.topics)


@dataclass(frozen=True, slots=True)
class KnownHeading:
    """A heading that is known by its words: its level, and the kind of headed sections below."""

    headings: tuple[str, ...]
    level: int
    members: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseRule:
    """The time that a law gives for publishing comments on a report.

    ``days`` begin with the day of publication; ``since`` is the ISO day the rule began on, ``law``
    its name.
    """

    days: int
    since: str
    law: str


class Table:
    """The entries of one kind, in file order, with exact look-ups by folded name."""

    def __init__(self, name: str, entries: tuple[Entry, ...]) -> None:
        self.name = name
        self.entries = entries
        self._by_id = {entry.id: entry for entry in entries}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def __getitem__(self, identifier: str) -> Entry:
        return self._by_id[identifier]

    def get(self, identifier: str) -> Entry | None:
        """The entry with this id."""
        return self._by_id.get(identifier)

    def named(self, text: str) -> Entry | None:
        """The entry that a document means by exactly this name (label or alias)."""
        return self._by_name.get(fold(text))

    def headed(self, text: str) -> Entry | None:
        """The kind of section that is headed by exactly these words."""
        return self._by_heading.get(fold(text))

    def typed(self, text: str) -> Entry | None:
        """The entry that a person means by an id, label, alias, short name or topic."""
        entry = self._by_id.get(text) or self._typed_names.get(fold(text))
        # The heading over findings is no kind of passage; who types it means the findings.
        if entry is not None and entry.passage is not None and entry.members is not None:
            return self._by_id[entry.members]
        return entry

    def may_begin(self, word: str) -> bool:
        """Whether ``typed`` knows a name, folded, that begins with this folded word."""
        return word in self._first_words

    def nearest(self, text: str) -> tuple[Entry, ...]:
        """Up to three entries whose names are spelled most like the text, nearest first."""
        close = difflib.get_close_matches(
            fold(text), list(self._typed_names), n=3 * SUGGESTIONS, cutoff=NEAR
        )
        found = dict.fromkeys(self._typed_names[name].id for name in close)
        return tuple(self._by_id[identifier] for identifier in list(found)[:SUGGESTIONS])

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What people call each value; a value that no entry has is its own label."""
        return {"not-stated": "Not stated", **{entry.id: entry.label for entry in self.entries}}

    @cached_property
    def orders(self) -> Mapping[str, int]:
        """Where each value belongs, by id."""
        return {entry.id: entry.order for entry in self.entries}

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        return _first((fold(text), entry) for entry in self.entries for text in entry.names)

    @cached_property
    def _by_heading(self) -> dict[str, Entry]:
        return _first((fold(text), entry) for entry in self.entries for text in entry.headings)

    @cached_property
    def _typed_names(self) -> dict[str, Entry]:
        # Every entry's names of texts come before any entry's short names.
        written = ((fold(text), e) for e in self.entries for text in (*e.aliases, e.label))
        typed = ((fold(text), e) for e in self.entries for text in e.typed_names)
        return _first(chain(written, typed))

    @cached_property
    def _first_words(self) -> frozenset[str]:
        names = (*self._typed_names, *map(fold, self._by_id))
        return frozenset(name.partition(" ")[0] for name in names)


def _first(named: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    """The first entry of each name."""
    found: dict[str, Entry] = {}
    for name, entry in named:
        found.setdefault(name, entry)
    return found


@dataclass(frozen=True)
class Vocabulary:
    """All tables of one vocabulary file. ``fingerprint`` changes whenever the file does."""

    force: Table
    theme: Table
    grade: Table
    kind: Table
    type: Table
    round: Table
    signatories: tuple[str, ...]
    offices: tuple[str, ...]
    force_words: tuple[str, ...]
    force_lead_ins: tuple[str, ...]
    area_columns: tuple[str, ...]
    grade_columns: tuple[str, ...]
    carried_over: tuple[str, ...]
    comparison_warnings: tuple[str, ...]
    addressee: Table
    known_headings: tuple[KnownHeading, ...]
    labels: tuple[tuple[str, str], ...]
    response_rule: ResponseRule | None
    fingerprint: str
    # What an index remembers of it; ``remembered_vocabulary`` reads it.
    source: str = field(default="", repr=False)

    def table(self, name: str) -> Table:
        """The table by its name in the file."""
        if name not in TABLES:
            raise KeyError(name)
        table: Table = getattr(self, name)
        return table

    def known_heading(self, text: str) -> KnownHeading | None:
        """The known heading of exactly these words."""
        return self._known.get(fold(text))

    @cached_property
    def _known(self) -> dict[str, KnownHeading]:
        return {fold(text): known for known in self.known_headings for text in known.headings}

    @cached_property
    def asks(self) -> tuple[str, ...]:
        """The kinds that ``ask`` stands for."""
        return tuple(entry.id for entry in self.kind if entry.ask)

    def label(self, table: str, identifier: str) -> str:
        """What people call the value; values that no table holds are their own label."""
        return self.table(table).labels.get(identifier, identifier)

    def facet_label(self, name: str, default: str) -> str:
        """What people call a facet: "Force", or what [labels] of the file says instead."""
        return dict(self.labels).get(name, default)

    def resolve(self, table: str, typed: str) -> tuple[str, ...]:
        """The ids that a typed value stands for: one, or the asks.

        Raises UnknownValueError with the nearest values, or with the table that knows the value.
        """
        if table == "kind" and fold(typed) in ("ask", "asks"):
            return self.asks
        if fold(typed) == "not stated":
            return ("not-stated",)
        entry = self.table(table).typed(typed)
        if entry is not None:
            return (entry.id,)
        raise self._unknown(table, typed)

    def _called(self, table: str) -> str:
        return self.facet_label(table, table).lower()

    def _unknown(self, table: str, typed: str) -> UnknownValueError:
        for other in TABLES:
            entry = self.table(other).typed(typed) if other != table else None
            if entry is not None:
                return UnknownValueError(
                    f'"{typed}" is not a {self._called(table)}: '
                    f"it is a {self._called(other)} ({entry.label}).",
                    hint=f"Filter by {other} instead: {other}:{entry.id}",
                    suggestions=(entry.id,),
                )
        near = self.table(table).nearest(typed)
        hint = (
            "Did you mean " + " or ".join(f"{e.id} ({e.label})" for e in near) + "?"
            if near
            else f'"peelsearch facets {table}" lists the values that documents have.'
        )
        return UnknownValueError(
            f'No {self._called(table)} is called "{typed}".',
            hint=hint,
            suggestions=tuple(e.id for e in near),
        )
