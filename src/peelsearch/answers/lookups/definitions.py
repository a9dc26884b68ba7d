"""What a short form stands for, and what is short for a long one, where a document says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from peelsearch.analysis import stems
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
    r"^\W*(?:(?:what|who)(?:\s+(?:is|are|was|were)|['’]s)\s+(?:an?\s+|the\s+)?)?[^\s?]+\W*$",
    re.IGNORECASE,
)
_LONGEST = 8
_MOST = 50


def answer(asked: Asked) -> Found | None:
    """The place where a document writes both forms, the newest document first."""
    question = asked.question
    is_plain = bool(_PLAIN.match(question.text))
    if question.type is not QuestionType.DEFINITION and not is_plain and not _asks_short(asked):
        return None
    terms = asked.terms
    rest = [stem for stem in terms.stems if terms.typed[stem] not in _ASKING]
    known = _known(asked, rest)
    if known:
        answers = [a for acronym in known for a in _defined(asked, acronym)]
        if answers:
            return Found(State.ANSWER, f"{_said(known)}.", tuple(answers))
    return None


def _asks_short(asked: Asked) -> bool:
    return bool(
        re.search(r"\b(?:abbreviat\w*|acronym|initials|short form)\b", asked.question.text, re.I)
    )


def _known(asked: Asked, rest: Sequence[str]) -> list[KnownAcronym]:
    """The acronyms that the question is about: its only content, short or long."""
    acronyms = asked.corpus.reader.acronyms
    if len(rest) == 1:
        found = acronyms.with_short(rest[0])
        if found:
            return list(dict.fromkeys(found))
    words = stems(asked.question.text, asked.corpus.stem)
    for size in range(min(_LONGEST, len(words)), 1, -1):
        for at in range(len(words) - size + 1):
            found = acronyms.with_long(words[at : at + size])
            if found and set(rest) <= set(words[at : at + size]):
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
    words = [re.escape(word).replace("'", "['’]") for word in known.acronym.long.split()]
    long = r"[\s\]\[-]+".join(words) + r"(?:['’]?s)?"
    short = re.escape(known.acronym.short) + "s?"
    return re.compile(
        rf"(?P<before>{long})\s*[\\\[\]]*\(\W{{0,2}}(?P<short>{short})\b"
        rf"|\b(?P<first>{short})\s*\\?\(\W?(?P<after>{long})",
        re.IGNORECASE,
    )


def _unit_with(match: Match, span: Span) -> Span:
    """The sentence, or the heading, that a span stands in."""
    for unit in match.units:
        if unit[0] <= span[0] and span[1] <= unit[1]:
            return unit
    heading = own_heading(match)
    return heading if heading[0] <= span[0] and span[1] <= heading[1] else span
