"""What must get better, and what is good practice, from findings or from the list under a heading
that says so: "What should the force improve?", "What good practice was found?"."""

from __future__ import annotations

import re
from typing import TypeAlias

from peelsearch.analysis import words
from peelsearch.answers.lookups.found import Asked, Found, named_entry
from peelsearch.answers.quoting import headline
from peelsearch.model import AnyOf, Filters, Match, QuestionType, Sort, Span, State, StemPhrase

_ASKS = re.compile(
    r"\b(?:needs?|ha(?:s|ve)|must|should|ought|could)\b.{0,80}"
    r"\b(?:improv\w*|do(?:ing)? better|get(?:ting)? better|put right|work on)\b"
    r"|\b(?:areas? (?:for|of)|things? to|scope for|room for) improve(?:ment)?s?\b"
    r"|\b(?:problems?|weakness(?:es)?|failings?|shortcomings?)\b",
    re.IGNORECASE,
)
_PRACTICE = re.compile(r"\b(?:good|best|notable|promising|innovative) practices?\b", re.IGNORECASE)
_OPENS = re.compile(
    r"^\W*(?:what|which|where|list|name|show|give)\b|\bareas? (?:for|of) improvement\b",
    re.IGNORECASE,
)
# The words of such a question that say nothing of what must get better.
_ASKING = frozenset(
    "need needs must should ought could improve improves improved improvement improvements better"
    " good well work working do doing done get gets getting put right force forces police service"
    " services council councils local authority ofsted inspectors inspection inspections report"
    " reports hmicfrs hmic inspectorate say says said main biggest key major overall area areas"
    " thing things problem problems weakness weaknesses failing failings shortcoming shortcomings"
    " list name show give found find identify identified current still children's childrens"
    " children scope room best notable promising innovative practice practices was were is are been"
    " there any highlighted example examples".split()
)
# The share of the question that other words may have.
_BESIDES = 0.25
# How many are shown where no limit is given.
_LISTED = 20
# How many passages are looked at, the newest.
_READ = 200
Row: TypeAlias = tuple[Match, Span]
"""A passage and the part of it that is quoted."""
_HEADINGS = (
    "needs to improve",
    "areas for improvement",
    "areas for development",
    "immediate action",
    "recommendations",
)
_HEADED = re.compile(
    r"\W*(?:what needs to improve|(?:key )?areas for (?:improvement|development)"
    r"|(?:areas for )?priority (?:and immediate )?actions?|recommendations)\W*",
    re.IGNORECASE,
)


def answer(asked: Asked) -> Found | None:
    """The findings that ask for something, or those of practice, of a theme if one is named."""
    text = asked.question.text
    practice = bool(_PRACTICE.search(text))
    if not (practice or _ASKS.search(text)) or not _OPENS.search(text):
        return None
    theme = named_entry(asked, _without_asking(text), asked.vocabulary.theme)
    asking = _ASKING | {asked.terms.typed[stem] for stem in asked.terms.names}
    if asked.terms.besides(asking | (theme[1] if theme else frozenset())) > _BESIDES:
        return None
    filters: Filters = (("theme", (theme[0].id,)),) if theme else ()
    total, rows = _findings(asked, filters, practice=practice)
    if practice:
        return _list_of(asked, filters, rows, total, "of good practice")
    headed, all_read = _under_headings(asked, filters)
    known = total + len(headed) if all_read else None
    return _list_of(asked, filters, [*rows, *headed], known, "what should get better")


def _without_asking(text: str) -> str:
    """The text without the words that only ask, so that "work" names no workforce."""
    return " ".join(word for word in words(text) if word not in _ASKING)


def _findings(asked: Asked, filters: Filters, *, practice: bool) -> tuple[int, list[Row]]:
    """How many findings there are, and the newest of them."""
    kinds = tuple(e.id for e in asked.vocabulary.kind if e.finding and e.ask is not practice)
    total, matches = asked.matches((*filters, ("kind", kinds)), sort=Sort.DATE, limit=_READ)
    return total, [(match, headline(match)) for match in matches]


def _under_headings(asked: Asked, filters: Filters) -> tuple[list[Row], bool]:
    """The items of lists that headings announce, for documents without findings; and whether all
    passages that might have such a heading were looked at."""
    named = AnyOf(tuple(StemPhrase(tuple(map(asked.stem, words(h)))) for h in _HEADINGS))
    total, matches = asked.matches(filters, match=named, limit=_READ)
    headed = (m for m in matches if _HEADED.fullmatch(m.passage.headings[-1]))
    return [(match, unit) for match in headed for unit in match.units], total == len(matches)


def _list_of(
    asked: Asked, filters: Filters, rows: list[Row], total: int | None, what: str
) -> Found | None:
    """The newest document's first, what letters quote last. ``total`` is None if not all are
    known."""
    if not rows:
        return None
    rows.sort(key=lambda row: row[0].passage.date or "", reverse=True)
    rows.sort(key=lambda row: _is_quoting(asked, row[0]))
    shown = rows[: asked.limit or _LISTED]
    count = "One passage tells" if total == 1 else f"{total or len(rows):,} passages tell"
    if total is None:
        count = f"At least {count}"
    return Found(
        State.ANSWER,
        f"{count} {what}.",
        tuple(asked.quotes.answer(match, *span, span) for match, span in shown),
        total,
        filters,
        QuestionType.LIST,
    )


def _is_quoting(asked: Asked, match: Match) -> bool:
    document = asked.corpus.document(match.passage.document)
    kind = asked.vocabulary.type.get(document.type)
    return kind is not None and kind.quoting
