"""Plain BM25 over passages: what a reader would get without this program's ranking and answers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from peelsearch.analysis import is_function_word, sentences, stems
from peelsearch.model import Passage

# Robertson and Zaragoza (2009), with the usual parameters.
K1 = 1.2
B = 0.75


class Baseline:
    """Passages with any of the words, ranked by BM25 over their text."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = list(passages)
        self._postings: dict[str, dict[int, int]] = defaultdict(dict)
        lengths = []
        for at, passage in enumerate(self.passages):
            counts = Counter(stems(passage.text))
            lengths.append(sum(counts.values()))
            for stem, count in counts.items():
                self._postings[stem][at] = count
        average = sum(lengths) / max(1, len(lengths))
        self._norms = [K1 * (1 - B + B * length / average) for length in lengths]

    def best(self, query: str, limit: int) -> list[Passage]:
        """The best passages, of equal ones the earlier."""
        scores: dict[int, float] = defaultdict(float)
        for stem in dict.fromkeys(stem for stem in stems(query) if not is_function_word(stem)):
            held = self._postings.get(stem, {})
            idf = math.log(1 + (len(self.passages) - len(held) + 0.5) / (len(held) + 0.5))
            for at, count in held.items():
                scores[at] += idf * count * (K1 + 1) / (count + self._norms[at])
        ranked = sorted(scores, key=lambda at: (-scores[at], at))
        return [self.passages[at] for at in ranked[:limit]]


def first_sentence(passage: Passage) -> tuple[int, int]:
    """Where the first sentence of a passage stands in its text."""
    return next(iter(sentences(passage.text)), (0, len(passage.text)))
