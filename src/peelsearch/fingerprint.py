"""What an index was made with: program, analysis, vocabulary and facets.

Documents that were read with something else would be found differently, so they are read again.
"""

from __future__ import annotations

from peelsearch import __version__
from peelsearch.analysis import ANALYSIS_VERSION
from peelsearch.digests import sha256
from peelsearch.facets import FACETS
from peelsearch.vocabulary import Vocabulary

_NAMES = {
    "program": "version of peelsearch",
    "analysis": "analysis of words",
    "vocabulary": "vocabulary",
    "facets": "set of facets",
}


def fingerprint(vocabulary: Vocabulary) -> str:
    """The fingerprint of an index made now."""
    facets = sha256(" ".join(facet.name for facet in FACETS).encode())[:8]
    parts = {
        "program": __version__,
        "analysis": ANALYSIS_VERSION,
        "vocabulary": vocabulary.fingerprint,
        "facets": facets,
    }
    return " ".join(f"{name}={value}" for name, value in parts.items())


def differences(known: str, now: str) -> tuple[str, ...]:
    """In what two fingerprints differ, in words."""
    if known == now:
        return ()
    before = dict(part.partition("=")[::2] for part in known.split())
    after = dict(part.partition("=")[::2] for part in now.split())
    return tuple(name for key, name in _NAMES.items() if before.get(key) != after.get(key))


def outdated(known: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Warnings about an index whose fingerprint is not that of what is used now."""
    found = differences(known, fingerprint(vocabulary))
    if not found:
        return ()
    return (
        f"The index was made with another {_listed(found)}: results may be incomplete. "
        "Read the documents again: peelsearch index",
    )


def reread_warning(known: str, now: str) -> tuple[str, ...]:
    """The warning of a build that reads all documents again because of a difference."""
    found = differences(known, now)
    if not found:
        return ()
    return (f"The index was made with another {_listed(found)}: all documents were read again.",)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
