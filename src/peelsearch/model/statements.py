"""What people state of documents, held and not held."""

from __future__ import annotations

from peelsearch.records import dataclass


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person states of a document; None and () where nothing is said.

    Values are the vocabulary's ids, ``date`` is ISO, as precise as stated. ``place`` says where it
    stands: ``catalogue.toml`` or ``front matter``.
    """

    place: str
    title: str | None = None
    type: str | None = None
    date: str | None = None
    round: str | None = None
    force: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stub:
    """A document that is known but not held. ``link`` says where it can be had, may be empty."""

    title: str
    type: str | None
    date: str | None
    round: str | None
    force: tuple[str, ...]
    link: str
