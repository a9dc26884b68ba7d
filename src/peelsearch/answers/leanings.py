"""What sentences a question leans to by its wording: definitions, criticism, praise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from peelsearch.answers.candidates import candidates
from peelsearch.answers.sentences import Sentence
from peelsearch.model import Question, QuestionType

_RULE = re.compile(
    r"\b(?:should|must|ought|need(?:s|ed)? to|required?|requires|recommend\w*|expect\w*"
    r"|important)\b",
    re.IGNORECASE,
)
# "What should the force do about the Victims' Code?"
_TO_DO = re.compile(
    r"\bwhat (?:must|should|ought|do(?:es)? .{1,60} (?:need|have) to)\b"
    r".*\b(?:do|improve|change|fix)\b",
    re.IGNORECASE,
)
_DEMANDS = 2.0
# "When was it inspected?" - "Inspection dates: 3 to 14 October".
_INSPECTED = re.compile(r"\binspect(?:ed|ions?|ors?)\b", re.IGNORECASE)
_LABELLED = {
    QuestionType.DATE: re.compile(
        r"\W*(?:inspection dates?|dates? of (?:the )?inspection)\b", re.I
    ),
    QuestionType.PERSON: re.compile(r"\W*lead inspector\b", re.I),
}
_LABEL = 4.0
_SHORT = 70
_REPLY, _NORMATIVE = 2.0, -0.8
Bonus: TypeAlias = Callable[[Sentence], float]
"""What is added to a sentence's score."""

# "What is outcome 16?": the thing, of few words.
WHAT_IS = re.compile(
    r"^\W*what(?:['’]s| is| are| was| were)\s+(?:an? |the )?"
    r"(?P<thing>[\w'’/-]+(?:\s+[\w'’/-]+){0,4})\W*$",
    re.IGNORECASE,
)
_ASKS_WRONG = re.compile(
    r"\b(?:wrong|problems?|weakness\w*|criticis\w+|concern\w*|issues?|failings?|shortcomings?|bad|badly"
    r"|poor|poorly|fail\w*|challenges?|difficult\w*|obstacles?|barriers?|struggl\w+|complain\w*"
    r"|negative|worr\w+|weak)\b",
    re.IGNORECASE,
)
_SAYS_WRONG = re.compile(
    r"\b(?:\w+n['’]t|not|no|never|lack\w*|short(?:age|ages|fall)|delay\w*|poor\w*|fail\w*|ineffective"
    r"|weak\w*|inconsistent\w*|inadequate|too (?:few|many|often|slow|late|much)|only|without"
    r"|superficial|unable|difficult\w*|struggl\w+|concern\w*|limited|insufficient|unmanageable|overwhelm\w+|risks?"
    r"|despite|incorrectly|inappropriate\w*|confusion|frustrat\w+|stress\w*|backlogs?)\b",
    re.IGNORECASE,
)
_ASKS_RIGHT = re.compile(
    r"\b(?:prais\w+|strengths?|positives?|impress\w+|congratulat\w+|commend\w*|well|success\w*"
    r"|achiev\w+|proud|best|applaud\w*)\b",
    re.IGNORECASE,
)
_SAYS_RIGHT = re.compile(
    r"\b(?:congratulate|impressive|highly effective|excellent|outstanding|pleased|encouraged|strong"
    r"|success\w*|effectively|well|significantly (?:reduced|improved)|good|robust|rigorous"
    r"|strength\w*)\b",
    re.IGNORECASE,
)
# What a row of a table has at most, in characters.
_ROW = 150
# What tells of an earlier inspection.
_BEFORE = re.compile(
    r"\b(?:previous|last|earlier) (?:\w+ ){0,2}inspections?\b|\bformer\b", re.IGNORECASE
)
_GRADED_LAST, _EARLIER = 1.0, -1.0
# Questions of these types ask what is, unless they say otherwise.
_FACTS = frozenset({QuestionType.YES_NO, QuestionType.WHY, QuestionType.NUMBER})
_DEFINED, _CRITICAL, _APPROVING, _OF_THE_KIND = 1.5, 1.0, 0.5, 1.0


def wording_bonus(question: Question) -> Bonus:
    """The bonus for sentences by what the question's wording leans to, nothing for most."""
    parts = list(_leanings(question))

    def bonus(sentence: Sentence) -> float:
        return sum([part(sentence) for part in parts])

    return bonus


def _leanings(question: Question) -> Iterator[Bonus]:
    kind, text = question.type, question.text
    if kind is QuestionType.BODY:
        yield lambda sentence: _OF_THE_KIND * sentence.focused
    if kind is QuestionType.YES_NO:
        yield _replies
    if kind in _FACTS and not _RULE.search(text):
        yield lambda sentence: _NORMATIVE * bool(_RULE.search(sentence.text))
    if kind is QuestionType.GRADE:
        yield lambda sentence: _GRADED_LAST * _ends_in_grade(sentence.text)
        if not _BEFORE.search(text):
            yield lambda sentence: _EARLIER * bool(_BEFORE.search(sentence.text))
    if kind in _LABELLED and _INSPECTED.search(text):
        label = _LABELLED[kind]
        yield lambda sentence: _LABEL * bool(label.match(sentence.text))
    if _TO_DO.search(text):
        yield lambda sentence: _DEMANDS * bool(_RULE.search(sentence.text))
    if what := WHAT_IS.match(text):
        defines = _defines(what["thing"])
        yield lambda sentence: _DEFINED * bool(defines.search(sentence.text))
    elif _ASKS_WRONG.search(text):
        yield lambda sentence: _CRITICAL * bool(_SAYS_WRONG.search(sentence.text))
    elif _ASKS_RIGHT.search(text):
        yield lambda sentence: _APPROVING * bool(_SAYS_RIGHT.search(sentence.text))


def _ends_in_grade(sentence: str) -> bool:
    """Whether it is a row of a table or a heading: what is graded, and its grade."""
    found = candidates(QuestionType.GRADE, sentence) if len(sentence) < _ROW else []
    return bool(found) and not sentence[found[-1][1] :].strip(" .'’”)")


def _replies(sentence: Sentence) -> float:
    """For a short sentence about the one before: "This has not improved."."""
    short = sentence.refers_back and len(sentence.text) < _SHORT and bool(sentence.held)
    return _REPLY * short


def _defines(thing: str) -> re.Pattern[str]:
    """Finds where a sentence explains a thing: in brackets, behind "which", by "is"."""
    words = r"[\s-]+".join(map(re.escape, thing.split()))
    return re.compile(
        rf"\b{words}\b['’\"]?(?:\]\(#\))?['’\"]?,?\s*"
        r"(?:\(\W{0,2}[\w'’]+\s\w|which\b|who\b|is an?\b|are\b|means?\b|–|provides?\b)"
        rf"|\(\W*{words}\W*\)|\bcalled\W+{words}\b|\bknown as\W+{words}\b",
        re.IGNORECASE,
    )
