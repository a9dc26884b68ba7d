"""The words of a question that an answer should hold, and what each is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from peelsearch.acronyms import Acronyms
from peelsearch.analysis import Stemmer, Term, is_function_word, terms, words
from peelsearch.answers.question_types import ASKING
from peelsearch.answers.wordings import Form, Wording, other_forms, other_wordings
from peelsearch.corpus import Corpus
from peelsearch.model import AnyOf, KnownAcronym, Question, Stem, Word
from peelsearch.records import dataclass, replace

# Words that say little of what is asked, each worth this share of what its rareness makes it.
_LIGHT = 0.5
_LIGHT_WORDS = frozenset(
    """wish come comes came coming happen happens happened go goes went gone going
    actually currently really exactly roughly approximately thing things kind sort type way ways
    look looks looking towards toward far back lot lots various certain particular specific
    specifically mainly mostly overall generally altogether total ever still yet even else
    regarding concerning respect terms relation per one ones seem seems seemed made make makes
    making keep kept take takes took taken put puts bring brings brought say says said talk
    mention mentions mentioned think thinks thought believe believes considered consider
    moment nowadays today please supposed finally eventually ultimately simply best worst
    spring summer autumn winter""".split()
)
# What a word is worth at least that nearly every passage holds: of long passages all hold
# "children", and few sentences do.
_LEAST = 0.2
# The share that is left of the worth of a name that every document to look in has in its title.
_NAMING = 0.25
# Words that share a stem with one of another meaning: what is founded is not found.
_APART = frozenset("founded founder founders founding".split())
# In a question in small letters this is no pronoun.
_COMPUTING = "IT"
# Words that only ask. Function words are known to the analysis.
QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how many much often long does name give tell get got"
    " please anyone anything anybody someone something somebody everyone everybody".split()
)


@dataclass(frozen=True, slots=True)
class Terms:
    """The content stems of a question, in order, each once.

    ``idf`` is log((N + 1) / (n + 0.5)) of N passages of which n hold the stem, but no less than
    ``_LEAST``: the least common weighs most, one that is found nowhere more than any; ``weight``
    is the sum. ``words`` are the words of the question, folded;
    ``typed`` the one that each stem stands for; ``missing`` those that no passage holds in any
    form, as typed, and ``unknown`` their stems. ``shorts`` pairs the stem of an acronym with the
    stems of its long form, where the question holds one of the two. ``names`` are the stems that
    only name what all documents to look in are about.
    """

    stems: tuple[str, ...]
    idf: Mapping[str, float]
    weight: float
    words: frozenset[str]
    typed: Mapping[str, str]
    missing: tuple[str, ...]
    unknown: frozenset[str]
    unheld: frozenset[str]
    light: frozenset[str]
    focus: str | None
    shorts: tuple[tuple[str, frozenset[str]], ...] = ()
    wordings: tuple[Wording, ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def sought(self) -> tuple[str, ...]:
        """The stems to look for passages by."""
        return tuple(stem for stem in self.stems if stem not in self.names)

    def stem(self, word: str, stemmer: Stemmer) -> str:
        """The stem of a folded word of a text, by which it stands for one of the question's."""
        return word if word in _APART else stemmer(word)

    def worth(self, stems: frozenset[str] | set[str]) -> float:
        """The share of the question's weight that these stems have, 0 to 1."""
        return sum([self.idf[stem] for stem in stems]) / self.weight if stems else 0.0

    def besides(self, words: frozenset[str] | set[str]) -> float:
        """The share of the question's weight that is not in these words, 0 to 1."""
        return self.worth({stem for stem in self.stems if self.typed[stem] not in words})

    def naming(self, names: frozenset[str]) -> Terms:
        """The terms where these words only name what all documents to look in are about."""
        named = frozenset(stem for stem in self.stems if self.typed[stem] in names)
        if len(named) == len(self.stems):
            return self
        idf = {s: worth * (_NAMING if s in named else 1.0) for s, worth in self.idf.items()}
        return replace(self, idf=idf, weight=sum(idf.values()), names=named)

    def spelled_out(self, held: set[str]) -> set[str]:
        """The question's stems among those held: an acronym holds its long form, and vice versa."""
        for short, long in self.shorts:
            # "DVPOs" is a stem of its own, for a vowel stands before the s.
            if short in held or f"{short}s" in held:
                held = held | long | {short, f"{short}s"}
            elif long <= held:
                held = held | {short, f"{short}s"}
        return held & self.idf.keys()

    def meant(self, held: set[str]) -> set[str]:
        """The question's stems that other wordings among those held stand for."""
        found: set[str] = set()
        for wording in self.wordings:
            if held.issuperset(wording.other):
                found |= wording.asked
        return found & self.idf.keys()

    def expression(self, *, everything: bool = False) -> AnyOf:
        """Passages with any of the words, acronyms and long forms included.

        Other wordings are for words that no passage holds, or with ``everything`` for all.
        """
        wanted = dict.fromkeys(self.stems if everything else self.sought)
        for short, long in self.shorts:
            wanted.update(dict.fromkeys((short, f"{short}s", *sorted(long))))
        for wording in self.wordings:
            if everything or wording.asked & self.unheld:
                wanted.update(dict.fromkeys(wording.other))
        return AnyOf(tuple(Word(stem) if stem in _APART else Stem(stem) for stem in wanted))


def question_terms(question: Question, corpus: Corpus) -> Terms:
    """The terms of a question; function words alone count where there is nothing else."""
    found = _read(question.text, corpus.stem)
    asking = QUESTION_WORDS | ASKING.get(question.type, frozenset())
    content = (
        [t for t in found if t.word not in asking and not is_function_word(t.word)]
        or [t for t in found if not is_function_word(t.word)]
        or found
    )
    stems = tuple(dict.fromkeys(term.stem for term in content))
    wordings = _wordings(found, stems, corpus)
    forms = tuple(other_forms(content, corpus.known_stem))
    shorts = _shorts(found, corpus)
    frequencies = {
        stem: _frequency(stem, wordings, forms, corpus) or _spelled_out(stem, shorts, corpus)
        for stem in stems
    }
    size = corpus.reader.passage_count
    missing = [t for t in content if not frequencies[t.stem]]
    focus = None
    if question.focus:
        focus = next((t.stem for t in content if t.start >= question.focus[0]), None)
    light = {term.stem for term in content if term.word in _LIGHT_WORDS}
    idf = {
        stem: max(_LEAST, log((size + 1) / (frequency + 0.5))) * (_LIGHT if stem in light else 1)
        for stem, frequency in frequencies.items()
    }
    return Terms(
        stems=stems,
        idf=idf,
        weight=sum(idf.values()),
        words=frozenset((*(term.word for term in found), *words(question.typed))),
        typed={term.stem: term.word for term in reversed(content)},
        missing=tuple(dict.fromkeys(question.text[t.start : t.end] for t in missing)),
        unknown=frozenset(term.stem for term in missing),
        unheld=frozenset(s for s in stems if not _frequency(s, (), forms, corpus)),
        light=frozenset(light),
        focus=focus,
        shorts=(*shorts, *forms),
        wordings=wordings,
    )


def _read(text: str, stemmer: Stemmer) -> list[Term]:
    """The terms of a text: words apart with themselves as stems, IT as information technology."""
    found = []
    for term in terms(text, stemmer):
        if term.word in _APART:
            found.append(term._replace(stem=term.word))
        elif text[term.start : term.end] == _COMPUTING and not text.isupper():
            found.append(term._replace(word="ict", stem="ict"))
        elif term.word[-1] == "s" and term.word[:-1].isdecimal():
            # "under 18s"
            found.append(term._replace(word=term.word[:-1], stem=term.word[:-1]))
        else:
            found.append(term)
    return found


def _wordings(found: Sequence[Term], stems: Sequence[str], corpus: Corpus) -> tuple[Wording, ...]:
    """What else may stand for words of the question, none for words that are no terms of it."""
    others = other_wordings(found, corpus.stem, corpus.known_stem)
    return tuple(dict.fromkeys(w for w in others if w.asked & set(stems)))


def _frequency(
    stem: str, wordings: Sequence[Wording], forms: Sequence[Form], corpus: Corpus
) -> int:
    """How many passages hold a stem in any form, or else what stands for it."""
    frequency = corpus.reader.frequency
    held = frequency(Word(stem) if stem in _APART else Stem(stem))
    held += sum(frequency(Stem(other)) for other, of in forms if stem in of)
    if held:
        return held
    others = {w.other for w in wordings if stem in w.asked}
    return sum(min(frequency(Stem(s)) for s in other) for other in others)


def _spelled_out(stem: str, shorts: Sequence[tuple[str, frozenset[str]]], corpus: Corpus) -> int:
    """The frequency of an acronym that passages write out only."""
    longs = [long for short, long in shorts if long and stem in (short, f"{short}s")]
    return max((min(corpus.reader.frequency(Stem(s)) for s in long) for long in longs), default=0)


def _content(known: KnownAcronym) -> frozenset[str]:
    return frozenset(stem for stem in known.long_stems if not is_function_word(stem))


def _shorts(found: Sequence[Term], corpus: Corpus) -> tuple[tuple[str, frozenset[str]], ...]:
    """The acronyms that the question writes short or long, the program's own list among them."""
    acronyms = Acronyms(corpus.reader)
    words, stems = [term.word for term in found], [term.stem for term in found]
    pairs = {}
    for at, (word, stem) in enumerate(zip(words, stems, strict=True)):
        if is_function_word(word):
            continue  # ONS has the stem "on".
        singular = word.removesuffix("s")
        for known in acronyms.with_short(word, stem) or acronyms.with_short(singular, singular):
            pairs[known.short_stem] = _content(known)
        for end in range(at + 2, min(at + 9, len(stems)) + 1):
            for known in acronyms.with_long(words[at:end], stems[at:end]):
                pairs[known.short_stem] = _content(known)
    return tuple(pairs.items())
