"""What is measured of rankings, answers and abstentions, each by its published formula.

Names are those of ir_measures (https://ir-measur.es) where it has one; "hit@k" is its
``Success@k``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

# The rank of what was not found.
NOT_FOUND = 10**6


def ndcg(gains: Sequence[int], judged: Iterable[int], depth: int = 10) -> float:
    """``nDCG@depth``: normalised discounted cumulative gain (Järvelin and Kekäläinen 2002).

    ``gains`` are those of the ranking in order, ``judged`` those of all that was judged. Gains are
    linear, the discount is log2(rank + 1), as in trec_eval.
    """

    def dcg(values: Iterable[int]) -> float:
        return sum(value / math.log2(rank + 1) for rank, value in enumerate(values, start=1))

    ideal = dcg(sorted(judged, reverse=True)[:depth])
    return dcg(gains[:depth]) / ideal if ideal else 0.0


def reciprocal_rank(rank: int) -> float:
    """``RR``: 1 / rank of the first relevant result, 0 if there is none (Voorhees 1999).

    Its mean over questions is the MRR.
    """
    return 1 / rank if rank < NOT_FOUND else 0.0


def recall(gains: Sequence[int], judged: Iterable[int], depth: int) -> float:
    """``R@depth``: relevant among the first results / relevant at all."""
    relevant = sum(gain > 0 for gain in judged)
    return sum(gain > 0 for gain in gains[:depth]) / relevant if relevant else 0.0


def hit(rank: int, depth: int) -> float:
    """``Success@depth``: 1 if the first relevant result is among the first ``depth``."""
    return float(rank <= depth)


def first_rank(relevant: Iterable[bool]) -> int:
    """The rank of the first relevant result, ``NOT_FOUND`` if there is none."""
    return next((rank for rank, found in enumerate(relevant, start=1) if found), NOT_FOUND)


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean, 0 of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def abstention_precision(answered: Sequence[bool], answerable: Sequence[bool]) -> float:
    """Unanswerable among those not answered: precision (van Rijsbergen 1979) of abstaining.

    1 where nothing was left unanswered.
    """
    abstained = [can for did, can in zip(answered, answerable, strict=True) if not did]
    return mean(not can for can in abstained) if abstained else 1.0


def abstention_recall(answered: Sequence[bool], answerable: Sequence[bool]) -> float:
    """Not answered among the unanswerable: recall of abstaining; 1 where all are answerable."""
    unanswerable = [did for did, can in zip(answered, answerable, strict=True) if not can]
    return mean(not did for did in unanswerable) if unanswerable else 1.0


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
