"""The words in a sentence that could answer a type of question: numbers, sums, dates, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from peelsearch.answers.question_types import NUMERIC
from peelsearch.documents.deadlines import read_deadline
from peelsearch.model import QuestionType, Span

_T = QuestionType
_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER = (
    r"(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?(?:½|¼|¾)?(?:st|nd|rd|th)?(?:\s?(?:million|billion|thousand|hundred|bn|m|k)\b)?"
    rf"|\b(?:{_SMALL})(?:[- ](?:{_SMALL}|hundred|thousand|million|billion))*\b"
    r"|\b(?:a |an )?(?:hundred|thousand|million|billion|dozen|half|third|quarter)s?\b|\b(?:twice|once)\b"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_YEAR = r"(?:1[0-9]|20)\d\d(?:\s?[/–-]\s?(?:\d{4}|\d{2}))?"
_NUMBERS = re.compile(rf"(?<![\w£$€.])(?:{_NUMBER})(?!\w)", re.IGNORECASE)
_PERCENTAGES = re.compile(
    rf"(?<![\w.])(?:{_NUMBER})(?:\s?%|\s?per\s?cent\b)|\b(?:half|third|quarter|two-thirds|three-quarters|most"
    r"|majority)\b|\b\d+ (?:in|out of) (?:every )?\d+\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£$€]\s?\d[\d,.]*\d?(?:\s?(?:million|billion|thousand|bn|m|k)\b)?"
    r"|\b\d[\d,.]*\s?(?:million |billion )?(?:pounds|dollars|euros|pence)\b",
    re.IGNORECASE,
)
_DATES = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+{_YEAR})?\b"
    rf"|\b{_YEAR}(?:s\b)?|\b\d{{1,2}}(?:st|nd|rd|th) (?:and \d{{1,2}}(?:st|nd|rd|th) )?centur(?:y|ies)\b"
    r"|\b(?:\w+teenth|twentieth|\w+-first|eleventh|twelfth) century\b|~?\d[\d,]* (?:BP|years ago)\b"
    r"|\b\d{1,4}\s?(?:BCE?|AD|CE)\b|\b(?:yesterday|today|tomorrow)\b"
    r"|\b(?:every|each|per|once a|twice a|within) (?:\w+ ){0,2}(?:hours?|days?|weeks?|months?|years?|quarter)\b"
    r"|\b(?:start|beginning|middle|end|outbreak) of (?:the )?[A-Z][\w ]{2,30}|\b(?:annual|daily|weekly|monthly|quarterly)(?:ly)?\b|\b\d+ (?:hours?|days?|weeks?|months?|years?)\b",
)
_NAME_WORD = r"[A-ZÀ-Þ][\w'’.&-]*[\w]|[A-ZÀ-Þ](?=\b)"
_NAMES = re.compile(
    rf"(?:{_NAME_WORD})(?:\s+(?:(?:of|the|and|de|van|von|for|der|la|al-)\s+){{0,2}}(?:{_NAME_WORD}))*"
)
# What stands before the width of a confidence interval.
_MARGIN = re.compile(r"(?:\+/-|±|confidence interval of)\s*(?:\+/-\s*)?$")
# Years and dates, which are no numbers of anything.
_CALENDAR = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}\s+(?:\d{{1,2}},?\s+)?{_YEAR}\b"
    rf"|\b(?:in|since|by|during|of|from|until|to|year|for|ending)\s+{_YEAR}\b(?!\s+[a-z]+s\b)"
    r"|\b(?:1[0-9]|20)\d\d\s?[/–-]\s?\d{2,4}\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\b(?:because|due to|as a result|so that|since|caused? by|reasons?|in order to|to make sure|to avoid|to address"
    r"|therefore|this means|owing to|led to|so|thanks to|driven by|leads? to)\b",
    re.IGNORECASE,
)
# Words that begin a sentence with a capital and name nothing.
_OPENERS = frozenset(
    "the this that these those it its he she they we i in on at as and but for from by to of a an our"
    " their his her when while where after before since during if although though however despite"
    " there here some many most all both each every one two three following using under with"
    " within without because also many such other another no not now".split()
)

_PATTERNS: Mapping[QuestionType, re.Pattern[str]] = {
    _T.PERCENTAGE: _PERCENTAGES,
    _T.MONEY: _MONEY,
    _T.NUMBER: _NUMBERS,
    _T.DATE: _DATES,
    _T.WHY: _REASONS,
}


def candidates(kind: QuestionType, sentence: str) -> list[Span]:
    """Where the sentence holds what this type of question asks for; none for open types."""
    if kind in (_T.PERSON, _T.BODY, _T.PLACE):
        return list(_names(sentence))
    if kind is _T.DEADLINE:
        deadline = read_deadline(sentence, 0, len(sentence))
        return [(deadline.start, deadline.end)] if deadline else []
    pattern = _PATTERNS.get(kind)
    found = [match.span() for match in pattern.finditer(sentence)] if pattern else []
    if kind in NUMERIC:
        found = [span for span in found if not _MARGIN.search(sentence, 0, span[0])]
    if kind is _T.NUMBER:
        dates = [match.span() for match in _CALENDAR.finditer(sentence)]
        found = [span for span in found if not any(a <= span[0] < b for a, b in dates)]
    return found


def years_in(sentence: str) -> str:
    """The first year or span of years that a sentence names, as it stands there."""
    found = re.search(rf"\b{_YEAR}\b", sentence)
    return found.group() if found else ""


def _names(sentence: str) -> Iterator[Span]:
    """Runs of words with capitals, without a word that begins the sentence and names nothing."""
    for match in _NAMES.finditer(sentence):
        start, end = match.span()
        while start < end:
            word = re.match(r"[\w'’.&-]+", sentence[start:end])
            if word is None or word.group().casefold() not in _OPENERS:
                break
            rest = sentence[start + word.end() : end]
            start = end - len(rest.lstrip())
        if start < end:
            yield start, end
