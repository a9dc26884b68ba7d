"""What one calls a document when speaking: "Bedfordshire 2021/22"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from peelsearch.engine.manifest import IndexedDocument
from peelsearch.vocabulary import Entry, Vocabulary, fold

# A title of fewer words is in many texts.
_TITLE_WORDS = 3

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def spoken_names(documents: Iterable[IndexedDocument], vocabulary: Vocabulary) -> Mapping[str, str]:
    """A name for each document, by id. Two that would share one get their dates, then their ids."""
    listed = list(documents)
    names = {found.document.id: _name(found, vocabulary) for found in listed}
    for further in (_with_date, _with_id):
        shared = Counter(names.values())
        for found in listed:
            identifier = found.document.id
            if shared[names[identifier]] > 1:
                names[identifier] = further(names[identifier], found)
    return names


def _name(found: IndexedDocument, vocabulary: Vocabulary) -> str:
    document = found.document
    forces = " and ".join(
        place(entry) for force in found.forces if (entry := vocabulary.force.get(force))
    )
    known = vocabulary.round.get(document.round or "")
    kind = vocabulary.type.get(document.type)
    if not forces:
        return short_title(document.title)
    if known is not None:
        return f"{forces} {_round(known)}"
    label = kind.label[0].lower() + kind.label[1:] if kind else document.type
    return " ".join(filter(None, (forces, label, _date(document.date))))


def short_title(title: str) -> str:
    """A title without its subtitles and dates: what stands before the first dash."""
    return re.split(r"\s+[–—|]\s+", " ".join(title.split()))[0]


def names_report(
    words: str, forces: Sequence[str], report: IndexedDocument, vocabulary: Vocabulary
) -> bool:
    """Whether folded words name a report: by its title, or by its round where the force is one of
    the writer's.
    """
    padded = f" {words} "
    title = fold(short_title(report.document.title))
    if len(title.split()) >= _TITLE_WORDS and f" {title} " in padded:
        return True
    known = vocabulary.round.get(report.document.round or "")
    if known is None or set(forces).isdisjoint(report.forces):
        return False
    return any(f" {fold(name)} " in padded for name in known.names)


def place(force: Entry) -> str:
    """The force without the words that every force's name has: "Bedfordshire"."""
    return next((name for name in force.short if name in force.label), force.label)


def _round(known: Entry) -> str:
    return next((name for name in known.aliases if re.search(r"\d", name)), known.id)


def _with_date(name: str, found: IndexedDocument) -> str:
    date = _date(found.document.date)
    return f"{name} ({date})" if date and date not in name else name


def _with_id(name: str, found: IndexedDocument) -> str:
    return f"{name} [{found.document.id.rpartition('-')[2]}]"


def _date(iso: str | None) -> str:
    if iso is None:
        return ""
    year, *rest = iso.split("-")
    words = [_MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)
