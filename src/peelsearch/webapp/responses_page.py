"""What letters say to each ask, as records that the template lays out: a table for each letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peelsearch.model.responses import Response, Responses
from peelsearch.register import responses
from peelsearch.render import words
from peelsearch.render.register import addressee_words, is_bare
from peelsearch.render.responses import (
    days_words,
    report_words,
    responses_export,
    responses_json,
    responses_sheet,
    state_words,
)
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.pager import Pager, page_typed, paged
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.register_rows import Link
from peelsearch.webapp.table_form import TableForm, table_form
from peelsearch.webapp.table_state import TableState
from peelsearch.webapp.tables import Asked, Table, TablePage

FACETS = ("force",)
LENGTH = 20


@dataclass(frozen=True, slots=True)
class AskView:
    """An ask and what the letter says to it. ``again`` replies are the words of the row above."""

    reference: str
    href: str
    words: str
    addressee: str
    state: str
    reply: Link | None
    again: bool


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A letter and the report that it answers. ``published`` are its words for the publication."""

    id: str
    letter: Link
    forces: tuple[Link, ...]
    report: Link
    published: Link | None
    days: str
    asks: tuple[AskView, ...]


@dataclass(frozen=True, slots=True)
class ResponsesView:
    """The page."""

    form: TableForm
    summary: str
    responses: tuple[ResponseView, ...]
    pager: Pager | None
    fingerprint: str


def make(asked: Asked) -> Table:
    """The letters of the forces that the address names."""
    filters = asked.state.filters(asked.vocabulary)
    state = asked.state.resolved(filters).single(("page",))
    page_typed(state)
    forces = dict(filters).get("force", ())
    found = responses(asked.corpus, asked.vocabulary, asked.memory, forces)
    return Table(
        view=lambda: responses_view(found, asked, state),
        json=lambda: responses_json(found),
        sheet=lambda: responses_sheet(found),
        export=lambda: responses_export(found, asked.vocabulary),
        fingerprint=found.fingerprint,
    )


PAGE = TablePage("/responses", "responses.html", (*FACETS, "page"), make)


def responses_view(found: Responses, asked: Asked, state: TableState) -> ResponsesView:
    """The page in words and links."""
    here, pager = paged(found.responses, state, asked.path, LENGTH)
    return ResponsesView(
        form=table_form(asked, state.beside("page"), FACETS),
        summary=_summary(found),
        responses=tuple(
            _response(f"letter-{at}", one, found, asked.vocabulary, asked.paths)
            for at, one in enumerate(here, 1)
        ),
        pager=pager,
        fingerprint=found.fingerprint,
    )


def _summary(found: Responses) -> str:
    letters = len({response.letter.id for response in found.responses})
    if not letters:
        return "No letter"
    asks = sum(len(response.asks) for response in found.responses)
    return f"{words.count(letters, 'letter')}, {words.count(asks, 'ask')}"


def _response(
    identifier: str, response: Response, found: Responses, vocabulary: Vocabulary, paths: Paths
) -> ResponseView:
    letter, report, said = response.letter, response.report, response.published_said
    return ResponseView(
        id=identifier,
        letter=Link(shown(letter.title), paths.document(letter.id)),
        forces=tuple(
            Link(vocabulary.label("force", force), paths.force(force)) for force in response.force
        ),
        report=Link(report_words(response), paths.document(report.id) if report else ""),
        published=Link(shown(said.quote), paths.said(letter, said)) if said else None,
        days=days_words(response, found.days, found.law),
        asks=tuple(_asks(response, vocabulary, paths)),
    )


def _asks(response: Response, vocabulary: Vocabulary, paths: Paths) -> Iterator[AskView]:
    before = None
    for ask in response.asks:
        entry, said = ask.entry, ask.said
        body = entry.place.said.quote if is_bare(entry) else entry.headline
        yield AskView(
            reference=entry.reference,
            href=paths.said(entry.place.document, entry.place.said),
            words=shown(body),
            addressee=addressee_words(entry, vocabulary),
            state=state_words(ask, response),
            reply=Link(shown(said.quote), paths.said(response.letter, said)) if said else None,
            again=said is not None and said == before,
        )
        before = said
