"""From a parsed query to a plan for the engine: alternatives, order of preference, what to count.

A plan knows what each word stands for (its forms, the acronym it spells out, the words a prefix
reaches) and can be told back in words; ``interpretation`` does that.
"""

from __future__ import annotations

from collections.abc import Sequence

from peelsearch.alternatives import (
    Unit,
    all_of,
    any_of,
    check_reached,
    literal,
    short_of,
    single_words,
    units_of,
    widen,
)
from peelsearch.analysis import is_function_word
from peelsearch.corpus import Corpus
from peelsearch.model import (
    AnyOf,
    Clause,
    ClauseKind,
    Everything,
    Expression,
    Phrase,
    Query,
    Request,
    StemPhrase,
    Word,
)
from peelsearch.records import dataclass, replace
from peelsearch.snippets import NO_MARKS, Highlighter

# Up to this many content words must all match.
MAX_REQUIRED = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready for the engine. ``tiers`` names what ``request.counted`` counts, in order.

    ``some`` is what one word is enough for. Where related words match too, ``typed`` is what the
    typed ones match, and ``typed_any`` what one of those is enough for.
    """

    request: Request
    units: tuple[Unit, ...] = ()
    excluded: tuple[Clause, ...] = ()
    tiers: tuple[str, ...] = ()
    phrase: str | None = None
    any_matches: bool = False
    can_relax: bool = False
    highlighter: Highlighter = NO_MARKS
    notes: tuple[str, ...] = ()
    some: Expression | None = None
    typed: Expression | None = None
    typed_any: Expression | None = None

    def relaxed(self, held: int = 0) -> Plan:
        """The same plan with any word enough; ``held`` passages have all of them and come first."""
        strict = (*self.request.prefer, self.request.match) if held else ()
        prefer = (*strict, *((self.typed_any,) if self.typed_any else ()))
        note = "No passage holds all of these; those that hold some are shown."
        if held:
            verb = "passage holds" if held == 1 else "passages hold"
            note = f"{held} {verb} all of these; those that hold some of them follow."
        return replace(
            self,
            request=replace(
                self.request, match=self.some or AnyOf(()), prefer=tuple(dict.fromkeys(prefer))
            ),
            any_matches=True,
            can_relax=False,
            typed=self.typed_any,
            notes=(*self.notes, note),
        )


def plan(query: Query, corpus: Corpus) -> Plan:
    """How to search for the query's words; without any, everything matches.

    Raises QueryError when a prefix reaches too many words.
    """
    reader = corpus.reader
    content = [group for group in query.groups if any(clause.content for clause in group)]
    groups = content or list(query.groups)
    excluded = tuple(literal(clause, reader) for clause in query.excluded)
    if not groups:
        return Plan(Request(match=Everything(), excluded=excluded), excluded=query.excluded)
    units = units_of(query, groups, reader)
    check_reached(units, excluded)
    every = all_of([unit.expression for unit in units])
    some = AnyOf(tuple(single_words(units)))
    # A name that has a short form is one thing, however many words it has.
    any_matches = len(units) > MAX_REQUIRED
    phrase = _phrase(query, units)
    counted = {"phrase": phrase, "all": every, "any": some} if len(groups) > 1 else {}
    tiers = {name: expression for name, expression in counted.items() if expression is not None}
    exact = None if any_matches else _exact(groups)
    prefer = (phrase, every if any_matches else exact)
    marked, whole = AnyOf((every, some)), _marked_whole(query, phrase)
    request = Request(
        match=some if any_matches else every,
        excluded=excluded,
        boost=_boost(groups),
        prefer=tuple(dict.fromkeys(part for part in prefer if part is not None)),
        counted=tuple(tiers.values()),
        marked=marked,
        whole=whole,
    )
    return Plan(
        request=request,
        units=tuple(units),
        excluded=query.excluded,
        tiers=tuple(tiers),
        phrase=_typed_phrase(query) if phrase is not None else None,
        any_matches=any_matches,
        can_relax=len(groups) > 1 and not any_matches,
        some=some,
        highlighter=Highlighter.of(marked, whole=whole, forms=corpus.forms, stem=corpus.stem),
    )


def widened(query: Query, strict: Plan, corpus: Corpus) -> Plan | None:
    """The plan with words that the list of synonyms relates to those of the query.

    Passages that hold the typed words still come first. None when nothing is related.
    """
    units = widen(query, strict.units, corpus.reader)
    if not any(unit.related for unit in units):
        return None
    typed = all_of([unit.expression for unit in strict.units])
    typed_any = AnyOf(tuple(single_words(strict.units)))
    every = all_of([unit.widened for unit in units])
    some = AnyOf((*single_words(units), *(form for unit in units for form in unit.wider)))
    if strict.any_matches:
        typed = typed_any
    marked, whole = AnyOf((every, some)), strict.request.whole
    request = replace(
        strict.request,
        match=some if strict.any_matches else every,
        prefer=tuple(dict.fromkeys((*strict.request.prefer, typed))),
        marked=marked,
    )
    return replace(
        strict,
        request=request,
        units=tuple(units),
        some=some,
        typed=typed,
        typed_any=typed_any,
        highlighter=Highlighter.of(marked, whole=whole, forms=corpus.forms, stem=corpus.stem),
    )


def _typed_phrase(query: Query) -> str:
    return " ".join(clause.typed for group in query.groups for clause in group)


def _phrase(query: Query, units: Sequence[Unit]) -> Expression | None:
    """The whole query as one phrase: plain words only, function words included."""
    plain = (ClauseKind.WORD, ClauseKind.COMPOUND)
    if any(len(group) != 1 or group[0].kind not in plain for group in query.groups):
        return None
    words = tuple(word for group in query.groups for word in group[0].words)
    if len(words) == 1:
        return None
    # A query that spells out one acronym is held as a whole by the acronym too.
    whole = units[0].acronyms if len(units) == 1 and units[0].spelled_out else ()
    return any_of([Phrase(words), *(short_of(acronym) for acronym in whole)])


def _marked_whole(query: Query, phrase: Expression | None) -> Expression | None:
    """What is marked as the whole phrase: its words in any form."""
    if phrase is None:
        return None
    forms = tuple(stem for group in query.groups for stem in group[0].stems)
    return AnyOf((phrase, StemPhrase(forms)))


def _exact(groups: Sequence[tuple[Clause, ...]]) -> Expression | None:
    """All words in the form that was typed."""
    words = [
        Word(word)
        for group in groups
        for clause in group
        if len(group) == 1 and clause.kind in (ClauseKind.WORD, ClauseKind.COMPOUND)
        for word in clause.words
    ]
    return all_of(words) if words else None


def _boost(groups: Sequence[tuple[Clause, ...]]) -> tuple[str, ...]:
    """The stems that count in headings too."""
    exact = (ClauseKind.WORD, ClauseKind.COMPOUND, ClauseKind.PHRASE)
    found = (
        stem
        for group in groups
        for clause in group
        if clause.kind in exact
        for word, stem in zip(clause.words, clause.stems, strict=True)
        if not is_function_word(word)
    )
    return tuple(dict.fromkeys(found))
