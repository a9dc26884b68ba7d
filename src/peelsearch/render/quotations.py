"""Answers to a question as text for a terminal, or plain for a pipe: the same words in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from peelsearch.model import Answer, Answers, State
from peelsearch.render import words
from peelsearch.render.style import Style, safe
from peelsearch.search import MAX_LIMIT
from peelsearch.snippets import display, readable
from peelsearch.vocabulary import Vocabulary

PATH_SEPARATOR = " › "
# What sets a quotation off from what is said about it.
QUOTED = "> "
# Words that answer and are more of the quotation than this are not said again above it.
MOST = 2 / 3


def answers_text(
    found: Answers, style: Style, vocabulary: Vocabulary, *, context: bool = False
) -> str:
    """Whether the question is answered and why, then each quotation with its place.

    ``context`` shows the sentences around each quotation too.
    """
    lines = [style.bold(words.state(found))]
    lines += [style.wrap(safe(line), "") for line in words.explained(found, vocabulary)]
    for answer in found.answers:
        lines += ["", *_answer_lines(telling(answer, found.state), style, vocabulary, context)]
    if found.total is not None and 0 < len(found.answers) < found.total:
        more = f"; --limit {found.total} shows all" if found.total <= MAX_LIMIT else ""
        lines += ["", f"{len(found.answers):,} of {found.total:,} shown{more}."]
    return "\n".join(lines) + "\n"


def _answer_lines(
    answer: Answer, style: Style, vocabulary: Vocabulary, context: bool
) -> Iterator[str]:
    number = f"{answer.rank}. "
    indent = " " * len(number)
    body = list(_quotation(answer, style, indent, context=context))
    said = in_short(answer)
    if said:
        yield style.wrap(number + style.bold(safe(said)), "")
        yield from body
    else:
        yield number + body[0].removeprefix(indent)
        yield from body[1:]
    about = (
        words.speaker(answer),
        readable(answer.document.title),
        *words.answer_details(answer, vocabulary),
    )
    yield style.wrap(style.dim(safe(" · ".join(about))), indent)
    path = PATH_SEPARATOR.join(headings(answer))
    if path:
        yield style.wrap(style.dim(safe(path)), indent)
    yield indent + style.dim(f"peelsearch show {answer.passage.id}")


def _quotation(answer: Answer, style: Style, indent: str, *, context: bool) -> Iterable[str]:
    before, after = around(answer) if context else ("", "")
    if before:
        yield style.wrap(style.dim(safe(before)), indent)
    marks = [answer.span] if answer.span else []
    yield style.wrap(style.marked(answer.quote, marks), indent + QUOTED)
    if after:
        yield style.wrap(style.dim(safe(after)), indent)


def telling(answer: Answer, state: State) -> Answer:
    """The answer without its span where marking that would tell nothing, or something wrong.

    That is where it is the whole quotation but for punctuation, and in what is only close.
    """
    if answer.span is None:
        return answer
    rest = answer.quote[: answer.span[0]] + answer.quote[answer.span[1] :]
    if state is State.ANSWER and any(char.isalnum() for char in rest):
        return answer
    return replace(answer, span=None)


def in_short(answer: Answer) -> str:
    """The words that answer, as people read them; empty where they are most of the quotation.

    Said above the quotation they can be told without colour.
    """
    if answer.span is None:
        return ""
    start, end = answer.span
    if end - start > MOST * len(answer.quote):
        return ""
    return "".join(piece for piece, marked in display(answer.quote, [answer.span]) if marked)


def headings(answer: Answer) -> tuple[str, ...]:
    """The heading path of a quotation, without the heading that it is itself."""
    path = tuple(readable(heading) for heading in answer.passage.headings)
    return path[:-1] if path and path[-1] == readable(answer.quote) else path


def around(answer: Answer) -> tuple[str, str]:
    """The context before and after a quotation, as people read it."""
    passage = answer.passage
    first, last = (offset - passage.start for offset in answer.context)
    text = passage.text
    return (
        readable(text[first : answer.start - passage.start]),
        readable(text[answer.end - passage.start : last]),
    )
