"""What people type, read into a Query within bounds; nothing typed ever reaches the engine raw.

The language: words, ``"phrases"``, ``-word``, ``one OR other``, ``prefix*``, ``word~`` and
``word~2``, and filters such as ``force:kent`` or ``theme:"call handling"``. Brackets and all other
punctuation mean nothing. What cannot be meant is a QueryError with its position.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from peelsearch import facets
from peelsearch.analysis import MAX_WORD, Stemmer, WordSpan, is_function_word, spans, stem
from peelsearch.errors import QueryError
from peelsearch.model import Clause, ClauseKind, Query
from peelsearch.records import replace
from peelsearch.vocabulary import Vocabulary

MAX_CHARACTERS = 1_000
MAX_TERMS = 64
MAX_EDITS = 2
# Words with an asterisk or "~", each of which is looked for all through the dictionary.
MAX_OPEN = 16
# "forces:kent" is a slip for "force:kent" (.91), "note:this" is not (difflib ratio).
NEAR_FACET = 0.75

# A quoted run may lack its closing quote; a piece is anything up to white space or a quote.
_PIECE = re.compile(
    r"""(?P<minus>-?)
        (?:(?P<field>[^\W\d_][\w-]*):(?=[^\s:/]))?
        (?:"(?P<quoted>[^"]*)(?P<closing>"?)(?P<slop>~\d+)?|(?P<bare>[^\s"]+))""",
    re.VERBOSE,
)
# Brackets and marks part words; within a number (1,234 or 10:30) comma and colon do not.
_PART = re.compile(r"(?:[^\s()\[\]{}<>|;:,?!]|(?<=\d)[:,](?=\d))+")
_FUZZY = r"(?P<word>.*?)~(?P<edits>\d*)"
_OPEN = (ClauseKind.PREFIX, ClauseKind.FUZZY)
_FIELD_NAMES = {
    name: facet for facet in facets.FACETS for name in (facet.name, facet.option.removeprefix("--"))
}


def parse(typed: str, vocabulary: Vocabulary, stem: Stemmer = stem) -> Query:
    """Read a query. Empty text gives an empty Query; punctuation alone too.

    Raises QueryError for what is out of bounds or cannot be meant, UnknownValueError for a
    filter's value that the vocabulary does not know.
    """
    _check_length(typed)
    text = _plain(typed)
    groups: list[tuple[Clause, ...]] = []
    excluded: list[Clause] = []
    filters: list[tuple[str, str]] = []
    alternative = negated = False
    for piece in _PIECE.finditer(text):
        word = piece["bare"]
        if word in ("OR", "AND", "NOT") and not piece["field"] and not piece["minus"]:
            alternative, negated = word == "OR", word == "NOT"
            continue
        if piece["field"] and _is_filter(piece):
            filters.append(_filter(piece))
            continue
        clauses = [_stemmed(clause, stem) for clause in _clauses(piece)]
        if piece["minus"] or negated:
            excluded.extend(clauses)
        elif alternative and groups and clauses:
            groups[-1] = (*groups[-1], *clauses)
        else:
            groups.extend((clause,) for clause in clauses)
        alternative = negated = False
    _check_terms([*(c for group in groups for c in group), *excluded])
    return Query(typed, tuple(groups), tuple(excluded), facets.resolve(filters, vocabulary))


def _plain(typed: str) -> str:
    """The text with curly quotes made straight and control characters made spaces, same length."""
    straight = typed.translate({0x201C: '"', 0x201D: '"', 0x201E: '"', 0xAB: '"', 0xBB: '"'})
    return "".join(char if char.isprintable() else " " for char in straight)


def _check_length(typed: str) -> None:
    if len(typed) > MAX_CHARACTERS:
        raise QueryError(
            f"The query is {len(typed):,} characters long; at most {MAX_CHARACTERS:,} can be read.",
            hint="Search for a few of its words instead.",
            position=MAX_CHARACTERS,
        )


def _check_terms(found: Sequence[Clause]) -> None:
    count = sum(len(clause.words) for clause in found)
    if count > MAX_TERMS:
        raise QueryError(
            f"The query has {count} words; at most {MAX_TERMS} can be searched at once.",
            hint="Leave out the words that every document has.",
        )
    if sum(clause.kind in _OPEN for clause in found) > MAX_OPEN:
        raise QueryError(
            f"The query has more than {MAX_OPEN} words with * or ~.",
            hint="Write some of them out.",
        )


def _is_filter(piece: re.Match[str]) -> bool:
    name = piece["field"].casefold()
    if name in _FIELD_NAMES:
        return True
    near = difflib.get_close_matches(name, list(_FIELD_NAMES), n=1, cutoff=NEAR_FACET)
    if near:
        raise QueryError(
            f'There is no filter called "{piece["field"]}".',
            hint=f"Did you mean {near[0]}:? The filters are "
            + ", ".join(facet.name for facet in facets.FACETS),
            position=piece.start("field"),
        )
    return False


def _filter(piece: re.Match[str]) -> tuple[str, str]:
    value = piece["bare"] if piece["bare"] is not None else piece["quoted"]
    name = _FIELD_NAMES[piece["field"].casefold()].name
    if piece["minus"]:
        raise QueryError(
            f'A filter cannot be excluded: "{piece.group()}".',
            hint=f"Name the values that you want instead; several {name}: filters mean any.",
            position=piece.start(),
        )
    if not value.strip():
        raise QueryError(
            f'The filter "{piece["field"]}:" has no value.',
            hint=f'"peelsearch facets {name}" lists the values.',
            position=piece.start("field"),
        )
    return name, value.strip()


def _clauses(piece: re.Match[str]) -> Iterable[Clause]:
    if piece["quoted"] is not None:
        yield from _phrase(piece)
        return
    text = f"{piece['field']}:{piece['bare']}" if piece["field"] else piece["bare"]
    position = piece.start("field") if piece["field"] else piece.start("bare")
    for part in _PART.finditer(text):
        yield from _part(part.group(), position + part.start())


def _part(text: str, position: int) -> Iterable[Clause]:
    fuzzy = re.fullmatch(_FUZZY, text) if "~" in text else None
    if fuzzy and any(char.isalnum() for char in fuzzy["word"]):
        yield _fuzzy(fuzzy, position)
    elif "*" in text:
        yield from _wildcard(text, position)
    else:
        yield from _words(text, position)


def _phrase(piece: re.Match[str]) -> Iterable[Clause]:
    if piece["slop"]:
        raise QueryError(
            f'Words near each other cannot be searched: "{piece.group()}".',
            hint='A phrase in quotation marks finds its words side by side: "use of force".',
            position=piece.start(),
        )
    found = spans(piece["quoted"])
    if found:
        yield _clause(ClauseKind.PHRASE, found, f'"{piece["quoted"].strip()}"', piece.start())


def _fuzzy(match: re.Match[str], position: int) -> Clause:
    edits = int(match["edits"][:4]) if match["edits"] else 1
    found = spans(match["word"])
    if edits > MAX_EDITS:
        raise QueryError(
            f'"{match.group()}" asks for {match["edits"]} changed letters; at most {MAX_EDITS}.',
            hint=f"Write {match['word']}~ for one or {match['word']}~2 for two.",
            position=position,
        )
    if len(found) != 1:
        raise QueryError(
            f'"{match.group()}" is not one word, so it cannot be searched with "~".',
            hint="Put the ~ behind a single word.",
            position=position,
        )
    _check_word(found[0], position)
    kind = ClauseKind.FUZZY if edits else ClauseKind.PHRASE
    return _clause(kind, found, match.group(), position, edits=edits)


def _wildcard(text: str, position: int) -> Iterable[Clause]:
    start = text.rstrip("*")
    found = spans(start)
    if "*" in start or len(found) != 1 or not text.endswith("*"):
        if not any(char.isalnum() for char in text):
            return
        raise QueryError(
            f'"{text}" cannot be searched: only the end of a word can be left open.',
            hint="Write the beginning and one asterisk: investigat*",
            position=position,
        )
    _check_word(found[0], position)
    yield _clause(ClauseKind.PREFIX, found, f"{start}*", position)


def _words(text: str, position: int) -> Iterable[Clause]:
    """A piece of text: one word, or the parts of a compound, which stand together."""
    found = spans(text)
    for span in found:
        _check_word(span, position)
    if found:
        kind = ClauseKind.WORD if len(found) == 1 else ClauseKind.COMPOUND
        start, end = found[0][1], found[-1][2]
        yield _clause(kind, found, text[start:end], position + start)


def _check_word(span: WordSpan, position: int) -> None:
    _, start, end = span
    length = end - start
    if length > MAX_WORD:
        raise QueryError(
            f"A word of {length:,} letters cannot be searched; at most {MAX_WORD}.",
            hint="Look for a missing space.",
            position=position + start,
        )


def _clause(
    kind: ClauseKind, found: list[WordSpan], typed: str, position: int, *, edits: int = 0
) -> Clause:
    return Clause(
        kind=kind,
        words=tuple(word for word, _, _ in found),
        stems=(),
        typed=typed,
        position=position,
        content=kind is not ClauseKind.WORD or not is_function_word(found[0][0]),
        edits=edits,
    )


def _stemmed(clause: Clause, stem: Stemmer) -> Clause:
    if clause.kind in _OPEN:
        return clause
    return replace(clause, stems=tuple(stem(word) for word in clause.words))
