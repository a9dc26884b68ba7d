"""Text to words, stems and sentences: one analysis for documents, queries, snippets and answers.

The only module that imports NLTK, and only parts of it that need no downloaded data.

A *word* is a folded form (case, accents, curly apostrophes and the possessive "'s" are folded
away); a *stem* joins the forms of a word. Compounds are written as their parts, one after the
other: "stop-and-search" is ``stop and search``, "2019/20" and "2019–20" are both ``2019 20``,
"4.5%" is ``4.5 percent``, so that phrases find every spelling. Function words are kept: "stop and
search" is not "stop the search".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize import RegexpTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

# Changes when words or stems change; an index made by another analysis says so.
ANALYSIS_VERSION = "1"

# Longer words are cut: nobody types them, and they would only swell the dictionary.
MAX_WORD = 64

# In order: "+/-"; sums of money; numbers with their decimals; A&E and the like; abbreviations with
# a number (s.55); words with apostrophes, soft hyphens and combining marks; the per-cent sign.
_PATTERN = (
    r"\+/[-−–]"
    r"|[£$€]\d+(?:[.,]\d+)*(?:bn|[mk])?(?![\p{L}\p{N}])"
    r"|\d+(?:[.,]\d+)+(?![\p{L}\p{N}])"
    r"|\p{Lu}&\p{Lu}(?![\p{L}\p{N}])"
    r"|[sS]\.\d+"
    r"|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’ʼ\u00ad\u200b][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*"
    r"|%"
)
_TOKENIZER = RegexpTokenizer(_PATTERN)
_STEMMER = SnowballStemmer("english")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")
_THOUSANDS = re.compile(r"[£$€]?\d{1,3}(,\d{3})+(\.\d+)?(bn|[mk])?")
# A target may hold one pair of brackets, as addresses do.
_LINK_TARGET = re.compile(r"(?<=\])\((?:[^()\s\\]|\\\S|\([^()\s\\]{0,200}\)){0,2000}\)")

# Words that serve grammar: they neither match nor score outside a phrase. A closed list of our own,
# because NLTK's is downloaded data.
FUNCTION_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can cannot could did do does doing down during each few for
    from further had has have having he her here hers herself him himself his how i if in into is
    it its itself just me more most my myself nor now of off on once only or other our ours
    ourselves out over own same she should so some such than that the their theirs them themselves
    then there these they this those through to too under until up upon very was we were what when
    where which while who whom whose why will with would you your yours yourself yourselves
    aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't it's let's mustn't
    shan't shouldn't that's there's they're wasn't we're we've weren't what's who's won't wouldn't
    you're""".split()
)

# After these a full stop does not end a sentence. From the texts themselves and common usage.
_ABBREVIATIONS = """dr mr mrs ms prof sir rev det supt insp sgt ch gen hon st no nos p pp para paras
s ss fig figs ref vol ed e.g i.e etc cf vs viz approx inc ltd plc a.m p.m jan feb mar apr jun jul
aug sep sept oct nov dec""".split()


@dataclass(frozen=True, slots=True)
class Term:
    """A word in its text: ``text[start:end]`` is how it is written there."""

    word: str
    stem: str
    start: int
    end: int


def terms(text: str) -> list[Term]:
    """The words of a text in order, with offsets into it. Link targets hold no words."""
    found: list[Term] = []
    for piece in re.finditer(r"\S+", without_links(text)):
        base = piece.start()
        for word, stem, start, end in _piece_terms(piece.group()):
            found.append(Term(word, stem, base + start, base + end))
    return found


def without_links(text: str) -> str:
    """The text with spaces in place of link targets, so that offsets stay."""
    if "](" not in text:
        return text
    return _LINK_TARGET.sub(lambda match: " " * len(match.group()), text)


def piece_words(piece: str) -> tuple[tuple[str, int, int], ...]:
    """The words in a piece of text without white space and link targets, with offsets into it."""
    return tuple((word, start, end) for word, _, start, end in _piece_terms(piece))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(term.word for term in terms(text))


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text."""
    return tuple(term.stem for term in terms(text))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word (Snowball, English)."""
    if not word.isalpha():
        return word
    return str(_STEMMER.stem(word))


def is_function_word(word: str) -> bool:
    """Whether a folded word only serves grammar."""
    return word in FUNCTION_WORDS


def fold_word(text: str) -> str:
    """A single written word as it is indexed. Idempotent."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    folded = "".join(
        char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)
    )
    folded = unicodedata.normalize("NFC", folded)
    folded = folded.replace("’", "'").replace("ʼ", "'").replace("−", "-").replace("–", "-")
    if folded.endswith("'s") and len(folded) > 2 and folded not in FUNCTION_WORDS:
        folded = folded[:-2]
    if _THOUSANDS.fullmatch(folded):
        folded = folded.replace(",", "")
    return "percent" if folded == "%" else folded[:MAX_WORD]


@lru_cache(maxsize=200_000)
def _piece_terms(piece: str) -> tuple[tuple[str, str, int, int], ...]:
    """The words of a piece of text without white space; pieces repeat, so this is remembered."""
    found = []
    for start, end in _TOKENIZER.span_tokenize(piece):
        word = fold_word(piece[start:end])
        if word:
            found.append((word, stem(word), start, end))
    return tuple(found)


def _sentence_tokenizer() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


_SENTENCES = _sentence_tokenizer()
_NUMBER_FOLLOWS = re.compile(
    r"\b(?:nos?|pp?|paras?|figs?|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$", re.IGNORECASE
)
_TITLE_BEFORE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|Det|Supt|Insp|Sgt|Hon)\.$")


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of one block of text (never pass a whole document)."""
    joined: list[tuple[int, int]] = []
    for start, end in _SENTENCES.span_tokenize(text):
        if joined and _continues(text[joined[-1][0] : joined[-1][1]], text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _continues(before: str, after: str) -> bool:
    """Whether Punkt cut a sentence in two: after a title, a number sign, before lower case."""
    if _TITLE_BEFORE.search(before):
        return True
    if _NUMBER_FOLLOWS.search(before) and after[:1].isdigit():
        return True
    # "iCAIT" and the like start sentences of their own.
    return after[:1].islower() and not after[1:2].isupper()


def sequences(needle: tuple[str, ...], haystack: tuple[str, ...]) -> Iterator[int]:
    """The positions at which ``needle`` stands in ``haystack``, overlaps included."""
    size = len(needle)
    if not size:
        return
    for index in range(len(haystack) - size + 1):
        if haystack[index : index + size] == needle:
            yield index
