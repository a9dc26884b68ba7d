"""How a query was read, in words that people can check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peelsearch import facets
from peelsearch.alternatives import Unit
from peelsearch.expansion import Plan
from peelsearch.model import Clause, ClauseKind, Filters, Matches
from peelsearch.vocabulary import Vocabulary

# More words than this that a prefix reaches are counted, not listed.
LISTED = 6


def interpreted(plan: Plan, filters: Filters, vocabulary: Vocabulary) -> str:
    """One line: what must match, what comes first, what is left out, what is filtered."""
    parts = [_matching(plan) if plan.units else "all passages"]
    if plan.phrase and not plan.any_matches:
        parts.append(f'passages with "{plan.phrase}" as a phrase first')
    if plan.excluded:
        parts.append("without " + _listed([_typed(c) for c in plan.excluded], "or"))
    parts += [
        f"{facets.title(name, vocabulary).lower()}: "
        + _listed([facets.label(facets.FACETS_BY_NAME[name], v, vocabulary) for v in values], "or")
        for name, values in filters
    ]
    return "; ".join(parts)


def filter_notes(matches: Matches, filters: Filters, vocabulary: Vocabulary) -> list[str]:
    """How many passages match but for the grade: a criticism can stand under any grade."""
    chosen = dict(filters).get("grade")
    if not chosen:
        return []
    facet = facets.FACETS_BY_NAME["grade"]
    order = facets.order(facet, vocabulary)
    others = {v: n for v, n in matches.facets.get("grade", {}).items() if v not in chosen}
    if not others:
        return []
    total = sum(others.values())
    by_grade = ", ".join(
        f"{count:,} {facets.label(facet, value, vocabulary).lower()}"
        for value, count in sorted(others.items(), key=lambda item: order.get(item[0], 99))
    )
    return [
        f"{total:,} more {'passage matches' if total == 1 else 'passages match'} in parts that "
        f"are graded otherwise or not at all: {by_grade}."
    ]


def _matching(plan: Plan) -> str:
    described = [_unit(unit) for unit in plan.units]
    words = [clause for unit in plan.units for clause in unit.clauses]
    forms = any(clause.kind is ClauseKind.WORD for clause in words)
    suffix = " in any form" if forms else ""
    if len(described) == 1:
        return described[0] + suffix
    return ("any of " if plan.any_matches else "all of ") + _listed(described, "") + suffix


def _unit(unit: Unit) -> str:
    if unit.spelled_out:
        long = " ".join(clause.typed for clause in unit.clauses)
        shorts = _distinct(a.acronym.short for a in unit.acronyms)
        return _listed([f'"{long}"', *shorts, *_related(unit)], "or")
    described = [_clause(clause, unit) for clause in unit.clauses]
    typed = {clause.words[0] for clause in unit.clauses if clause.kind is ClauseKind.WORD}
    typed_short = typed | {word.removesuffix("s") for word in typed}
    described += _distinct(
        f'"{a.long}"' if a.short.casefold() in typed_short else a.short
        for a in (known.acronym for known in unit.acronyms)
    )
    return _listed([*described, *_related(unit)], "or")


def _related(unit: Unit) -> list[str]:
    return [f'the related "{term}"' for term in unit.related]


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _clause(clause: Clause, unit: Unit) -> str:
    if clause.kind is ClauseKind.PHRASE:
        return f"exactly {_typed(clause)}"
    if clause.kind is ClauseKind.PREFIX:
        return f'words that begin with "{clause.words[0]}" ({_reached(unit)})'
    if clause.kind is ClauseKind.FUZZY:
        return f'words spelled like "{clause.words[0]}" ({_reached(unit)})'
    return _typed(clause)


def _reached(unit: Unit) -> str:
    if not unit.reached:
        return "there are none"
    if len(unit.reached) > LISTED:
        return f"{len(unit.reached)} words"
    return ", ".join(unit.reached)


def _typed(clause: Clause) -> str:
    return clause.typed if clause.typed.startswith('"') else f'"{clause.typed}"'


def _listed(items: Sequence[str], last: str) -> str:
    if last and len(items) > 1:
        return ", ".join(items[:-1]) + f" {last} {items[-1]}"
    return ", ".join(items)
