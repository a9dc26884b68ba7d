"""The register of findings on a page, a hundred at a time; apart, what else reports expect."""

from __future__ import annotations

from dataclasses import dataclass, replace

from peelsearch.facets import title
from peelsearch.model import NOT_STATED, Source
from peelsearch.model.register import DeadlineState, Register
from peelsearch.register import RegisterOptions, RegisterOrder, addressees, register
from peelsearch.render import words
from peelsearch.render.judgments import hint_words, undated_note
from peelsearch.render.register import STATES, addressee_label, as_of_words, register_json
from peelsearch.render.register_tables import expectations_sheet, register_export, register_sheet
from peelsearch.render.tracker import noted_words
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.feeds import Feed
from peelsearch.webapp.notes import NOTHING, Noted
from peelsearch.webapp.pager import Pager, page_typed, paged
from peelsearch.webapp.register_feed import register_feed
from peelsearch.webapp.register_rows import ExpectationView, RowView, expectation_view, row_view
from peelsearch.webapp.state import date_typed
from peelsearch.webapp.table_form import (
    AS_OF,
    SINCE,
    UNTIL,
    Select,
    TableForm,
    plain_select,
    table_form,
)
from peelsearch.webapp.table_state import YES, TableState
from peelsearch.webapp.tables import Asked, Table, TablePage

FACETS = ("force", "theme", "grade", "kind", "type", "round", "year")
SHOWN_FACETS = ("force", "theme", "grade", "round")
DEADLINE = "deadline"
EXPECTATIONS = "expectations"
# These have one value each; of further ones in an address none counts.
SINGLE = ("source", "since", "until", AS_OF[0], "sort", EXPECTATIONS, "page")
SORTS = {RegisterOrder.DOCUMENT: "Document", RegisterOrder.DEADLINE: "Deadline"}
SOURCES = {Source.ORIGINAL: "The report itself", Source.QUOTED: "Quoted in another document"}
ASKS = "ask"
# Rows of a page, and expectations below findings; all of these have pages of their own.
ROWS = 100
BELOW = 20


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page. It is ``alone`` for expectations; elsewhere ``every`` leads to all of them."""

    form: TableForm
    summary: str
    notes: tuple[str, ...]
    rows: tuple[RowView, ...]
    pager: Pager | None
    expectations_title: str
    expectations: tuple[ExpectationView, ...]
    alone: bool
    every: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an address asks for. ``alone`` is for expectations."""

    state: TableState
    options: RegisterOptions
    alone: bool


def make(asked: Asked) -> Table:
    """The findings under the filters of the address."""
    vocabulary, wanted = asked.vocabulary, _wanted(asked)
    alone = wanted.alone
    found = register(asked.corpus, vocabulary, asked.memory, wanted.options)
    noted = NOTHING if alone else asked.noted()
    tracker = noted.tracker
    if alone:
        found = replace(found, entries=())
    return Table(
        view=lambda: register_view(found, asked, wanted.state, noted, alone=alone),
        json=lambda: register_json(found, tracker),
        sheet=lambda: expectations_sheet(found) if alone else register_sheet(found, tracker),
        export=lambda: register_export(found, vocabulary, tracker),
        fingerprint=found.fingerprint,
    )


def follow(asked: Asked) -> Feed:
    """The newest of the same rows as a feed."""
    wanted = _wanted(asked)
    found = register(asked.corpus, asked.vocabulary, asked.memory, wanted.options)
    return register_feed(found, replace(asked, state=wanted.state), alone=wanted.alone)


def _wanted(asked: Asked) -> _Wanted:
    vocabulary = asked.vocabulary
    filters = asked.state.filters(vocabulary)
    asking = addressees(asked.state.values("addressee"), vocabulary)
    ids = (*filters, ("addressee", asking))
    state = _with_asks(asked.state.resolved(ids), vocabulary).single(SINGLE)
    page_typed(state)
    alone = state.flag(EXPECTATIONS)
    options = RegisterOptions(
        as_of=state.day(AS_OF[0]),
        filters=filters,
        since=date_typed("since", state.first("since")),
        until=date_typed("until", state.first("until")),
        addressee=asking,
        source=state.one_of("source", Source, "a source"),
        states=state.each_of(DEADLINE, DeadlineState, "a state of a deadline"),
        order=state.one_of("sort", RegisterOrder, "an order of findings") or RegisterOrder.DOCUMENT,
    )
    return _Wanted(state, options, alone)


PAGE = TablePage(
    "/register", "register.html", (*FACETS, "addressee", DEADLINE, *SINGLE), make, feed=follow
)


def register_view(
    found: Register, asked: Asked, state: TableState, noted: Noted, *, alone: bool
) -> RegisterView:
    """The page in words and links. Beyond the last page the last one is shown."""
    vocabulary, paths = asked.vocabulary, asked.paths
    entries, pager = paged(found.entries, state, asked.path, ROWS)
    below = found.expectations[:BELOW]
    if alone:
        below, pager = paged(found.expectations, state, asked.path, ROWS)
    notes = [hint_words(hint, vocabulary) for hint in found.hints]
    if found.undated:
        notes.append(undated_note(found.undated))
    notes += noted.said
    rows = noted.tracker.noted if noted.tracker else {}
    unpaged = state.beside("page")
    every = TableState((*unpaged.beside(EXPECTATIONS).pairs, (EXPECTATIONS, YES)))
    expected = words.count(len(found.expectations), "other expectation")
    summary = f"{words.count(len(found.entries), 'finding')}, {as_of_words(found)}"
    return RegisterView(
        form=table_form(
            asked, unpaged, SHOWN_FACETS, _selects(unpaged, vocabulary), (SINCE, UNTIL, AS_OF)
        ),
        summary=expected if alone else summary,
        notes=tuple(notes),
        rows=tuple(
            row_view(entry, vocabulary, paths, noted_words(rows.get(entry.id))) for entry in entries
        ),
        pager=pager,
        expectations_title=expected,
        expectations=tuple(expectation_view(one, vocabulary, paths) for one in below),
        alone=alone,
        every="" if alone else every.href(asked.path),
        fingerprint=found.fingerprint,
    )


def _with_asks(state: TableState, vocabulary: Vocabulary) -> TableState:
    """The kinds that ask as one choice, which they are in the form."""
    asks = set(vocabulary.asks)
    if not asks or not asks <= set(state.values("kind")):
        return state
    pairs = (
        (name, ASKS if name == "kind" and value in asks else value) for name, value in state.pairs
    )
    return TableState(tuple(dict.fromkeys(pairs)))


def _selects(state: TableState, vocabulary: Vocabulary) -> tuple[Select, ...]:
    kinds = [(entry.id, entry.label) for entry in vocabulary.kind if entry.finding]
    known = (*(entry.id for entry in vocabulary.addressee), NOT_STATED)
    # Forces can be asked by their names; the form lists those that are.
    asked = [
        (name, addressee_label(name, vocabulary))
        for name in dict.fromkeys((*known, *state.values("addressee")))
    ]
    orders = [(order.value, label) for order, label in SORTS.items()]
    states = [(one.value, label[:1].upper() + label[1:]) for one, label in STATES.items()]
    sources = [(source.value, label) for source, label in SOURCES.items()]
    every = ("", "All")
    return (
        plain_select(state, "kind", title("kind", vocabulary), [every, (ASKS, "All asks"), *kinds]),
        plain_select(state, "addressee", "Addressee", [every, *asked]),
        plain_select(state, DEADLINE, "Deadline", [every, *states]),
        plain_select(state, "source", "Words of", [every, *sources]),
        plain_select(
            state, EXPECTATIONS, "Rows", [("", "Findings"), (YES, "Other expectations alone")]
        ),
        plain_select(state, "sort", "Order", orders, RegisterOrder.DOCUMENT),
    )
