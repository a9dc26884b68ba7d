"""What a question asks for, by its wording."""

from __future__ import annotations

import re

from peelsearch.model import QuestionType, Span

_T = QuestionType
# In order: the first that fits decides.
_PATTERNS: tuple[tuple[QuestionType, str], ...] = (
    (
        _T.GRADE,
        r"\b(?:what|which) (?:\w+ )?(?:grades?|gradings?|ratings?|judge?ments?)\b|\bhow (?:was|were|is|did)\b.*"
        r"\b(?:graded|rated|judged|score)\b",
    ),
    (
        _T.DEFINITION,
        r"\bstands? for\b|\bmeant by\b|\b(?:does|do|did)\b.*\bmean\b|\bdefin(?:e|ition)"
        r"|\b(?:full|long) (?:form|name) of\b|\bshort for\b|\bspell(?:s|ed)? out\b",
    ),
    (
        _T.DEADLINE,
        r"\bdeadlines?\b|\bby when\b|\bwhen (?:must|should|is|are|does|do)\b.*\b(?:due|complete[d]?"
        r"|done|by)\b|\bdue (?:date|by)\b|\bhow long .*\bto (?:respond|comply|implement)\b",
    ),
    (
        _T.PERCENTAGE,
        r"\bper ?cent(?:age)?\b|\bproportion\b|\bwhat share\b|\bwhat (?:rate|fraction)\b",
    ),
    (
        _T.MONEY,
        r"\bhow much\b.*\b(?:cost|spen[dt]|sav(?:e|ed|ing|ings)|money|funding|grant|budget|pay|paid|pounds?"
        r"|worth|fund|invest(?:ed|ment)?)\b|\bwhat (?:was|is|were) the (?:\w+ ){0,2}(?:cost|budget|price|value)\b"
        r"|\b(?:cost|savings?|budget)\b.*\bhow (?:much|big|large)\b"
        r"|\bhow (?:much|big|large)\b.*\b(?:costs?|savings?|reduction in the cost)\b"
        r"|\bhow (?:expensive|costly)\b",
    ),
    (
        _T.NUMBER,
        r"\bhow (?:many|often|long|old|far|big|large|tall|high|fast|frequently|deep|heavy|wide|quickly)\b"
        r"|\bhow much\b|\bwhat (?:number|amount|quantity|age|distance|speed|height|length|size|population"
        r"|area|temperature|score)\b|\bnumber of\b|\bpopulation of\b",
    ),
    (
        _T.DATE,
        r"(?:^|[,;:]\s*|\b(?:by|since|until|from|and|of) )when\b|\bwhen (?:did|do|does|was|were|is|are|has|had|will"
        r"|should|must|can)\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|season)\b"
        r"|\bsince what\b|\bhow (?:recently|long ago)\b|\bdated?\b",
    ),
    (
        _T.PERSON,
        r"(?-i:\bwho\b|^\W*Who\b)|\bwhom\b|\bwhose\b|\b(?:what|which) (?:\w+ )?(?:person|inspector|commissioner|officer|man"
        r"|woman|author|leader|king|emperor|president|scientist|player|coach|actor|singer)\b",
    ),
    (
        _T.PLACE,
        r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|town|country|county|place|state|region|river|location"
        r"|area|street|village|continent|island)\b",
    ),
    (
        _T.WHY,
        r"\bwhy\b|\bfor what reason\b|\bwhat (?:is|was|are|were) the (?:reason|cause|purpose|aim)s?\b"
        r"|\bwhat (?:caused?|causes|explains?|led to)\b|\bhow come\b",
    ),
    (
        _T.BODY,
        r"\b(?:what|which) (?:\w+ )?(?:organi[sz]ations?|bod(?:y|ies)|agenc(?:y|ies)|compan(?:y|ies)"
        r"|charit(?:y|ies)|forces?|teams?|units?|groups?|panels?|partners?|constabular(?:y|ies)|part(?:y|ies))\b",
    ),
    (
        _T.HOW,
        r"^\W*(?:and |so |but )?how\b|\bin what way\b|\bhow (?:does|do|did|is|are|was|were|has|have|can)\b",
    ),
    (
        _T.YES_NO,
        r"^\W*(?:and |so |but )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may"
        r"|must)\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
# What follows these is what is counted or measured.
_FOCUS = re.compile(
    r"\b(?:how (?:many|much)(?: of)?|(?:percentage|proportion|number|share|rate|fraction|amount) of"
    r"|(?:what|which)(?= [a-z]))\s+(?:the |all |its |their |force's )*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_NO_NOUNS = frozenset(
    "is are was were do does did has have had can could will would should may must kind kinds sort"
    " sorts type types percentage proportion number share rate fraction amount".split()
)
NUMERIC = frozenset({_T.PERCENTAGE, _T.MONEY, _T.NUMBER})


# What only says the type: "what percentage of", "the number of", "the deadline for".
_ASKS = {
    _T.PERCENTAGE: "percentage percentages proportion percent share rate fraction",
    _T.NUMBER: "number amount total quantity",
    _T.MONEY: "amount",
    _T.DEADLINE: "deadline deadlines due",
    _T.DATE: "date year day month",
    _T.WHY: "reason reasons",
    _T.PERSON: "person say says said",
}
ASKING = {kind: frozenset(words.split()) for kind, words in _ASKS.items()}


def question_type(text: str) -> QuestionType:
    """What is asked for; OTHER where the wording does not say."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(text)), _T.OTHER)


def focus(text: str) -> Span | None:
    """The first word of what is counted, measured or asked for: "visits" in "how many visits"."""
    for match in _FOCUS.finditer(text):
        word = _WORD.match(text, match.end())
        if word and word.group().casefold() not in _NO_NOUNS:
            return word.span()
    return None
