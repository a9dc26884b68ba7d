"""The vocabulary file: read, checked key by key, turned into tables.

An index remembers the values of the file as JSON, which is read twenty times as fast as TOML.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from peelsearch.digests import sha256
from peelsearch.errors import VocabularyError
from peelsearch.records import replace
from peelsearch.vocabulary.tables import (
    TABLES,
    Entry,
    KnownHeading,
    ResponseRule,
    Table,
    Vocabulary,
)

DEFAULT_FILE = "vocabulary.toml"
GUIDE = "docs/vocabularies.md says how the file is built."
# Lists of names that belong to no table.
LISTS = (
    "signatories",
    "offices",
    "force_words",
    "force_lead_ins",
    "area_columns",
    "grade_columns",
    "carried_over",
    "comparison_warnings",
)
HEADING_KEYS = ("headings", "level", "members")
# Facets that [labels] may name; facets.py has the whole table.
FACET_NAMES = (*TABLES, "year", "mentions")
KEYS = (*TABLES, *LISTS, "addressee", "known_heading", "labels", "response_rule")
# What the program itself gives to sections and documents. A file names them anew to give them
# another label, headings or names; what it leaves out is added behind its own entries.
BUILT_IN: Mapping[str, tuple[Entry, ...]] = MappingProxyType(
    {
        "kind": (
            Entry("theme", "Theme introduction", 0),
            Entry("narrative", "Narrative", 0),
            Entry("response", "Response", 0, headings=("Response",)),
            Entry("press-release", "Press release", 0),
            Entry("signature", "Signature", 0),
            Entry("front-matter", "Opening", 0),
            Entry("contents", "Contents list", 0, headings=("Contents",), level=1),
            Entry("footer", "Footer", 0),
        ),
        "type": (
            Entry("force-report", "Report", 0),
            Entry("press-release", "Press release", 0),
            Entry("commissioner-letter", "Response letter", 0, quoting=True),
            Entry("other-letter", "Letter", 0, quoting=True),
            Entry("other", "Other document", 0),
        ),
        "grade": (
            Entry("ungraded", "Ungraded", 0, state=True),
            Entry("not-stated", "Not stated", 0, state=True),
        ),
        "addressee": (
            Entry("this-force", "The inspected body", 0),
            Entry("all-forces", "All inspected bodies", 0),
        ),
    }
)


def _entry(table: str, order: int, raw: dict[str, Any]) -> Entry:
    known = set(Entry.__annotations__) - {"order"}
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
        if not _fits(Entry.__annotations__[key], value, is_list=is_list):
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
    unknown = sorted(set(raw) - set(HEADING_KEYS))
    if unknown:
        raise VocabularyError(f'A known_heading has an unknown key "{unknown[0]}".')
    headings, level, members = (raw.get(key) for key in HEADING_KEYS)
    if not isinstance(headings, list) or not all(isinstance(text, str) for text in headings):
        raise VocabularyError('A known_heading needs a list of texts for "headings".')
    if not isinstance(level, int) or level < 1:
        raise VocabularyError(f'known_heading {headings}: "level" must be a number from 1 on.')
    if members is not None and members not in kinds:
        raise VocabularyError(f'known_heading {headings}: there is no kind "{members}".')
    return KnownHeading(tuple(headings), level, members)


def _table(name: str, raw: object) -> Table:
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise VocabularyError(f"There is no [[{name}]] in it.")
    entries = tuple(_entry(name, order, item) for order, item in enumerate(raw))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise VocabularyError(f'{name} "{entry.id}" is there twice.')
        seen.add(entry.id)
    added = [entry for entry in BUILT_IN.get(name, ()) if entry.id not in seen]
    entries += tuple(replace(entry, order=order) for order, entry in enumerate(added, len(entries)))
    return Table(name, entries)


# Whom findings speak to where the file does not say.
_NOBODY = Table(
    "addressee", tuple(replace(e, order=i) for i, e in enumerate(BUILT_IN["addressee"]))
)


def _labels(raw: object) -> tuple[tuple[str, str], ...]:
    """Names of facets as people read them."""
    if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
        raise VocabularyError('[labels] must give a text for each name: force = "Body".')
    unknown = sorted(set(raw) - set(FACET_NAMES))
    if unknown:
        raise VocabularyError(
            f'[labels] names no facet with "{unknown[0]}"; facets are: {", ".join(FACET_NAMES)}.'
        )
    return tuple(sorted(raw.items()))


def _response_rule(raw: object) -> ResponseRule | None:
    """The time for comments on a report, where a law gives one."""
    if raw is None:
        return None
    keys = {"days": int, "since": str, "law": str}
    if (
        not isinstance(raw, dict)
        or raw.keys() != keys.keys()
        or any(type(raw[key]) is not kind for key, kind in keys.items())
    ):
        raise VocabularyError('[response_rule] needs a number "days", and texts "since" and "law".')
    try:
        datetime.date.fromisoformat(raw["since"])
    except ValueError:
        raise VocabularyError('[response_rule]: "since" must be a day: "2017-05-02".') from None
    return ResponseRule(**raw)


def parse_vocabulary(source: str, *, own: bool = False) -> Vocabulary:
    """A vocabulary from the text of its file. Raises VocabularyError with the place.

    ``own`` says that the file comes with the program.
    """
    import tomllib  # noqa: PLC0415 - a search reads no TOML

    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"It is not valid TOML: {error}.") from error
    fingerprint = _fingerprint(source)
    found = _from_values(raw, fingerprint, "")
    remembered = {"own": own, "fingerprint": fingerprint, "values": raw}
    return replace(found, source=json.dumps(remembered, separators=(",", ":")))


def _fingerprint(source: str) -> str:
    return sha256(source.encode())[:16]


def _from_values(raw: dict[str, Any], fingerprint: str, source: str) -> Vocabulary:
    tables = {name: _table(name, raw.get(name)) for name in TABLES}
    unknown = sorted(set(raw) - set(KEYS))
    if unknown:
        raise VocabularyError(f'It has an unknown key "{unknown[0]}".')
    headings = raw.get("known_heading", [])
    if not isinstance(headings, list) or not all(isinstance(item, dict) for item in headings):
        raise VocabularyError('"known_heading" must be written as [[known_heading]].')
    known = tuple(_known_heading(item, tables["kind"]) for item in headings)
    return Vocabulary(
        **tables,
        signatories=_names("signatories", raw),
        offices=_names("offices", raw),
        force_words=_names("force_words", raw),
        force_lead_ins=_names("force_lead_ins", raw),
        area_columns=_names("area_columns", raw),
        grade_columns=_names("grade_columns", raw),
        carried_over=_names("carried_over", raw),
        comparison_warnings=_names("comparison_warnings", raw),
        addressee=_table("addressee", raw["addressee"]) if "addressee" in raw else _NOBODY,
        known_headings=known,
        labels=_labels(raw.get("labels", {})),
        response_rule=_response_rule(raw.get("response_rule")),
        fingerprint=fingerprint,
        source=source,
    )


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary in ``path``, or the one that comes with the program."""
    if path is None:
        return _default()
    try:
        return parse_vocabulary(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path} cannot be read: {error}.", hint=GUIDE) from error
    except VocabularyError as error:
        raise VocabularyError(f"{path}: {error.message}", hint=GUIDE) from error


def remembered_vocabulary(source: str) -> Vocabulary:
    """The vocabulary that an index remembers (see ``Vocabulary.source``), empty for the program's.

    Where the index was made with the program's own, it is the one that the program has now.
    """
    return _remembered(source) if source else _default()


@lru_cache(maxsize=4)
def _remembered(source: str) -> Vocabulary:
    try:
        if not source.startswith("{"):
            # An index of an earlier version remembers the text of the file.
            return parse_vocabulary(source)
        found = json.loads(source)
        if found["own"] and found["fingerprint"] != _fingerprint(_default_source()):
            return _default()
        return _from_values(found["values"], found["fingerprint"], source)
    except VocabularyError as error:
        raise VocabularyError(
            f"The vocabulary that the index remembers cannot be used: {error.message}",
            hint="Give the file again: peelsearch index --vocabulary FILE",
        ) from error


def _default_source() -> str:
    return Path(__file__).parents[1].joinpath(DEFAULT_FILE).read_text(encoding="utf-8")


@cache
def _default() -> Vocabulary:
    return parse_vocabulary(_default_source(), own=True)
