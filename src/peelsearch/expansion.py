"""From a parsed query to a plan for the engine: alternatives, order of preference, what to count.

A plan knows what each word stands for (its forms, the acronym it spells out, the words a prefix
reaches) and can be told back in words; ``interpretation`` does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peelsearch.analysis import is_function_word
from peelsearch.corpus import Corpus
from peelsearch.engine.protocol import Acronyms, Reader
from peelsearch.errors import QueryError
from peelsearch.model import (
    AllOf,
    AnyOf,
    Clause,
    ClauseKind,
    Everything,
    Expression,
    KnownAcronym,
    Phrase,
    Query,
    Request,
    Stem,
    StemPhrase,
    Word,
)
from peelsearch.records import dataclass, replace
from peelsearch.snippets import NO_MARKS, Highlighter

# Up to this many content words must all match.
MAX_REQUIRED = 3
# A prefix that reaches more words than this is refused rather than cut.
MAX_EXPANSION = 500
# All prefixes and fuzzy words of a query together.
MAX_EXPANSIONS = 1_000


@dataclass(frozen=True, slots=True)
class Unit:
    """What must match as one: a word with its forms, a phrase, alternatives, an acronym.

    ``clauses`` are the query's own; ``acronyms`` those that add an alternative; ``reached`` the
    words that a prefix or a fuzzy word stands for.
    """

    clauses: tuple[Clause, ...]
    expression: Expression
    acronyms: tuple[KnownAcronym, ...] = ()
    reached: tuple[str, ...] = ()
    spelled_out: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready for the engine. ``tiers`` names what ``request.counted`` counts, in order."""

    request: Request
    units: tuple[Unit, ...] = ()
    excluded: tuple[Clause, ...] = ()
    tiers: tuple[str, ...] = ()
    phrase: str | None = None
    any_matches: bool = False
    can_relax: bool = False
    highlighter: Highlighter = NO_MARKS
    notes: tuple[str, ...] = ()

    def relaxed(self) -> Plan:
        """The same plan with any word enough."""
        some = self.request.counted[self.tiers.index("any")]
        return replace(
            self,
            request=replace(self.request, match=some, prefer=()),
            any_matches=True,
            can_relax=False,
            notes=(*self.notes, "No passage holds all of these; those that hold some are shown."),
        )


def plan(query: Query, corpus: Corpus) -> Plan:
    """How to search for the query's words; without any, everything matches.

    Raises QueryError when a prefix reaches too many words.
    """
    reader = corpus.reader
    content = [group for group in query.groups if any(clause.content for clause in group)]
    groups = content or list(query.groups)
    excluded = tuple(_literal(clause, reader) for clause in query.excluded)
    if not groups:
        return Plan(Request(match=Everything(), excluded=excluded), excluded=query.excluded)
    units = _units(query, groups, reader)
    _check_reached(units, excluded)
    every = _all([unit.expression for unit in units])
    some = AnyOf(tuple(_single_words(units)))
    any_matches = len(groups) > MAX_REQUIRED
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
        highlighter=Highlighter.of(marked, whole=whole, forms=corpus.forms, stem=corpus.stem),
    )


def _check_reached(units: Sequence[Unit], excluded: Sequence[Expression]) -> None:
    reached = sum(len(unit.reached) for unit in units)
    reached += sum(len(part.parts) for part in excluded if isinstance(part, AnyOf))
    if reached > MAX_EXPANSIONS:
        raise QueryError(
            f"The words with * and ~ stand for {reached:,} words; "
            f"at most {MAX_EXPANSIONS:,} can be searched at once.",
            hint="Write fewer of them, or more of each before the asterisk.",
        )


def _all(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _any(parts: Iterable[Expression]) -> Expression:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)


def _units(
    query: Query,
    groups: Sequence[tuple[Clause, ...]],
    reader: Reader,
) -> list[Unit]:
    """The groups as units, with runs of words that spell out an acronym taken together."""
    units: list[Unit] = []
    index = 0
    sequence = [group for group in query.groups if group in groups or len(group) == 1]
    while index < len(sequence):
        run, found = _spelled_out(sequence[index:], reader.acronyms)
        if run:
            units.append(_run_unit(run, found))
            index += len(run)
            continue
        if sequence[index] in groups:
            units.append(_unit(sequence[index], reader))
        index += 1
    return units


def _spelled_out(
    sequence: Sequence[tuple[Clause, ...]], acronyms: Acronyms
) -> tuple[tuple[Clause, ...], tuple[KnownAcronym, ...]]:
    """The longest run from here on whose words spell out acronyms, and those acronyms."""
    flat: list[Clause] = []
    for group in sequence:
        if len(group) != 1 or group[0].kind not in (ClauseKind.WORD, ClauseKind.COMPOUND):
            break
        flat.append(group[0])
    best: tuple[tuple[Clause, ...], tuple[KnownAcronym, ...]] = ((), ())
    spelled: tuple[str, ...] = ()
    for size, clause in enumerate(flat, start=1):
        spelled += clause.stems
        found = acronyms.with_long(spelled)
        if found:
            best = (tuple(flat[:size]), found)
    return best


def _run_unit(run: tuple[Clause, ...], found: tuple[KnownAcronym, ...]) -> Unit:
    words = _all([_forms(clause) for clause in run if clause.content])
    return Unit(
        clauses=run,
        expression=_any([words, *(_short(acronym) for acronym in found)]),
        acronyms=found,
        spelled_out=True,
    )


def _short(acronym: KnownAcronym) -> Expression:
    return Stem(acronym.short_stem)


def _unit(group: tuple[Clause, ...], reader: Reader) -> Unit:
    parts: list[Expression] = []
    used: list[KnownAcronym] = []
    reached: list[str] = []
    for clause in group:
        if clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY):
            words = _reached(clause, reader)
            reached += words
            parts.append(AnyOf(tuple(Word(word) for word in words)))
            continue
        parts.append(_forms(clause))
        for acronym, other in _other_forms(clause, reader.acronyms):
            used.append(acronym)
            parts.append(other)
    return Unit(group, _any(parts), tuple(dict.fromkeys(used)), tuple(reached))


def _other_forms(clause: Clause, acronyms: Acronyms) -> Iterator[tuple[KnownAcronym, Expression]]:
    """The long forms for a typed acronym; the acronyms for a quoted long form."""
    if clause.kind is ClauseKind.WORD:
        for acronym in acronyms.with_short(clause.stems[0]):
            yield acronym, StemPhrase(acronym.long_stems)
    if clause.kind is ClauseKind.PHRASE:
        for acronym in acronyms.with_long(clause.stems):
            yield acronym, _short(acronym)


def _forms(clause: Clause) -> Expression:
    """What a typed word, compound or phrase matches by itself."""
    if clause.kind is ClauseKind.WORD:
        return Stem(clause.stems[0])
    if clause.kind is ClauseKind.COMPOUND:
        joined = "".join(clause.words)
        parts = StemPhrase(clause.stems)
        # Rounds differ in spelling: anti-social, antisocial.
        return AnyOf((parts, Word(joined))) if joined.isalpha() else parts
    return Word(clause.words[0]) if len(clause.words) == 1 else Phrase(clause.words)


def _literal(clause: Clause, reader: Reader) -> Expression:
    if clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY):
        return AnyOf(tuple(Word(word) for word in _reached(clause, reader)))
    return _forms(clause)


def _reached(clause: Clause, reader: Reader) -> tuple[str, ...]:
    word = clause.words[0]
    if clause.kind is ClauseKind.FUZZY:
        return tuple(found for found, _, _ in reader.words_near(word, clause.edits))
    found = tuple(reader.words_with_prefix(word, MAX_EXPANSION))
    if len(found) > MAX_EXPANSION:
        raise QueryError(
            f'More than {MAX_EXPANSION} words begin with "{word}".',
            hint="Write more of the word before the asterisk.",
            position=clause.position,
        )
    return found


def _single_words(units: Sequence[Unit]) -> Iterable[Expression]:
    """What "at least one of the words" means."""
    for unit in units:
        if unit.spelled_out:
            yield from (_forms(clause) for clause in unit.clauses if clause.content)
            yield from (_short(acronym) for acronym in unit.acronyms)
        else:
            yield unit.expression


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
    return _any([Phrase(words), *(_short(acronym) for acronym in whole)])


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
    return _all(words) if words else None


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
