"""The words of the field, read from one data file: forces, themes, grades, kinds, types, rounds.

The rest of the program knows ids and asks here what a heading, a cell or a typed value means.
Another file makes the same program serve another inspectorate. Finding things *in documents* is
the business of ``documents``; this module only compares names.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from peelsearch.errors import UnknownValueError, VocabularyError

DEFAULT_FILE = "vocabulary.toml"
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

    ``headings``, ``members``, ``passage``, ``prefix``, ``level``, ``finding``, ``ask`` and
    ``carries`` belong to kinds, ``topics``, ``prose`` and ``within`` to themes, ``state`` and
    ``clues`` to grades, ``titles``, ``clues``, ``quoting`` and ``round`` to types; the vocabulary
    file explains them.
    """

    id: str
    label: str
    order: int
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    level: int = 2
    within: bool = False
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


class Table:
    """The entries of one kind, in file order, with exact look-ups by folded name."""

    def __init__(self, name: str, entries: tuple[Entry, ...]) -> None:
        self.name = name
        self.entries = entries
        self._by_id = {entry.id: entry for entry in entries}
        self._by_name: dict[str, Entry] = {}
        self._by_heading: dict[str, Entry] = {}
        for entry in entries:
            for text in entry.names:
                self._by_name.setdefault(fold(text), entry)
            for text in entry.headings:
                self._by_heading.setdefault(fold(text), entry)

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

    def nearest(self, text: str) -> tuple[Entry, ...]:
        """Up to three entries whose names are spelled most like the text, nearest first."""
        close = difflib.get_close_matches(
            fold(text), list(self._typed_names), n=3 * SUGGESTIONS, cutoff=NEAR
        )
        found = dict.fromkeys(self._typed_names[name].id for name in close)
        return tuple(self._by_id[identifier] for identifier in list(found)[:SUGGESTIONS])

    @cached_property
    def _typed_names(self) -> dict[str, Entry]:
        names: dict[str, Entry] = {}
        # Every entry's names of texts come before any entry's short names.
        for entry in self.entries:
            for text in (*entry.aliases, entry.label):
                names.setdefault(fold(text), entry)
        for entry in self.entries:
            for text in entry.typed_names:
                names.setdefault(fold(text), entry)
        return names


@dataclass(frozen=True)
class Vocabulary:
    """All tables of one vocabulary file. ``fingerprint`` changes whenever the file does."""

    force: Table
    theme: Table
    grade: Table
    kind: Table
    type: Table
    round: Table
    inspectorate: tuple[str, ...]
    signatories: tuple[str, ...]
    offices: tuple[str, ...]
    force_words: tuple[str, ...]
    known_headings: tuple[KnownHeading, ...]
    fingerprint: str

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
        entry = self.table(table).get(identifier) if table in TABLES else None
        if entry is not None:
            return entry.label
        return "Not stated" if identifier == "not-stated" else identifier

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

    def _unknown(self, table: str, typed: str) -> UnknownValueError:
        for other in TABLES:
            entry = self.table(other).typed(typed) if other != table else None
            if entry is not None:
                return UnknownValueError(
                    f'"{typed}" is not a {table}: it is a {other} ({entry.label}).',
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
            f'No {table} is called "{typed}".', hint=hint, suggestions=tuple(e.id for e in near)
        )


def _entry(table: str, order: int, raw: dict[str, Any]) -> Entry:
    known = set(Entry.__dataclass_fields__) - {"order"}
    unknown = sorted(set(raw) - known)
    name = raw.get("id", f"number {order + 1}")
    if unknown:
        raise VocabularyError(f'{table} "{name}" has an unknown key "{unknown[0]}".')
    for key in ("id", "label"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise VocabularyError(f'{table} "{name}" needs a text for "{key}".')
    values: dict[str, Any] = {}
    for key, value in raw.items():
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if not _fits(Entry.__dataclass_fields__[key].type, value, is_list=is_list):
            raise VocabularyError(f'{table} "{name}": the value of "{key}" has the wrong type.')
        values[key] = tuple(value) if is_list else value
    return Entry(order=order, **values)


def _fits(declared: object, value: object, *, is_list: bool) -> bool:
    """Whether a value of the file has the type that the field declares."""
    type_name = str(declared)
    if type_name.startswith("tuple"):
        return is_list
    expected = {"int": int, "bool": bool}.get(type_name, str)
    return type(value) is expected


def _names(key: str, raw: dict[str, Any]) -> tuple[str, ...]:
    """A list of names that is in no table; empty when the file has none."""
    names = raw.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise VocabularyError(f'"{key}" must be a list of texts.')
    return tuple(names)


def _known_heading(raw: dict[str, Any], kinds: Table) -> KnownHeading:
    headings, level, members = raw.get("headings"), raw.get("level"), raw.get("members")
    if not isinstance(headings, list) or not all(isinstance(text, str) for text in headings):
        raise VocabularyError('A known_heading needs a list of texts for "headings".')
    if not isinstance(level, int) or level < 1:
        raise VocabularyError(f'known_heading {headings}: "level" must be a number from 1 on.')
    if members is not None and members not in kinds:
        raise VocabularyError(f'known_heading {headings}: there is no kind "{members}".')
    return KnownHeading(tuple(headings), level, members)


def _table(name: str, raw: object) -> Table:
    if not isinstance(raw, list) or not raw:
        raise VocabularyError(f"There is no [[{name}]] in it.")
    entries = tuple(_entry(name, order, item) for order, item in enumerate(raw))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise VocabularyError(f'{name} "{entry.id}" is there twice.')
        seen.add(entry.id)
    return Table(name, entries)


def parse_vocabulary(source: str) -> Vocabulary:
    """A vocabulary from the text of its file. Raises VocabularyError with the place."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"It is not valid TOML: {error}.") from error
    tables = {name: _table(name, raw.get(name)) for name in TABLES}
    known = tuple(_known_heading(item, tables["kind"]) for item in raw.get("known_heading", []))
    return Vocabulary(
        **tables,
        inspectorate=_names("inspectorate", raw),
        signatories=_names("signatories", raw),
        offices=_names("offices", raw),
        force_words=_names("force_words", raw),
        known_headings=known,
        fingerprint=hashlib.sha256(source.encode()).hexdigest()[:16],
    )


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary in ``path``, or the one that comes with the program."""
    if path is None:
        return _default()
    try:
        return parse_vocabulary(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path} cannot be read: {error}.") from error
    except VocabularyError as error:
        raise VocabularyError(
            f"{path}: {error.message}", hint="docs/decisions.md says how the file is built."
        ) from error


@cache
def _default() -> Vocabulary:
    source = resources.files("peelsearch").joinpath(DEFAULT_FILE).read_text(encoding="utf-8")
    return parse_vocabulary(source)
