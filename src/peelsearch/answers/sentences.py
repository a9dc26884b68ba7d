"""The sentences of passages as evidence: what of a question each holds, and how strongly.

What is measured of a sentence is a ``Measures``; ``evidence.WEIGHTS`` says what each is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from peelsearch.analysis import fold_word, stems
from peelsearch.analysis import words as folded_words
from peelsearch.answers.candidates import asked_for, candidates, years_named
from peelsearch.answers.closeness import beside, counted, pairs, reasons, sequence
from peelsearch.answers.question_types import NUMERIC
from peelsearch.answers.quoting import own_heading
from peelsearch.answers.terms import Terms
from peelsearch.answers.weighing import NOTHING, Held, Scales, layered
from peelsearch.corpus import Corpus
from peelsearch.model import Match, Question, QuestionType, Span
from peelsearch.records import dataclass

# A sentence that begins so speaks of something in the sentence before.
_PRONOUN = re.compile(
    r"(?:(?:but|and|however,?|yet|so) )?"
    r"(?:(?:we|i) (?:also )?(?:found|saw|heard|noted) (?:that )?)?"
    r"(?:(?:in|at|on|for|during|after|by|most of|some of|many of|of)\s+)?"
    r"(?:he|she|it|its|his|her|they|their|this|these|those|such|both)\b",
    re.IGNORECASE,
)
# The end of a sentence that introduces a list.
_INTRODUCES = re.compile(r":\s*$")
_ITEM = re.compile(r"\s*(?:[-–—•·*▪■◼●○➢\uf000-\uf0ff]\s|\(?[a-z0-9]{1,2}[.)]\s)")
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_LABEL = re.compile(r"\W*(?:[\w'’&-]+[ \t]+){0,6}[\w'’&-]+\s*")
# What a reader finds in the text to come.
_SIGNPOST = re.compile(
    r"\s*In this (?:section|chapter|part),? we (?:set out|describe)", re.IGNORECASE
)
# A passage whose score is a smaller share of the best one's answers too seldom to be read.
_FAINT = 0.45
# The longest list that is quoted with its introduction, in characters.
_LIST = 1_500
# Tabs that make a unit a table.
_CELLS = 3
# The length of a sentence from which it begins to lose, in characters.
_LENGTH = 150
_OPEN_TYPES = frozenset(
    {QuestionType.OTHER, QuestionType.HOW, QuestionType.YES_NO, QuestionType.LIST}
)


# What words that are held in another wording only add to reach, beside their worth.
_REACHED = 0.1


class Measures(NamedTuple):
    """What is measured of a sentence; shares are of the question's weight (see ``Terms.worth``)."""

    covered: float  # held by the sentence
    heading: float  # held by the headings above it only
    before: float  # held by the sentence before only
    after: float  # held by the sentence after only
    elsewhere: float  # held by the rest of the passage only
    before_pronoun: float  # ``before``, if the sentence begins with a pronoun
    elsewhere_pronoun: float  # what the passage adds, if the sentence begins with a pronoun
    pairs: float  # neighbours in the question that are neighbours here
    sequence: float  # the longest common subsequence
    exact: float  # held in the form that was typed
    density: float  # ``covered``, the more the closer together
    passage: float  # the passage's BM25F score as a share of the best passage's
    first: float  # 1 in the best passage
    fits: float  # 1 if it holds what the question asks for: a number, a date, a name
    covered_fits: float  # ``covered`` times ``fits``
    focus: float  # 1 if it holds the thing asked for
    figure: float  # 1 if a figure stands beside the thing asked for
    length: float  # log(1 + characters / 150)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a match: its span in the passage's text, and what was measured.

    ``held`` are the question's stems in it, ``marks`` where they stand (offsets into the
    passage's text). ``reach`` is the share of the question that the sentence holds with its
    headings, the sentence before and, by half, the rest of its passage. ``focused`` says whether
    it holds the thing asked for, in whatever words, ``counted`` whether a number is one of it.
    ``around`` are the stems that the sentence, its headings and the sentence before hold in
    whatever words.
    """

    match: Match
    start: int
    end: int
    held: frozenset[str]
    marks: tuple[tuple[int, int, str], ...]
    measures: Measures
    reach: float
    focused: bool = False
    counted: bool = True
    around: frozenset[str] = frozenset()

    @property
    def list_end(self) -> int:
        """Where the list ends that the sentence introduces; its own end where there is none."""
        end, text = self.end, self.match.passage.text
        if not _INTRODUCES.search(text, self.start, end):
            return end
        for start, stop in self.match.units:
            if start < end:
                continue
            if not _ITEM.match(text, start) or stop - self.start > _LIST:
                break
            end = stop
        return end

    @property
    def refers_back(self) -> bool:
        """Whether it begins with a pronoun, and so speaks of the sentence before."""
        return bool(_PRONOUN.match(self.text))

    @property
    def text(self) -> str:
        """The sentence as it stands in the passage."""
        return self.match.passage.text[self.start : self.end]


def sentences(
    matches: Sequence[Match], question: Question, terms: Terms, corpus: Corpus
) -> Iterator[Sentence]:
    """Every sentence of the matches that holds a word of the question or stands beside one."""
    best = matches[0].score or 1.0 if matches else 1.0
    scales = Scales(terms)
    for rank, match in enumerate(matches):
        score = match.score / best
        # Whoever's words are asked for may speak in few passages.
        if score < _FAINT and not question.speaker:
            break
        passage = _Passage(match, terms, scales, corpus, score, first=rank == 0)
        yield from passage.sentences(question)


class _Passage:
    """One match, with the question's words in it found once."""

    def __init__(
        self,
        match: Match,
        terms: Terms,
        scales: Scales,
        corpus: Corpus,
        score: float,
        *,
        first: bool,
    ) -> None:
        self.match, self.terms, self.scales = match, terms, scales
        kind = corpus.vocabulary.kind.get(match.passage.facets["kind"][0])
        # A line of a few words says nothing but in a signature.
        self.labels = kind is None or kind.id != "signature"
        self.grade = match.passage.facets["grade"][0].replace("-", " ")
        # The headline of a finding says what is asked for.
        self.headlined = kind is not None and kind.finding
        self.score, self.is_first = score, float(first)
        text = match.passage.text
        words = [fold_word(text[start:end]) for start, end, _ in match.marks]
        self.marks = [
            (start, end, terms.stem(word, corpus.stem))
            for (start, end, _), word in zip(match.marks, words, strict=True)
        ]
        # Where a word stands in the form that was typed.
        self.typed = {
            mark[0] for mark, word in zip(self.marks, words, strict=True) if word in terms.words
        }
        headings = {stem for h in match.passage.headings for stem in stems(h, corpus.stem)}
        self.headings = scales.held(headings)
        self.all = scales.held({stem for _, _, stem in self.marks})

    def sentences(self, question: Question) -> Iterator[Sentence]:
        units = self.match.units or ((0, len(self.match.passage.text)),)
        if self.headlined and self.match.units:
            units = (own_heading(self.match), *units)
        marks = [[mark for mark in self.marks if a <= mark[0] < b] for a, b in units]
        held = [self.scales.held({stem for _, _, stem in own}) for own in marks]
        introduction = -1
        text = self.match.passage.text
        for at, (start, end) in enumerate(units):
            if not _ITEM.match(text, start):
                introduction = -1
            before = held[introduction] if introduction >= 0 else held[at - 1] if at else NOTHING
            after = held[at + 1] if at + 1 < len(held) else NOTHING
            spoken_of = after and _PRONOUN.match(text, units[at + 1][0])
            if (held[at] or before or spoken_of) and not self._says_nothing(
                text, start, end, question.type
            ):
                yield self._sentence(units[at], marks[at], held[at], before, after, question)
            if _INTRODUCES.search(text, start, end):
                introduction = at

    def _says_nothing(self, text: str, start: int, end: int, asked: QuestionType) -> bool:
        """Whether a unit is a table's cells, a bare grade, or says what a section is about."""
        if _is_table(text, start, end) or _SIGNPOST.match(text, start, end):
            return True
        if asked is QuestionType.GRADE:
            return not candidates(asked, text[start:end]) and bool(
                self.labels and _LABEL.fullmatch(text, start, end)
            )
        if self.labels and _LABEL.fullmatch(text, start, end):
            return True
        return end - start < _LENGTH and " ".join(text[start:end].split()).casefold() == self.grade

    def _sentence(
        self,
        unit: Span,
        marks: Sequence[tuple[int, int, str]],
        held: Held,
        before: Held,
        after: Held,
        question: Question,
    ) -> Sentence:
        terms, scales, worth = self.terms, self.scales, self.scales.worth
        text = self.match.passage.text[unit[0] : unit[1]]
        figures = unasked(asked_for(question, text), text, terms)
        if figures and question.type is QuestionType.WHY:
            figures = reasons(figures, text, unit[0], marks)
        fits = float(question.type in _OPEN_TYPES or bool(figures))
        if fits and question.type in NUMERIC and _of_other_years(question.text, text):
            fits = 0.0
        layers = layered(held, self.headings, before, after, self.all)
        covered = worth(*held)
        pronoun = float(bool(_PRONOUN.match(text)))
        measures = Measures(
            covered=covered,
            heading=worth(*layers.heading),
            before=worth(*layers.before),
            after=worth(*layers.after),
            elsewhere=worth(*layers.elsewhere),
            before_pronoun=pronoun * worth(*layers.prior),
            elsewhere_pronoun=pronoun * worth(*layers.more),
            pairs=pairs(marks, terms, scales.places),
            sequence=sequence(marks, terms, scales.places),
            exact=scales.share(scales.bits({s for at, _, s in marks if at in self.typed})),
            density=covered / (1 + (marks[-1][1] - marks[0][0]) / 120) if marks else 0.0,
            passage=self.score,
            first=self.is_first,
            fits=fits,
            covered_fits=covered * fits,
            focus=float(bool(held.typed & scales.focus)),
            figure=float(beside(figures, unit[0], marks, terms.focus)),
            length=log(1 + len(text) / _LENGTH),
        )
        reach = covered + measures.heading + measures.before
        reach += (measures.elsewhere + measures.after) / 2
        reach += scales.share(held.meant) * _REACHED
        counts = question.type is QuestionType.NUMBER and _HOW_MANY.search(question.text)
        return Sentence(
            self.match,
            *unit,
            held=scales.stems(held.typed),
            marks=tuple(marks),
            measures=measures,
            reach=reach,
            focused=bool(held.either & scales.focus),
            counted=not counts or not figures or counted(figures, text, unit[0], marks),
            around=scales.stems(layers.around) if terms.unheld else frozenset(),
        )


def _is_table(text: str, start: int, end: int) -> bool:
    """Whether a unit is cells of a table, which say nothing without their rows and columns."""
    return text.count("\t", start, end) >= _CELLS


def _of_other_years(question: str, sentence: str) -> bool:
    """Whether question and sentence both name years, and none the same."""
    asked = years_named(question)
    return bool(asked) and bool(named := years_named(sentence)) and not asked & named


def unasked(figures: Sequence[Span], text: str, terms: Terms) -> list[Span]:
    """The candidates that the question does not hold itself."""
    kept = []
    shorts = {short for short, _ in terms.shorts}
    for start, end in figures:
        words = folded_words(text[start:end])
        if all(word in terms.words for word in words) or (words and words[0] in shorts):
            continue
        kept.append((start, end))
    return kept
