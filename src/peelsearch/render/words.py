"""Small phrases that every interface says the same way."""

from __future__ import annotations

from collections.abc import Iterator

from peelsearch import facets
from peelsearch.model import (
    NOT_STATED,
    REPORTED_SEPARATELY,
    UNGRADED,
    Answer,
    Answers,
    SearchResults,
    State,
)
from peelsearch.vocabulary import Vocabulary

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 passage", "1,204 passages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def date(iso: str | None) -> str:
    """A date as precise as it is known: "April 2022"; empty without one."""
    if iso is None:
        return ""
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, _MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def graded(grade: str, vocabulary: Vocabulary) -> str:
    """What is said of a passage's grade, which is its theme's; nothing when none is stated."""
    if grade == NOT_STATED:
        return ""
    theme = vocabulary.facet_label("theme", "theme").lower()
    if grade == UNGRADED:
        return f"{theme} ungraded"
    if grade == REPORTED_SEPARATELY:
        return f"{theme} reported separately"
    said = vocabulary.facet_label("grade", "theme graded").lower()
    return f"{said} {vocabulary.label('grade', grade)}"


def total(results: SearchResults) -> str:
    """How much was found: "23 passages in 2 documents"."""
    if not results.total:
        return "No passage found"
    return f"{count(results.total, 'passage')} in {count(results.documents, 'document')}"


def more(results: SearchResults) -> str:
    """How closely the passages hold the words; nothing where there is nothing to tell apart."""
    found = results.more
    together = (found.phrase or 0) + (found.apart or 0)
    beyond = "" if results.total > together else " more"
    parts = (
        (found.phrase, "with this phrase"),
        (found.apart, "with the words apart" if found.phrase is not None else "with all of this"),
        (found.some, f"{beyond} with only some of it".strip()),
    )
    return ", ".join(f"{number:,} {said}" for number, said in parts if number)


STATES = {
    State.ANSWER: "Answer",
    State.CLOSEST: "Not answered in these documents; the closest passages:",
    State.NONE: "Not in these documents.",
}


def state(found: Answers) -> str:
    """Whether a question is answered, and how many there are where that is counted."""
    many = found.state is State.ANSWER and found.total is not None and found.total > 1
    return STATES[found.state] + (f" · {found.total:,} found" if many else "")


def explained(found: Answers, vocabulary: Vocabulary) -> Iterator[str]:
    """Why the answers are these: the reason, what they are limited to, which words are nowhere."""
    if found.reason:
        yield found.reason
    filters = facets.worded(found.question.filters, vocabulary)
    limits = [f"{name}: {values}" for name, values in filters]
    if limits:
        yield f"Limited to {'; '.join(_inside(limit) for limit in limits)}."
    yield from (note for note in found.question.notes if note not in limits)
    nowhere = [f'"{word}"' for word in found.missing if f'"{word}"' not in found.reason]
    if nowhere:
        yield f"Found nowhere: {', '.join(nowhere)}."


def _inside(text: str) -> str:
    """The text as it stands inside a sentence; an acronym keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def speaker(answer: Answer) -> str:
    """Who says it, at the beginning of a line."""
    return answer.speaker[:1].upper() + answer.speaker[1:]


def answer_details(answer: Answer, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What tells how to take a quotation: the time, the grade of its theme, the page."""
    dated = answer.document.date
    passage = answer.passage
    parts = (
        date(dated) or "no date stated",
        f"speaks of {answer.year}" if answer.year and answer.year != (dated or "")[:4] else "",
        graded(passage.facets["grade"][0], vocabulary),
        f"page {passage.page}" if passage.page else "",
    )
    return tuple(part for part in parts if part)
