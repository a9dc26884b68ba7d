"""What people state of documents: a ``catalogue.toml`` beside them, or a document's front matter.

What is stated wins over what the text seems to say. A catalogue can also name documents that are
known but not held, so that others can be joined to them. A statement that cannot be used is an
error with its place; it is never dropped in silence.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from peelsearch.errors import InputError, UnknownValueError
from peelsearch.model import Stated, Stub
from peelsearch.vocabulary import Vocabulary

CATALOGUE = "catalogue.toml"
FRONT_MATTER = "front matter"
HINT = "Mend it, then run peelsearch index again; what was indexed before is still there."

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The statements of one file; ``documents`` by path relative to its folder, "/" in between."""

    path: Path
    documents: Mapping[str, Stated]
    stubs: tuple[Stub, ...]


def read_catalogue(path: Path, vocabulary: Vocabulary) -> Catalogue:
    """The catalogue in a file. Raises InputError with the entry that cannot be used."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", hint=HINT) from error
    unknown = sorted(set(raw) - {"document"})
    entries = raw.get("document", [])
    if unknown or not isinstance(entries, list):
        name = unknown[0] if unknown else "document"
        raise InputError(f'{path}: "{name}" is not a list [[document]].', hint=HINT)
    documents: dict[str, Stated] = {}
    stubs: list[Stub] = []
    for number, entry in enumerate(entries, start=1):
        _sort_in(entry, f"{path}: document {number}", vocabulary, documents, stubs)
    return Catalogue(path, documents, tuple(stubs))


def _sort_in(
    entry: object,
    where: str,
    vocabulary: Vocabulary,
    documents: dict[str, Stated],
    stubs: list[Stub],
) -> None:
    if not isinstance(entry, dict):
        raise InputError(f"{where} is not a table [[document]].", hint=HINT)
    said = stated(entry, vocabulary, place=CATALOGUE, where=where, also=("path", "link"))
    path = entry.get("path")
    if path is None:
        if said.title is None:
            raise InputError(f"{where} has neither a path nor a title.", hint=HINT)
        link = str(entry.get("link", ""))
        stubs.append(Stub(said.title, said.type, said.date, said.round, said.force, link))
        return
    if not isinstance(path, str) or not path.strip():
        raise InputError(f'{where}: the value of "path" is not a text.', hint=HINT)
    name = str(PurePosixPath(path.strip().replace("\\", "/")))
    if name in documents:
        raise InputError(f"{where}: {name} is there twice.", hint=HINT)
    documents[name] = said


def stated(
    values: Mapping[str, Any],
    vocabulary: Vocabulary,
    *,
    place: str,
    where: str,
    also: tuple[str, ...] = (),
) -> Stated:
    """The statement in a table of values; ``also`` are further keys that may be there.

    ``where`` begins the messages. Raises InputError.
    """
    known = {*READ, *also}
    unknown = next((key for key in values if key not in known), None)
    if unknown is not None:
        keys = ", ".join(sorted(known))
        raise InputError(f'{where}: "{unknown}" is no key of it; keys are {keys}.', hint=HINT)
    found: dict[str, Any] = {}
    for key, read in READ.items():
        if key in values:
            try:
                found[key] = read(values[key], vocabulary)
            except UnknownValueError as error:
                hint = f"{error.hint} {HINT}".strip()
                raise InputError(f"{where}: {error.message}", hint=hint) from error
            except ValueError as error:
                raise InputError(f'{where}: the value of "{key}" {error}.', hint=HINT) from error
    return Stated(place=place, **found)


def from_front_matter(
    values: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Stated, tuple[str, ...]]:
    """The statement of a document's front matter, and remarks on values that cannot be used.

    Front matter is written for other programs too: other keys are theirs, and a value that we do
    not know is remarked on and left to the text.
    """
    found: dict[str, Any] = {}
    remarks: list[str] = []
    for key, read in READ.items():
        if not values.get(key):
            continue
        try:
            found[key] = read(values[key], vocabulary)
        except (UnknownValueError, ValueError) as error:
            said = error.message if isinstance(error, UnknownValueError) else f"{key} {error}."
            remarks.append(f"Its front matter cannot be used here: {said}")
    return Stated(place=FRONT_MATTER, **found), tuple(remarks)


def joined(first: Stated | None, second: Stated) -> Mapping[str, tuple[object, str]]:
    """Field to (value, place); the first statement wins."""
    result: dict[str, tuple[object, str]] = {}
    for statement in (second, first):
        if statement is not None:
            for key in READ:
                value = getattr(statement, key)
                if value:
                    result[key] = (value, statement.place)
    return result


def _title(value: object, _: Vocabulary) -> str:
    return _text(value)


def _type(value: object, vocabulary: Vocabulary) -> str:
    return vocabulary.resolve("type", _text(value))[0]


def _round(value: object, vocabulary: Vocabulary) -> str:
    return vocabulary.resolve("round", _text(value))[0]


def _date(value: object, _: Vocabulary) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    text = str(value) if isinstance(value, int) else _text(value)
    if not _DATE.fullmatch(text):
        raise ValueError("is not a date such as 2022, 2022-04 or 2022-04-15")
    return text


def _force(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(vocabulary.resolve("force", _text(name))[0] for name in names))


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is not a text")
    return " ".join(value.split())


# What can be stated of a document, and how its value is read.
READ: Mapping[str, Callable[[object, Vocabulary], object]] = {
    "title": _title,
    "type": _type,
    "date": _date,
    "round": _round,
    "force": _force,
}
