"""Letters joined to the reports that they answer, and what they say to each ask."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from peelsearch.corpus import Corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.extracts import ExtractMemory, extracts, quotes_others
from peelsearch.model import NOT_STATED, Source, Stub
from peelsearch.model.extracts import Extract
from peelsearch.model.register import Entry
from peelsearch.model.responses import AskReply, LetterExtract, ReplyState, Response, Responses
from peelsearch.register.days import comment_days
from peelsearch.register.entries import RegisterOptions, register
from peelsearch.register.naming import names_report, short_title
from peelsearch.vocabulary import ResponseRule, Vocabulary, fold

# Whose comments a letter gives: asks to nobody of these are not missing in it.
_ANSWERABLE = {"all-forces", "chief-constables", "commissioners", NOT_STATED}
_THIS_FORCE = "this-force"


def responses(
    corpus: Corpus, vocabulary: Vocabulary, memory: ExtractMemory, forces: Sequence[str] = ()
) -> Responses:
    """Every letter (of these forces) with what it says to each ask of the report it answers."""
    documents = corpus.manifest.documents
    # A day has nothing to do with replies.
    rows = register(corpus, vocabulary, memory, RegisterOptions(as_of="2000-01-01")).entries
    known = {one.document.id: one for one in extracts(corpus, vocabulary, memory)}
    found: list[Response] = []
    for letter in known.values():
        if letter.letter is None or (forces and set(forces).isdisjoint(letter.forces)):
            continue
        quoted = [row for row in rows if row.ask and _quotes(row, letter)]
        reports = dict.fromkeys(
            row.place.document.id for row in quoted if row.place.source is Source.ORIGINAL
        )
        for one in documents:
            if not quotes_others(one.document, vocabulary) and names_report(
                letter.letter.words, letter.forces, one, vocabulary
            ):
                reports.setdefault(one.document.id)
        answered = {identifier: known[identifier] for identifier in reports}
        found += _responses(letter, letter.letter, quoted, answered, rows, corpus, vocabulary)
    rule = vocabulary.response_rule
    return Responses(
        responses=tuple(found),
        law=rule.law if rule else "",
        days=rule.days if rule else 0,
        fingerprint=corpus_fingerprint(documents, vocabulary),
    )


def _responses(
    letter: Extract,
    own: LetterExtract,
    quoted: Sequence[Entry],
    reports: Mapping[str, Extract],
    rows: Sequence[Entry],
    corpus: Corpus,
    vocabulary: Vocabulary,
) -> Iterable[Response]:
    """One for each report that a letter answers; one without a report for what is left."""
    alone = [row for row in quoted if row.place.source is Source.QUOTED]
    for identifier, report in reports.items():
        asks = [row for row in quoted if row.place.document.id == identifier]
        answered = {row.id for row in asks}
        missing = [
            row
            for row in rows
            if row.ask
            and row.place.document.id == identifier
            and row.id not in answered
            and answers_to(row, letter.forces)
        ]
        taken = [*asks, *(alone if len(reports) == 1 else ())]
        yield _response(letter, own, report, None, taken, missing, vocabulary.response_rule)
    if not reports or (alone and len(reports) > 1):
        stub = next((s for s in corpus.manifest.contents.stubs if _stub_named(s, own)), None)
        yield _response(letter, own, None, stub, alone, (), vocabulary.response_rule)


def answers_to(row: Entry, forces: Sequence[str]) -> bool:
    """Whether an ask speaks to a letter's force or those who speak for it."""
    asked = set(row.addressee)
    if _THIS_FORCE in asked:
        return not set(forces).isdisjoint(row.place.force)
    return not asked.isdisjoint(_ANSWERABLE | set(forces))


def _stub_named(stub: Stub, own: LetterExtract) -> bool:
    title = fold(short_title(stub.title))
    return bool(title) and f" {title} " in f" {own.words} "


def _quotes(row: Entry, letter: Extract) -> bool:
    return any(place.document.id == letter.document.id for place in row.places)


def _place(row: Entry, letter: Extract) -> int:
    """Where a letter that quotes a finding does so."""
    return next(p.said.start for p in row.places if p.document.id == letter.document.id)


def _response(
    letter: Extract,
    own: LetterExtract,
    answered: Extract | None,
    stub: Stub | None,
    quoted: Sequence[Entry],
    missing: Sequence[Entry],
    rule: ResponseRule | None,
) -> Response:
    said = {reply.start: reply for reply in own.replies}
    asks = []
    for row in sorted(quoted, key=lambda row: _place(row, letter)):
        reply = said.get(_place(row, letter))
        state = reply.state if reply else ReplyState.QUOTED_ONLY
        asks.append(AskReply(row, state, reply.said if reply else None))
    asks += [AskReply(row, ReplyState.NOT_MENTIONED, None) for row in missing]
    published = answered.published if answered else stub.date if stub else None
    if own.published and own.published.startswith(published or ""):
        published = own.published
    last, day, reason = _days(published, letter.document.date, rule)
    return Response(
        letter=letter.document,
        force=letter.forces,
        report=answered.document if answered else None,
        stub=stub,
        published=published,
        published_said=own.published_said if published == own.published else None,
        last_day=last,
        day=day,
        not_counted=reason,
        comments_published=own.comments_published,
        asks=tuple(asks),
    )


def _days(
    published: str | None, written: str | None, rule: ResponseRule | None
) -> tuple[str | None, int | None, str]:
    """The last day for comments, the day that the letter's own date is, or why there are none."""
    if rule is not None and (published is None or len(published) < 10):
        return None, None, "the day of publication is not known"
    found = comment_days(published, rule)
    if found.latest is None or published is None:
        return None, None, found.reason
    day = None
    if written is not None and len(written) == 10:
        first = datetime.date.fromisoformat(published)
        day = (datetime.date.fromisoformat(written) - first).days + 1
    return found.latest, day, ""
