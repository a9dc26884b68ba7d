"""The draft of a response as a paper and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from peelsearch.model import NOT_STATED
from peelsearch.model.papers import DraftFinding, ResponseDraft
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.judgments import quotation_json
from peelsearch.render.paper import Block, Boxes, Facts, Heading, Paper, Words, quoted
from peelsearch.render.register import addressee_words, due_words, entry_json
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary

CHIEF = "Chief constable's comments"
COMMISSIONER = "Commissioner's action, taken or proposed, or the reason for none"
_THIS_FORCE = "this-force"


def draft_json(draft: ResponseDraft) -> dict[str, Any]:
    """Everything that the paper shows."""
    said = draft.published_said
    return {
        "document": document_json(draft.document),
        "name": draft.name,
        "force": list(draft.forces) or [NOT_STATED],
        "published": draft.published,
        "date_basis": draft.date_basis,
        "published_said": (
            {"document": document_json(draft.published_in), **quotation_json(said)}
            if said and draft.published_in
            else None
        ),
        "last_day": {
            "earliest": draft.last_day.earliest,
            "latest": draft.last_day.latest,
            "reason": draft.last_day.reason,
        },
        "law": draft.law,
        "days": draft.days,
        "asks": [_finding_json(one) for one in draft.asks],
        "practices": [_finding_json(one) for one in draft.practices],
        "others": [_finding_json(one) for one in draft.others],
        "fingerprint": draft.fingerprint,
    }


def _finding_json(one: DraftFinding) -> dict[str, Any]:
    found = entry_json(one.entry)
    # A draft is of no day.
    del found["deadline_state"]
    return {**found, "page": one.place.page}


def last_day_words(draft: ResponseDraft) -> str:
    """The last day for publishing comments, the two that it lies between, or why it is not known.

    >>> last_day_words(draft)
    '31 August 2023, the last of 56 days that begin with publication (section 55 ...)'
    """
    found = draft.last_day
    if found.latest is None:
        return f"Not known: {found.reason}."
    rule = f"the last of {draft.days} days that begin with publication ({draft.law})"
    if found.earliest == found.latest:
        return f"{words.date(found.latest)}, {rule}."
    return (
        f"Between {words.date(found.earliest)} and {words.date(found.latest)}, {rule}. The day of "
        f"publication is not known, only the month: {words.date(draft.published)}."
    )


def draft_paper(draft: ResponseDraft, vocabulary: Vocabulary) -> Paper:
    """The draft: what it answers and until when, asks with boxes, asks of others, good practice."""
    return Paper(
        title=f"Response to {shown(draft.document.title)}",
        blocks=tuple(_blocks(draft, vocabulary)),
        origin=f"Made of: {draft.fingerprint}",
    )


def _blocks(draft: ResponseDraft, vocabulary: Vocabulary) -> Iterator[Block]:
    yield Facts(tuple(_about(draft, vocabulary)))
    if draft.published_said is not None and draft.published_in is not None:
        yield Words(f"The day of publication is in {shown(draft.published_in.title)}:")
        yield quoted(draft.published_said.quote)
    yield Words(
        "The words of the report are quoted in full and in its order. The boxes are for the chief "
        "constable and the commissioner; nothing in them comes from documents."
    )
    yield Heading("Recommendations, causes of concern and areas for improvement", 1)
    if not draft.asks:
        yield Words("This report asks nothing of the force or its commissioner.")
    for one in draft.asks:
        yield from _finding(one, draft, vocabulary)
        yield Boxes((CHIEF, COMMISSIONER))
    if draft.others:
        yield Heading("Asked of others", 1)
        yield Words("What the report asks of others than the force and its commissioner.")
        yield from _findings(draft.others, draft, vocabulary)
    yield Heading("Good practice", 1)
    if not draft.practices:
        yield Words("This report names no innovative or promising practice.")
    yield from _findings(draft.practices, draft, vocabulary)


def _about(draft: ResponseDraft, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    document = draft.document
    forces = ", ".join(vocabulary.label("force", force) for force in draft.forces)
    yield "Report", f"{shown(document.title)} ({vocabulary.label('type', document.type)})"
    yield "Force", forces or "All forces: the report is about none of them alone"
    yield "Published", _published_words(draft)
    yield "Last day for publishing comments", last_day_words(draft)
    counted = [words.count(len(draft.asks), "ask") + " to answer"]
    if draft.others:
        counted.append(f"{len(draft.others)} to others")
    counted.append(words.count(len(draft.practices), "noted practice"))
    yield "In it", ", ".join(counted)
    yield "Source", document.id


def _published_words(draft: ResponseDraft) -> str:
    if draft.published is not None:
        said = words.date(draft.published)
        return said if draft.published_said or not draft.date_basis else (
            f"{said} ({draft.date_basis})"
        )  # fmt: skip
    dated = words.date(draft.document.date)
    return f"Not known; {draft.date_basis or 'dated'}: {dated}" if dated else "Not known"


def _findings(
    found: Iterable[DraftFinding], draft: ResponseDraft, vocabulary: Vocabulary
) -> Iterator[Block]:
    for one in found:
        yield from _finding(one, draft, vocabulary)


def _finding(one: DraftFinding, draft: ResponseDraft, vocabulary: Vocabulary) -> Iterator[Block]:
    """The reference as a heading, all the words, and where they stand."""
    yield Heading(one.entry.reference, 2)
    yield quoted(one.entry.place.said.quote)
    yield Facts(tuple(pair for pair in _facts(one, draft, vocabulary) if pair[1]))


def _facts(
    one: DraftFinding, draft: ResponseDraft, vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    entry = one.entry
    yield "Kind", vocabulary.label("kind", entry.kind)
    yield "Addressed to", _addressee(one, vocabulary) if entry.ask else ""
    headings = one.place.headings
    if len(headings) > 1 and entry.place.said.quote.startswith(headings[-1]):
        headings = headings[:-1]
    yield "Under", " › ".join(map(shown, headings))
    theme = vocabulary.label("theme", entry.theme) if entry.theme != NOT_STATED else ""
    yield "Theme", ", ".join(filter(None, (theme, words.graded(entry.grade, vocabulary))))
    yield "Page", str(one.place.page or "not known: the file has no pages")
    yield "Report of", words.date(draft.document.date) or "no date stated"
    yield "Deadline", due_words(entry)
    yield "Id", entry.id


def _addressee(one: DraftFinding, vocabulary: Vocabulary) -> str:
    """Whom it asks; this force by its name too."""
    said = addressee_words(one.entry, vocabulary)
    if _THIS_FORCE not in one.entry.addressee:
        return said
    forces = ", ".join(vocabulary.label("force", force) for force in one.entry.place.force)
    return f"{said} ({forces})" if forces else said
