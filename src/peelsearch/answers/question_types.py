"""What a question asks for, by its wording."""

from __future__ import annotations

import re
from collections.abc import Mapping

from peelsearch.model import QuestionType, Span

_T = QuestionType

_SPENDING = (
    "cost|costs|spend|spent|save|saved|saving|savings|money|funding|grant|budget|pay|paid|pounds?"
    "|worth|fund|invest|invested|investment"
)
_MEASURES = (
    "number|amount|quantity|age|distance|speed|height|length|size|population|area|temperature|score"
)
_EXTENTS = "many|much|long|old|far|big|large|tall|high|fast|deep|heavy|wide|quickly|soon"
_PEOPLE = (
    "person|inspector|commissioner|officer|man|woman|author|leader|king|emperor|president"
    "|scientist|player|coach|actor|singer|judge|minister|councillor|director|detective"
)
_PLACES = (
    "city|town|country|county(?! council)|place|state|region|river|location|area|street|village"
    "|continent|island"
)
_BODIES = (
    "organi[sz]ations?|body|bodies|agency|agencies|company|companies|charity|charities|forces?"
    "|teams?|units?|groups?|panels?|partners?|constabulary|constabularies|party|parties"
    "|departments?|boards?|councils?|authorit(?:y|ies)"
)
# Bodies that have names of their own.
NAMED_BODIES = (
    "compan(?:y|ies)|charit(?:y|ies)|retailers?|shops?|supermarkets?|schools?|hospitals?"
    "|universit(?:y|ies)|colleges?|councils?|firms?|business(?:es)?|suppliers?|contractors?|banks?"
    "|courts?|prisons?|newspapers?|factor(?:y|ies)|hotels?|pubs?|clubs?"
)
_AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must"
_WHICH = r"\b(?:what|which) (?:(?!is |are |was |were |do |does |did |has |have )\w+ )?"
# With some words in between, none of which begins another part of the question.
_WHICH_OF = (
    rf"\b(?:what|which) (?:(?!(?:{_AUXILIARIES}|the|a|an|of|in|on|for|to|by|with|from|and|or) )"
    r"[\w'’-]+ ){0,3}"
)
_BEGINS = r"^\W*(?:and |so |but )?"

# Any of a type's wordings will do; in order: the first type that fits decides.
_WORDINGS: Mapping[QuestionType, tuple[str, ...]] = {
    _T.GRADE: (
        rf"{_WHICH}(?:grades?|gradings?|ratings?|judge?ments?)\b",
        r"\bwhat (?:is|was) (?:the |its |their )?(?:[\w'’-]+ ){0,3}(?:grade|grading|rating)\b",
        r"\bhow (?:was|were|is|did)\b.*\b(?:graded|rated|judged|score)\b",
        # In few words: "Torbay grade for leadership", "care leavers Ofsted rating".
        rf"^(?!.*\b(?:why|when|who|where|how|{_AUXILIARIES})\b).*\b(?:grade|grading|rating)"
        r"(?: (?:for|of|in|from|given|\d{4})\b.*)?\W*$",
    ),
    _T.DEFINITION: (
        r"\bwhat\b.*\bstands? for\b|\bmeant by\b|\b(?:does|do|did)\b.*\bmean\b|\bdefin(?:e|ition)",
        r"\b(?:full|long) (?:form|name) of\b|\bshort for\b|\bspell(?:s|ed)? out\b",
        r"^\W*[\w’'&-]+ (?:full name|meaning|full form|abbreviation|acronym)\W*$",
    ),
    _T.DEADLINE: (
        r"\bdeadlines?\b|\bby when\b|\bdue (?:date|by)\b",
        r"\bwhen (?:must|should|is|are|does|do)\b.*\b(?:due|completed?|done|by)\b",
        r"\bhow long .*\bto (?:respond|comply|implement)\b",
    ),
    _T.PERCENTAGE: (
        r"\bwhat (?:is|was|are|were) the (?:\w+[ -]){0,3}rate\b",
        r"\bper ?cent(?:age)?\b|\bproportion\b|\bwhat (?:share|rate|fraction)\b",
        r"\bhow much of (?:the|its|their|his|her|our|this|that|all)\b",
    ),
    _T.MONEY: (
        rf"\bhow much\b.*\b(?:{_SPENDING})\b|\bhow (?:expensive|costly)\b",
        r"\bwhat (?:was|is|were) the (?:\w+ ){0,2}(?:cost|budget|price|value)\b",
        r"\bwhat (?:[a-z]+ ){0,2}(?:allowance|fee|salary|wage|fine)\b",
        r"\b(?:costs?|savings?|budget)\b.*\bhow (?:much|big|large)\b",
        r"\bhow (?:much|big|large)\b.*\b(?:costs?|savings?)\b",
    ),
    _T.NUMBER: (
        r"\bwhat (?:is|was|are|were) the (?:\w+ ){0,3}(?:number|total|average)\b",
        rf"\bhow (?:{_EXTENTS})\b|\bwhat (?:{_MEASURES})\b|\b(?:number|population) of\b",
    ),
    _T.DATE: (
        r"(?:^|[,;:]\s*|\b(?:by|since|until|from|and|of) )when\b",
        rf"\bwhen (?:{_AUXILIARIES})\b|\bsince what\b|\bdated?\b",
        r"\bhow (?:recently|often|frequently|long ago)\b",
        rf"{_WHICH}(?:years?|dates?|day|months?|century|decades?|time|season|periods?|quarters?)\b",
    ),
    _T.PERSON: (
        rf"\b(?:{_PEOPLE}|constable|chair|leader|head)['’]s name\b",
        # In few words: "lead inspector Northumberland".
        r"^\W*(?:lead inspector|(?:deputy |assistant )?chief constable|chief executive"
        r"|director of children['’]?s services)\b"
        rf"(?!.*\b(?:{_AUXILIARIES}|said|says|what|when|where|why|how)\b)",
        # "Doctor Who" is a name.
        rf"\bname of (?:[\w'’-]+ ){{0,4}}(?:{_PEOPLE}|constable|chair|chief|head|mayor|manager)\b",
        # "What is done for people who call?" does not ask who.
        rf"^(?!.*\b(?:what|which|how|why|where)\b.*\bwho)(?:.*(?-i:\bwho\b)|\W*who\b)"
        rf"|\bwhom\b|^\W*whose\b|(?:of|by|in|with|on|for) whose\b|{_WHICH}(?:{_PEOPLE})\b",
    ),
    _T.PLACE: (
        rf"^(?!.*\b(?:what|which|how|why)\b.*\bwhere)(?:.*\bwhere)\b|{_WHICH}(?:{_PLACES})\b",
    ),
    _T.WHY: (
        r"\bwhy\b|\bfor what reason\b|\bhow come\b|\bwhat (?:caused?|causes|explains?|led to)\b",
        r"\bwhat (?:is|was|are|were) the (?:\w+ )?(?:reason|cause|purpose|aim)s?\b",
        r"\bwhat (?:prompted|drove|drives|made|makes|lies behind|is behind|was behind|triggered"
        r"|forced|pushed|is to blame|was to blame)\b|\bwhat reasons?\b|\bhow come\b",
    ),
    _T.BODY: (
        rf"{_WHICH_OF}(?:{_BODIES}|{NAMED_BODIES})\b(?! tax)",
        r"\b(?:name|title) of\b|['’]s name\b",
    ),
    _T.HOW: (rf"{_BEGINS}how\b|\bin what way\b|\bhow (?:{_AUXILIARIES})\b",),
    _T.YES_NO: (rf"{_BEGINS}(?:{_AUXILIARIES})\b",),
}
_PATTERNS = tuple(
    (kind, re.compile("|".join(wordings), re.IGNORECASE)) for kind, wordings in _WORDINGS.items()
)
# Words that only say the type, which the answer need not hold.
_ASKING: Mapping[QuestionType, str] = {
    _T.DEFINITION: "stand stands mean means meant meaning short full form define definition term",
    _T.PERCENTAGE: "percentage percentages proportion percent share fraction",
    _T.NUMBER: "number amount total quantity big large quickly",
    _T.MONEY: "amount big large",
    _T.DEADLINE: "deadline deadlines due",
    _T.DATE: "date year day month",
    _T.WHY: "reason reasons",
    _T.PERSON: "person say says said name",
    _T.BODY: "name title",
}
ASKING = {kind: frozenset(words.split()) for kind, words in _ASKING.items()}
NUMERIC = frozenset({_T.PERCENTAGE, _T.MONEY, _T.NUMBER})

# What follows these is what is counted or measured.
_FOCUS = re.compile(
    r"\b(?:how (?:many|much)(?: of)?|(?:percentage|proportion|number|share|rate|fraction|amount"
    r"|name) of"
    r"|(?:what|which)(?= [a-z]))\s+(?:the |all |its |their |force's )*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_NO_NOUNS = frozenset(
    (
        f"{_AUXILIARIES}|kind|kinds|sort|sorts|type|types|percentage|proportion|number|share|rate|fraction"
        "|amount"
    ).split("|")
)


def question_type(text: str) -> QuestionType:
    """What is asked for; OTHER where the wording does not say."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), _T.OTHER)


def focus(text: str) -> Span | None:
    """The first word of what is counted, measured or asked for: "visits" in "how many visits"."""
    for match in _FOCUS.finditer(text):
        word = _WORD.match(text, match.end())
        if word and word.group().casefold() not in _NO_NOUNS:
            return word.span()
    return None
