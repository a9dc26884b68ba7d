"""Letters and what they say to each ask, as records that the template lays out."""

from __future__ import annotations

from dataclasses import dataclass

from peelsearch.model import Document
from peelsearch.model.quotations import Quotation
from peelsearch.model.responses import AskReply, Response, Responses
from peelsearch.register import responses
from peelsearch.render import words
from peelsearch.render.register import addressee_words, body_words
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
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.search_page import Choice
from peelsearch.webapp.table_form import TableForm, table_form
from peelsearch.webapp.table_state import TableState
from peelsearch.webapp.tables import Asked, Table, TablePage


@dataclass(frozen=True, slots=True)
class AskView:
    """An ask: its words in short with the link to them, and what the letter says to it.

    ``again`` replies are the words of the line above.
    """

    name: str
    words: str
    href: str
    addressee: str
    state: str
    reply: Choice | None
    again: bool


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A letter with the report that it answers. ``published`` are its words for when that was."""

    id: str
    letter: Choice
    facts: tuple[str, ...]
    report: Choice
    published: Choice | None
    days: str
    asks: tuple[AskView, ...]


@dataclass(frozen=True, slots=True)
class ResponsesView:
    """The page."""

    form: TableForm
    summary: str
    responses: tuple[ResponseView, ...]
    fingerprint: str


def make(asked: Asked) -> Table:
    """The letters of the forces that the address names, or all."""
    filters = asked.state.filters(asked.vocabulary)
    forces = dict(filters).get("force", ())
    found = responses(asked.corpus, asked.vocabulary, asked.memory, forces)
    return Table(
        view=lambda: responses_view(found, asked, asked.state.resolved(filters)),
        json=lambda: responses_json(found),
        sheet=lambda: responses_sheet(found),
        export=lambda: responses_export(found, asked.vocabulary),
        fingerprint=found.fingerprint,
    )


PAGE = TablePage("/responses", "responses.html", ("force",), make)


def responses_view(found: Responses, asked: Asked, state: TableState) -> ResponsesView:
    """The page in words and links."""
    letters = len({response.letter.id for response in found.responses})
    asks = sum(len(response.asks) for response in found.responses)
    return ResponsesView(
        form=table_form(asked, state, ("force",)),
        summary=f"{words.count(letters, 'letter')}, {words.count(asks, 'ask')}",
        responses=tuple(
            _response(response, number, found, asked)
            for number, response in enumerate(found.responses, 1)
        ),
        fingerprint=found.fingerprint,
    )


def _response(response: Response, number: int, found: Responses, asked: Asked) -> ResponseView:
    letter, paths, vocabulary = response.letter, asked.paths, asked.vocabulary
    forces = ", ".join(vocabulary.label("force", force) for force in response.force)
    report = paths.document(response.report.id) if response.report else ""
    return ResponseView(
        id=f"letter-{number}",
        letter=Choice(shown(letter.title), paths.document(letter.id)),
        facts=tuple(fact for fact in (forces, words.date(letter.date) or "undated") if fact),
        report=Choice(report_words(response), report),
        published=_said(letter, response.published_said, paths),
        days=days_words(response, found.days, found.law),
        asks=tuple(
            _ask(ask, before, response, vocabulary, paths)
            for before, ask in zip((None, *response.asks), response.asks, strict=False)
        ),
    )


def _said(document: Document, said: Quotation | None, paths: Paths) -> Choice | None:
    return Choice(shown(said.quote), paths.said(document, said)) if said else None


def _ask(
    ask: AskReply,
    before: AskReply | None,
    response: Response,
    vocabulary: Vocabulary,
    paths: Paths,
) -> AskView:
    entry = ask.entry
    return AskView(
        name=entry.reference,
        words=body_words(entry),
        href=paths.said(entry.place.document, entry.place.said),
        addressee=addressee_words(entry, vocabulary),
        state=state_words(ask, response),
        reply=_said(response.letter, ask.said, paths),
        again=ask.said is not None and before is not None and ask.said == before.said,
    )
