"""What letters say to what was asked."""

from __future__ import annotations

from enum import StrEnum

from peelsearch.model.index import Document
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import Entry
from peelsearch.model.statements import Stub
from peelsearch.records import dataclass


class ReplyState(StrEnum):
    """What a letter says to an ask."""

    QUOTED_ONLY = "quoted-only"
    GENERAL = "general-reply"
    SPECIFIC = "specific-reply"
    NOT_MENTIONED = "not-mentioned"


@dataclass(frozen=True, slots=True)
class LetterReply:
    """What a letter says to the finding that it quotes at ``start``."""

    start: int
    state: ReplyState
    said: Quotation | None


@dataclass(frozen=True, slots=True)
class LetterExtract:
    """A letter's own words: its replies, and when the report was published that it names.

    ``words`` are folded, outside the findings that it quotes. ``published`` is ISO.
    """

    words: str
    replies: tuple[LetterReply, ...]
    published: str | None
    published_said: Quotation | None
    comments_published: str | None


@dataclass(frozen=True, slots=True)
class AskReply:
    """An ask, and what a letter says to it."""

    entry: Entry
    state: ReplyState
    said: Quotation | None


@dataclass(frozen=True, slots=True)
class Response:
    """A letter and the report that it answers.

    ``report`` is None where the corpus does not hold it; ``stub`` is set where a catalogue knows
    it. ``published`` is the ISO day of publication, ``published_said`` the letter's words for it.
    ``last_day`` and ``day`` (of the letter's date, counted from 1) are None where ``not_counted``
    says why; ``comments_published`` where nobody says when.
    """

    letter: Document
    force: tuple[str, ...]
    report: Document | None
    stub: Stub | None
    published: str | None
    published_said: Quotation | None
    last_day: str | None
    day: int | None
    not_counted: str
    comments_published: str | None
    asks: tuple[AskReply, ...]


@dataclass(frozen=True, slots=True)
class Responses:
    """The letters of a corpus and what they say to each ask; ``law`` names the rule of days."""

    responses: tuple[Response, ...]
    law: str
    days: int
    fingerprint: str
