"""Short phrases of a sentence that answer by where they stand: around the thing that is asked for,
or beside a name that is to be explained.

Nothing here knows parts of speech: a phrase ends at a function word or a mark of punctuation. All
offsets are into the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from peelsearch.analysis import WordSpan, is_function_word
from peelsearch.model import Span

# "The force's" says whose a thing is, not which.
_OWNER = re.compile(r"['’]s?$")
# Words before the thing asked for, and behind it.
_BEFORE, _BEHIND = 5, 8
# What may stand between two words of one phrase, links and quotation marks among it.
_JOINED = re.compile(r"[\s'’‘\"“”\[\]\\*_–-]*+(?:\(#\))?[\s'’‘\"“”\[\\*_–-]*+")
# A name behind the thing: "a tool, [ARMS (active risk management system)](#)".
_NAMED = re.compile(
    r"['’”\"]?(?:\]\(#\))?,?\s+(?:called |known as |named )?"
    r"(?:[‘'“\"][A-Z][^‘’'“”\"]{1,60}[’'”\"]|[\[‘'“\"]?[A-Z][\w&’'-]*[A-Z0-9\w]"
    r"(?:\s+[A-Z][\w&’'-]*)*)(?:\s*\\?\([^()]{1,80}\))?"
)
# "Data including the volume of searches, ethnicity and locations."
_EXAMPLES = re.compile(
    r"['’”\"]?(?:\]\(#\))?,?\s+(?:includ(?:ing|es?|ed)|such as|among them|namely|for example)\s+"
    r"(?P<items>[^;:]++)"
)
# Words that do not say which.
_VAGUE = frozenset(
    """several various many few other another certain different some such own particular recorded
    reported cited described existing current two three four five number late new""".split()
)
# What stands before a second name of what was just named: "Dynasty, an opulent drama".
_AGAIN = re.compile(r",\s+(?:an?|the)\s+\W*$")
_ARTICLE = re.compile(r"\bthe\s+\W*$", re.IGNORECASE)
# What goes on with what the thing is of.
_GOES_ON = frozenset("of with for between from such".split())
_WITHIN = frozenset("of and the a an its their as in to".split())
_BRACKETS = re.compile(
    r"['’”\"]?(?:\]\(#\))?['’”\"]?\s*\\?\(\W{0,2}(?:meaning |which is )?(?P<said>[^()]{3,200})\)"
)
_SAID = re.compile(
    r"['’”\"]?(?:\]\(#\))?['’”\"]?,?\s+(?:which (?:is|are|means|provides|aims)|who (?:is|are)"
    r"|is an?|is the|are|means?|refers? to|stands? for|provides?|–)\s+"
    r"(?P<said>(?:[^,;:]|,(?!\s)){3,})"
)
# What a name is put beside: "the force skills database, iLearn".
_BESIDE = re.compile(r"(?P<said>[\w’'-]+(?: [\w’'-]+){1,5}),\s+[\[‘'“\"]?$")
# What stands right before a phrase is looked at so far back, in characters.
_NEAR = 20
_NEAR_NAME = 120
_ENDINGS = " \t\r\n.!?;'’”\""


def around(
    text: str, words: Sequence[WordSpan], at: int, asked: frozenset[str], known: Collection[int]
) -> Span | None:
    """The phrase of the word at a place with what the question does not say of it, if anything.

    ``asked`` are the words of the question, ``known`` the starts of its words in any form.
    """
    last = at
    while last + 1 < len(words) and words[last + 1][1] in known and _joined(text, words, last):
        last += 1
    first = _first(text, words, at)
    examples = _EXAMPLES.match(text, words[last][2])
    if examples:
        return _stripped(text, *examples.span("items"))
    named = _NAMED.match(text, words[last][2])
    behind = _behind(text, words, last, asked)
    end = named.end() if named else words[last][2]
    new = [
        word
        for word, start, stop in words[first:at]
        if word not in asked
        and word not in _VAGUE
        and start not in known
        and not _OWNER.search(text, start, stop)
    ]
    if _AGAIN.search(_before(text, words[first][1], _NEAR)):
        return None
    if named or new:
        is_of = last + 1 < len(words) and words[last + 1][0] == "of"
        return _with_article(text, words[first][1]), (is_of and behind) or end
    return (_with_article(text, words[first][1]), behind) if behind else None


def _first(text: str, words: Sequence[WordSpan], at: int) -> int:
    """Where the phrase begins that ends with a word; a bracket is taken as a whole."""
    first = at
    while first > 0 and at - first < _BEFORE:
        word, start, end = words[first - 1]
        gap = text[end : words[first][1]]
        if ")" in gap:
            opened = text.rfind("(", 0, end)
            inside = next((n for n in range(first) if words[n][1] > opened >= 0), 0)
            if not inside:
                break
            first = at = inside - 1
        elif word == "and" and _joins_two(text, words, first - 1):
            return first - 2
        elif not _JOINED.fullmatch(gap) or (
            is_function_word(word) and "-" not in text[start - 1 : end + 1]
        ):
            break
        else:
            first -= 1
    return first


def _joins_two(text: str, words: Sequence[WordSpan], at: int) -> bool:
    """Whether an "and" stands between two words, nothing else: "behavioural and demographic"."""
    if at < 1 or is_function_word(words[at - 1][0]):
        return False
    gaps = text[words[at - 1][2] : words[at][1]], text[words[at][2] : words[at + 1][1]]
    return all(map(str.isspace, gaps))


def _behind(text: str, words: Sequence[WordSpan], last: int, asked: frozenset[str]) -> int | None:
    """Where it ends with what the thing is of: "the alliance with Cambridgeshire"."""
    after, new = last + 1, False
    if after >= len(words) or words[after][0] not in _GOES_ON or not _joined(text, words, last):
        return None
    end = after
    while after < len(words) and after - last <= _BEHIND and _joined(text, words, after - 1):
        word = words[after][0]
        if is_function_word(word) and word not in _WITHIN | _GOES_ON:
            break
        if not is_function_word(word):
            end, new = after, new or word not in asked
        after += 1
    return words[end][2] if new else None


def _with_article(text: str, start: int) -> int:
    found = _ARTICLE.search(_before(text, start, _NEAR))
    return start - len(found.group()) if found else start


def _before(text: str, start: int, size: int) -> str:
    return text[max(0, start - size) : start]


def _joined(text: str, words: Sequence[WordSpan], left: int) -> bool:
    return bool(_JOINED.fullmatch(text, words[left][2], words[left + 1][1]))


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The part without stops and closing quotation marks, if anything is left."""
    end = start + len(text[start:end].rstrip(_ENDINGS))
    return (start, end) if start < end else None


def explained(text: str, start: int, end: int) -> Span | None:
    """What a sentence says that the words there are: in brackets, behind "is", or beside them."""
    found = _BRACKETS.match(text, end)
    if found and found["said"].isupper():
        # "Engineering News-Record (ENR) is a trade magazine".
        end, found = found.end(), None
    found = found or _SAID.match(text, end)
    if found:
        return _stripped(text, *found.span("said"))
    near = _before(text, start, _NEAR_NAME)
    before = _BESIDE.search(near)
    if before is None:
        return None
    words = before["said"].split(" ")
    for at in range(len(words) - 1, -1, -1):
        if is_function_word(words[at].lower()):
            words = words[at + 1 :]
            break
    stop = start - len(near) + before.end("said")
    return (stop - len(" ".join(words)), stop) if len(words) > 1 else None
