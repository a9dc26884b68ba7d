"""The draft of a response to a report: its asks of a force, what is published, and until when."""

from __future__ import annotations

from collections.abc import Iterable

from peelsearch.corpus import Corpus
from peelsearch.errors import InputError
from peelsearch.extracts import ExtractMemory, published, quotes_others
from peelsearch.forces import Places
from peelsearch.model import Document, Source
from peelsearch.model.papers import DraftFinding, ResponseDraft
from peelsearch.model.register import Entry
from peelsearch.model.responses import Response
from peelsearch.register import (
    RegisterOptions,
    answers_to,
    comment_days,
    register,
    responses,
    spoken_names,
)
from peelsearch.vocabulary import Vocabulary

_STATED = "stated by whoever made this draft"


def response_draft(
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
    report: Document,
    force: str | None = None,
    stated: str | None = None,
) -> ResponseDraft:
    """What a response of a force (its id; without it, of all that the report is about) speaks to.

    ``stated`` is an ISO day of publication that wins over what documents say. Raises InputError
    where the document is itself a letter, or is about other forces.
    """
    documents = corpus.manifest.documents
    indexed = next(found for found in documents if found.document.id == report.id)
    _check(report, indexed.forces, force, corpus, vocabulary, memory)
    forces = (force,) if force else indexed.forces
    # A day has nothing to do with what is asked.
    found = register(corpus, vocabulary, memory, RegisterOptions(as_of="2000-01-01"))
    places = Places(corpus)
    own = sorted(
        (
            entry
            for entry in found.entries
            if entry.place.document.id == report.id and entry.place.source is Source.ORIGINAL
        ),
        key=lambda entry: entry.place.said.start,
    )
    day, basis, letter = _publication(corpus, vocabulary, memory, report, stated)
    rule = vocabulary.response_rule
    return ResponseDraft(
        document=report,
        name=spoken_names(documents, vocabulary)[report.id],
        forces=forces,
        asks=_findings((e for e in own if e.ask and answers_to(e, forces)), places),
        practices=_findings((e for e in own if not e.ask), places),
        others=_findings((e for e in own if e.ask and not answers_to(e, forces)), places),
        date_basis=basis,
        published=day,
        published_said=letter.published_said if letter else None,
        published_in=letter.letter if letter else None,
        last_day=comment_days(day, rule),
        law=rule.law if rule else "",
        days=rule.days if rule else 0,
        fingerprint=found.fingerprint,
    )


def _publication(
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
    report: Document,
    stated: str | None,
) -> tuple[str | None, str, Response | None]:
    """The day of publication if it is known, what that rests on, and the letter that names it."""
    if stated is not None:
        return stated, _STATED, None
    basis = corpus.structure(report.id).description.date_basis
    letter = _telling(report, responses(corpus, vocabulary, memory).responses)
    if letter is not None:
        return letter.published, basis, letter
    return published(report.date, basis), basis, None


def _check(
    report: Document,
    about: tuple[str, ...],
    force: str | None,
    corpus: Corpus,
    vocabulary: Vocabulary,
    memory: ExtractMemory,
) -> None:
    """Whether it is a report that the force can respond to. Raises InputError."""
    if quotes_others(report, vocabulary):
        letters = responses(corpus, vocabulary, memory).responses
        answered = [r.report.id for r in letters if r.letter.id == report.id and r.report]
        raise InputError(
            f'"{report.title}" is itself a response, and asks nothing.',
            hint=f"Name the report that it answers: {', '.join(answered)}"
            if answered
            else "Name a report; the one that it answers is not in this corpus.",
        )
    if force is not None and about and force not in about:
        named = ", ".join(vocabulary.label("force", one) for one in about)
        raise InputError(
            f'"{report.title}" is not about {vocabulary.label("force", force)}, but about {named}.',
            hint="Name another report, or leave the force out.",
        )


def _telling(report: Document, letters: Iterable[Response]) -> Response | None:
    """The letter that says when the report was published better than the report does."""
    return next(
        (
            letter
            for letter in letters
            if letter.report is not None
            and letter.report.id == report.id
            and letter.published_said is not None
            and letter.published is not None
            and len(letter.published) > len(report.date or "")
        ),
        None,
    )


def _findings(entries: Iterable[Entry], places: Places) -> tuple[DraftFinding, ...]:
    return tuple(
        DraftFinding(
            entry, places.located(entry.place.document, entry.place.said, entry.place.headings)
        )
        for entry in entries
    )
