"""Letters and what they say to each ask, as JSON, text and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peelsearch.model.responses import AskReply, ReplyState, Response, Responses
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.judgments import quotation_json
from peelsearch.render.register import addressee_words
from peelsearch.render.sheets import Export, Sheet, Value, shown
from peelsearch.render.style import Style
from peelsearch.vocabulary import Vocabulary

STATES = {
    ReplyState.QUOTED_ONLY: "quoted only",
    ReplyState.GENERAL: "general reply",
    ReplyState.SPECIFIC: "specific reply",
    ReplyState.NOT_MENTIONED: "not mentioned",
}
NOT_HELD = "not in this corpus"
COLUMNS = (
    "letter",
    "letter_title",
    "letter_date",
    "force",
    "report",
    "report_title",
    "published",
    "last_day",
    "day_of_letter",
    "comments_published",
    "ask",
    "reference",
    "addressee",
    "state",
    "reply",
    "start",
    "end",
)


def responses_json(found: Responses) -> dict[str, Any]:
    """One object for each letter and report."""
    return {
        "responses": [response_json(response) for response in found.responses],
        "law": found.law,
        "days": found.days,
        "fingerprint": found.fingerprint,
    }


def response_json(response: Response) -> dict[str, Any]:
    """A letter with its report and the asks."""
    said = response.published_said
    return {
        "letter": document_json(response.letter),
        "force": list(response.force),
        "report": document_json(response.report) if response.report else None,
        "report_known_as": response.stub.title if response.stub else None,
        "published": response.published,
        "published_said": quotation_json(said) if said else None,
        "last_day": response.last_day,
        "day_of_letter": response.day,
        "not_counted": response.not_counted,
        "comments_published": response.comments_published,
        "asks": [
            {
                "id": ask.entry.id,
                "reference": ask.entry.reference,
                "headline": ask.entry.headline,
                "addressee": list(ask.entry.addressee),
                "state": ask.state.value,
                "reply": quotation_json(ask.said) if ask.said else None,
            }
            for ask in response.asks
        ],
    }


def report_words(response: Response) -> str:
    """Which report is answered, and whether it is held."""
    if response.report is not None:
        return shown(response.report.title)
    if response.stub is not None:
        return f"{shown(response.stub.title)} ({NOT_HELD})"
    return f"its report is {NOT_HELD}"


def days_words(response: Response, days: int, law: str) -> str:
    """The last day for comments and the letter's own; nothing is judged."""
    if response.last_day is None:
        return f"No last day for comments: {response.not_counted}."
    dated = words.date(response.letter.date)
    day = f" (day {response.day})" if response.day is not None else ""
    letter = f"; the letter is dated {dated}{day}" if dated else "; the letter has no date"
    public = (
        f"comments published {words.date(response.comments_published)}"
        if response.comments_published
        else "publication date of the comments not known"
    )
    return (
        f"Published {words.date(response.published)}; last of the {days} days to publish "
        f"comments ({law}): {words.date(response.last_day)}{letter}; {public}."
    )


def state_words(ask: AskReply, response: Response) -> str:
    """What a letter says to an ask, in two words."""
    held = "" if response.report else f"; report {NOT_HELD}"
    return STATES[ask.state] + held


def responses_text(found: Responses, style: Style, vocabulary: Vocabulary) -> str:
    """A paragraph for each letter, a line for each ask."""
    lines = [style.bold(words.count(len({r.letter.id for r in found.responses}), "letter"))]
    for response in found.responses:
        force = ", ".join(vocabulary.label("force", force) for force in response.force)
        title = f"{shown(response.letter.title)} · {force}" if force else response.letter.title
        lines += ["", style.bold(title), style.wrap(f"Answers: {report_words(response)}", "  ")]
        if response.published_said is not None:
            lines.append(style.wrap(f"“{shown(response.published_said.quote)}”", "  "))
        lines.append(style.wrap(days_words(response, found.days, found.law), "  "))
        lines += _asks_text(response, style)
    lines += ["", style.dim(f"Made of: {found.fingerprint}")]
    return "\n".join(lines) + "\n"


def _asks_text(response: Response, style: Style) -> Iterator[str]:
    before = None
    for ask in response.asks:
        yield style.wrap(f"{ask.entry.reference}: {state_words(ask, response)}", "  - ")
        if ask.said is not None and ask.said != before:
            yield style.wrap(f"“{shown(ask.said.quote)}”", "    ")
        before = ask.said


def responses_sheet(found: Responses) -> Sheet:
    """A row for each letter and ask; a letter without asks has one row."""
    rows = tuple(
        _row(response, ask) for response in found.responses for ask in response.asks or (None,)
    )
    return Sheet("Responses", COLUMNS, rows)


def _row(response: Response, ask: AskReply | None) -> tuple[Value, ...]:
    report = response.report
    said = ask.said if ask else None
    return (
        response.letter.id,
        response.letter.title,
        response.letter.date,
        " ".join(response.force),
        report.id if report else NOT_HELD,
        report.title if report else response.stub.title if response.stub else None,
        response.published,
        response.last_day,
        response.day,
        response.comments_published or "not known",
        ask.entry.id if ask else None,
        ask.entry.reference if ask else None,
        " ".join(ask.entry.addressee) if ask else None,
        ask.state.value if ask else None,
        said.quote if said else None,
        said.start if said else None,
        said.end if said else None,
    )


def responses_export(found: Responses, vocabulary: Vocabulary) -> Export:
    """A table for each letter and report."""
    sheets = tuple(
        Sheet(
            shown(response.letter.title),
            ("Ask", "To", "State", "Words of the letter"),
            tuple(
                (
                    ask.entry.reference,
                    addressee_words(ask.entry, vocabulary),
                    state_words(ask, response),
                    ask.said.quote if ask.said else None,
                )
                for ask in response.asks
            ),
            (f"Answers: {report_words(response)}", days_words(response, found.days, found.law)),
        )
        for response in found.responses
    )
    return Export("Responses", (), sheets, found.fingerprint)
