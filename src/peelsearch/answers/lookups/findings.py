"""Findings: lists and counts of them, numbered recommendations with their words and deadlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelsearch.analysis import words
from peelsearch.answers.lookups.found import Asked, Found, named_entry
from peelsearch.answers.quoting import headline
from peelsearch.documents.deadlines import read_deadline
from peelsearch.model import Answer, Filters, Match, QuestionType, Sort, Span, State, StemPhrase
from peelsearch.vocabulary import Entry

_LISTS = re.compile(
    r"\b(?:what|which|list|name|show|give|how many|number of|count|(?:are|were|is) there|does"
    r"|did)\b",
    re.IGNORECASE,
)
# "What does the recommendation say about ...": what follows is what it is about.
_OF_ONE = re.compile(
    r"\b(?:says?|asks?|requires?|states?|wants?|covers?|about|regarding|concerning)\b",
    re.IGNORECASE,
)
# Words between "how many" and what is counted.
_BEHIND = 4
_COUNTS = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?P<kind>[A-Za-z]+)\s+(?:no\.?\s*|number\s+|#)?(?P<number>\d{1,3})\b", re.IGNORECASE
)
# What may stand beside kind and theme in a question that asks for nothing else.
_ASKING = frozenset(
    "force forces police inspection inspections report reports identified identify found find made"
    " make given give list name number count total set issued issue inspectorate hmicfrs hmic"
    " inspector inspectors peel theme themes area areas section document documents say says said"
    " quote quotes quoted contain contains hold holds include includes mention mentions mentioned"
    " received receive all finding findings highlighted highlight raised raise noted".split()
)
_ENOUGH = 0.75
# How many findings a list shows where no limit is given.
_LISTED = 20


def answer(asked: Asked) -> Found | None:
    """The findings of the kind, and theme if one is named; or the one with the number named."""
    numbered = _numbered(asked)
    if numbered is not None:
        return numbered
    text = asked.question.text
    kinds = [entry for entry in asked.vocabulary.kind if entry.finding]
    named = named_entry(asked, text, kinds, typed=True)
    if named is None or not _LISTS.search(text):
        return None
    kind, held = named
    if _COUNTS.search(text) and not _counted(text, held):
        return None
    without_kind = _without(text, kind)
    theme = named_entry(asked, without_kind, asked.vocabulary.theme)
    if asked.terms.besides(_ASKING | held | (theme[1] if theme else set())) > 1 - _ENOUGH:
        return None
    return _listed(asked, kind, theme[0] if theme else None)


def _counted(text: str, kind: frozenset[str]) -> bool:
    """Whether it is the findings that are to be counted: "how many recommendations"."""
    counts = _COUNTS.search(text)
    behind = words(text[counts.end() :])[:_BEHIND] if counts else ()
    return any(word in kind for word in behind)


def kind_named(asked: Asked) -> Filters:
    """The kind of finding that a question speaks of: "what does the recommendation say about"."""
    kinds = [entry for entry in asked.vocabulary.kind if entry.finding]
    if not _OF_ONE.search(asked.question.text):
        return ()
    named = named_entry(asked, asked.question.text, kinds, typed=True)
    return (("kind", (named[0].id,)),) if named else ()


def _without(text: str, kind: Entry) -> str:
    """The text without the kind's names, so that "area for improvement" names no theme."""
    for name in sorted((*kind.names, *kind.short), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}s?\b", " ", text, flags=re.IGNORECASE)
    return text


def _listed(asked: Asked, kind: Entry, theme: Entry | None) -> Found:
    filters: Filters = (("kind", (kind.id,)),)
    if theme is not None:
        filters = (("theme", (theme.id,)), *filters)
    total, matches = asked.matches(filters, sort=Sort.DOCUMENT, limit=asked.limit or _LISTED)
    of = f" in {theme.label}" if theme else ""
    names = _names(kind, total)
    reason = (
        f"These documents hold {total:,} {names}{of}."
        if total
        else (f"These documents hold no {names}{of}.")
    )
    answers = tuple(_headline(asked, match) for match in matches)
    kind_asked = QuestionType.COUNT if _COUNTS.search(asked.question.text) else QuestionType.LIST
    state = State.ANSWER if total else State.NONE
    return Found(state, reason, answers, total, filters, kind_asked)


def _names(kind: Entry, total: int) -> str:
    singular = kind.label.lower()
    if total == 1:
        return singular
    plural = [name.lower() for name in kind.names if name.lower() != singular]
    return plural[0] if plural else f"{singular}s"


def _headline(asked: Asked, match: Match) -> Answer:
    start, end = headline(match)
    return asked.quotes.answer(match, start, end, (start, end))


def _numbered(asked: Asked) -> Found | None:
    """The finding with the number that the question names, its deadline first if that is asked."""
    match = _NUMBERED.search(asked.question.text)
    if match is None:
        return None
    kinds = [entry for entry in asked.vocabulary.kind if entry.finding and entry.prefix]
    named = named_entry(asked, match["kind"], kinds, typed=True)
    if named is None:
        return None
    kind, number = named[0], match["number"]
    filters: Filters = (("kind", (kind.id,)),)
    wanted = StemPhrase((*map(asked.stem, words(kind.label)), number))
    _, matches = asked.matches(filters, match=wanted)
    matches = tuple(m for m in matches if _has_number(m, number))
    if not matches:
        held = _numbers(asked, filters)
        known = f"; they hold {', '.join(held)}" if held else ""
        return Found(
            State.NONE,
            f"No {kind.label.lower()} {number} is in these documents{known}.",
            (),
            0,
            filters,
        )
    deadline = asked.question.type in (QuestionType.DEADLINE, QuestionType.DATE)
    rows = [answer for m in matches for answer in _parts(asked, m, deadline=deadline)]
    reason = f"{kind.label} {number}"
    if deadline:
        reason = _deadline_reason(matches[0], reason)
    return Found(State.ANSWER, f"{reason}.", tuple(rows), None, filters)


def _has_number(match: Match, number: str) -> bool:
    heading = match.passage.headings[-1]
    found = re.search(r"\b(\d{1,3})\b", heading)
    return bool(found) and found.group(1) == number if found else False


def _numbers(asked: Asked, filters: Filters) -> Sequence[str]:
    _, matches = asked.matches(filters)
    found = {
        m.group()
        for match in matches
        if (m := re.search(r"\b\d{1,3}\b", match.passage.headings[-1]))
    }
    return sorted(found, key=int)


def _parts(asked: Asked, match: Match, *, deadline: bool) -> list[Answer]:
    """The sentences of a finding in order; only the one with the deadline if that is asked."""
    found = read_deadline(match.passage.text, 0, len(match.passage.text)) if deadline else None
    if found is not None:
        span = found.start, found.end
        unit = next((u for u in match.units if u[0] <= span[0] < u[1]), span)
        return [asked.quotes.answer(match, *unit, span)]
    units: Sequence[Span] = match.units
    return [asked.quotes.answer(match, *unit, unit) for unit in units]


def deadline(asked: Asked, match: Match) -> list[Answer]:
    """The sentence of a finding that gives its deadline, none where it has none."""
    kind = asked.vocabulary.kind.get(match.passage.facets["kind"][0])
    text = match.passage.text
    if kind is None or not kind.finding or read_deadline(text, 0, len(text)) is None:
        return []
    return _parts(asked, match, deadline=True)


def _deadline_reason(match: Match, name: str) -> str:
    found = read_deadline(match.passage.text, 0, len(match.passage.text))
    if found is None:
        return f"{name} states no deadline"
    if found.date is None:
        return f'{name}: "{found.text}". {found.basis.rstrip(".")}'
    return f'{name}: "{found.text}"'
