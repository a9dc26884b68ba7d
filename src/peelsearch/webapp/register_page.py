"""The register of findings as records that the template lays out, a hundred to a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from peelsearch.errors import SettingError
from peelsearch.facets import title
from peelsearch.model import NOT_STATED, Document, Source
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import Entry, Expectation, Place, Register
from peelsearch.register import RegisterOptions, RegisterOrder, addressees, register
from peelsearch.render import words
from peelsearch.render.force import finding_facts
from peelsearch.render.judgments import hint_words, undated_note
from peelsearch.render.register import (
    also_words,
    as_of_words,
    deadline_words,
    register_json,
    repeat_words,
)
from peelsearch.render.register_tables import register_export, register_sheet
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.state import date_typed, number_typed, shortened
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
SHOWN_FACETS = ("force", "theme", "round")
NAMES = (*FACETS, "addressee", "source", "since", "until", AS_OF[0], "sort", "page")
SORTS = {RegisterOrder.DOCUMENT: "Document", RegisterOrder.DEADLINE: "Deadline"}
SOURCES = {Source.ORIGINAL: "The report itself", Source.QUOTED: "Quoted in another document"}
ASKS = "ask"
# Findings on a page.
ROWS = 100
# A quotation is folded away beyond so many characters; its beginning is its headline.
LONG = 400


@dataclass(frozen=True, slots=True)
class WordsView:
    """Words with the link to where they stand; ``where`` names the place."""

    words: str
    href: str
    where: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A finding. ``said`` are all its words, ``folded`` where they are many: then ``headline`` is
    shown. ``also`` are the other documents that hold them."""

    name: str
    facts: tuple[str, ...]
    headline: str
    said: WordsView
    folded: bool
    deadline: str
    repeat: str
    also: tuple[WordsView, ...]
    id: str


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """What a report expects outside its findings."""

    said: WordsView
    repeat: str


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page: ``rows`` of all findings, ``expectations`` apart from them on the last page."""

    form: TableForm
    summary: str
    notes: tuple[str, ...]
    rows: tuple[RowView, ...]
    range: str
    previous: str
    next: str
    expectations_title: str
    expectations: tuple[ExpectationView, ...]
    fingerprint: str


def make(asked: Asked) -> Table:
    """The findings under the filters of the address."""
    state, vocabulary = asked.state, asked.vocabulary
    filters = state.filters(vocabulary)
    options = RegisterOptions(
        as_of=state.day(AS_OF[0]),
        filters=filters,
        since=date_typed("since", state.first("since")),
        until=date_typed("until", state.first("until")),
        addressee=addressees(state.values("addressee"), vocabulary),
        source=_source(state.first("source")),
        order=_order(state.first("sort")),
    )
    number_typed("page", state.first("page"), 1)
    found = register(asked.corpus, vocabulary, asked.memory, options)
    # "All asks" stay one choice of the form, though they are several kinds.
    ids = tuple(chosen for chosen in filters if chosen[0] != "kind")
    return Table(
        view=lambda: register_view(found, asked, state.resolved(ids)),
        json=lambda: register_json(found),
        sheet=lambda: register_sheet(found),
        export=lambda: register_export(found, vocabulary),
        fingerprint=found.fingerprint,
    )


PAGE = TablePage("/register", "register.html", NAMES, make)


def register_view(found: Register, asked: Asked, state: TableState) -> RegisterView:
    """The page in words and links. Beyond the last page the last one is shown."""
    vocabulary, paths = asked.vocabulary, asked.paths
    total = len(found.entries)
    pages = max(1, -(-total // ROWS))
    page = min(number_typed("page", state.first("page"), 1), pages)
    first = (page - 1) * ROWS
    shown_entries = found.entries[first : first + ROWS]
    unpaged = state.only(set(NAMES) - {"page"})
    notes = [hint_words(hint, vocabulary) for hint in found.hints]
    if found.undated:
        notes.append(undated_note(found.undated))
    expectations = found.expectations if page == pages else ()
    return RegisterView(
        form=table_form(asked, unpaged, SHOWN_FACETS, _selects(state, vocabulary), _TYPED),
        summary=f"{words.count(total, 'finding')}, {as_of_words(found)}",
        notes=tuple(notes),
        rows=tuple(_row(entry, vocabulary, paths) for entry in shown_entries),
        range=f"{first + 1:,} to {first + len(shown_entries):,} of {total:,}" if pages > 1 else "",
        previous=_at(unpaged, page - 1, asked.path) if page > 1 else "",
        next=_at(unpaged, page + 1, asked.path) if page < pages else "",
        expectations_title=words.count(len(found.expectations), "other expectation"),
        expectations=tuple(_expectation(one, vocabulary, paths) for one in expectations),
        fingerprint=found.fingerprint,
    )


_TYPED = (SINCE, UNTIL, AS_OF)


def _at(state: TableState, page: int, path: str) -> str:
    pairs = (*state.pairs, ("page", str(page))) if page > 1 else state.pairs
    return replace(state, pairs=pairs).href(path)


def _selects(state: TableState, vocabulary: Vocabulary) -> tuple[Select, ...]:
    kinds = [(entry.id, entry.label) for entry in vocabulary.kind if entry.finding]
    asked = [(entry.id, entry.label) for entry in vocabulary.addressee]
    orders = [(order.value, label) for order, label in SORTS.items()]
    sources = [(source.value, label) for source, label in SOURCES.items()]
    every = ("", "All")
    return (
        plain_select(state, "kind", title("kind", vocabulary), [every, (ASKS, "All asks"), *kinds]),
        plain_select(state, "addressee", "Addressee", [every, *asked]),
        plain_select(state, "source", "Words of", [every, *sources]),
        plain_select(state, "sort", "Order", orders, RegisterOrder.DOCUMENT),
    )


def _order(typed: str) -> RegisterOrder:
    try:
        return RegisterOrder(typed) if typed else RegisterOrder.DOCUMENT
    except ValueError:
        raise _unknown(typed, "an order of findings", RegisterOrder) from None


def _source(typed: str) -> Source | None:
    try:
        return Source(typed) if typed else None
    except ValueError:
        raise _unknown(typed, "a source", Source) from None


def _unknown(typed: str, noun: str, values: type[RegisterOrder] | type[Source]) -> SettingError:
    listed = ", ".join(value.value for value in values)
    return SettingError(f'"{shortened(typed)}" is not {noun}.', hint=f"It is one of {listed}.")


def _row(entry: Entry, vocabulary: Vocabulary, paths: Paths) -> RowView:
    place = entry.place
    said = _said(place.document, place.said, place.headings, paths)
    return RowView(
        name=entry.reference,
        facts=(*finding_facts(entry, vocabulary), *_facts(entry, vocabulary)),
        headline=shown(entry.headline),
        said=said,
        folded=len(said.words) > LONG,
        deadline=deadline_words(entry),
        repeat=repeat_words(entry.repeat) if entry.repeat else "",
        also=tuple(_also(entry, other, paths) for other in entry.also),
        id=entry.id,
    )


def _facts(entry: Entry, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What stands behind kind, theme and addressee."""
    forces = ", ".join(vocabulary.label("force", force) for force in entry.force)
    date = words.date(entry.place.document.date) or "undated"
    source = "quoted" if entry.place.source is Source.QUOTED else ""
    known = (words.graded(entry.grade, vocabulary), forces, date, source)
    return tuple(fact for fact in known if fact)


def _said(
    document: Document, said: Quotation, headings: tuple[str, ...], paths: Paths
) -> WordsView:
    # The first heading is often the title itself.
    path = dict.fromkeys((shown(document.title), *map(shown, headings)))
    where = " › ".join(path)
    return WordsView(shown(said.quote), paths.said(document, said), where)


def _also(entry: Entry, place: Place, paths: Paths) -> WordsView:
    return WordsView(also_words(entry, place), paths.said(place.document, place.said), "")


def _expectation(one: Expectation, vocabulary: Vocabulary, paths: Paths) -> ExpectationView:
    said = _said(one.document, one.said, one.headings, paths)
    forces = [vocabulary.label("force", force) for force in one.force if force != NOT_STATED]
    where = " › ".join((", ".join(forces), said.where)) if forces else said.where
    return ExpectationView(
        replace(said, where=where), repeat_words(one.repeat) if one.repeat else ""
    )
