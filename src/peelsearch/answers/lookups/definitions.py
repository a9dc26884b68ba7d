"""What a short form stands for, and what is short for a long one, where a document says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from peelsearch.acronyms import Acronyms
from peelsearch.analysis import terms
from peelsearch.answers.lookups.found import Asked, Found
from peelsearch.answers.quoting import own_heading
from peelsearch.model import (
    AllOf,
    Answer,
    KnownAcronym,
    Match,
    QuestionType,
    Span,
    State,
    Stem,
    StemPhrase,
)

# Words of a question about a short form that are not the short form.
_ASKING = frozenset(
    "stand stands mean means meant meaning short shortened abbreviation abbreviated acronym"
    " initials letters define definition full form name spell spelled out expand expanded explain"
    " term".split()
)
_PLAIN = re.compile(
    r"^\W*(?:what(?:\s+(?:is|are|was|were)|['’]s)\s+(?:an?\s+|the\s+)?)?[^\s?]+\W*$",
    re.IGNORECASE,
)
_LONGEST = 8
_MOST = 50
# Passages that use a short form, or write the long one, without defining it.
_FEW = 10


def answer(asked: Asked) -> Found | None:
    """The place where a document writes both forms, the newest document first."""
    question = asked.question
    is_plain = bool(_PLAIN.match(question.text))
    if question.type is not QuestionType.DEFINITION and not is_plain and not _asks_short(asked):
        return None
    typed = asked.terms.typed
    rest = [stem for stem in asked.terms.stems if typed[stem] not in _ASKING]
    known = _known(asked, rest)
    answers = [answer for acronym in known for answer in _defined(asked, acronym)]
    if answers:
        return Found(State.ANSWER, f"{_said(known)}.", tuple(answers), type=QuestionType.DEFINITION)
    return _built_in(asked, [acronym for acronym in known if acronym.built_in])


def _built_in(asked: Asked, known: Sequence[KnownAcronym]) -> Found | None:
    """Where the documents write out what they use short and never define."""
    if not known:
        return None
    short = known[0].acronym.short
    longs = " or ".join(f'"{acronym.acronym.long}"' for acronym in known)
    written = [a for acronym in known for a in _written_out(asked, acronym)]
    if written:
        reason = f"No document here says what {short} stands for; in policing it is {longs}."
        return Found(State.ANSWER, reason, tuple(written), type=QuestionType.DEFINITION)
    _, matches = asked.matches(match=Stem(known[0].short_stem), limit=_FEW, marked=True)
    used = [asked.quotes.answer(match, *_unit_with(match, match.marks[0][:2])) for match in matches]
    reason = f"These documents do not say what {short} stands for; in policing it is {longs}."
    return Found(State.CLOSEST, reason, tuple(used), type=QuestionType.DEFINITION)


def _written_out(asked: Asked, known: KnownAcronym) -> list[Answer]:
    _, matches = asked.matches(match=StemPhrase(known.long_stems), limit=_FEW)
    pattern = re.compile(_long_form(known), re.IGNORECASE)
    found = ((match, pattern.search(match.passage.text)) for match in matches)
    return [
        asked.quotes.answer(match, *_unit_with(match, place.span()), place.span())
        for match, place in found
        if place
    ]


def _asks_short(asked: Asked) -> bool:
    return bool(
        re.search(r"\b(?:abbreviat\w*|acronym|initials|short form)\b", asked.question.text, re.I)
    )


def _known(asked: Asked, rest: Sequence[str]) -> list[KnownAcronym]:
    """The acronyms that the question is about: its only content, short or long."""
    acronyms = Acronyms(asked.corpus.reader)
    if len(rest) == 1:
        found = acronyms.with_short(asked.terms.typed[rest[0]], rest[0])
        if found:
            return list(dict.fromkeys(found))
    written = terms(asked.question.text, asked.corpus.stem)
    words, stems = [term.word for term in written], [term.stem for term in written]
    for size in range(min(_LONGEST, len(words)), 1, -1):
        for at in range(len(words) - size + 1):
            run = slice(at, at + size)
            found = acronyms.with_long(words[run], stems[run])
            if found and set(rest) <= set(stems[run]):
                return list(found)
    return []


def _said(known: Iterable[KnownAcronym]) -> str:
    return "; ".join(
        dict.fromkeys(f"{k.acronym.short} is short for {k.acronym.long}" for k in known)
    )


def _defined(asked: Asked, known: KnownAcronym) -> list[Answer]:
    """Each place where both forms stand together; places with one form alone if there is none."""
    both = AllOf((Stem(known.short_stem), StemPhrase(known.long_stems)))
    _, matches = asked.matches(match=both, limit=_MOST)
    pattern = _both_forms(known)
    answers = []
    for match in matches:
        found = pattern.search(match.passage.text)
        if found:
            unit = _unit_with(match, found.span())
            answers.append(asked.quotes.answer(match, *unit, _asked_form(found, asked, known)))
    return answers


def _asked_form(found: re.Match[str], asked: Asked, known: KnownAcronym) -> Span:
    """The form that the question does not hold itself."""
    wrote_short = known.short_stem in asked.terms.stems
    wanted = ("after", "before") if wrote_short else ("short", "first")
    return next(found.span(name) for name in wanted if found[name])


def _both_forms(known: KnownAcronym) -> re.Pattern[str]:
    """The long form with the short one in brackets, or the other way round."""
    long = _long_form(known)
    short = re.escape(known.acronym.short) + "s?"
    return re.compile(
        rf"(?P<before>{long})\s*[\\\[\]]*\(\W{{0,2}}(?P<short>{short})\b"
        rf"|\b(?P<first>{short})\s*\\?\(\W?(?P<after>{long})",
        re.IGNORECASE,
    )


def _long_form(known: KnownAcronym) -> str:
    words = [re.escape(word).replace("'", "['’]") for word in known.acronym.long.split()]
    return r"[\s\]\[-]+".join(words) + r"(?:['’]?s)?"


def _unit_with(match: Match, span: Span) -> Span:
    """The sentence, or the heading, that a span stands in."""
    for unit in match.units:
        if unit[0] <= span[0] and span[1] <= unit[1]:
            return unit
    heading = own_heading(match)
    return heading if heading[0] <= span[0] and span[1] <= heading[1] else span
