"""What the index holds and lacks, as records that the template lays out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from peelsearch import facets
from peelsearch.model import NOT_STATED
from peelsearch.model.coverage import Coverage, CoverageCount
from peelsearch.register import coverage
from peelsearch.render import words
from peelsearch.render.coverage import Gap, coverage_export, coverage_json, coverage_sheet, gaps
from peelsearch.render.judgments import round_words
from peelsearch.render.sheets import shown
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.table_state import today
from peelsearch.webapp.tables import Asked, Table, TablePage

_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round, and the types of which it has documents, each a column."""

    label: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountView:
    """How many documents; ``href`` searches them, empty for none. ``first`` begins a round."""

    documents: str
    href: str
    first: bool


@dataclass(frozen=True, slots=True)
class ForceLine:
    """A force with a count for each column."""

    label: str
    href: str
    counts: tuple[CountView, ...]


@dataclass(frozen=True, slots=True)
class GapView:
    """Something that is missing; ``href`` leads to its words or document, empty without one."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class GapsView:
    """All that one thing is missing of."""

    id: str
    title: str
    gaps: tuple[GapView, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The page. ``nothing`` names what nothing is missing of, in a sentence."""

    summary: str
    force_title: str
    rounds: tuple[RoundView, ...]
    lines: tuple[ForceLine, ...]
    missing: tuple[GapsView, ...]
    nothing: str
    fingerprint: str


def make(asked: Asked) -> Table:
    """What the index holds and lacks."""
    found = coverage(asked.corpus, asked.vocabulary, asked.memory, today())
    return Table(
        view=lambda: coverage_view(found, asked),
        json=lambda: coverage_json(found),
        sheet=lambda: coverage_sheet(found),
        export=lambda: coverage_export(found, asked.vocabulary),
        fingerprint=found.fingerprint,
    )


PAGE = TablePage("/coverage", "coverage.html", (), make)


def coverage_view(found: Coverage, asked: Asked) -> CoverageView:
    """The page in words and links."""
    vocabulary, paths = asked.vocabulary, asked.paths
    listed = list(gaps(found))
    columns = _columns(found.counts, vocabulary)
    nothing = ", ".join(name.lower() for name, each in listed if not each)
    return CoverageView(
        summary=words.count(found.documents, "document"),
        force_title=facets.title("force", vocabulary),
        rounds=tuple(
            RoundView(
                round_words(name, vocabulary),
                tuple(vocabulary.label("type", kind) for _, kind in of_round),
            )
            for name, of_round in groupby(columns, key=_round)
        ),
        lines=tuple(_lines(found.counts, columns, vocabulary, paths)),
        missing=tuple(
            GapsView(f"gap-{number}", f"{name}: {len(each)}", tuple(_gap(g, paths) for g in each))
            for number, (name, each) in enumerate(listed, 1)
            if each
        ),
        nothing=f"None of these: {nothing}." if nothing else "",
        fingerprint=found.fingerprint,
    )


def _round(column: tuple[str, str]) -> str:
    return column[0]


def _columns(counts: Sequence[CoverageCount], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Each round and type that has documents; what states no round comes last."""
    orders = vocabulary.round.orders, vocabulary.type.orders
    return sorted(
        {(count.round, count.type) for count in counts},
        key=lambda column: (
            column[0] == NOT_STATED,
            *(
                (order.get(value, len(order)), value)
                for order, value in zip(orders, column, strict=True)
            ),
        ),
    )


def _lines(
    counts: Sequence[CoverageCount],
    columns: Sequence[tuple[str, str]],
    vocabulary: Vocabulary,
    paths: Paths,
) -> list[ForceLine]:
    numbers = {(count.force, count.round, count.type): count.documents for count in counts}
    first = {next(of_round) for _, of_round in groupby(columns, key=_round)}
    lines = []
    for force in dict.fromkeys(count.force for count in counts):
        cells = []
        for name, kind in columns:
            number = numbers.get((force, name, kind), 0)
            query = urlencode({"force": force, "type": kind, "round": name})
            href = f"{paths.search}?{query}" if number else ""
            cells.append(CountView(f"{number:,}", href, (name, kind) in first))
        known = force != NOT_STATED
        label = vocabulary.label("force", force)
        lines.append(ForceLine(label, paths.force(force) if known else "", tuple(cells)))
    return lines


def _gap(gap: Gap, paths: Paths) -> GapView:
    detail = shown(gap.detail)
    if gap.document is None:
        return GapView(shown(gap.title), detail, detail if _LINK.fullmatch(detail) else "")
    if gap.said is None:
        # As on its own page: where the file lies is the business of who keeps it.
        name = re.split(r"[\\/]", gap.document.path)[-1]
        return GapView(shown(gap.title), name, paths.document(gap.document.id))
    return GapView(shown(gap.title), detail, paths.said(gap.document, gap.said))
