"""A question in plain words to what it asks for and where: type, filters, what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelsearch import facets
from peelsearch.analysis import is_function_word
from peelsearch.answers.question_types import focus, question_type
from peelsearch.answers.subjects import is_in_titles
from peelsearch.corpus import Corpus
from peelsearch.errors import QueryError
from peelsearch.model import Everything, Filters, Question, Request, Word
from peelsearch.querystring import MAX_CHARACTERS, MAX_TERMS
from peelsearch.vocabulary import Entry, Vocabulary, fold

# The longest name of a force has seven words.
_LONGEST_NAME = 8
# A name this short is a word as well ("beds", "met") unless it begins with a capital.
_SHORT_NAME = 4
_WORD = re.compile(r"[^\W_]+(?:[-/–&’'][^\W_]+)*")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_POSSESSIVE = re.compile(r"['’]s?$")
# "New South Wales" is no force.
_CAPITAL_BEFORE = re.compile(r"\b[A-Z]\w+ $")
_FORCE_WORD = re.compile(r"\s+(?:police|constabulary|force)\b", re.IGNORECASE)
# What makes a round's years mean the round: "the 2021/22 inspection", "in PEEL 2021/22".
_ROUND_BEFORE = re.compile(r"\b(?:PEEL|round)\s+(?:of\s+)?$", re.IGNORECASE)
_ROUND_AFTER = re.compile(r"\s+(?:PEEL\s+)?(?:inspection|assessment|report|round)\b", re.IGNORECASE)
# "What did the inspectorate say about stop and search?" asks about stop and search.
_SAYS = re.compile(
    r"\b(?:did|do|does|has|have) (?:the |HM )?"
    r"(?:inspectorate|inspectors?|HMICFRS|HMIC|Ofsted|reports?|documents?)"
    r" (?:say|said|find|found|state|stated|conclude[ds]?|report(?:ed)?)(?: about| on| that)?\b"
    r"|\b(?:the inspectorate|HMICFRS|HMIC|Ofsted) (?:says|said|thinks|thought|found)(?: that)?\b",
    re.IGNORECASE,
)
# "What did Matt Parr say about the contact centre?" asks for his words.
_SPEAKER = re.compile(
    r"\b(?:did|does|has)\s+(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)+)\s+"
    r"(?:say|said|think|find|found|write|written|conclude|state)(?:\s+(?:about|on|of|that))?\b"
)
# "What did the commissioner say about ...?" asks for what the commissioner writes.
_OFFICE = re.compile(
    r"\b(?:did|do|does|has|have)\s+(?:the\s+)?(?P<name>(?:police and crime )?commissioner|PCC)"
    r"(?:['’]s)?(?:\s+(?:letter|response|reply))?\s+"
    r"(?:say|said|think|write|written|state|respond|reply|replied)(?:\s+(?:about|on|of|that|to))?\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:in|from|by|according to|of|does|do|did|has|have|had|what|which)\s+"
    r"(?:the|its|their|his|her|this|that)\s+$",
    re.IGNORECASE,
)
# "When was the press release published?": but a report can be any report.
_DATED = re.compile(r"\b(?:is|was) (?:the|this|that)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Named:
    """A value of a facet that stands in the question."""

    facet: str
    entry: Entry
    start: int
    end: int


def read_question(
    typed: str, vocabulary: Vocabulary, corpus: Corpus, given: Filters = ()
) -> Question:
    """Read a question; ``given`` are filters beside it, of which values it must be one.

    Raises QueryError for a question without words, or beyond the bounds of a query.
    """
    text = _checked(typed)
    named = list(_names(text, vocabulary))
    held = [found for found in named if _held(corpus, _filters([found]))]
    named = [found for found in named if found in held or not _only_a_word(text, found, corpus)]
    named = [found for found in named if found in held or not _only_a_place(text, found, corpus)]
    unheld = [found for found in named if found not in held]
    forces_unheld = [found for found in unheld if found.facet == "force"]
    apart: list[_Named] = []
    if any(found.facet == "force" for found in held):
        # What else is named is who the force works with, a word like others, if passages name it.
        unheld = [found for found in unheld if found not in forces_unheld]
        apart = [found for found in forces_unheld if not _mentioned(corpus, found)]
    taken = [*held, *unheld, *apart]
    bare = _blanked(text, taken)
    speaker = _SPEAKER.search(bare)
    office = None if speaker else _OFFICE.search(bare)
    bare = _SAYS.sub(_spaces, _OFFICE.sub(_spaces, _SPEAKER.sub(_spaces, bare)))
    filters = _joined(given, _filters(held))
    if filters and not _held(corpus, filters) and not unheld:
        unheld, filters = [found for found in held if found.facet != "force"], given
    return Question(
        typed=typed,
        text=bare,
        type=question_type(text),
        filters=filters,
        unheld=_filters(unheld),
        notes=(
            *_notes(filters, vocabulary),
            *(f"No document here is about {found.entry.label}." for found in apart),
        ),
        focus=focus(bare),
        speaker=_spoken(speaker, office),
    )


def _spoken(named: re.Match[str] | None, office: re.Match[str] | None) -> str:
    if named is not None:
        return " ".join(named["name"].split())
    return "commissioner" if office is not None else ""


def _checked(typed: str) -> str:
    """The question without control characters, same length. Raises QueryError."""
    if len(typed) > MAX_CHARACTERS:
        raise QueryError(
            f"The question is {len(typed):,} characters long; "
            f"at most {MAX_CHARACTERS:,} can be read.",
            hint="Ask it in one sentence.",
            position=MAX_CHARACTERS,
        )
    text = "".join(char if char.isprintable() else " " for char in typed)
    text = _TAG.sub(_spaces, text)
    words = _WORD.findall(text)
    if not words:
        message = (
            f'There is no word in "{text.strip()[:60]}".'
            if text.strip()
            else "The question is empty."
        )
        raise QueryError(message, hint='Ask, for example, "How many calls were abandoned?"')
    if len(words) > 2 * MAX_TERMS:
        raise QueryError(
            f"The question has {len(words)} words; at most {2 * MAX_TERMS} can be read.",
            hint="Ask it in one sentence.",
        )
    return text


def _names(text: str, vocabulary: Vocabulary) -> Iterator[_Named]:
    """The forces, rounds and types of documents that are named, the longest name at each place."""
    words = [
        (fold(_POSSESSIVE.sub("", word.group())), word.start(), word.end())
        for word in _WORD.finditer(text)
    ]
    tables = vocabulary.force, vocabulary.round, vocabulary.type
    at = 0
    while at < len(words):
        first = words[at][0].partition(" ")[0]
        may_be = any(table.may_begin(first) for table in tables)
        for size in range(min(_LONGEST_NAME, len(words) - at) if may_be else 0, 0, -1):
            run = words[at : at + size]
            found = _named(
                text, " ".join(word for word, _, _ in run), run[0][1], run[-1][2], vocabulary
            )
            if found is not None:
                yield found
                at += size
                break
        else:
            at += 1


def _named(text: str, name: str, start: int, end: int, vocabulary: Vocabulary) -> _Named | None:
    force = vocabulary.force.typed(name)
    if force is not None and _means_force(text, name, start, end, force):
        return _Named("force", force, start, end)
    round_ = vocabulary.round.typed(name)
    if round_ is not None and (
        name.startswith("peel")
        or _ROUND_BEFORE.search(text, 0, start)
        or _ROUND_AFTER.match(text, end)
    ):
        return _Named("round", round_, start, end)
    kind = vocabulary.type.typed(name)
    if kind is not None and (
        _SOURCE.search(text[:start]) or ("report" not in name and _DATED.search(text[:start]))
    ):
        return _Named("type", kind, start, end)
    return None


def _means_force(text: str, name: str, start: int, end: int, force: Entry) -> bool:
    written = text[start:end]
    abbreviations = {fold(short) for short in force.short if short.isupper()}
    if name in abbreviations:
        return written.isupper()
    if _is_called_force(text, written, end):
        return True
    if not written[0].isupper():
        # Someone who writes capitals elsewhere means the word: "a metropolitan area".
        return len(name) > _SHORT_NAME and text[1:].islower()
    before = _CAPITAL_BEFORE.search(text, 0, start)
    return before is None or before.start() == 0 or is_function_word(before.group().lower().strip())


def _is_called_force(text: str, written: str, end: int) -> bool:
    """Whether a name that ends there says that it is a force's."""
    called = written.casefold().endswith(("police", "constabulary"))
    return called or bool(_FORCE_WORD.match(text, end))


def _mentioned(corpus: Corpus, force: _Named) -> bool:
    return _held(corpus, (("mentions", (force.entry.id,)),))


def _only_a_word(text: str, found: _Named, corpus: Corpus) -> bool:
    """Whether a name in small letters is a word of the documents: a metropolitan area."""
    written = text[found.start : found.end]
    return written.islower() and bool(corpus.reader.frequency(Word(fold(written))))


def _only_a_place(text: str, found: _Named, corpus: Corpus) -> bool:
    """Whether a force's area is named, and documents about others there have it in their titles."""
    written = text[found.start : found.end]
    if found.facet != "force" or _is_called_force(text, written, found.end):
        return False
    return is_in_titles(_POSSESSIVE.sub("", written), corpus)


def _held(corpus: Corpus, filters: Filters) -> bool:
    """Whether any passage has these values."""
    request = Request(
        match=Everything(), filters=filters, facets=(), count_documents=False, limit=0
    )
    return bool(corpus.reader.search(request).total)


def _filters(named: Sequence[_Named]) -> Filters:
    return _joined((), tuple((found.facet, (found.entry.id,)) for found in named))


def _joined(first: Filters, second: Filters) -> Filters:
    """Both sets of filters; a facet that the first set names keeps only its values there."""
    values: dict[str, dict[str, None]] = {}
    given = {name for name, _ in first}
    for name, chosen in (*first, *((n, v) for n, v in second if n not in given)):
        values.setdefault(name, {}).update(dict.fromkeys(chosen))
    return tuple((f.name, tuple(values[f.name])) for f in facets.FACETS if f.name in values)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _blanked(text: str, named: Sequence[_Named]) -> str:
    for found in named:
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def _notes(filters: Filters, vocabulary: Vocabulary) -> Iterator[str]:
    yield from (f"{name}: {values}" for name, values in facets.worded(filters, vocabulary))
