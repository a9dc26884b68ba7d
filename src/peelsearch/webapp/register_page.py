"""The register of findings on a page; apart from them, what else reports expect of a force."""

from __future__ import annotations

from dataclasses import dataclass, replace

from peelsearch import facets
from peelsearch.errors import SettingError
from peelsearch.model import NOT_STATED, Source
from peelsearch.model.register import Register
from peelsearch.register import RegisterOptions, RegisterOrder, addressees, register
from peelsearch.render import words
from peelsearch.render.judgments import hint_words, undated_note
from peelsearch.render.register import SOURCES, addressee_label, as_of_words, register_json
from peelsearch.render.register_tables import expectations_sheet, register_export, register_sheet
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.pager import Pager, page_typed, paged
from peelsearch.webapp.register_rows import (
    EntryView,
    ExpectationView,
    entry_view,
    expectation_view,
)
from peelsearch.webapp.state import date_typed, shortened
from peelsearch.webapp.table_form import (
    AS_OF,
    SINCE,
    UNTIL,
    Select,
    TableForm,
    plain_select,
    table_form,
)
from peelsearch.webapp.table_state import TableState
from peelsearch.webapp.tables import Asked, Table, TablePage

FACETS = ("force", "theme", "grade", "kind", "type", "round", "year")
SHOWN_FACETS = ("force", "theme", "grade", "round")
SINGLE = ("source", "since", "until", "as-of", "sort", "expectations", "page")
ASK = "ask"
SORTS = {RegisterOrder.DOCUMENT: "Document", RegisterOrder.DEADLINE: "Deadline"}
EXPECTATIONS = "expectations"
YES = "yes"
LENGTH = 100
# Expectations that stand below a page of findings; the rest has pages of its own.
BELOW = 20


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page. ``alone`` pages list expectations only; elsewhere ``rest`` leads to all of them."""

    form: TableForm
    summary: str
    notes: tuple[str, ...]
    entries: tuple[EntryView, ...]
    expectations: tuple[ExpectationView, ...]
    expected: str
    alone: bool
    rest: str
    pager: Pager | None
    force_title: str
    theme_title: str
    grade_title: str
    fingerprint: str


def make(asked: Asked) -> Table:
    """The findings under the filters of the address."""
    filters = asked.state.filters(asked.vocabulary)
    asking = addressees(asked.state.values("addressee"), asked.vocabulary)
    state = _resolved(asked, asked.state.resolved((*filters, ("addressee", asking))))
    page_typed(state)
    alone = _alone(state)
    options = RegisterOptions(
        as_of=state.day("as-of"),
        filters=filters,
        since=date_typed("since", state.first("since")),
        until=date_typed("until", state.first("until")),
        addressee=asking,
        source=state.one_of("source", Source, "a source"),
        order=state.one_of("sort", RegisterOrder, "an order of findings") or RegisterOrder.DOCUMENT,
    )
    found = register(asked.corpus, asked.vocabulary, asked.memory, options)
    if alone:
        found = replace(found, entries=())
    return Table(
        view=lambda: register_view(found, asked, state, alone=alone),
        json=lambda: register_json(found),
        sheet=lambda: expectations_sheet(found) if alone else register_sheet(found),
        export=lambda: register_export(found, asked.vocabulary),
        fingerprint=found.fingerprint,
    )


PAGE = TablePage("/register", "register.html", (*FACETS, "addressee", *SINGLE), make)


def register_view(found: Register, asked: Asked, state: TableState, *, alone: bool) -> RegisterView:
    """The page in words and links."""
    vocabulary, paths, path = asked.vocabulary, asked.paths, asked.path
    below, pager = found.expectations[:BELOW], None
    if alone:
        below, pager = paged(found.expectations, state, path, LENGTH)
    entries, entry_pager = paged(found.entries, state, path, LENGTH)
    notes = [undated_note(found.undated)] if found.undated else []
    bare = state.beside("page")
    others = TableState((*bare.beside(EXPECTATIONS).pairs, (EXPECTATIONS, YES)))
    return RegisterView(
        form=table_form(
            asked, bare, SHOWN_FACETS, _selects(bare, vocabulary), (SINCE, UNTIL, AS_OF)
        ),
        summary=_summary(found, alone=alone),
        notes=(*notes, *(hint_words(hint, vocabulary) for hint in found.hints)),
        entries=tuple(entry_view(one, vocabulary, paths) for one in entries),
        expectations=tuple(expectation_view(one, vocabulary, paths) for one in below),
        expected=words.count(len(found.expectations), "other expectation"),
        alone=alone,
        rest=others.href(path) if len(below) < len(found.expectations) and not alone else "",
        pager=pager if alone else entry_pager,
        force_title=facets.title("force", vocabulary),
        theme_title=facets.title("theme", vocabulary),
        grade_title=facets.title("grade", vocabulary),
        fingerprint=found.fingerprint,
    )


def _alone(state: TableState) -> bool:
    typed = state.first(EXPECTATIONS)
    if typed not in ("", YES):
        raise SettingError(
            f'"{shortened(typed)}" cannot be used for "{EXPECTATIONS}".',
            hint=f'It is "{YES}", or left out.',
        )
    return typed == YES


def _resolved(asked: Asked, state: TableState) -> TableState:
    """One value of what has one, and the kinds that ask as the word that stands for them."""
    asks = set(asked.vocabulary.asks)
    if not asks or not asks <= set(state.values("kind")):
        return state.single(SINGLE)
    pairs: dict[tuple[str, str], None] = {}
    for name, value in state.pairs:
        pairs[(name, ASK if name == "kind" and value in asks else value)] = None
    return TableState(tuple(pairs)).single(SINGLE)


def _selects(state: TableState, vocabulary: Vocabulary) -> tuple[Select, ...]:
    kinds = [(entry.id, entry.label) for entry in vocabulary.kind if entry.finding]
    asked = dict.fromkeys(
        (*(entry.id for entry in vocabulary.addressee), NOT_STATED, *state.values("addressee"))
    )
    return (
        plain_select(state, "kind", "Kind", [("", "All"), (ASK, "All asks"), *kinds]),
        plain_select(
            state,
            "addressee",
            "Addressee",
            [("", "All"), *((one, addressee_label(one, vocabulary)) for one in asked)],
        ),
        plain_select(
            state,
            "source",
            "Source",
            [("", "All"), *((one.value, text.capitalize()) for one, text in SOURCES.items())],
        ),
        plain_select(
            state, EXPECTATIONS, "Show", [("", "Findings"), (YES, "Other expectations only")]
        ),
        plain_select(
            state,
            "sort",
            "Order",
            [(order.value, text) for order, text in SORTS.items()],
            RegisterOrder.DOCUMENT,
        ),
    )


def _summary(found: Register, *, alone: bool) -> str:
    if alone:
        return words.count(len(found.expectations), "other expectation")
    if not found.entries:
        return "No finding"
    asks = words.count(sum(entry.ask for entry in found.entries), "ask")
    return f"{words.count(len(found.entries), 'finding')} ({asks}), {as_of_words(found)}"
