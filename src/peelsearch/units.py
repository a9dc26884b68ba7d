"""The units of a passage that a snippet is made of: its sentences, without its own heading."""

from __future__ import annotations

import re

from peelsearch.analysis import sentences

# A blank line, or the end of a line before an item of a list.
_GAP = re.compile(r"\n[^\S\n]*\n|(?P<item>\n)(?=[^\S\n]*[-–•●▪◦*\uf0b7]\s+\S)")
# All that ``str.isspace`` takes for white space.
_SPACE = re.compile(r"\s++")
# A page break in mid-sentence: no stop before the blank line, lower case after it, which is not
# the beginning of a name such as iCAIT.
_CUT_SENTENCE = re.compile(r".*[^\W_]\s*\n[^\S\n]*\n\s*[a-z][^A-Z]", re.DOTALL)


def units(text: str, heading: str) -> list[tuple[int, int]]:
    """The spans of the sentences of a passage's text, block by block, after its heading.

    A passage that is nothing but its heading is taken as a whole.
    """
    body = _body_start(text, heading)
    edges = [body]
    for gap in _GAP.finditer(text, body):
        if gap["item"] or not _CUT_SENTENCE.match(text[max(body, gap.start() - 3) : gap.end() + 2]):
            edges += [gap.start(), gap.end()]
    edges.append(len(text))
    found: list[tuple[int, int]] = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        found += [(left + start, left + end) for start, end in sentences(text[left:right])]
    return found


def _body_start(text: str, heading: str) -> int:
    """Where the text goes on after its own heading, 0 where it does not begin with it."""
    own = heading.strip()
    position = len(own) if text.startswith(own) else _words_end(text, own)
    if position < 0:
        return 0
    position = _space_end(text, position)
    return position if position < len(text) else 0


def _words_end(text: str, heading: str) -> int:
    """Where the words of the heading end in the text, -1 where it begins with others."""
    position = 0
    for word in heading.split():
        position = _space_end(text, position)
        if not text.startswith(word, position):
            return -1
        position += len(word)
    return position


def _space_end(text: str, position: int) -> int:
    """Where white space that may stand at a position ends."""
    found = _SPACE.match(text, position)
    return found.end() if found else position
