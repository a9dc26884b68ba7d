"""Questions and what answers them: quotations, or the statement that there are none."""

from __future__ import annotations

from enum import StrEnum

from peelsearch.model.basics import Span
from peelsearch.model.index import Document, Filters, Passage
from peelsearch.records import dataclass


class QuestionType(StrEnum):
    """What a question asks for."""

    GRADE = "grade"
    PERCENTAGE = "percentage"
    MONEY = "money"
    NUMBER = "number"
    DEADLINE = "deadline"
    DATE = "date"
    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    DEFINITION = "definition"
    LIST = "list"
    COUNT = "count"
    YES_NO = "yes-no"
    WHY = "why"
    HOW = "how"
    OTHER = "other"


class State(StrEnum):
    """Whether the documents answer: they do, what comes closest is shown, or there is nothing."""

    ANSWER = "answer"
    CLOSEST = "closest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    ``text`` is what was typed without the names that became ``filters``, with spaces in their
    place, so that offsets stay. ``unheld`` are filters of which the index holds nothing.
    ``notes`` say in words what was taken for what. ``focus`` is the span of the thing asked for in
    ``text``: "visits" in "how many visits", None where no noun is named so. ``speaker`` is the
    person whose words are asked for, empty for anybody's.
    """

    typed: str
    text: str
    type: QuestionType
    filters: Filters
    unheld: Filters = ()
    notes: tuple[str, ...] = ()
    focus: Span | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A quotation: ``quote`` is the slice ``[start:end]`` of its document's extracted text.

    ``span`` are offsets into ``quote``: the words that answer, None where no part of the sentence
    does so better than the whole. ``context`` is the slice of the document around the quotation
    that a reader may want. ``speaker`` says whose words they are. ``year`` is the time that the
    sentence, or else the document, gives, empty where none is known.
    """

    rank: int
    quote: str
    span: Span | None
    start: int
    end: int
    context: Span
    passage: Passage
    document: Document
    speaker: str
    year: str
    score: float


@dataclass(frozen=True, slots=True)
class Answers:
    """What the documents say to a question.

    ``reason`` says in words why the state is what it is. ``total`` is how many there are of what
    was asked for, where that is countable (findings, judgments), else None. ``missing`` are the
    words of the question that stand in no passage.
    """

    question: Question
    state: State
    reason: str
    missing: tuple[str, ...]
    answers: tuple[Answer, ...]
    total: int | None
    took_ms: float
