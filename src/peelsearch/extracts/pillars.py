"""Pillars of older rounds beside the themes of newer ones: told apart, never merged."""

from __future__ import annotations

from collections.abc import Iterable

from peelsearch.model import NOT_STATED, Filters
from peelsearch.model.extracts import Extract
from peelsearch.model.judgments import PillarHint
from peelsearch.vocabulary import Vocabulary


def pillar_hints(
    read: Iterable[Extract], filters: Filters, vocabulary: Vocabulary
) -> tuple[PillarHint, ...]:
    """For each pillar that is filtered by: the rounds that judge other areas in its stead."""
    chosen = dict(filters).get("theme", ())
    pillars = {entry.id for entry in vocabulary.theme if entry.pillar}
    asked = [theme for theme in chosen if theme in pillars]
    if not asked:
        return ()
    judged: dict[str, set[str]] = {}
    for one in read:
        for row in one.judgments:
            judged.setdefault(one.document.round or NOT_STATED, set()).add(row.theme)
    order, themes = vocabulary.round.orders, vocabulary.theme.orders
    rounds = sorted(judged, key=lambda name: -order.get(name, -1))
    found = []
    for pillar in asked:
        others = tuple(
            (name, tuple(sorted(judged[name] & themes.keys() - pillars, key=themes.__getitem__)))
            for name in rounds
            if name != NOT_STATED and pillar not in judged[name]
        )
        others = tuple((name, areas) for name, areas in others if areas)
        # Another chosen theme that is judged there answers for itself.
        others = tuple(other for other in others if set(chosen).isdisjoint(other[1]))
        if others:
            stands = tuple(name for name in rounds if pillar in judged[name])
            found.append(PillarHint(pillar, stands, others))
    return tuple(found)
