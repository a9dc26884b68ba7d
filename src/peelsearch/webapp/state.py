"""What a search URL asks for, as it was typed, and the links that change one thing of it.

Every link of the search page is made here, so that all state is in the URL and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from peelsearch import facets
from peelsearch.errors import SettingError
from peelsearch.model import Filters, Sort
from peelsearch.search import MAX_LIMIT, SearchOptions
from peelsearch.vocabulary import Vocabulary

DEFAULT_LIMIT = 10
# What ``group`` asks for in place of passages.
DOCUMENT = "document"
LIMITS = (10, 25, 50, 100)

# C0 and C1 controls, but for tab and line ends, mean nothing in a query and cannot stand in HTML;
# lone surrogates cannot be encoded in a link.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


class Arguments(Protocol):
    """The query part of a URL, as Werkzeug's MultiDict gives it."""

    def getlist(self, key: str) -> list[str]:
        """All values of one name, in order."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """The parameters of a search as typed; an empty text means the default.

    ``chosen`` holds (facet name, value) pairs in the order of the facet table.
    """

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""
    document: str = ""
    sort: str = ""
    group: str = ""
    limit: str = ""
    page: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: no words, no filter, no date, no document, no list."""
        narrowed = self.chosen or self.since or self.until or self.document
        return not (self.q.strip() or narrowed or self.group)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The parameters of its URL; what is empty or the default is left out."""
        plain = (
            ("since", self.since),
            ("until", self.until),
            ("document", self.document),
            ("sort", "" if self.sort == Sort.RELEVANCE else self.sort),
            ("group", self.group),
            ("limit", "" if self.limit == str(DEFAULT_LIMIT) else self.limit),
            ("page", "" if self.page == "1" else self.page),
        )
        query = (("q", self.q),) if self.q.strip() else ()
        return (*query, *self.chosen, *(pair for pair in plain if pair[1]))

    def href(self, path: str) -> str:
        """A link to ``path`` with this state."""
        query = urlencode(self.pairs())
        return f"{path}?{query}" if query else path

    def at_page(self, page: int) -> SearchState:
        """The same search on another page."""
        return replace(self, page=str(page))

    def asking(self, query: str) -> SearchState:
        """Another query under the same filters."""
        return replace(self, q=query, page="")

    def sorted_by(self, sort: Sort) -> SearchState:
        """The same search in another order, from its first page."""
        return replace(self, sort=sort.value, page="")

    def grouped(self, group: str) -> SearchState:
        """The same search for documents, or for passages, from its first page."""
        return replace(self, group=group, page="")

    def within(self, document: str) -> SearchState:
        """The same search for the passages of one document, from its first page."""
        return replace(self, document=document, group="", page="")

    def with_limit(self, limit: int) -> SearchState:
        """The same search with so many hits a page, from its first page."""
        return replace(self, limit=str(limit), page="")

    def without(self, name: str, value: str = "") -> SearchState:
        """The same search without one value of a facet, one date, or for all documents."""
        if name == "since":
            return replace(self, since="", page="")
        if name == "until":
            return replace(self, until="", page="")
        if name == "document":
            return replace(self, document="", page="")
        kept = tuple(pair for pair in self.chosen if pair != (name, value))
        return replace(self, chosen=kept, page="")

    def cleared(self) -> SearchState:
        """The query alone, in the same order."""
        return replace(self, chosen=(), since="", until="", document="", page="")

    def resolved(self, filters: Filters) -> SearchState:
        """The same search with the values' ids in place of what was typed for them."""
        chosen = tuple((name, value) for name, values in filters for value in values)
        return replace(self, chosen=chosen)


def read(arguments: Arguments) -> SearchState:
    """The state that a URL holds. Unknown names are ignored, nothing is checked yet."""
    chosen = tuple(
        (facet.name, value)
        for facet in facets.FACETS
        for value in dict.fromkeys(cleaned(arguments.getlist(facet.name)))
    )
    first = {
        name: next(iter(cleaned(arguments.getlist(name))), "")
        for name in ("q", "since", "until", "document", "sort", "group", "limit", "page")
    }
    return SearchState(chosen=chosen, **first)


def options(state: SearchState, vocabulary: Vocabulary) -> SearchOptions:
    """The state as options of a search. Raises InputError for a value that cannot be used."""
    return SearchOptions(
        filters=facets.resolve(state.chosen, vocabulary),
        since=date_typed("since", state.since),
        until=date_typed("until", state.until),
        document=state.document or None,
        page=number_typed("page", state.page, 1),
        limit=number_typed("limit", state.limit, DEFAULT_LIMIT, highest=MAX_LIMIT),
        sort=_sort(state.sort),
        by_document=_by_document(state.group),
    )


def question_options(
    state: SearchState, vocabulary: Vocabulary
) -> tuple[SearchOptions, int | None]:
    """What narrows a question, and its limit, None for what is usual.

    Raises InputError for a value that cannot be used.
    """
    chosen = options(state, vocabulary)
    return chosen, chosen.limit if state.limit else None


def cleaned(values: Iterable[str]) -> list[str]:
    """The values without characters that mean nothing; none that is empty then."""
    cleaned = (_CONTROLS.sub(" ", value).strip() for value in values)
    return [value for value in cleaned if value]


def number_typed(name: str, typed: str, default: int, *, highest: int = 10**9) -> int:
    """A whole number from 1 as it was typed, the default for nothing. Raises SettingError."""
    if not typed:
        return default
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:12]) <= highest:
        return int(typed[:12])
    hint = f"It is a whole number from 1 to {highest:,}." if highest < 10**9 else ""
    raise SettingError(
        f'"{shortened(typed)}" cannot be used for "{name}".',
        hint=hint or "It is a whole number from 1.",
    )


def date_typed(name: str, typed: str) -> str | None:
    """A year, month or day as it was typed, None for nothing. Raises SettingError."""
    if not typed:
        return None
    if _DATE.fullmatch(typed):
        return typed
    raise SettingError(
        f'"{shortened(typed)}" cannot be used for "{name}".',
        hint="Give a year, a month or a day, like 2022, 2022-04 or 2022-04-15.",
    )


def _sort(typed: str) -> Sort:
    try:
        return Sort(typed) if typed else Sort.RELEVANCE
    except ValueError:
        raise SettingError(
            f'"{shortened(typed)}" is not an order of hits.',
            hint=f"It is one of {', '.join(sort.value for sort in Sort)}.",
        ) from None


def _by_document(typed: str) -> bool:
    if typed in ("", DOCUMENT):
        return typed == DOCUMENT
    raise SettingError(
        f'"{shortened(typed)}" cannot be used for "group".',
        hint=f"It is {DOCUMENT}, or left out for a page of passages.",
    )


def shortened(typed: str) -> str:
    """What was typed, in a message."""
    return typed if len(typed) <= 40 else typed[:40] + "…"
