"""Where a query matches in a text, and the part of a passage that shows it best.

Offsets come from the analysis, so what is marked is what was found: documents, queries and marks
fold words the same way. All spans refer to the text as it stands; ``display`` turns it into what
people read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from peelsearch.analysis import Stemmer, WordSpan, sentences, sequences, spans, stem
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

# About four lines on a page: enough for the sentence and its neighbour.
SNIPPET_CHARACTERS = 320
# A whole phrase says more than any single word of it.
PHRASE_WEIGHT = 3.0
REPEAT_WEIGHT = 0.1

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# A page break in mid-sentence: no stop before the blank line, lower case after it, which is not
# the beginning of a name such as iCAIT.
_CUT_SENTENCE = re.compile(r".*[^\W_]\s*\n[^\S\n]*\n\s*[a-z][^A-Z]", re.DOTALL)
_LINK = re.compile(
    r"\[(?P<label>(?:[^\[\]\\\n]|\\.){1,300})\]"
    r"\((?:[^()\s\\]|\\\S|\([^()\s\\]{0,200}\)){0,2000}\)"
)
_ESCAPED = re.compile(r"\\(?=[()\[\]])")


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
        return _merge((start, end) for start, end, _ in self.keyed_marks(text))

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

# A passage is asked for its marks more than once while a page of hits is made.
_spans = lru_cache(maxsize=32)(spans)


@dataclass(slots=True)
class _Leaves:
    """The words and phrases of an expression, with all their forms."""

    forms: Callable[[str], Collection[str]]
    stem: Stemmer
    words: dict[str, str] = field(default_factory=dict)
    phrases: list[PhraseForms] = field(default_factory=list)

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


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(
    text: str, *, offset: int, heading: str, highlighter: Highlighter, marks: Sequence[Span]
) -> Snippet:
    """The best part of a passage's text, whole sentences if they fit.

    ``offset`` is the passage's start in its document; ``heading`` its own heading, which is shown
    beside the snippet and so is left out of it unless there is nothing else.
    """
    body = _body_start(text, heading)
    units = _units(text, body)
    keyed = [mark for mark in highlighter.keyed_marks(text) if mark[0] >= body]
    start, end = _best_window(units, keyed) if units else (0, min(len(text), SNIPPET_CHARACTERS))
    if end - start > SNIPPET_CHARACTERS:
        start, end = _cut(text, start, end, keyed)
    inside = tuple(
        (max(left, start) - start, min(right, end) - start)
        for left, right in marks
        if left < end and right > start
    )
    return Snippet(text[start:end], offset + start, offset + end, inside)


def _best_window(units: Sequence[Span], marks: Sequence[tuple[int, int, str]]) -> Span:
    """The run of sentences, within the length, that holds most of what was searched."""
    starts = [mark[0] for mark in marks]
    best, best_score = (units[0][0], units[0][1]), -1.0
    for index, (start, _) in enumerate(units):
        end = units[index][1]
        for _, next_end in units[index + 1 :]:
            if next_end - start > SNIPPET_CHARACTERS:
                break
            end = next_end
        score = _score(marks[bisect_left(starts, start) : bisect_left(starts, end)])
        if score > best_score:
            best, best_score = (start, end), score
    return best


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
    for link in _LINK.finditer(text):
        spans += [(link.start(), link.start() + 1), (link.end("label"), link.end())]
    spans += [match.span() for match in _ESCAPED.finditer(text)]
    return sorted(spans)


def _readable(text: str, start: int, end: int, dropped: Sequence[Span]) -> str:
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
        folded = re.sub(r"\s+", " ", piece)
        if space_before:
            folded = folded.lstrip(" ")
        if folded:
            result.append((folded, marked))
            space_before = folded.endswith(" ")
    if result and not result[-1][1]:
        last = result[-1][0].rstrip(" ")
        result[-1:] = [(last, False)] if last else []
    return tuple(result)
