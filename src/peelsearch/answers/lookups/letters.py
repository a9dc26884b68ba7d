"""Who signed a document and when it was written, from its signature and its date."""

from __future__ import annotations

import re
from dataclasses import replace

from peelsearch.analysis import sentences
from peelsearch.answers.lookups.found import Asked, Found, content
from peelsearch.answers.speakers import signature_name
from peelsearch.documents.dates import date_in
from peelsearch.model import (
    Answer,
    Document,
    Everything,
    Match,
    QuestionType,
    Request,
    Sort,
    Span,
    State,
)

_SIGNS = re.compile(
    r"\b(?:sign(?:s|ed|ature)?|wrote|written by|writ(?:es|er)|author(?:ed)?|from whom)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"^\W*(?:who|what)(?:['’]s| is| was| are| were)\b", re.IGNORECASE)
_WRITTEN = re.compile(
    r"\b(?:date[ds]?|written|wrote|sent|published|publish|issued|released)\b", re.IGNORECASE
)
_OFFICE = re.compile(
    r"\b(?:job|role|position|post|title|rank|office|work as|occupation)\b", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"\baddress(?:ed|es|ee)?\b"
    r"|\b(?:letter|reply|response)\b.*\b(?:sent|written|go|going|for|to)\b.*\bto\b"
    r"|\b(?:write|writes|wrote|writing|written|send|sent|reply|replied|replies|respond\w*) to\W*$"
    r"|^\W*(?:to whom|who (?:is|was) .*\bto\W*$)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"^[ \t]*Dear\s+(?P<whom>[^\n,]{2,100}?)[ \t]*,?[ \t]*$", re.MULTILINE)
_ASKING = frozenset(
    "who whom addressed address addresses addressee reply replied response respond role job rank"
    " position title post office occupation work what whose signed signature sign signs wrote"
    " written writer writes write author authored name person"
    " date dated when day year published publish issued released sent send document current".split()
)
_ADDRESSEES = frozenset({QuestionType.PERSON, QuestionType.OTHER, QuestionType.BODY})
# A line longer than this is a paragraph.
_LINE = 120
# The share of the question's words that the place of the signature must hold.
_ENOUGH = 0.6


def answer(asked: Asked) -> Found | None:
    """The signature or the date of the document that the question speaks of."""
    kind, text = asked.question.type, asked.question.text
    if kind in _ADDRESSEES and _ADDRESSED.search(text):
        found = _addressed(asked)
        if found is not None:
            return found
    if _OFFICE.search(text) and kind in _ADDRESSEES:
        return _office(asked)
    if kind is QuestionType.PERSON and (_SIGNS.search(text) or _IS.match(text)):
        return _signer(asked)
    if kind is QuestionType.DATE and _WRITTEN.search(text):
        return _date(asked)
    return None


def _signer(asked: Asked) -> Found | None:
    """The name in the signature whose place and lines hold most of the question."""
    _, matches = asked.matches((("kind", ("signature",)),))
    wanted = _wanted(asked)
    rows = []
    for match in matches:
        document = asked.corpus.document(match.passage.document)
        place = (*match.passage.headings, match.passage.text, _about(asked, document))
        held = content(" ".join(place), asked.stem)
        share = asked.terms.worth(wanted & _with_acronyms(asked, held)) if wanted else 1.0
        name = signature_name(match)
        if name is not None and share >= _ENOUGH * asked.terms.worth(wanted):
            rows.append((share, match, name))
    rows.sort(key=lambda row: -row[0])
    answers = tuple(_line(asked, match, name) for _, match, name in rows)
    if not answers:
        return None
    return Found(State.ANSWER, f"Signed by {_text(answers[0])}.", answers)


def _office(asked: Asked) -> Found | None:
    """What stands below the name in a signature, for a question that gives the name."""
    _, matches = asked.matches((("kind", ("signature",)),))
    wanted = _wanted(asked)
    for match in matches:
        name = signature_name(match)
        if name is None:
            continue
        called = content(match.passage.text[slice(*name)], asked.stem)
        if not wanted or not wanted <= called:
            continue
        line = _line(asked, match, name)
        below = len(line.quote[: name[1] - name[0]].rstrip())
        start = below + len(line.quote[below:]) - len(line.quote[below:].lstrip())
        if start < len(line.quote):
            found = replace(line, span=(start, len(line.quote)))
            return Found(State.ANSWER, f"{_text(line)}: {_text(found)}.", (found,))
    return None


def _addressed(asked: Asked) -> Found | None:
    """Whom a letter greets."""
    letters = [d for d in _documents(asked) if d.type.endswith("letter")]
    wanted, rows = _wanted(asked), []
    for document in letters:
        signed = asked.quotes.speakers.signature(document.id)
        about = f"{_about(asked, document)} {signed[0].passage.text if signed else ''}"
        held = _with_acronyms(asked, content(about, asked.stem))
        if asked.terms.worth(wanted & held) >= _ENOUGH * asked.terms.worth(wanted):
            rows += _greetings(asked, document)
    if not rows:
        return None
    return Found(State.ANSWER, f"The letter is to {_text(rows[0])}.", tuple(rows))


def _greetings(asked: Asked, document: Document) -> list[Answer]:
    for passage in asked.corpus.reader.passages(document.id):
        found = _SALUTATION.search(passage.text)
        if found:
            return [asked.quotes.answer(Match(passage, 0.0), *found.span(), found.span("whom"))]
    return []


def _by_type(asked: Asked) -> bool:
    """Whether the question says which type of document it means."""
    return "type" in dict(asked.question.filters)


def _wanted(asked: Asked) -> set[str]:
    """The question's stems that say which document or office is meant."""
    terms = asked.terms
    return {stem for stem in terms.stems if terms.typed[stem] not in _ASKING}


def _with_acronyms(asked: Asked, held: set[str]) -> set[str]:
    return held | asked.terms.spelled_out(held)


def _about(asked: Asked, document: Document) -> str:
    return f"{document.title} {asked.vocabulary.label('type', document.type)}"


def _text(found: Answer) -> str:
    return found.quote[found.span[0] : found.span[1]] if found.span else found.quote


def _line(asked: Asked, match: Match, name: Span) -> Answer:
    """The name with what stands below it: the person's office."""
    text = match.passage.text
    following = text[name[1] :].lstrip().split("\n", 1)[0]
    end = text.index(following, name[1]) + len(following) if following else name[1]
    if end - name[1] > len(following) + 8:
        end = name[1]
    return asked.quotes.answer(match, name[0], end, name)


def _date(asked: Asked) -> Found | None:
    """Where a document whose type or title the question names gives its own date."""
    wanted = _wanted(asked)
    rows = []
    for document in _documents(asked):
        about = _with_acronyms(
            asked, content(f"{_about(asked, document)} {document.type}", asked.stem)
        )
        share = asked.terms.worth(wanted & about)
        if (wanted or _by_type(asked)) and share >= _ENOUGH * asked.terms.worth(wanted):
            rows.append((share, document))
    rows.sort(key=lambda row: -row[0])
    for _, document in rows[:1]:
        found = _dated(asked, document)
        if found is None:
            return Found(State.NONE, f"{document.title} states no date of its own.")
        return Found(State.ANSWER, f"{document.title} is dated {_text(found)}.", (found,))
    return None


def _documents(asked: Asked) -> list[Document]:
    """The documents under the question's filters, the newest first."""
    request = Request(
        match=Everything(), filters=asked.question.filters, facets=(), sort=Sort.DATE, limit=500
    )
    matches = asked.corpus.reader.search(request).matches
    names = dict.fromkeys(match.passage.document for match in matches)
    return [asked.corpus.document(name) for name in names]


def _dated(asked: Asked, document: Document) -> Answer | None:
    """The first line that gives the document's date."""
    if document.date is None:
        return None
    for passage in asked.corpus.reader.passages(document.id):
        for line in re.finditer(r"[^\n]+", passage.text):
            found = date_in(line.group())
            if found is not None and found.iso == document.date:
                at = line.start() + line.group().index(found.words)
                span = at, at + len(found.words)
                return asked.quotes.answer(Match(passage, 0.0), *_around(line, span), span)
    return _imprint(asked, document)


def _around(line: re.Match[str], span: Span) -> Span:
    """The line, or of a paragraph the sentence, that a date stands in."""
    if len(line.group()) <= _LINE:
        return line.span()
    return next(
        (line.start() + start, line.start() + end)
        for start, end in sentences(line.group())
        if line.start() + end >= span[1]
    )


def _imprint(asked: Asked, document: Document) -> Answer | None:
    """The date in a line that is in no passage: the imprint below a report."""
    text = asked.corpus.structure(document.id).text
    for line in re.finditer(r"[^\n]+", text):
        found = date_in(line.group())
        if found is not None and found.iso == document.date:
            passage = asked.corpus.reader.passages(document.id)[-1]
            whole = replace(passage, text=text, start=0, end=len(text))
            at = line.start() + line.group().index(found.words)
            span = at, at + len(found.words)
            quote = asked.quotes.answer(Match(whole, 0.0), *line.span(), span)
            return replace(quote, passage=passage)
    return None
