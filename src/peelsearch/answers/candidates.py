"""The words in a sentence that could answer a type of question: numbers, sums, dates, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from peelsearch.answers.question_types import NUMERIC
from peelsearch.documents.deadlines import read_deadline
from peelsearch.model import Question, QuestionType, Span

_T = QuestionType

_SMALL = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_LARGE = "(?:hundred|thousand|million|billion)"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_YEAR = r"(?:1[0-9]|20)\d\d(?:\s?[/–-]\s?(?:\d{4}|\d{2}))?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)|\w+teenth|eleventh|twelfth|twentieth|\w+-first)"
_PERIOD = "(?:hours?|days?|weeks?|months?|years?|quarters?)"


def _any(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)


_NUMBERS = _any(
    rf"(?<![\w£$€.])(?<!\w-)(?:\d+(?:,\d{{3}})+|\d+)(?:\.\d+)?[½¼¾]?(?:st|nd|rd|th)?"
    rf"(?:\s?(?:{_LARGE}|bn|m|k)\b)?(?!\w)",
    rf"\b{_SMALL}(?:[- ](?:{_SMALL}|{_LARGE}))*\b",
    rf"\b(?:an? )?(?:{_LARGE}|dozen|half|quarter)s?\b",
    # Without "third sector", "the third time".
    r"\b(?:an? |one |two[ -])thirds?\b|\bthird(?= of\b)",
    r"\btwice\b|\bonce(?= (?:a|an|per|each|every|in|during)\b)|\bonly once\b",
)
_PERCENTAGES = _any(
    rf"(?:\d+(?:[.,]\d+)*|\b{_SMALL}(?:-{_SMALL})?)(?:\s?%|\s?per\s?cent\b)",
    r"\bhalf(?= (?:of|the|its|their|all)\b)|\b(?:(?:an? |one )?third(?= of\b)"
    r"|two-thirds|three-quarters|most of|majority)\b"
    r"|\bquarter(?= of\b)",
    r"\b\d+ (?:in|out of) (?:every )?\d+\b",
)
_SHARES = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%|\s?per\s?cent\b)", re.IGNORECASE)
_MONEY = _any(
    rf"[£$€]\s?\d+(?:[.,]\d+)*(?:\s?(?:{_LARGE}|bn|m|k)\b)?",
    rf"\b\d+(?:[.,]\d+)*\s?(?:{_LARGE} )?(?:pounds|dollars|euros|pence)\b",
)
# Names of months and periods begin with capitals.
_DATES = _any(
    rf"\b(?:(?:{_DAY}\s+(?:to|–|-)\s+)?{_DAY}\s+(?:of\s+)?)?{_MONTH}\.?(?:\s+{_DAY}\b(?!\d))?"
    rf"(?:,?\s+{_YEAR})?\b",
    rf"\b{_YEAR}(?:s\b)?",
    rf"\b{_ORDINAL} (?:and {_ORDINAL} )?centur(?:y|ies)\b",
    r"\b\d{1,4}\s?(?:BCE?|AD|CE)\b|~?\d[\d,]* (?:BP|years ago)\b",
    rf"\b(?:every|each|per|once a|twice a|within) (?:\w+ ){{0,2}}{_PERIOD}\b|\b\d+ {_PERIOD}\b",
    r"\b(?:start|beginning|middle|end|outbreak) of (?:the )?[A-Z][\w ]{2,30}",
    r"\b(?:once|as soon as) (?:the|it|this|these|they) [\w ]{0,40}?\b(?:is|are|ha(?:s|ve) been)"
    r" \w+",
    r"\b(?:annual|daily|weekly|monthly|quarterly)(?:ly)?\b",
    flags=0,
)
# Years and dates, which are no numbers of anything.
_CALENDAR = _any(
    rf"\b(?:{_DAY}\s+(?:of\s+)?)?{_MONTH}\s+(?:\d{{1,2}},?\s+)?{_YEAR}\b",
    rf"\b(?:in|since|by|during|of|from|until|to|year|for|ending)\s+{_YEAR}\b(?!\s+[a-z]+s\b)",
    r"\b(?:1[0-9]|20)\d\d\s?[/–-]\s?\d{2,4}\b",
)
_BODIES = re.compile(
    r"(?:Police|Constabular(?:y|ies)|Council|Panel|Service|Team|Unit|Board|Office|Department|Group"
    r"|Programme|Strategy|Framework|Act|Code|Inspection|Inspectorate|Assessment)$"
)
# "You Turn Futures, a charity".
_CALLED_BODY = re.compile(
    r"(?:['’]s)?,? (?:is )?(?:an?|the) (?:[\w-]+ ){0,2}(?:charity|company|organisation|agency|firm"
    r"|team|unit|service|programme|scheme|system|project|partnership|provider)\b"
)
# Names of the calendar, and numbered sections of the law.
_NO_NAME = re.compile(
    r"[A-Za-z]\d+|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|COVID-19|PEEL)(?: \d+)*"
)
# Numbers of telephones.
_DIALLED = re.compile(
    r"\b(?:101|999|111|112)\b(?=\W*(?:\(#\))?\W*(?:service|calls?|number|line|or|and|system)\b)"
)
# What stands before a colon in a list of facts.
_LABEL = re.compile(r"\s*\w+(?: [a-z]+){0,2}:\s")
# The number of a paragraph.
_ITEM_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s")
# What stands before the width of a confidence interval.
_MARGIN = re.compile(r"(?:\+/-|±|confidence interval of)\s*(?:\+/-\s*)?$")
_REASONS = _any(
    r"\b(?:because|due to|as a result|so that|since|caus(?:ed by|e|es|ed|ing)|reasons?|in order to"
    r"|therefore|to make sure|to avoid|to address|this means|owing to|led to|so|thanks to|driven by"
    r"|leads? to|means? that|meant that|prompt(?:s|ed)?|it took|aims? to|in response to"
    r"|following)\b"
)
_DEFINITIONS = _any(
    r"\b(?:means?|stands? for|refers? to|defined as|short for|is an?)\b",
    # "OSARA (Objective, Scanning, Analysis, Response, Assessment)"
    r"\((?:meaning )?[A-Za-z][^()]*\s[^()]+\)",
)
# What inspectorates call their grades. "Good" is a grade where it is written large, said of
# something, or the last word.
_GRADES = _any(
    r"\b(?:outstanding|adequate|inadequate|(?:un)?satisfactory|excellent|ungraded|not graded"
    r"|(?:requires?|requiring|needs?)\s+improvement(?:\s+to be good)?|to be good)\b",
    r"(?-i:\bGood\b)|\b(?:good|poor)(?=\W*$)",
    r"(?:(?<=judged )|(?<=graded )|(?<=rated )|(?<=remains )|(?<=[.\s]is )|(?<=[.\s]are )"
    r"|(?<=[.\s]was )|(?<=[.\s]were )|(?<=[.\s]as ))['‘“]?(?:good|poor)\b",
)
# Letters may carry combining accents.
_CAPITAL = r"(?:[A-ZÀ-Þ][\w\u0300-\u036f'’.&-]*[\w\u0300-\u036f]|[A-ZÀ-Þ]\b)"
_NAMES = re.compile(
    rf"(?<!\w){_CAPITAL}(?:\s+(?:(?:of|the|and|de|van|von|for|der|la|al-)\s+){{0,2}}{_CAPITAL})*"
)
# Words that begin a sentence with a capital and name nothing.
_OPENERS = frozenset(
    "the this that these those it its he she they we i in on at as and but for from by to of a an"
    " our their his her when while where after before since during if although though however"
    " despite there here some many most all both each every one two three following using under"
    " with within without because also such other another no not now".split()
)

_PATTERNS: Mapping[QuestionType, re.Pattern[str]] = {
    _T.GRADE: _GRADES,
    _T.PERCENTAGE: _PERCENTAGES,
    _T.MONEY: _MONEY,
    _T.NUMBER: _NUMBERS,
    _T.DATE: _DATES,
    _T.WHY: _REASONS,
    _T.DEFINITION: _DEFINITIONS,
}
# What a sentence must hold for a pattern to be tried: they are slow where nothing matches.
_HINTS: Mapping[QuestionType, re.Pattern[str]] = {
    _T.PERCENTAGE: re.compile(r"%|per\s?cent|half|third|quarter|most|majority|\d (?:in|out)"),
    _T.MONEY: re.compile(r"[£$€]|pounds|dollars|euros|pence"),
}


def candidates(kind: QuestionType, sentence: str) -> list[Span]:
    """Where the sentence holds what this type of question asks for; none for open types."""
    if kind in (_T.BODY, _T.PLACE, _T.PERSON):
        if kind is _T.PLACE:
            plain = [match.span() for match in _PLACES.finditer(sentence)]
            return plain + [s for s in _names(sentence) if _may_be_place(sentence, *s)]
        found = [span for span in _names(sentence) if not _NO_NAME.fullmatch(sentence, *span)]
        if kind is _T.PERSON and (label := _LABEL.match(sentence)):
            # "Inspection dates: 3 to 14 October" names nobody.
            found = [span for span in found if span[0] >= label.end()]
        return found
    if kind is _T.DEADLINE:
        deadline = read_deadline(sentence, 0, len(sentence))
        return [(deadline.start, deadline.end)] if deadline else []
    pattern, hint = _PATTERNS.get(kind), _HINTS.get(kind)
    if pattern is None or (hint and not hint.search(sentence)):
        return []
    if kind is _T.NUMBER and not _may_count(sentence):
        return []
    item = _ITEM_NUMBER.match(sentence)
    found = [match.span() for match in pattern.finditer(sentence, item.end() if item else 0)]
    if found and kind in NUMERIC:
        found = [span for span in found if not _MARGIN.search(sentence, 0, span[0])]
    if found and kind is _T.NUMBER:
        others = (_CALENDAR, _DIALLED, _SHARES)
        dates = [m.span() for p in others for m in p.finditer(sentence)]
        found = [span for span in found if not any(a <= span[0] < b for a, b in dates)]
    return found


def _may_be_place(sentence: str, start: int, end: int) -> bool:
    """Whether a name can be a place's: no abbreviation, and no title in quotation marks."""
    name = sentence[start:end]
    quoted = sentence[max(0, start - 1) : start] in ("[", "'", "‘")
    abbreviated = name.isupper() or _ABBREVIATED.fullmatch(name)
    return not (abbreviated or quoted or _NO_NAME.fullmatch(name))


# One word with two capitals side by side: "LinCC".
_ABBREVIATED = re.compile(r"\S*[A-ZÀ-Þ]{2}\S*")


# Places without a name: "located throughout the county".
_PLACES = re.compile(
    r"\b(?:throughout|across|within|outside|near|at|in) (?:the |its |their |an? )?"
    r"(?:[a-z'’-]+ ){0,2}"
    r"(?:count(?:y|ies)|cit(?:y|ies)|towns?|villages?|boroughs?|districts?|premises|buildings?|offices?"
    r"|hospitals?|schools?|stations?|homes?|hotels?|courts?|prisons?|custody suites?)\b"
)


def asked_for(question: Question, sentence: str) -> list[Span]:
    """The candidates for a question: when something happened is never "every quarter"."""
    found = candidates(question.type, sentence)
    if not found and question.type is _T.NUMBER and _LEVEL.search(question.text):
        return candidates(_T.PERCENTAGE, sentence)
    if found and question.type is _T.DATE and _HAPPENED.search(question.text):
        return [span for span in found if not _RECURRING.match(sentence, *span)]
    return found


# What can be a share as well as a number.
_LEVEL = re.compile(r"\bwhat\b.*\b(?:average|figure|level|rate)\b", re.IGNORECASE)
_HAPPENED = re.compile(r"\bwhen (?:did|was|were|had|has|will)\b", re.IGNORECASE)
_RECURRING = re.compile(
    r"(?:annual|daily|weekly|monthly|quarterly)|(?:every|each|per|once a|twice a)\b", re.IGNORECASE
)


def persons(sentence: str) -> list[Span]:
    """Names that can be a person's: neither abbreviations nor names of bodies or what is called
    one, nor a single word that is written large because a sentence begins with it."""
    return [
        (start, end)
        for start, end in candidates(_T.PERSON, sentence)
        if not sentence[start:end].isupper()
        and not _BODIES.search(sentence[start:end])
        and not _CALLED_BODY.match(sentence, end)
        and not (_FIRST_WORD.fullmatch(sentence, 0, end) and " " not in sentence[start:end])
    ]


# What may stand before the first word of a sentence: quotation marks, the number of a paragraph.
_FIRST_WORD = re.compile(r"[\W\d]*[^\W\d_][\w'’-]*")


_ROLES = _any(
    r"\b(?:(?:chief|deputy|assistant|special|senior|police|local|force) )*(?:constables?|officers?"
    r"|inspectors?|commissioners?|supervisors?|sergeants?|leaders?|managers?|forces?|staff"
    r"|residents|members|volunteers|authorit(?:y|ies)|organisations?|teams?|boards?|panels?)\b"
)


def roles(sentence: str) -> list[Span]:
    """Who acts in a sentence without being named: chief constables, supervisors, a board."""
    return [match.span() for match in _ROLES.finditer(sentence)]


def _may_count(sentence: str) -> bool:
    """Whether there is a digit or a number's word, which is found sooner than the number is."""
    if _DIGIT.search(sentence):
        return True
    return not _NUMBER_WORDS.isdisjoint(_LETTERS.findall(sentence.lower()))


_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")
_NUMBER_WORDS = frozenset(
    (
        *_SMALL.strip("(?:)").split("|"),
        *_LARGE.strip("(?:)").split("|"),
        *(f"{word}s" for word in _LARGE.strip("(?:)").split("|")),
        *"dozen dozens half third thirds quarter quarters twice once".split(),
    )
)
_FIRST_YEAR = re.compile(rf"\b{_YEAR}\b")


def years_in(sentence: str) -> str:
    """The first year or span of years that a sentence names, as it stands there."""
    found = _FIRST_YEAR.search(sentence)
    return found.group() if found else ""


_EVERY_YEAR = re.compile(r"\b(?P<first>(?:1[0-9]|20)\d\d)(?:\s?[/–-]\s?(?P<last>\d{4}|\d{2})\b)?")


def years_named(text: str) -> set[int]:
    """Every year that a text names: 2020/21 is 2020 and 2021."""
    found: set[int] = set()
    for match in _EVERY_YEAR.finditer(text):
        first = int(match["first"])
        found.add(first)
        if match["last"]:
            found.add(int(f"{first // 100}{match['last']}"[-4:]))
    return found


_PLAIN_WORD = re.compile(r"[\w\u0300-\u036f'’.&-]+")


def _names(sentence: str) -> Iterator[Span]:
    """Runs of words with capitals, without words at their start that name nothing."""
    for match in _NAMES.finditer(sentence):
        start, end = match.span()
        while start < end:
            word = _PLAIN_WORD.match(sentence, start, end)
            if word is None or word.group().casefold() not in _OPENERS:
                break
            start = end - len(sentence[word.end() : end].lstrip())
        if start < end:
            yield start, end
