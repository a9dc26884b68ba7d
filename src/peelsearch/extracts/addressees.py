"""Whom a finding asks, read from the words before "should"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from peelsearch.documents import forces_named
from peelsearch.model import NOT_STATED
from peelsearch.units import units
from peelsearch.vocabulary import Vocabulary

NOBODY = "none"
THIS_FORCE = "this-force"
DUTY = re.compile(r"\b(?:should|must|needs?\s+to|ought\s+to)\b", re.IGNORECASE)
# Who only helps is not asked: "the Home Office, working with forces, should".
_WITH = re.compile(
    r",?\s*(?:working\s+(?:closely\s+)?with|(?:in|through)\s+(?:consultation|collaboration|partnership"
    r"|conjunction|co-operation|cooperation)\s+with|with\s+the\s+(?:help|support)\s+of)\b[^,]*",
    re.IGNORECASE,
)
# The first sentences that say what should be done say who should do it; later ones give reasons.
_SENTENCES = 3


def addressees(text: str, forces: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The ids of those whom the words ask; a force that is not inspected by its own id."""
    asked = 0
    for start, end in units(text, ""):
        duty = DUTY.search(text, start, end)
        if duty is None:
            continue
        found = _named(_WITH.sub(" ", text[start : duty.start()]), forces, vocabulary)
        if found:
            return found
        asked += 1
        if asked == _SENTENCES:
            break
    return (NOT_STATED,)


def _named(subject: str, forces: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    found = {
        next(name for name, value in match.groupdict().items() if value): None
        for match in _pattern(vocabulary).finditer(subject)
    }
    names = [_identifier(group) for group in found]
    if not forces:
        names = [name for name in names if name != THIS_FORCE]
    for named in forces_named(subject, vocabulary):
        names.append(THIS_FORCE if named.id in forces else named.id)
    return tuple(dict.fromkeys(names))


def _identifier(group: str) -> str:
    return group.removeprefix("a_").replace("_", "-")


@lru_cache(maxsize=8)
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Every alias, longer ones first, in a group named after its addressee."""
    aliases = sorted(
        ((alias, entry.id) for entry in vocabulary.addressee for alias in entry.aliases),
        key=lambda pair: -len(pair[0]),
    )
    # A name of a group stands once in a pattern, so each addressee is one group of alternatives;
    # the look-ahead keeps "forces" from being read within "forces' leaders of".
    groups: dict[str, list[str]] = {}
    for alias, identifier in aliases:
        groups.setdefault(identifier, []).append(written(alias))
    ordered = sorted(groups.items(), key=lambda item: -max(map(len, item[1])))
    pattern = "|".join(
        rf"(?P<a_{identifier.replace('-', '_')}>\b(?:{'|'.join(names)})\b)"
        for identifier, names in ordered
    )
    return re.compile(pattern or r"(?!)", re.IGNORECASE)


def written(name: str) -> str:
    """A pattern for a name however it is set: white space, straight or curly apostrophes."""
    words = [re.escape(word).replace("'", "['’]") for word in name.split()]
    return r"\s+".join(words)


def own_names(forces: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """What a report calls the force that it inspects: "the force", and its names."""
    entry = vocabulary.addressee.get(THIS_FORCE)
    names = list(entry.aliases) if entry else []
    for force in forces:
        known = vocabulary.force.get(force)
        names += known.names if known else ()
    return sorted(names, key=len, reverse=True)
