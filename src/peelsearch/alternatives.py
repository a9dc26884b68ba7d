"""What the words of a query stand for: their forms, acronyms and long forms, open words, relations.

A ``Unit`` is what must match as one. Words that the list of synonyms relates to it are kept apart
from what was typed, for whoever asks for both puts what was typed first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import TypeAlias

from peelsearch import analysis, synonyms
from peelsearch.acronyms import Acronyms
from peelsearch.engine.protocol import Reader
from peelsearch.errors import QueryError
from peelsearch.model import (
    AllOf,
    AnyOf,
    Clause,
    ClauseKind,
    Expression,
    KnownAcronym,
    Phrase,
    Query,
    Stem,
    StemPhrase,
    Word,
)
from peelsearch.records import dataclass, replace

# A prefix that reaches more words than this is refused rather than cut.
MAX_EXPANSION = 500
# All prefixes and fuzzy words of a query together.
MAX_EXPANSIONS = 1_000
# An acronym has up to 12 letters; between the words that they begin stand words like "of".
_LONGEST = 24
_PLAIN = (ClauseKind.WORD, ClauseKind.COMPOUND)


@dataclass(frozen=True, slots=True)
class Unit:
    """What must match as one: a word with its forms, a phrase, alternatives, an acronym.

    ``clauses`` are the query's own; ``acronyms`` those that add an alternative; ``reached`` the
    words that a prefix or a fuzzy word stands for; ``spelled_out`` units are words in a row that
    mean one thing. ``related`` are terms that mean almost the same, ``wider`` what they match.
    """

    clauses: tuple[Clause, ...]
    expression: Expression
    acronyms: tuple[KnownAcronym, ...] = ()
    reached: tuple[str, ...] = ()
    spelled_out: bool = False
    related: tuple[str, ...] = ()
    wider: tuple[Expression, ...] = ()

    @property
    def widened(self) -> Expression:
        """What was typed, or what is related to it."""
        return any_of([self.expression, *self.wider])


def all_of(parts: Sequence[Expression]) -> Expression:
    """What matches every part."""
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def any_of(parts: Iterable[Expression]) -> Expression:
    """What matches at least one part."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)


def units_of(
    query: Query,
    groups: Sequence[tuple[Clause, ...]],
    reader: Reader,
) -> list[Unit]:
    """The groups as units, with runs of words that spell out an acronym taken together."""
    units: list[Unit] = []
    index, acronyms = 0, Acronyms(reader)
    sequence = [group for group in query.groups if group in groups or len(group) == 1]
    while index < len(sequence):
        run, found = _spelled_out(sequence[index:], acronyms)
        if run:
            units.append(_run_unit(run, found))
            index += len(run)
            continue
        if sequence[index] in groups:
            units.append(_unit(sequence[index], reader, acronyms))
        index += 1
    return units


def _spelled_out(
    sequence: Sequence[tuple[Clause, ...]], acronyms: Acronyms
) -> tuple[tuple[Clause, ...], tuple[KnownAcronym, ...]]:
    """The longest run from here on whose words spell out acronyms, and those acronyms."""
    best: tuple[tuple[Clause, ...], tuple[KnownAcronym, ...]] = ((), ())
    for run, words, stems in _runs(sequence):
        found = acronyms.with_long(words, stems)
        if found:
            best = (run, found)
    return best


_Run: TypeAlias = tuple[tuple[Clause, ...], tuple[str, ...], tuple[str, ...]]


def _runs(sequence: Sequence[tuple[Clause, ...]]) -> Iterator[_Run]:
    """The runs of plain words from the first on, longer and longer: clauses, words and stems."""
    run: tuple[Clause, ...] = ()
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    for group in sequence[:_LONGEST]:
        if len(group) != 1 or group[0].kind not in _PLAIN:
            break
        run, words, stems = (*run, group[0]), words + group[0].words, stems + group[0].stems
        yield run, words, stems


def _run_unit(run: tuple[Clause, ...], found: tuple[KnownAcronym, ...]) -> Unit:
    words = all_of([forms_of(clause) for clause in run if clause.content])
    return Unit(
        clauses=run,
        expression=any_of([words, *(short_of(acronym) for acronym in found)]),
        acronyms=found,
        spelled_out=True,
    )


def short_of(acronym: KnownAcronym) -> Expression:
    """What an acronym's short form matches."""
    return Stem(acronym.short_stem)


def _unit(group: tuple[Clause, ...], reader: Reader, acronyms: Acronyms) -> Unit:
    parts: list[Expression] = []
    used: list[KnownAcronym] = []
    reached: list[str] = []
    for clause in group:
        if clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY):
            words = _reached(clause, reader)
            reached += words
            parts.append(AnyOf(tuple(Word(word) for word in words)))
            continue
        parts.append(forms_of(clause))
        for acronym, other in _other_forms(clause, acronyms):
            used.append(acronym)
            parts.append(other)
    return Unit(group, any_of(parts), tuple(dict.fromkeys(used)), tuple(reached))


def _other_forms(clause: Clause, acronyms: Acronyms) -> Iterator[tuple[KnownAcronym, Expression]]:
    """The long forms for a typed acronym; the acronyms for a quoted long form."""
    if clause.kind is ClauseKind.WORD:
        for acronym in acronyms.with_short(clause.words[0], clause.stems[0]):
            yield acronym, StemPhrase(acronym.long_stems)
    if clause.kind is ClauseKind.PHRASE:
        for acronym in acronyms.with_long(clause.words, clause.stems):
            yield acronym, short_of(acronym)


def forms_of(clause: Clause) -> Expression:
    """What a typed word, compound or phrase matches by itself."""
    if clause.kind is ClauseKind.WORD:
        return Stem(clause.stems[0])
    if clause.kind is ClauseKind.COMPOUND:
        joined = "".join(clause.words)
        parts = StemPhrase(clause.stems)
        # Rounds differ in spelling: anti-social, antisocial.
        return AnyOf((parts, Word(joined))) if joined.isalpha() else parts
    return Word(clause.words[0]) if len(clause.words) == 1 else Phrase(clause.words)


def literal(clause: Clause, reader: Reader) -> Expression:
    """What a clause matches without any other form or name."""
    if clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY):
        return AnyOf(tuple(Word(word) for word in _reached(clause, reader)))
    return forms_of(clause)


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


def single_words(units: Sequence[Unit]) -> Iterable[Expression]:
    """What "at least one of the words" means."""
    for unit in units:
        if unit.spelled_out:
            yield from (forms_of(clause) for clause in unit.clauses if clause.content)
            yield from (short_of(acronym) for acronym in unit.acronyms)
        else:
            yield unit.expression


def widen(query: Query, units: Sequence[Unit], reader: Reader) -> list[Unit]:
    """The units with what the list of synonyms relates to them, as far as passages hold it.

    Words in a row that the list has as one term become one unit.
    """
    waiting, result = list(units), list[Unit]()
    runs = list(_related_runs(query, reader))
    while waiting:
        for run, wider in runs:
            covered = list(takewhile(partial(_within, run), waiting))
            content = [clause for clause in run if clause.content]
            if [c for unit in covered for c in unit.clauses if c.content] == content:
                result.append(_widened(covered, run, wider))
                del waiting[: len(covered)]
                break
        else:
            result.append(waiting.pop(0))
    return result


def _within(run: tuple[Clause, ...], unit: Unit) -> bool:
    return set(unit.clauses) <= set(run)


def _widened(
    units: Sequence[Unit], run: tuple[Clause, ...], wider: Mapping[str, Expression]
) -> Unit:
    unit = Unit(
        clauses=run,
        expression=all_of([unit.expression for unit in units]),
        acronyms=tuple(acronym for unit in units for acronym in unit.acronyms),
        spelled_out=True,
    )
    return replace(
        unit if len(units) > 1 else units[0], related=tuple(wider), wider=tuple(wider.values())
    )


def _related_runs(
    query: Query, reader: Reader
) -> Iterator[tuple[tuple[Clause, ...], Mapping[str, Expression]]]:
    """Terms of the list in the query, the longest from each word on, with what else they match."""
    index = 0
    while index < len(query.groups):
        best: tuple[tuple[Clause, ...], Mapping[str, Expression]] = ((), {})
        for run, words, stems in _runs(query.groups[index:]):
            terms = synonyms.related(words, stems, reader.stem)
            forms = {term: _term(term, reader) for term in terms}
            held = {term: form for term, form in forms.items() if reader.frequency(form)}
            best = (run, held) if held else best
        if best[0]:
            yield best
        index += max(len(best[0]), 1)


def _term(term: str, reader: Reader) -> Expression:
    """What a term of the list matches. A single word has no form that is another word's.

    The stem of "officer" is that of "office" too.
    """
    words = analysis.words(term)
    stems = tuple(reader.stem(word) or word for word in words)
    if len(words) > 1:
        return StemPhrase(stems)
    root = words[0].removesuffix("y").removesuffix("e")
    forms = sorted(form for form in reader.forms(stems[0]) if form.startswith(root))
    return any_of(map(Word, forms))


def check_reached(units: Sequence[Unit], excluded: Sequence[Expression]) -> None:
    """Raise QueryError when prefixes and fuzzy words together stand for too many words."""
    reached = sum(len(unit.reached) for unit in units)
    reached += sum(len(part.parts) for part in excluded if isinstance(part, AnyOf))
    if reached > MAX_EXPANSIONS:
        raise QueryError(
            f"The words with * and ~ stand for {reached:,} words; "
            f"at most {MAX_EXPANSIONS:,} can be searched at once.",
            hint="Write fewer of them, or more of each before the asterisk.",
        )
