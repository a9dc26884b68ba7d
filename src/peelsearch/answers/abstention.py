"""Whether the best sentence answers a question: by coverage and type, never by its score."""

from __future__ import annotations

import re

from peelsearch.answers.candidates import candidates, persons, roles
from peelsearch.answers.pointing import pointed_phrase
from peelsearch.answers.question_types import NAMED_BODIES
from peelsearch.answers.sentences import Sentence, unasked
from peelsearch.answers.terms import Terms
from peelsearch.model import Question, QuestionType, State
from peelsearch.records import dataclass

# What must be reached by ``support``. Calibrated on xquad-en with half of its articles taken away:
# 1.7 % of the questions about those are answered still, and of the others 84 in 100.
ENOUGH = 0.79
# A long question is answered by a smaller share: one word of two says less than four of eight.
_LONG = 8
_FOR_LENGTH, _FOR_FORM = 0.3, 0.2
# A sentence as short gives no reason without saying so, in characters.
_SHORT = 40
# Answers of these types are of exactly what is asked: a word that passages hold only in another
# wording must stand in or around the sentence in one.
_EXACT = frozenset(
    {
        QuestionType.PERCENTAGE,
        QuestionType.MONEY,
        QuestionType.NUMBER,
        QuestionType.DATE,
        QuestionType.DEADLINE,
        QuestionType.PERSON,
        QuestionType.PLACE,
        QuestionType.BODY,
    }
)
# So much more is asked of a sentence whose number counts something else, by its words.
_FOR_COUNTING = 0.4
_TYPED = {
    QuestionType.DEFINITION: "a definition",
    QuestionType.PERCENTAGE: "a percentage",
    QuestionType.MONEY: "a sum of money",
    QuestionType.NUMBER: "a number",
    QuestionType.DATE: "a date",
    QuestionType.DEADLINE: "a deadline",
    QuestionType.PLACE: "a place",
}
# Who does something may be any officer; who somebody is must be a name.
_IDENTITY = re.compile(
    r"^\W*who(?:['’]s| is| was| are| were)\b|\bwho (?:leads|heads|chairs|signed|wrote|runs)\b"
    r"|\b(?:what|which) (?:\w+ )?(?:inspector|commissioner|person|author|judge|minister"
    r"|councillor)\b|\bname of\b|['’]s name\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\bname of\b|['’]s name\b", re.IGNORECASE)
# Answers need no date or number: "when callers are vulnerable", "promptly".
_CONDITION = re.compile(
    r"\bwhen (?:do|does|should|can|could|may|might|is|are)\b(?!.*\b(?:due|by)\b)"
    r"|\bhow (?:quickly|fast|soon|often|frequently|promptly)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\bwho (?P<verb>leads|led|heads|chairs|runs|manages)\b", re.IGNORECASE)
# Of these the name is asked for.
_NAMED = re.compile(
    rf"\b(?:name|title) of\b|\b(?:what|which) (?:\w+ )?(?:{NAMED_BODIES})\b", re.IGNORECASE
)
# What stands below a chart or above a table, whose figures the text does not hold.
_CAPTION = re.compile(
    r"\s*(?:(?:figure|chart|graph|table)\s+\d"
    r"|(?:proportion|percentage|number|rate|volume|share) of\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The state and why, in words."""

    state: State
    reason: str


def decide(
    best: Sentence | None, question: Question, terms: Terms, *, stated: bool = False
) -> Decision:
    """Judge the best sentence; ``stated`` says that what is asked for stands elsewhere."""
    if best is None:
        words = ", ".join(f'"{word}"' for word in terms.missing)
        reason = f"No passage holds {words}." if words else "No passage holds these words."
        return Decision(State.NONE, reason)
    reason = _lacking(best, question, terms, stated=stated)
    return Decision(State.CLOSEST if reason else State.ANSWER, reason)


def _lacking(best: Sentence, question: Question, terms: Terms, *, stated: bool) -> str:
    """What keeps a sentence from being the answer, empty where nothing does."""
    if terms.focus in terms.unknown or _is_unfounded(question, terms):
        return _incomplete(terms)
    if _is_caption(best, question):
        return (
            "The text holds the caption of a chart on this, not the figures that the chart shows."
        )
    wanted = _wanted(question)
    if question.type is QuestionType.GRADE and not candidates(question.type, best.text):
        wanted = "a grade"
    if wanted and not stated and not _fits(best, question, terms):
        return f"The question asks for {wanted}; the closest passages give none."
    if question.type is QuestionType.BODY and not stated and _says_not_which(best, question, terms):
        return "The closest passages do not say which."
    if question.type is QuestionType.WHY and not best.measures.fits and len(best.text) < _SHORT:
        return "The closest passages give no reason."
    return _uncovered(best, question, terms)


def _uncovered(best: Sentence, question: Question, terms: Terms) -> str:
    """What is missing of the question's words, empty where enough is held."""
    others = terms.unheld - terms.unknown - terms.light
    if question.type in _EXACT and others - best.around:
        return _incomplete(terms)
    reached = support(best, terms)
    if not best.counted and reached < ENOUGH + _FOR_COUNTING:
        return "The closest passages count something else than the question asks for."
    return _incomplete(terms) if reached < ENOUGH else ""


def _is_unfounded(question: Question, terms: Terms) -> bool:
    """Whether a question asks for the reason of something that no passage speaks of."""
    return question.type is QuestionType.WHY and bool(terms.unknown - terms.light)


def _wanted(question: Question) -> str | None:
    """What the sentence must hold, in words."""
    if question.type is QuestionType.PERSON and _IDENTITY.search(question.text):
        return "a person"
    if question.type is QuestionType.BODY and _NAMED.search(question.text):
        return "a name"
    if _CONDITION.search(question.text):
        return None
    return _TYPED.get(question.type)


def _fits(best: Sentence, question: Question, terms: Terms) -> bool:
    """Whether the sentence holds what is asked for; who somebody is takes a person's name."""
    if question.type is QuestionType.PERSON:
        named = unasked(persons(best.text), best.text, terms)
        if _NAME.search(question.text):
            # "Bedfordshire's programme" names nobody.
            named = [span for span in named if not _owns(best.text, *span)]
        return bool(named) or _is_done_by(best, question, terms)
    if question.type is QuestionType.GRADE:
        return False
    return bool(best.measures.fits)


def _says_not_which(best: Sentence, question: Question, terms: Terms) -> bool:
    """Whether the sentence speaks of such a body and neither names nor describes it."""
    named = unasked(candidates(question.type, best.text), best.text, terms)
    return best.focused and not named and pointed_phrase(best, question, terms) is None


def _owns(text: str, start: int, end: int) -> bool:
    """Whether a name of one word only says whose something is."""
    return " " not in text[start:end] and text[start:end].endswith(("'s", "’s"))


def _is_done_by(best: Sentence, question: Question, terms: Terms) -> bool:
    """Whether the sentence says in the question's own verb which officer or body does it."""
    verb = _LEADS.search(question.text)
    if verb is None:
        return False
    said = {stem for start, end, stem in best.marks}
    stems = {stem for stem in terms.stems if terms.typed[stem] == verb["verb"].lower()}
    return bool(stems & said) and bool(unasked(roles(best.text), best.text, terms))


def support(best: Sentence, terms: Terms) -> float:
    """How much of the question a sentence supports.

    The share that it reaches, more for words in the form that was typed and for long questions.
    """
    length = min(len(terms.stems), _LONG) / _LONG
    return best.reach + _FOR_FORM * best.measures.exact + _FOR_LENGTH * length


def _is_caption(best: Sentence, question: Question) -> bool:
    asked = question.type in (QuestionType.PERCENTAGE, QuestionType.NUMBER)
    text = best.text.rstrip()
    return asked and bool(_CAPTION.match(text)) and not text.endswith((".", ":", ";"))


def _incomplete(terms: Terms) -> str:
    if terms.missing:
        words = ", ".join(f'"{word}"' for word in terms.missing)
        return f"No passage holds {words}; the closest ones answer part of the question, if any."
    return "No sentence holds enough of the question to be its answer."
