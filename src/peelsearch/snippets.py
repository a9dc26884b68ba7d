"""Where a query matches in a text, and the part of a passage that shows it best.

Offsets come from the analysis, so what is marked is what was found: documents, queries and marks
fold words the same way. All spans refer to the text as it stands; ``display`` turns it into what
people read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from peelsearch.analysis import Stemmer, WordSpan, sequences, spans, stem
from peelsearch.model import (
    AllOf,
    AnyOf,
    Everything,
    Expression,
    Phrase,
    Snippet,
    Span,
    Stem,
    StemPhrase,
    Word,
)
from peelsearch.records import dataclass

# About four lines on a page: enough for the sentence and its neighbour.
SNIPPET_CHARACTERS = 320
# A whole phrase says more than any single word of it.
PHRASE_WEIGHT = 3.0
REPEAT_WEIGHT = 0.1

_LINK = (
    r"\[(?P<label>(?:[^\[\]\\\n]|\\.){1,300})\]"
    r"\((?:[^()\s\\]|\\\S|\([^()\s\\]{0,200}\)){0,2000}\)"
)
_SPACE = re.compile(r"\s+")
_ESCAPED = r"\\(?=[()\[\]])"


@dataclass(frozen=True, slots=True)
class PhraseForms:
    """A phrase with the words that may stand at each of its places, and the key of its marks."""

    key: str
    places: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Highlighter:
    """What to mark: words by the key of their marks (their stem), and phrases.

    ``whole`` is the query as one phrase, in any of its forms. Where one stands in a text, its
    words are not marked singly there: who searches "use of force" does not want every "force".
    """

    words: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[PhraseForms, ...] = ()
    whole: Highlighter | None = None

    @classmethod
    def of(
        cls,
        expression: Expression,
        *,
        forms: Callable[[str], Collection[str]],
        stem: Stemmer = stem,
        whole: Expression | None = None,
    ) -> Highlighter:
        """Everything that makes a passage match the expression.

        ``forms`` gives the words that have a stem, ``stem`` the stem of a word.
        """
        leaves = _Leaves(forms, stem)
        leaves.add(expression)
        return cls(
            leaves.words,
            tuple(dict.fromkeys(leaves.phrases)),
            cls.of(whole, forms=forms, stem=stem) if whole is not None else None,
        )

    def within(self, text: str) -> Highlighter:
        """What marks the text and the headings above it: the whole phrase where it stands there."""
        return self.whole if self.whole is not None and self.whole.marks(text) else self

    def marks(self, text: str) -> tuple[Span, ...]:
        """The spans that match, in order and without overlap."""
        found = self.keyed_marks(text)
        return merged(found) if found else ()

    def keyed_marks(self, text: str) -> list[tuple[int, int, str]]:
        """Every match with the key of what it matches; phrases and single words may overlap."""
        return self._marks(_spans(text))

    def _marks(self, found: Sequence[WordSpan]) -> list[tuple[int, int, str]]:
        if self.whole is not None and (marks := self.whole._marks(found)):
            return marks
        marks = [(start, end, self.words[word]) for word, start, end in found if word in self.words]
        if self.phrases:
            words = [word for word, _, _ in found]
            for phrase in self.phrases:
                last = len(phrase.places) - 1
                marks += [
                    (found[index][1], found[index + last][2], phrase.key)
                    for index in sequences(phrase.places, words)
                ]
        return sorted(marks)


NO_MARKS = Highlighter()

_HEADING = 200


def _spans(text: str) -> Sequence[WordSpan]:
    return _heading_spans(text) if len(text) <= _HEADING else spans(text)


# Headings repeat, from hit to hit and from document to document.
_heading_spans = lru_cache(maxsize=8_192)(spans)


class _Leaves:
    """The words and phrases of an expression, with all their forms."""

    def __init__(self, forms: Callable[[str], Collection[str]], stem: Stemmer) -> None:
        self.forms = forms
        self.stem = stem
        self.words: dict[str, str] = {}
        self.phrases: list[PhraseForms] = []

    def add(self, expression: Expression) -> None:
        match expression:
            case Stem(stem):
                self.words.update(dict.fromkeys(self.forms(stem), stem))
            case Word(word):
                self.words[word] = self.stem(word)
            case Phrase(words):
                places = tuple(frozenset((word,)) for word in words)
                self.phrases.append(PhraseForms(" ".join(words), places))
            case StemPhrase(stems):
                places = tuple(frozenset(self.forms(stem)) for stem in stems)
                self.phrases.append(PhraseForms(" ".join(stems), places))
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.add(part)
            case Everything():
                pass


def merged(spans: Iterable[tuple[int, int] | tuple[int, int, str]]) -> tuple[Span, ...]:
    """Spans in order, those that overlap joined."""
    found: list[Span] = []
    for start, end, *_ in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def snippet(
    text: str, *, offset: int, units: Sequence[Span], marks: Sequence[tuple[int, int, str]]
) -> Snippet:
    """The best part of a passage's text, whole sentences if they fit.

    ``offset`` is the passage's start in its document; ``units`` are the sentences to choose from,
    ``marks`` what matches in the text, with keys, in order. The passage's own heading, which is
    shown beside the snippet, is in none of the units unless there is nothing else.
    """
    start, end = 0, min(len(text), SNIPPET_CHARACTERS)
    if units:
        first = bisect_left(marks, (units[0][0],))
        shown = marks[first:]
        start, end = _best_window(units, shown)
        if end - start > SNIPPET_CHARACTERS:
            start, end = _cut(text, start, end, shown)
    inside = [
        (max(left, start) - start, min(right, end) - start)
        for left, right, _ in marks
        if left < end and right > start
    ]
    joined = merged(inside) if len(inside) > 1 else tuple(inside)
    return Snippet(text[start:end], offset + start, offset + end, joined)


def _best_window(units: Sequence[Span], marks: Sequence[tuple[int, int, str]]) -> Span:
    """The run of sentences, within the length, that holds most of what was searched."""
    best, best_score = _window(units, 0), 0.0
    first_mark = last_mark = seen = 0
    last = reaching = _first_reaching(units, marks[0][0]) if marks else len(units)
    for index in range(reaching, len(units)):
        start = units[index][0]
        last = max(last, index)
        while last + 1 < len(units) and units[last + 1][1] - start <= SNIPPET_CHARACTERS:
            last += 1
        end = units[last][1]
        while first_mark < len(marks) and marks[first_mark][0] < start:
            first_mark += 1
        while last_mark < len(marks) and marks[last_mark][0] < end:
            last_mark += 1
        if last_mark == seen:
            # It holds no mark that an earlier one did not.
            continue
        seen = last_mark
        score = _score(marks[first_mark:last_mark])
        if score > best_score:
            best, best_score = (start, end), score
        if seen == len(marks):
            break
    return best


def _window(units: Sequence[Span], index: int) -> Span:
    """The longest run of sentences, within the length, from one on."""
    start, end = units[index]
    for _, further in units[index + 1 :]:
        if further - start > SNIPPET_CHARACTERS:
            break
        end = further
    return start, end


def _first_reaching(units: Sequence[Span], place: int) -> int:
    """The first sentence whose run, within the length, goes on beyond a place."""
    for index, (_, end) in enumerate(units):
        if end > place:
            least = end - SNIPPET_CHARACTERS
            return min(bisect_left(units, (least, 0)), index)
    return len(units)


def _score(marks: Sequence[tuple[int, int, str]]) -> float:
    keys = {key for _, _, key in marks}
    distinct = sum(PHRASE_WEIGHT if " " in key else 1.0 for key in keys)
    return distinct + REPEAT_WEIGHT * len(marks)


def _cut(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> Span:
    """A part of one long sentence: around its first mark, at white space."""
    first = next((mark[0] for mark in marks if start <= mark[0] < end), start)
    left = max(start, min(first - SNIPPET_CHARACTERS // 3, end - SNIPPET_CHARACTERS))
    right = min(end, left + SNIPPET_CHARACTERS)
    if left > start:
        space = re.search(r"\s\S", text[left:first])
        left += space.start() + 1 if space else 0
    if right < end:
        space = re.search(r"\s\S*\Z", text[left:right])
        right = left + space.start() if space and left + space.start() > first else right
    return left, right


def display(text: str, marks: Sequence[Span] = ()) -> tuple[tuple[str, bool], ...]:
    """The text as people read it, in pieces that are marked or not.

    Bracketed links are reduced to their labels, backslashes before brackets are dropped, white
    space is one space. Joining the pieces gives the readable text.
    """
    dropped = _dropped(text)
    pieces: list[tuple[str, bool]] = []
    spans = [*marks, (len(text), len(text))]
    position = 0
    for start, end in spans:
        pieces.append((_readable(text, position, start, dropped), False))
        pieces.append((_readable(text, start, end, dropped), True))
        position = end
    return _collapse(pieces)


def readable(text: str) -> str:
    """The text as people read it (see ``display``)."""
    return "".join(piece for piece, _ in display(text))


def _dropped(text: str) -> list[Span]:
    """The spans that carry no words for people: link brackets, link targets, escapes."""
    spans: list[Span] = []
    for link in re.finditer(_LINK, text) if "](" in text else ():
        spans += [(link.start(), link.start() + 1), (link.end("label"), link.end())]
    if "\\" in text:
        spans += [match.span() for match in re.finditer(_ESCAPED, text)]
    return sorted(spans)


def _readable(text: str, start: int, end: int, dropped: Sequence[Span]) -> str:
    if not dropped:
        return text[start:end]
    kept: list[str] = []
    position = start
    for left, right in dropped:
        if right <= position or left >= end:
            continue
        kept.append(text[position : max(left, position)])
        position = min(right, end)
    kept.append(text[position:end])
    return "".join(kept)


def _collapse(pieces: Iterable[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    result: list[tuple[str, bool]] = []
    space_before = True
    for piece, marked in pieces:
        folded = _SPACE.sub(" ", piece)
        if space_before:
            folded = folded.lstrip(" ")
        if folded:
            result.append((folded, marked))
            space_before = folded.endswith(" ")
    if result and not result[-1][1]:
        last = result[-1][0].rstrip(" ")
        result[-1:] = [(last, False)] if last else []
    return tuple(result)
