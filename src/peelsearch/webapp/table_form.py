"""The form above a table: what it can be narrowed to, what it is narrowed to, and its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from peelsearch import facets
from peelsearch.corpus import Corpus
from peelsearch.model import Everything, Request
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.search_page import Choice, Chosen
from peelsearch.webapp.table_state import TableState
from peelsearch.webapp.tables import Asked


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a select; the empty value stands for all."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """One choice among values."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that is typed: a date. ``hint`` says how."""

    name: str
    label: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class TableForm:
    """The form. ``hidden`` keeps further values of a name, which its select has no room for."""

    action: str
    selects: tuple[Select, ...]
    entries: tuple[Entry, ...]
    hidden: tuple[tuple[str, str], ...]
    chips: tuple[Choice, ...]
    clear: str


DATE_HINT = "A year, month or day, like 2022, 2022-04 or 2022-04-15."
SINCE = ("since", "Since", DATE_HINT)
UNTIL = ("until", "Until", DATE_HINT)
AS_OF = ("as-of", "Deadlines as of", "A day, like 2024-01-31; today without one.")


def table_form(
    asked: Asked,
    state: TableState,
    facet_names: Sequence[str],
    selects: Iterable[Select] = (),
    entries: Iterable[tuple[str, str, str]] = (),
) -> TableForm:
    """The form for facets (those values that the index holds), further selects and dates.

    ``state`` holds the values' ids.
    """
    listed = (*facet_selects(asked.corpus, asked.vocabulary, state, facet_names), *selects)
    fields = tuple(Entry(name, label, state.first(name), hint) for name, label, hint in entries)
    shown = {(select.name, o.value) for select in listed for o in select.options if o.selected}
    shown |= {(entry.name, entry.value) for entry in fields}
    labels = {(s.name, o.value): f"{s.label}: {o.label}" for s in listed for o in s.options}
    labels |= {(entry.name, entry.value): f"{entry.label}: {entry.value}" for entry in fields}
    chosen = [pair for pair in state.pairs if pair[0] != "sort"]
    return TableForm(
        action=asked.path,
        selects=listed,
        entries=fields,
        hidden=tuple(pair for pair in state.pairs if pair not in shown),
        chips=tuple(
            Choice(
                labels.get(pair) or _label(pair, asked.vocabulary),
                state.without(*pair).href(asked.path),
            )
            for pair in chosen
        ),
        clear=state.only({"sort"}).href(asked.path),
    )


def typed_values(state: TableState, path: str, vocabulary: Vocabulary) -> Chosen:
    """What an address asks for that cannot be used as it is."""
    return Chosen(
        tuple(
            Choice(_label(pair, vocabulary), state.without(*pair).href(path))
            for pair in state.pairs
        ),
        path,
    )


def facet_selects(
    corpus: Corpus, vocabulary: Vocabulary, state: TableState, names: Sequence[str]
) -> tuple[Select, ...]:
    """A select for each facet, with the values that documents of the index have."""
    held = corpus.reader.search(Request(Everything(), limit=0, facets=tuple(names))).facets
    return tuple(
        Select(
            name,
            facets.title(name, vocabulary),
            _options(name, held.get(name, {}), state, vocabulary),
        )
        for name in names
    )


def _options(
    name: str, held: Mapping[str, int], state: TableState, vocabulary: Vocabulary
) -> tuple[Option, ...]:
    facet = facets.FACETS_BY_NAME[name]
    labels, order = facets.labels(facet, vocabulary), facets.order(facet, vocabulary)
    chosen = state.first(name)
    values = sorted(
        {*held, *({chosen} - {""})},
        key=lambda value: (order.get(value, len(order)), labels.get(value, value).casefold()),
    )
    every = Option("", "All", selected=not chosen)
    return every, *(Option(v, labels.get(v, v), selected=v == chosen) for v in values)


def plain_select(
    state: TableState, name: str, label: str, values: Sequence[tuple[str, str]], default: str = ""
) -> Select:
    """A select of (value, label) pairs; ``default`` is what stands without a choice."""
    chosen = state.first(name) or default
    return Select(name, label, tuple(Option(v, text, v == chosen) for v, text in values))


def _label(pair: tuple[str, str], vocabulary: Vocabulary) -> str:
    name, value = pair
    if name not in facets.FACETS_BY_NAME:
        return f"{name}: {value}"
    facet = facets.FACETS_BY_NAME[name]
    return f"{facets.title(name, vocabulary)}: {facets.label(facet, value, vocabulary)}"
